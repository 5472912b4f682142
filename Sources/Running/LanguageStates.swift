import FoundationEssentials
public import Projects
public import RunProtocol
public import RunnerClient
public import SiteKit
import Synchronization
import Web

/// Which languages can be run at the moment, and in which version: as the helper last told, and as the administrators
/// have it.
public final class LanguageStates: Sendable {
    private struct Known {
        var languages: [RunnerStatus.Language]?
        var until = Date.distantPast
    }

    private let runner: RunnerClient
    private let switches: LanguageSwitches
    private let now: Now
    private let known = Mutex(Known())

    /// Seconds for which an answer of the helper is good.
    private static let freshness: TimeInterval = 30

    /// Asks nobody yet.
    public init(runner: RunnerClient, switches: LanguageSwitches, now: @escaping Now) {
        self.runner = runner
        self.switches = switches
        self.now = now
    }

    /// What the helper says of each language; nil when it could not be asked.
    ///
    /// - Parameter isFresh: whether an answer of a moment ago will not do.
    public func reported(isFresh: Bool = false) -> [RunnerStatus.Language]? {
        let now = now()
        // Held while asking: a page more or less that waits for the same answer makes no difference.
        return known.withLock { known in
            if isFresh || known.until <= now {
                known.until = now.addingTimeInterval(Self.freshness)
                known.languages = (try? runner.status())?.languages
            }
            return known.languages
        }
    }

    /// The states by language; without those that nothing is known of.
    public func all() throws -> [LanguageID: LanguageState] {
        var states = (reported() ?? []).reduce(into: [LanguageID: LanguageState]()) { states, language in
            states[language.id] = language.image == nil ? .missing : .ready(version: Self.number(in: language.version))
        }
        for language in try switches.disabled() { states[language] = .disabled }
        return states
    }

    /// Throws `Problem` when a language is switched off, called by the name that people know it by.
    public func requireEnabled(_ language: LanguageID, called name: String) throws {
        guard try isSwitchedOff(language) else { return }
        throw Problem(.conflict, Self.words(switchedOff: name))
    }

    /// Whether an administrator has switched a language off.
    public func isSwitchedOff(_ language: LanguageID) throws -> Bool { try switches.disabled().contains(language) }

    /// What people are told of a language that is switched off, called by the name that they know it by.
    public static func words(switchedOff name: String) -> String {
        "An administrator has switched off \(name). Files can be edited; programs can’t be run."
    }

    /// The first number with a dot in what a version command printed: `gcc (Debian 12.2.0-14) 12.2.0` is 12.2.0.
    public static func number(in text: String?) -> String? {
        guard let text else { return nil }
        let parts = text.utf8.split { !($0 == UInt8(ascii: ".") || (48...57).contains($0)) }
        let number = parts.first { $0.contains(UInt8(ascii: ".")) && $0.first != UInt8(ascii: ".") }
        return number.flatMap { String($0) }
    }
}
