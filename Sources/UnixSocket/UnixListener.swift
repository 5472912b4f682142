import Glibc

/// A socket that waits for connections at a path.
public final class UnixListener: Sendable {
    /// Where it listens.
    public let path: String
    private let descriptor: Int32
    private let closing: WakePipe

    /// Listens at `path` with this mode and, when given, this group; a dead socket that is there already is replaced.
    ///
    /// The socket is made under another name, inaccessible, and moved to its path when it is all set up: at no moment
    /// can someone connect who may not, and whoever sees it can connect. Throws when the folder is missing or another
    /// process is listening there.
    public init(path: String, mode: UInt32, group: UInt32? = nil, backlog: Int32 = 128) throws(SocketError) {
        self.path = path
        closing = try WakePipe()
        if (try? UnixStream.connect(to: path)) != nil {
            throw SocketError("listen at \(path)", code: EADDRINUSE)
        }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw SocketError("make a socket") }
        let making = path + "~"
        _ = unlink(making)
        // What is bound gets the mode of the socket itself. The process's umask would do, too, but for all its threads.
        guard fchmod(descriptor, 0) == 0, try withUnixAddress(making, { bind(descriptor, $0, $1) }) == 0 else {
            throw SocketError("listen at \(path)")
        }
        if let group, chown(making, UInt32.max, group) != 0 { throw SocketError("set the group of \(path)") }
        guard listen(descriptor, backlog) == 0 else { throw SocketError("listen at \(path)") }
        guard chmod(making, mode) == 0 else { throw SocketError("set the mode of \(path)") }
        guard rename(making, path) == 0 else { throw SocketError("listen at \(path)") }
    }

    deinit { _ = Glibc.close(descriptor) }

    /// The next connection, or nil after `close`.
    public func accept() throws(SocketError) -> UnixStream? {
        while true {
            let ready = try Poll.readable([descriptor, closing.descriptor])
            if ready[1] { return nil }
            let connection = Glibc.accept(descriptor, nil, nil)
            if connection >= 0 {
                // `accept4` is not visible to Swift. Nobody here forks between the two calls.
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                return UnixStream(adopting: connection)
            }
            switch errno {
            // The peer went away before we looked: nothing to serve, nothing wrong with us.
            case EINTR, ECONNABORTED, EAGAIN: continue
            default: throw SocketError("accept at \(path)")
            }
        }
    }

    /// Ends `accept` and takes the path away. May be called from any thread, and twice.
    public func close() {
        closing.wake()
        _ = unlink(path)
    }
}
