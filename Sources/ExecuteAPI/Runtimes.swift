import Languages
import Projects
import RunProtocol
import Running
import Web

/// A language that can be run at the moment, as clients of the API name it.
struct Runtime {
    let language: Language
    let id: LanguageID
    let version: SemanticVersion
}

/// Which languages can be run at the moment.
struct Runtimes: Sendable {
    let catalogue: LanguageCatalogue
    let states: LanguageStates

    /// By name. Throws `Problem` (503) when the helper can't be asked.
    func all() throws -> [Runtime] {
        guard states.reported() != nil else { throw Self.away }
        let states = try states.all()
        return catalogue.languages.compactMap { language -> Runtime? in
            guard let id = LanguageID(language.id), case .ready(let version)? = states[id] else { return nil }
            return Runtime(language: language, id: id, version: SemanticVersion(reported: version))
        }
    }

    /// The helper, or the Engine behind it, is away; both come back.
    static let away = Problem(
        .serviceUnavailable,
        "Programs can't be run at the moment. Try again shortly.",
        headers: ["Retry-After": "5"]
    )

    /// The one with this name or alias and a version that the selector takes; nil when there is none.
    func find(_ name: String, _ selector: String) throws -> Runtime? {
        let name = name.lowercased()
        guard let range = VersionRange(selector) else { return nil }
        return try all().first { runtime in
            (runtime.language.id == name || runtime.language.aliases.contains(name)) && range.contains(runtime.version)
        }
    }
}
