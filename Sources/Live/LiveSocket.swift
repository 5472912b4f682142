internal import Glibc

/// The hub's listening Unix socket.
///
/// It is made under another name, given its mode, made to listen and only then renamed into place: nobody can connect
/// before the mode is right, and a dead socket of an earlier process is replaced in one step.
struct LiveSocket {
    private static let backlog: CInt = 4096

    let path: String
    let descriptor: CInt
    private let device: dev_t
    private let inode: ino_t

    /// Throws when the path is too long, taken by another process or by something else than a socket.
    init(path: String, mode: UInt32) throws(LiveHubError) {
        let draft = "\(path).\(getpid())"
        guard draft.utf8.count < 108 else { throw .pathTooLong(path: path) }
        try Self.checkFree(path)
        let descriptor = try Self.makeSocket()
        do throws(LiveHubError) {
            unlink(draft)
            try Self.call("bind") { Self.withAddress(draft) { bind(descriptor, $0, $1) } }
            try Self.call("chmod") { chmod(draft, mode) }
            try Self.call("listen") { listen(descriptor, Self.backlog) }
            var status = stat()
            try Self.call("stat") { stat(draft, &status) }
            try Self.call("rename") { rename(draft, path) }
            self.path = path
            self.descriptor = descriptor
            (device, inode) = (status.st_dev, status.st_ino)
        } catch {
            unlink(draft)
            Glibc.close(descriptor)
            throw error
        }
    }

    /// Has the system keep many connections waiting again, after NIO has taken the socket and cut that to 128.
    ///
    /// When the hub starts anew all browsers come back at once. A Unix socket whose queue is full refuses at once, too.
    func restoreBacklog() throws(LiveHubError) {
        try Self.call("listen") { listen(descriptor, Self.backlog) }
    }

    /// Removes the socket, unless a newer process has put its own in the same place.
    func remove() {
        var status = stat()
        guard stat(path, &status) == 0, status.st_dev == device, status.st_ino == inode else { return }
        unlink(path)
    }

    private static func makeSocket() throws(LiveHubError) -> CInt {
        try call("socket") { socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0) }
    }

    private static func checkFree(_ path: String) throws(LiveHubError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        let probe = try makeSocket()
        defer { Glibc.close(probe) }
        if withAddress(path, { connect(probe, $0, $1) }) == 0 { throw .taken(path: path) }
    }

    @discardableResult
    private static func call(_ name: String, _ body: () -> CInt) throws(LiveHubError) -> CInt {
        while true {
            let result = body()
            if result >= 0 { return result }
            if errno != EINTR { throw .system(call: name, errno: errno) }
        }
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}
