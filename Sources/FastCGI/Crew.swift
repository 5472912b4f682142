import Dispatch
import Glibc
import Synchronization
import Threads

/// Lets as many threads work as the cores can use, and one more for each that has been at its request for long.
///
/// Requests that only compute and ask the database are answered soonest by few threads: more of them would take turns
/// on the cores and wake one another. Requests that wait (for a password's hash, a container, a lock) need a thread each,
/// so whoever takes longer than `patience` is taken to wait, and gives its place to another.
///
/// Invariant: the places given out by `places` and not given back are `allowed`: the first number, and one for each
/// member marked `isReplaced`, who waits for a place again when its request is over.
final class Crew: Sendable {
    /// One thread.
    final class Member: Sendable {
        /// Milliseconds of a steady clock when its request began; 0 between requests.
        fileprivate let since = Atomic<Int>(0)

        /// Its place was given to another.
        fileprivate let isReplaced = Atomic(false)
    }

    let members: [Member]
    private let places = DispatchSemaphore(value: 0)
    private let allowed: Atomic<Int>
    private let busy = Atomic(0)
    private let isWatched = Atomic(false)
    private let alarm = DispatchSemaphore(value: 0)
    private let isOver = Atomic(false)

    /// Milliseconds that a request may take before it is taken to wait.
    private static let patience = 10

    /// - Parameters:
    ///   - threads: how many there are in all
    ///   - working: how many of them work at once while nobody waits
    init(threads: Int, working: Int) {
        members = (0..<threads).map { _ in Member() }
        let first = max(1, min(threads, working))
        allowed = Atomic(first)
        for _ in 0..<first { places.signal() }
    }

    /// Waits for a place. Before a member's first request.
    func join() { places.wait() }

    /// Gives the place to the next. After a member's last request.
    func leave() { places.signal() }

    /// A member begins a request.
    func begin(_ member: Member) {
        member.since.store(Self.now(), ordering: .relaxed)
        let busy = busy.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
        if busy >= allowed.load(ordering: .relaxed), !isWatched.exchange(true, ordering: .sequentiallyConsistent) {
            alarm.signal()
        }
    }

    /// A member has answered. Returns when it may begin another.
    func end(_ member: Member) {
        member.since.store(0, ordering: .relaxed)
        busy.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        if member.isReplaced.exchange(false, ordering: .sequentiallyConsistent) {
            allowed.wrappingSubtract(1, ordering: .sequentiallyConsistent)
            places.wait()
        }
    }

    /// Replaces members who wait, until `stop`. On a thread of its own, which sleeps while there are places left.
    func watch() {
        while !isOver.load(ordering: .relaxed) {
            alarm.wait()
            repeat {
                while isFull, !isOver.load(ordering: .relaxed) {
                    usleep(5_000)
                    replaceThoseWhoWait()
                }
                isWatched.store(false, ordering: .sequentiallyConsistent)
                // Whoever took the last place just before that raised no alarm.
            } while isFull && !isWatched.exchange(true, ordering: .sequentiallyConsistent)
        }
    }

    /// Ends `watch`, once every member has left.
    func stop() {
        isOver.store(true, ordering: .relaxed)
        alarm.signal()
    }

    private var isFull: Bool {
        let allowed = allowed.load(ordering: .sequentiallyConsistent)
        return allowed < members.count && busy.load(ordering: .sequentiallyConsistent) >= allowed
    }

    private func replaceThoseWhoWait() {
        let latest = Self.now() - Self.patience
        for member in members {
            let since = member.since.load(ordering: .relaxed)
            // A member that ends its request just now keeps the mark for its next one: the count is right all the same.
            guard since > 0, since <= latest, !member.isReplaced.exchange(true, ordering: .sequentiallyConsistent)
            else { continue }
            allowed.wrappingAdd(1, ordering: .sequentiallyConsistent)
            places.signal()
        }
    }

    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000 + 1
    }
}
