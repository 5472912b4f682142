import Languages
import RunProtocol
public import Templating

struct NewProjectPage: ViewModel {
    var name = ""
    var nameError: String?
    var languages: [LanguageChoice]
    var languageError: String?
    /// The starter that was asked for; one that the language does not have counts for none.
    var starter: String?
    var starterError: String?

    private var language: Language? { languages.first { $0.isChosen }?.language }

    /// The chosen language's, and at the end the empty project.
    private var starters: [StarterChoice] {
        guard let language else { return [] }
        let names = language.starters.map(\.name) + [Starter.empty]
        let chosen = names.first { $0 == starter } ?? names[0]
        return names.map { name in
            StarterChoice(
                name: name,
                starter: language.starters.first { $0.name == name },
                isChosen: name == chosen
            )
        }
    }

    static let fields = Fields<Self>(
        .text("name") { $0.name },
        .optionalText("nameError") { $0.nameError },
        .list("languages", of: LanguageChoice.self) { $0.languages },
        .optionalText("languageError") { $0.languageError },
        .text("languageName") { $0.language?.name ?? "" },
        .list("starters", of: StarterChoice.self) { $0.starters },
        .optionalText("starterError") { $0.starterError }
    )
}

/// A language to choose for a new project.
public struct LanguageChoice: ViewModel {
    var language: Language
    var state: LanguageState?
    var isChosen: Bool

    /// What the template may name.
    public static let fields = Fields<Self>(
        .text("id") { $0.language.id },
        .text("name") { $0.language.name },
        .optionalText("version") { choice in
            guard case .ready(let version) = choice.state else { return nil }
            return version
        },
        .bool("isMissing") { $0.state == .missing },
        .bool("isChosen") { $0.isChosen }
    )
}

extension Projects {
    /// The languages that a new project may have, with the one that is likely to be wanted chosen.
    public func languageChoices(chosen: String?) throws -> [LanguageChoice] {
        let (states, languages) = (try languageStates(), try offeredLanguages())
        let chosen = try languages.first { $0.id == chosen }?.id ?? firstLanguage()?.id
        return languages.map { language in
            LanguageChoice(
                language: language,
                state: LanguageID(language.id).flatMap { states[$0] },
                isChosen: language.id == chosen
            )
        }
    }
}

struct StarterChoice: ViewModel {
    var name: String
    /// Nil for the empty project.
    var starter: Starter?
    var isChosen: Bool

    static let fields = Fields<Self>(
        .text("name") { $0.name },
        .text("title") { $0.starter?.title ?? "Empty project" },
        .text("summary") { $0.starter?.summary ?? "No files: you make the first one." },
        .text("files") { $0.starter.map { $0.files.map(\.path).joined(separator: ", ") } ?? "" },
        .bool("isChosen") { $0.isChosen }
    )
}
