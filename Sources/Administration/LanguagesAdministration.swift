import Accounts
public import Languages
public import Projects
import RunProtocol
public import Running
public import SiteKit
import Web

/// The languages of the site as administrators see them: what there is of each, and whether it may be used.
public struct LanguagesAdministration: Sendable {
    private let catalogue: LanguageCatalogue
    private let states: LanguageStates
    private let switches: LanguageSwitches
    private let builds: ImageBuilds
    private let projects: Projects
    private let now: Now

    /// Asks nobody yet.
    public init(
        catalogue: LanguageCatalogue,
        states: LanguageStates,
        switches: LanguageSwitches,
        builds: ImageBuilds,
        projects: Projects,
        now: @escaping Now
    ) {
        self.catalogue = catalogue
        self.states = states
        self.switches = switches
        self.builds = builds
        self.projects = projects
        self.now = now
    }

    /// Every language of the catalogue, by name.
    func list() throws -> [AdministeredLanguage] {
        let disabled = try switches.disabled()
        let counts = try projects.countsByLanguage()
        let reported = states.reported(isFresh: true).map { languages in
            Dictionary(languages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
        return catalogue.languages.compactMap { language in
            guard let id = LanguageID(language.id) else { return nil }
            return AdministeredLanguage(
                language: language,
                image: reported.map { reported in reported[id].flatMap { $0.image == nil ? nil : $0 } },
                build: builds[language.id],
                isEnabled: !disabled.contains(id),
                projects: counts[id] ?? 0
            )
        }
    }

    /// Switches a language of the catalogue on or off, and says what it is called. Throws `Problem.notFound`.
    func set(_ typed: String, isEnabled: Bool, by reader: Reader) throws -> String {
        guard let language = catalogue[typed], let id = LanguageID(language.id) else { throw Problem.notFound }
        try switches.set(id, isEnabled: isEnabled, by: reader.account.id, at: now())
        return language.name
    }
}

/// A language with all that administrators are told of it.
struct AdministeredLanguage {
    let language: Language
    /// Nil inside when there is no image, nil outside when the helper could not be asked.
    let image: RunnerStatus.Language??
    let build: ImageBuild?
    let isEnabled: Bool
    let projects: Int

    enum State: String {
        case ready
        case building
        case waiting
        case failed
        case missing
        case unknown
    }

    /// An image that is there can be used, whatever becomes of a newer one.
    var state: State {
        if case .some(.some) = image { return .ready }
        switch build?.state {
        case .building: return .building
        case .waiting: return .waiting
        case .failed: return .failed
        case nil: return image == nil ? .unknown : .missing
        }
    }

    /// The state in a few words, with how far a build is.
    var words: String {
        switch state {
        case .ready where build?.state == .building: "Ready; a newer image is being built\(progress)"
        case .ready where build?.state == .failed: "Ready; a newer image could not be built: \(build?.words ?? "")"
        case .ready: "Ready"
        case .building: "Being prepared\(progress)"
        case .waiting: "Being prepared: others come first"
        case .failed: "Failed: \(build?.words ?? "")"
        case .missing: "No image"
        case .unknown: "The helper does not answer"
        }
    }

    private var progress: String {
        guard let words = build?.words, !words.isEmpty else { return "" }
        return ": \(words)"
    }
}
