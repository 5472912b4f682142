import CFastCGI
import Dispatch
import Glibc
import Threads
public import Web

// Theory of operation
//
// A fixed number of threads wait on one epoll for connections that have something to read: new ones from the
// listening socket, and those that nginx keeps alive between requests. A thread takes one connection out, lends it to
// libfcgi for exactly one request, answers it from top to bottom, and gives the connection back. So a kept-alive
// connection costs a descriptor, not a thread (libfcgi alone would block a thread in read on each), and the number of
// threads only bounds how many requests are being answered at once. Of these threads a few work at a time: see `Crew`.
//
// libfcgi does the protocol. Its accept loop, its socket and its signal handlers aren't used: they can't wait on more
// than one connection, end the process on errors, and can't be stopped without global flags.
//
// Invariants:
//  1. A connection is in one of three places: watched and idle; taken out by one thread; closed. `Connections` keeps
//     count under one lock, and events fire once, so two threads never have the same connection.
//  2. A connection is closed only by the thread that took it out (libfcgi does it in FCGX_Accept_r or FCGX_Finish_r).
//     Stopping only shuts sockets, so no descriptor is closed under somebody's hands or confused with a newer one.
//  3. Stopping: the path is unlinked and the listening socket shut, those in its queue are let in, idle connections
//     are shut for reading, and each connection is closed after the request it is at. When the last one is closed an
//     eventfd wakes all threads, which end. What had arrived is answered.
//  4. A listening socket that the process was started with belongs to whoever started it and outlives the process: it
//     is left as it is, and its queue to the next process.

/// Answers FastCGI requests that nginx sends over a Unix socket, on a fixed pool of threads.
public final class FastCGIServer: Sendable {
    private let connections: Connections
    private let reader: RequestReader
    private let crew: Crew
    private let stackBytes: Int
    private let threadsEnded = DispatchGroup()
    private let ended = DispatchSemaphore(value: 0)

    /// Opens the socket; nobody is answered until `run`.
    ///
    /// - Parameters:
    ///   - socketPath: where it lies. A socket that nobody listens on is replaced, anything else is an error.
    ///   - inherited: the descriptor of the listening socket that the process may have been started with, 0 by the
    ///     FastCGI specification; used, as it is, when it lies at `socketPath`.
    ///   - mode: its permissions, whatever the umask. Connecting takes write permission.
    ///   - threads: how many requests are answered at once when each of them waits for something.
    ///   - working: how many of them work while nobody waits for long (see `Crew`). nil: two a core, at least 4.
    ///   - maximumBodyBytes: a request with a longer body is answered with 413 before it is read.
    ///   - basePath: where the site is mounted: empty, or `/carrel` without a slash at its end. Taken off each path.
    ///   - stackBytes: of each thread; memory is only used as far as a stack has grown.
    public init(
        socketPath: String,
        inherited: Int32 = 0,
        mode: UInt32 = 0o660,
        threads: Int = 64,
        working: Int? = nil,
        maximumBodyBytes: Int,
        basePath: String = "",
        stackBytes: Int = 1 << 20
    ) throws(FastCGIError) {
        if Self.libraryStatus != 0 { throw .library(code: Self.libraryStatus) }
        if let listener = ListeningSocket(descriptor: inherited, at: socketPath) {
            connections = try Connections(listener, path: socketPath)
        } else {
            connections = try Connections(ListeningSocket(path: socketPath, mode: mode), path: socketPath)
        }
        reader = RequestReader(basePath: basePath, maximumBodyBytes: maximumBodyBytes)
        let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        crew = Crew(threads: max(1, threads), working: working ?? max(4, 2 * cores))
        self.stackBytes = stackBytes
    }

    /// Once per process; the handlers it installs are taken out again.
    private static let libraryStatus: Int32 = SignalWaiter.keepingHandlers { FCGX_Init() }

    /// Answers requests until `stop`, and returns when it is done. Call it once.
    ///
    /// The handler is called on many threads at once and may block. It can't throw: it answers errors too. Throws when
    /// the system doesn't give all the threads.
    public func run(handler: @escaping @Sendable (Request) -> Response) throws(FastCGIError) {
        OwnThread.start { [crew] in crew.watch() }
        for member in crew.members {
            threadsEnded.enter()
            let work: @Sendable () -> Void = { [connections, crew, reader, threadsEnded] in
                defer { threadsEnded.leave() }
                let exchange = Exchange(reader, handler)
                crew.join()
                defer { crew.leave() }
                while let connection = connections.next() {
                    crew.begin(member)
                    defer { crew.end(member) }
                    if exchange.serve(connection, isLast: { connections.isStopping }) {
                        connections.park(connection)
                    } else {
                        connections.closed()
                    }
                }
            }
            if let refusal = OwnThread.start(stackBytes: stackBytes, work) {
                threadsEnded.leave()
                connections.stop()
                crew.stop()
                throw .threads(wanted: crew.members.count, code: refusal.code)
            }
        }
        threadsEnded.notify(queue: .global()) { [crew, ended] in
            crew.stop()
            ended.signal()
        }
        ended.wait()
    }

    /// Lets the requests that have arrived be answered and ends `run`. From any thread, once.
    ///
    /// True when all were answered before the deadline; else `run` returns all the same, with threads still at work,
    /// and the program should end.
    @discardableResult
    public func stop(within deadline: Duration = .seconds(25)) -> Bool {
        connections.stop()
        let milliseconds = deadline.components.seconds * 1000 + deadline.components.attoseconds / 1_000_000_000_000_000
        if threadsEnded.wait(timeout: .now() + .milliseconds(Int(milliseconds))) == .success { return true }
        ended.signal()
        return false
    }
}
