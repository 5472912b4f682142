import FoundationEssentials
public import Projects
public import RunProtocol
public import RunnerClient
public import SiteKit
import Synchronization

/// Which languages can be run at the moment, and in which version, as the helper last told.
public final class LanguageStates: Sendable {
    private struct Known {
        var states: [LanguageID: LanguageState] = [:]
        var until = Date.distantPast
    }

    private let runner: RunnerClient
    private let now: Now
    private let known = Mutex(Known())

    /// Seconds for which an answer of the helper is good.
    private static let freshness: TimeInterval = 30

    /// Asks nobody yet.
    public init(runner: RunnerClient, now: @escaping Now) {
        self.runner = runner
        self.now = now
    }

    /// The state of a language; nil when the helper does not know it or could not be asked.
    public subscript(id: LanguageID) -> LanguageState? {
        let now = now()
        // Held while asking: a page more or less that waits for the same answer makes no difference.
        return known.withLock { known in
            if known.until <= now {
                known.until = now.addingTimeInterval(Self.freshness)
                let languages = (try? runner.status())?.languages ?? []
                known.states = Dictionary(
                    languages.map {
                        ($0.id, $0.image == nil ? .missing : .ready(version: Self.number(in: $0.version)))
                    },
                    uniquingKeysWith: { first, _ in first }
                )
            }
            return known.states[id]
        }
    }

    /// The first number with a dot in what a version command printed: `gcc (Debian 12.2.0-14) 12.2.0` is 12.2.0.
    static func number(in text: String?) -> String? {
        guard let text else { return nil }
        let parts = text.utf8.split { !($0 == UInt8(ascii: ".") || (48...57).contains($0)) }
        let number = parts.first { $0.contains(UInt8(ascii: ".")) && $0.first != UInt8(ascii: ".") }
        return number.flatMap { String($0) }
    }
}
