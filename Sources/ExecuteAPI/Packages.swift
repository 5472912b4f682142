import Accounts
import Languages
import Projects
import RunProtocol
import Running
import SiteKit
import Web

/// A language of the catalogue as Piston's clients know packages: installed is what can be run.
struct Package: Encodable {
    enum CodingKeys: String, CodingKey {
        case language
        case version = "language_version"
        case isInstalled = "installed"
    }

    let language: String
    let version: String
    let isInstalled: Bool
}

/// The languages as packages. To install one is to switch it on, to uninstall it is to switch it off: images are built
/// by the operator.
struct Packages: Sendable {
    private let catalogue: LanguageCatalogue
    private let states: LanguageStates
    private let switches: LanguageSwitches
    private let now: Now

    init(catalogue: LanguageCatalogue, states: LanguageStates, switches: LanguageSwitches, now: @escaping Now) {
        self.catalogue = catalogue
        self.states = states
        self.switches = switches
        self.now = now
    }

    /// By name. A language without an image has the version 0.0.0. Throws `Problem` (503) when the helper can't be asked.
    func all() throws -> [Package] {
        guard let reported = states.reported() else { throw Runtimes.away }
        let disabled = try switches.disabled()
        return catalogue.languages.compactMap { language in
            guard let id = LanguageID(language.id) else { return nil }
            let image = reported.first { $0.id == id && $0.image != nil }
            let version = SemanticVersion(reported: image.flatMap { LanguageStates.number(in: $0.version) })
            return Package(
                language: language.id,
                version: version.description,
                isInstalled: image != nil && !disabled.contains(id)
            )
        }
    }

    /// Switches on or off what a request names, and answers as Piston does.
    func set(_ json: JSONValue, isInstalled: Bool, by account: Account) throws -> JSONValue {
        let (language, selector) = (json["language"]?.text ?? "", json["version"]?.text ?? "")
        let found = try VersionRange(selector).flatMap { range in
            try all().first { package in
                package.language == language && SemanticVersion(package.version).map(range.contains) == true
            }
        }
        guard let found, let id = LanguageID(found.language) else {
            throw Problem(.notFound, "Requested package \(language)-\(selector) does not exist")
        }
        try switches.set(id, isEnabled: isInstalled, by: account.id, at: now())
        return ["language": .string(found.language), "version": .string(found.version)]
    }
}
