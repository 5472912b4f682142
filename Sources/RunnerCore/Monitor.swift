import Glibc

/// A value that threads share, wait on and change: a lock and a condition in one.
///
/// The runner's only place where a thread sleeps for another. Closures must be short and must not block; every change
/// wakes all waiters, which look at the value again.
final class Monitor<State>: Sendable {
    // The value and the two pthread objects live at a fixed address for as long as the monitor does, and are only
    // touched with the mutex held; that is what the two unchecked words below stand on.
    private final class Storage: @unchecked Sendable {
        let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        var state: State

        init(_ state: State) {
            self.state = state
            pthread_mutex_init(mutex, nil)
            var attributes = pthread_condattr_t()
            pthread_condattr_init(&attributes)
            pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
            pthread_cond_init(condition, &attributes)
            pthread_condattr_destroy(&attributes)
        }

        deinit {
            pthread_cond_destroy(condition)
            pthread_mutex_destroy(mutex)
            condition.deallocate()
            mutex.deallocate()
        }
    }

    private let storage: Storage

    init(_ state: sending State) {
        storage = Storage(state)
    }

    /// Looks at the value or changes it.
    func withLock<Value, Failure: Error>(_ body: (inout State) throws(Failure) -> Value) throws(Failure) -> Value {
        pthread_mutex_lock(storage.mutex)
        defer {
            pthread_cond_broadcast(storage.condition)
            pthread_mutex_unlock(storage.mutex)
        }
        return try body(&storage.state)
    }

    /// Waits until `body` gives something else than nil, and gives that; nil when the deadline came first.
    func wait<Value, Failure: Error>(
        until deadline: ContinuousClock.Instant?,
        _ body: (inout State) throws(Failure) -> Value?
    ) throws(Failure) -> Value? {
        pthread_mutex_lock(storage.mutex)
        defer {
            pthread_cond_broadcast(storage.condition)
            pthread_mutex_unlock(storage.mutex)
        }
        while true {
            if let value = try body(&storage.state) { return value }
            guard let deadline else {
                pthread_cond_wait(storage.condition, storage.mutex)
                continue
            }
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { return nil }
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            let (seconds, attoseconds) = left.components
            let nanoseconds = time.tv_nsec + Int(attoseconds / 1_000_000_000)
            time.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
            time.tv_nsec = nanoseconds % 1_000_000_000
            pthread_cond_timedwait(storage.condition, storage.mutex, &time)
        }
    }
}
