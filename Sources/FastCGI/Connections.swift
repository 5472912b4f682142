import CFastCGI
import Glibc
import Synchronization

/// The connections of a server: who waits for a request, how many are being answered, and when all is over.
///
/// `FastCGIServer` explains the whole. Every method may be called from any thread.
final class Connections: Sendable {
    private struct State {
        /// Open, watched, between requests. A descriptor in here can't be closed by anybody: taking one out comes
        /// first, so whoever holds the lock may use them.
        var idle: Set<Int32> = []

        /// Taken out and not given back.
        var busy = 0

        var isStopping = false

        /// Nobody is left in the listening socket's queue.
        var isDrained = false

        var isOver: Bool { isDrained && busy == 0 && idle.isEmpty }
    }

    private let state = Mutex(State())
    private let listener: ListeningSocket
    private let epoll: Int32

    /// Readable for ever once all is over, so that every thread wakes.
    private let end: Int32

    /// The longest a peer may keep a thread waiting in the middle of a request or a response, in seconds.
    private static let patience = 60

    init(_ listener: ListeningSocket, path: String) throws(FastCGIError) {
        self.listener = listener
        epoll = cfastcgi_epoll()
        end = cfastcgi_flag()
        guard epoll >= 0, end >= 0,
            cfastcgi_watch(epoll, EPOLL_CTL_ADD, end, EPOLLIN.rawValue) == 0,
            cfastcgi_watch(epoll, EPOLL_CTL_ADD, listener.descriptor, Self.once) == 0
        else { throw .system(call: "epoll", path: path, code: errno) }
    }

    deinit {
        close(epoll)
        close(end)
        close(listener.descriptor)
    }

    private static let once = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLONESHOT.rawValue

    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Waits for a connection with something to read, and takes it out. nil: all is over.
    func next() -> Int32? {
        while true {
            let ready = cfastcgi_wait(epoll)
            switch ready {
            case end: if state.withLock({ $0.isOver }) { return nil }
            case listener.descriptor: admit()
            case 0...: if take(ready) { return ready }
            default: continue
            }
        }
    }

    /// Gives back a connection that is kept alive; its next request goes to whichever thread is free.
    func park(_ connection: Int32) {
        watch(connection, EPOLL_CTL_MOD, wasBusy: true)
    }

    /// Tells that a connection that was taken out has been closed.
    func closed() {
        state.withLock { $0.busy -= 1 }
        announceEnd()
    }

    /// Lets no connection in any more and has each closed after the request it is at, if any.
    ///
    /// An idle one is shut for reading only: what has arrived is still there and is answered, then the end is read,
    /// and the thread that reads it closes the connection.
    func stop() {
        let isFirst = state.withLock { state in
            defer { state.isStopping = true }
            for connection in state.idle { shutdown(connection, Int32(SHUT_RD)) }
            return !state.isStopping
        }
        guard isFirst else { return }
        listener.shut()
        while !listener.isInherited, let connection = try? listener.accept() { start(connection) }
        state.withLock { $0.isDrained = true }
        announceEnd()
    }

    private func admit() {
        // Those in an inherited socket's queue are the next process's.
        if listener.isInherited && isStopping { return }
        do throws(FastCGIError) {
            if let connection = try listener.accept() { start(connection) }
        } catch {
            // Too many files are open. Those who wait go on waiting; trying again at once would only burn time.
            usleep(50_000)
        }
        // After `stop` it would report its end for ever.
        guard !isStopping else { return }
        _ = cfastcgi_watch(epoll, EPOLL_CTL_MOD, listener.descriptor, Self.once)
    }

    private func start(_ connection: Int32) {
        setTimeouts(connection, seconds: Self.patience)
        watch(connection, EPOLL_CTL_ADD, wasBusy: false)
    }

    private func watch(_ connection: Int32, _ operation: Int32, wasBusy: Bool) {
        // In this order: once it is watched another thread may take it out, so it has to be in before.
        state.withLock { state in
            if wasBusy { state.busy -= 1 }
            state.idle.insert(connection)
            if state.isStopping { shutdown(connection, Int32(SHUT_RD)) }
        }
        if cfastcgi_watch(epoll, operation, connection, Self.once) != 0 {
            _ = state.withLock { $0.idle.remove(connection) }
            close(connection)
            announceEnd()
        }
    }

    private func take(_ connection: Int32) -> Bool {
        state.withLock { state in
            guard state.idle.remove(connection) != nil else { return false }
            state.busy += 1
            return true
        }
    }

    private func announceEnd() {
        if state.withLock({ $0.isOver }) { cfastcgi_raise(end) }
    }
}
