import Glibc

/// The system's words for an error number.
func errorText(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
}

/// Calls `body` with a Unix socket's address. nil when the path is too long for one.
func withUnixAddress<Result>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let fits = withUnsafeMutableBytes(of: &address.sun_path) { target in
        // One byte less, for the NUL at the end.
        guard path.utf8.count < target.count else { return false }
        target.copyBytes(from: path.utf8)
        return true
    }
    guard fits else { return nil }
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}

/// The path that a Unix socket is bound to, or nil when it has none.
func boundPath(_ descriptor: Int32) -> String? {
    var address = sockaddr_un()
    var size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    guard status == 0, address.sun_family == sa_family_t(AF_UNIX) else { return nil }
    return withUnsafeBytes(of: address.sun_path) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}

/// A stream socket of the Unix family that no child process inherits.
func unixSocket(nonblocking: Bool) -> Int32 {
    let flags = Int32(SOCK_CLOEXEC.rawValue) | (nonblocking ? Int32(SOCK_NONBLOCK.rawValue) : 0)
    return socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | flags, 0)
}

/// Bounds how long one read or write on a socket may block.
func setTimeouts(_ descriptor: Int32, seconds: Int) {
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    _ = setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    _ = setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
}

/// Whether the other side of a connected socket has closed it.
func isHungUp(_ descriptor: Int32) -> Bool {
    // POLLRDHUP, which Glibc shows to Swift only under _GNU_SOURCE.
    let closed: Int16 = 0x2000
    var entry = pollfd(fd: descriptor, events: closed, revents: 0)
    return poll(&entry, 1, 0) > 0
}
