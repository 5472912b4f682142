import Dispatch
import Synchronization

/// A value that comes later, once, for threads that wait for it.
final class Promise<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let bell = DispatchSemaphore(value: 0)

    /// What came first stays.
    func fulfil(_ value: Value) {
        let isFirst = self.value.withLock { kept in
            guard kept == nil else { return false }
            kept = value
            return true
        }
        if isFirst { bell.signal() }
    }

    /// Nil when it has not come by then.
    func wait(until deadline: ContinuousClock.Instant) -> Value? {
        let left = max(.zero, ContinuousClock.now.duration(to: deadline))
        // Whoever hears the bell rings it for the next one who waits.
        if bell.wait(timeout: .now() + left / .seconds(1)) == .success { bell.signal() }
        return value.withLock { $0 }
    }
}
