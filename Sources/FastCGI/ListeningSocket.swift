import Glibc

/// A Unix socket that waits for connections at a path, with a stated mode from its first moment.
///
/// It is bound and set up under a name of its own and then renamed to the path: no client ever finds it half made,
/// and one that nobody listens on any more is replaced in one step. libfcgi's own FCGX_OpenSocket can't be used: it
/// unlinks whatever lies at the path, leaves the mode to the umask, and ends the process when something fails.
struct ListeningSocket: Sendable {
    let descriptor: Int32
    private let path: String
    private let device: dev_t
    private let inode: ino_t

    /// The socket came with the process and outlives it: those who come in between wait in its queue.
    let isInherited: Bool

    /// The listening socket that the process was started with, when that descriptor is one and lies at this path; else
    /// nil. The FastCGI specification has it as descriptor 0. Whoever started us keeps it open across our restarts, so
    /// it is never unlinked, shut or given another mode here.
    init?(descriptor: Int32, at path: String) {
        var accepts: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &accepts, &size) == 0, accepts == 1,
            boundPath(descriptor) == path
        else { return nil }
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        self.descriptor = descriptor
        self.path = path
        (device, inode) = (0, 0)
        isInherited = true
    }

    init(path: String, mode: UInt32) throws(FastCGIError) {
        try Self.checkPlace(path)
        let descriptor = unixSocket(nonblocking: true)
        guard descriptor >= 0 else { throw .system(call: "socket", path: path, code: errno) }
        let draft = path + ".\(getpid())"
        do throws(FastCGIError) {
            try Self.bind(descriptor, draft, mode, for: path)
            guard rename(draft, path) == 0 else { throw .system(call: "rename", path: path, code: errno) }
        } catch {
            unlink(draft)
            close(descriptor)
            throw error
        }
        var status = stat()
        lstat(path, &status)
        self.descriptor = descriptor
        self.path = path
        device = status.st_dev
        inode = status.st_ino
        isInherited = false
    }

    /// The next connection, or nil when none is waiting. Blocking, and closed in child processes.
    ///
    /// Throws when there are none left to be had, such as with too many files open.
    func accept() throws(FastCGIError) -> Int32? {
        let connection = Glibc.accept(descriptor, nil, nil)
        if connection >= 0 {
            _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
            return connection
        }
        switch errno {
        case EAGAIN, EINTR, ECONNABORTED, EINVAL: return nil
        default: throw .system(call: "accept", path: path, code: errno)
        }
    }

    /// Lets nobody in any more. Those who were waiting are still there to be accepted; in an inherited socket's queue
    /// they wait for the next process.
    func shut() {
        guard !isInherited else { return }
        var status = stat()
        // Another process may have put its own socket there by now.
        if lstat(path, &status) == 0, status.st_dev == device, status.st_ino == inode { unlink(path) }
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private static func checkPlace(_ path: String) throws(FastCGIError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        let probe = unixSocket(nonblocking: true)
        defer { close(probe) }
        let isAnswered = withUnixAddress(path) { connect(probe, $0, $1) == 0 || errno == EAGAIN } ?? false
        if isAnswered { throw .inUse(path: path) }
    }

    private static func bind(
        _ descriptor: Int32,
        _ draft: String,
        _ mode: UInt32,
        for path: String
    ) throws(FastCGIError) {
        unlink(draft)
        // The file is made with the socket's mode less the umask: so it is never more open than asked for.
        fchmod(descriptor, mode)
        guard let bound = withUnixAddress(draft, { Glibc.bind(descriptor, $0, $1) }) else {
            throw .pathTooLong(path: path)
        }
        guard bound == 0 else { throw .system(call: "bind", path: path, code: errno) }
        guard chmod(draft, mode) == 0 else { throw .system(call: "chmod", path: path, code: errno) }
        guard listen(descriptor, SOMAXCONN) == 0 else { throw .system(call: "listen", path: path, code: errno) }
    }
}
