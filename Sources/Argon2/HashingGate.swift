import Dispatch
import Synchronization

/// Lets so many callers in at once, lets so many more wait, and refuses the rest.
///
/// Each hash fills megabytes of memory and a core: without this a flood of sign-ins would take both from every page.
final class HashingGate: Sendable {
    private let capacity: Int
    private let present = Mutex(0)
    private let places = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - concurrency: how many may be inside
    ///   - waiting: how many may wait outside
    init(concurrency: Int, waiting: Int) {
        capacity = max(1, concurrency) + max(0, waiting)
        // Not `value: concurrency`: libdispatch aborts when a semaphore is freed below the value it was made with.
        for _ in 0..<max(1, concurrency) { places.signal() }
    }

    /// Runs `body` inside. Throws `busy` at once when too many are waiting already.
    func enter<Value>(_ body: () throws(PasswordError) -> Value) throws(PasswordError) -> Value {
        let isAdmitted = present.withLock { present in
            guard present < capacity else { return false }
            present += 1
            return true
        }
        guard isAdmitted else { throw .busy }
        defer { present.withLock { $0 -= 1 } }
        places.wait()
        defer { places.signal() }
        return try body()
    }
}
