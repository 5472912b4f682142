import Dispatch
import Synchronization
import Threads

/// Lets so many callers in at once, lets so many more wait, and refuses the rest.
///
/// Each hash fills megabytes of memory and a core: without this a flood of sign-ins would take both from every page.
/// What runs inside gives way to them besides.
final class HashingGate: Sendable {
    private let capacity: Int
    private let present = Mutex(0)
    private let places = DispatchSemaphore(value: 0)
    private let meter: Meter?

    /// Hears how many seconds of a processor each body took, for tests of what costs the same.
    typealias Meter = @Sendable (_ seconds: Double) -> Void

    /// - Parameters:
    ///   - concurrency: how many may be inside
    ///   - waiting: how many may wait outside
    init(concurrency: Int, waiting: Int, meter: Meter? = nil) {
        self.meter = meter
        capacity = max(1, concurrency) + max(0, waiting)
        // Not `value: concurrency`: libdispatch aborts when a semaphore is freed below the value it was made with.
        for _ in 0..<max(1, concurrency) { places.signal() }
    }

    /// Runs `body` inside, on a thread of low priority. Throws `busy` at once when too many wait already, or when the
    /// system has no thread to give.
    func enter<Value: Sendable>(_ body: @escaping @Sendable () -> Value) throws(PasswordError) -> Value {
        let isAdmitted = present.withLock { present in
            guard present < capacity else { return false }
            present += 1
            return true
        }
        guard isAdmitted else { throw .busy }
        defer { present.withLock { $0 -= 1 } }
        places.wait()
        defer { places.signal() }
        return try aside(body)
    }

    /// Starting a thread takes microseconds, the hash milliseconds.
    private func aside<Value: Sendable>(
        _ body: @escaping @Sendable () -> Value
    ) throws(PasswordError) -> Value {
        let outcome = Outcome<Value>()
        let refusal = OwnThread.start(priority: .low) { [meter] in
            let began = meter.map { _ in OwnThread.processorTime() }
            let value = body()
            if let meter, let began { meter(OwnThread.processorTime() - began) }
            outcome.set(value)
        }
        guard refusal == nil else { throw .busy }
        return outcome.wait()
    }

    /// What a thread hands to the one that waits for it.
    private final class Outcome<Value: Sendable>: Sendable {
        private let value = Mutex<Value?>(nil)
        private let isThere = DispatchSemaphore(value: 0)

        func set(_ new: Value) {
            value.withLock { $0 = new }
            isThere.signal()
        }

        func wait() -> Value {
            while true {
                isThere.wait()
                if let value = value.withLock({ $0 }) { return value }
            }
        }
    }
}
