import Glibc

/// Fills a `sockaddr_un` with the path and hands it to a system call.
func withUnixAddress<Value>(
    _ path: String,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
) throws(SocketError) -> Value {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    // The kernel wants the ending NUL inside the 108 bytes, and an empty or NUL-led path would be another kind of name.
    guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: address.sun_path), !bytes.contains(0) else {
        throw SocketError("use the socket path \(path)", code: ENAMETOOLONG)
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}
