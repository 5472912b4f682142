import RunProtocol

/// Containers that had a job and were cleaned (`RunPlace.clean`): each waits a while for another job of the same person
/// in the same language, and is never another's.
final class UsedContainers: Sendable {
    /// Whose a container is.
    struct Key: Hashable {
        var person: PersonID
        var language: LanguageID
    }

    private struct Waiting {
        var container: Workspace
        var key: Key
        var since: ContinuousClock.Instant
    }

    private struct State {
        /// The one that came last is last.
        var waiting: [Waiting] = []
        /// How many of each key are being cleaned.
        var cleaning: [Key: Int] = [:]
    }

    /// How long one waits.
    private static let patience = Duration.seconds(60)
    /// How long to wait for one that is being cleaned: that is over sooner than a new one begins.
    private static let haste = Duration.milliseconds(50)
    /// How long one is used at most, in time and in jobs: an image may have become another, and what nobody thought of may
    /// add up.
    private static let life = (time: Duration.seconds(600), jobs: 1000)

    private let total: Int
    private let state = Monitor(State())

    /// - Parameter total: how many wait at most; 0 for none.
    init(total: Int) {
        self.total = total
    }

    /// The one that came last, now the caller's; nil when there is none.
    func take(_ key: Key) -> Workspace? {
        state.wait(until: .now + Self.haste) { state -> Workspace?? in
            while let index = state.waiting.lastIndex(where: { $0.key == key }) {
                let container = state.waiting.remove(at: index).container
                if !container.isEnding { return container }
            }
            return state.cleaning[key] == nil ? .some(nil) : nil
        } ?? nil
    }

    /// Somebody begins to clean one, and will `keep` it or `giveUp`. False when it is not worth while.
    func clean(_ container: Workspace, for key: Key) -> Bool {
        let (count, first) = container.jobs
        guard total > 0, count < Self.life.jobs, let first, first + Self.life.time > .now else { return false }
        state.withLock { $0.cleaning[key, default: 0] += 1 }
        return true
    }

    /// Lets one wait that was cleaned. Gives back those that make room for it, now the caller's.
    func keep(_ container: Workspace, for key: Key) -> [Workspace] {
        state.withLock { state in
            Self.endCleaning(key, &state)
            state.waiting.append(Waiting(container: container, key: key, since: .now))
            let surplus = state.waiting.prefix(max(0, state.waiting.count - total)).map(\.container)
            state.waiting.removeFirst(surplus.count)
            return surplus
        }
    }

    /// One did not become clean.
    func giveUp(_ key: Key) {
        state.withLock { Self.endCleaning(key, &$0) }
    }

    /// Takes out those that have waited for long enough, now the caller's.
    func takeOld() -> [Workspace] {
        state.withLock { state in
            let old = state.waiting.prefix { $0.since + Self.patience <= .now }.map(\.container)
            state.waiting.removeFirst(old.count)
            return old
        }
    }

    /// Forgets one that ended.
    func remove(_ container: Workspace) {
        state.withLock { $0.waiting.removeAll { $0.container === container } }
    }

    private static func endCleaning(_ key: Key, _ state: inout State) {
        let left = state.cleaning[key, default: 1] - 1
        state.cleaning[key] = left > 0 ? left : nil
    }
}
