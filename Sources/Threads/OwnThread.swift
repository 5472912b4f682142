import Glibc

/// Threads of our own, for work that blocks: Swift's cooperative pool must never, and Foundation's would bring
/// Foundation into the smallest programs.
public enum OwnThread {
    /// The system has no thread to give.
    public struct Refusal: Sendable {
        /// As in errno.h, mostly EAGAIN.
        public let code: Int32
    }

    /// Starts a thread that runs `body` once. It is detached: nobody waits for it.
    ///
    /// - Parameter stackBytes: memory is only used as far as the stack has grown. Default 1 MiB.
    /// - Returns: nil when it runs, else why it does not.
    @discardableResult
    public static func start(
        stackBytes: Int = 1 << 20,
        _ body: @escaping @Sendable () -> Void
    ) -> Refusal? {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackBytes)
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(body))
        let code = pthread_create(
            &thread,
            &attributes,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
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

    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
