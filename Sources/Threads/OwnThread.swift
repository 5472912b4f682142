import CThreads
import Glibc

/// Threads of our own, for work that blocks: Swift's cooperative pool must never, and Foundation's would bring
/// Foundation into the smallest programs.
public enum OwnThread {
    /// The system has no thread to give.
    public struct Refusal: Sendable {
        /// As in errno.h, mostly EAGAIN.
        public let code: Int32
    }

    /// Whose work goes first when there are more threads than cores.
    public enum Priority: Sendable {
        /// Like everybody's.
        case normal
        /// Sleeps for a moment every 0.4 ms, so that whoever waits for its core gets it then. For work of many
        /// milliseconds that only computes; it takes a fifth longer.
        ///
        /// A lower priority (nice) isn't enough: a kernel that preempts lazily, as Linux does since 6.12, looks at
        /// priorities at its ticks, up to 4 ms apart. That was the time that pages waited while a password was hashed.
        case low
    }

    /// Starts a thread that runs `body` once. It is detached: nobody waits for it.
    ///
    /// - Parameter stackBytes: memory is only used as far as the stack has grown. Default 1 MiB.
    /// - Returns: nil when it runs, else why it does not.
    @discardableResult
    public static func start(
        stackBytes: Int = 1 << 20,
        priority: Priority = .normal,
        _ body: @escaping @Sendable () -> Void
    ) -> Refusal? {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackBytes)
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(priority, body))
        let code = pthread_create(
            &thread,
            &attributes,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            },
            work.toOpaque()
        )
        guard code == 0 else {
            work.release()
            return Refusal(code: code)
        }
        return nil
    }

    /// Seconds that a processor has spent on the calling thread.
    public static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private final class Work: Sendable {
        private let priority: Priority
        private let body: @Sendable () -> Void

        init(_ priority: Priority, _ body: @escaping @Sendable () -> Void) {
            self.priority = priority
            self.body = body
        }

        func run() {
            // Were the timer refused, the work would be right all the same.
            let takesBreaks = priority == .low && cthreads_begin_breaks(400_000) == 0
            body()
            if takesBreaks { cthreads_end_breaks() }
        }
    }
}
