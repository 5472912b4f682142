import Languages
import RunProtocol
import SiteKit
public import Templating

struct NewProjectPage: ViewModel {
    var name = ""
    var nameError: String?
    var languages: [LanguageChoice]
    var languageError: String?
    /// The templates of the chosen language.
    var templates: [ProjectTemplate]
    /// The starter that was asked for; one that the language does not have counts for none.
    var starter: String?
    var starterError: String?

    private var language: Language? { languages.first { $0.isChosen }?.language }

    /// The chosen language's, its templates, and at the end the empty project.
    private var starters: [StarterChoice] {
        guard let language else { return [] }
        var choices = language.starters.map { StarterChoice(name: $0.name, starter: $0) }
        choices += templates.map { StarterChoice(name: StarterChoice.name(of: $0.project), template: $0) }
        choices.append(StarterChoice(name: Starter.empty))
        let chosen = choices.firstIndex { $0.name == starter } ?? 0
        choices[chosen].isChosen = true
        return choices
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
    var starter: Starter?
    var template: ProjectTemplate?
    var isChosen = false

    /// What a template is called among the names of starters, which have no colon in them.
    static func name(of template: Project.ID) -> String { "template:\(template)" }

    /// The template that a name in a form means; nil for a starter.
    static func template(_ name: String) -> Project.ID? {
        guard name.hasPrefix("template:") else { return nil }
        return Project.ID(pathComponent: String(name.dropFirst("template:".count)))
    }

    static let fields = Fields<Self>(
        .text("name") { $0.name },
        .text("title") { $0.starter?.title ?? $0.template?.name ?? "Empty project" },
        .text("summary") { $0.starter?.summary ?? $0.template?.summary ?? "No files: you make the first one." },
        .text("files") { $0.starter.map { $0.files.map(\.path).joined(separator: ", ") } ?? "" },
        .optionalText("owner") { $0.template?.owner },
        .int("fileCount") { $0.template?.fileCount ?? 0 },
        .bool("isChosen") { $0.isChosen }
    )
}
