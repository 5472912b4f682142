import Glibc

/// Who is on the other end of a connection, as the kernel recorded it when the connection was made.
public struct PeerIdentity: Hashable, Sendable {
    /// The user id of the process that connected.
    public let user: UInt32
    /// Its group id.
    public let group: UInt32
    /// Its process id.
    public let process: Int32
}

/// One connected stream socket. Calls block; use it from threads of your own.
///
/// One thread may read while another writes. `shutdown` from a third wakes both. The descriptor is closed when the
/// last reference goes, never earlier, so no thread can read from a descriptor that was reused for something else.
public final class UnixStream: Sendable {
    /// The file descriptor, for `poll` only; it stays this object's property.
    public let descriptor: Int32

    /// Takes over a connected descriptor.
    public init(adopting descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { _ = Glibc.close(descriptor) }

    /// Connects to the listener at `path`.
    public static func connect(to path: String) throws(SocketError) -> UnixStream {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SocketError("make a socket") }
        let stream = UnixStream(adopting: descriptor)
        while true {
            let result = try withUnixAddress(path) { Glibc.connect(descriptor, $0, $1) }
            if result == 0 { return stream }
            guard errno == EINTR else { throw SocketError("connect \(path)") }
        }
    }

    /// Two streams that are connected with each other.
    public static func pair() throws(SocketError) -> (UnixStream, UnixStream) {
        var descriptors: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &descriptors) == 0 else { throw SocketError("make a pair of sockets") }
        return (UnixStream(adopting: descriptors[0]), UnixStream(adopting: descriptors[1]))
    }

    /// Who connected.
    public func peer() throws(SocketError) -> PeerIdentity {
        // `struct ucred` is three 32-bit numbers; Glibc shows it to Swift only under _GNU_SOURCE.
        var credential: (pid: Int32, uid: UInt32, gid: UInt32) = (0, 0, 0)
        var length = socklen_t(MemoryLayout.size(ofValue: credential))
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credential, &length) == 0 else {
            throw SocketError("ask for the peer's credential")
        }
        return PeerIdentity(user: credential.uid, group: credential.gid, process: credential.pid)
    }

    /// Reads what is there, at least one byte and at most `limit`; waits until `deadline` for it (nil: for ever).
    ///
    /// An empty result is the end of the stream. Throws a timeout (`SocketError.isTimeout`) when nothing came in time.
    public func read(atMost limit: Int, until deadline: ContinuousClock.Instant? = nil) throws(SocketError) -> [UInt8] {
        while true {
            try wait(for: Int16(POLLIN), until: deadline, action: "read")
            var failure: Int32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
                let result = recv(descriptor, buffer.baseAddress, limit, Int32(MSG_DONTWAIT))
                if result < 0 { failure = errno }
                count = max(0, result)
            }
            if failure == 0 { return bytes }
            guard failure == EINTR || failure == EAGAIN else { throw SocketError("read", code: failure) }
        }
    }

    /// Writes all bytes; waits until `deadline` for the other side to take them (nil: for ever).
    ///
    /// After an error some of the bytes may have been sent: the stream is then of no more use.
    public func write(_ bytes: [UInt8], until deadline: ContinuousClock.Instant? = nil) throws(SocketError) {
        var sent = 0
        while sent < bytes.count {
            // MSG_NOSIGNAL: a peer that went away is an error of this call, not a SIGPIPE for the process.
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            let result = bytes.withUnsafeBytes { buffer in
                send(descriptor, buffer.baseAddress?.advanced(by: sent), bytes.count - sent, flags)
            }
            if result >= 0 {
                sent += result
            } else if errno == EAGAIN {
                try wait(for: Int16(POLLOUT), until: deadline, action: "write")
            } else if errno != EINTR {
                throw SocketError("write")
            }
        }
    }

    /// Ends both directions at once: blocked readers get the end of the stream, writers an error.
    public func shutdown() {
        _ = Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Ends our direction: the other side reads the end of the stream, and may still answer.
    public func finishWriting() {
        _ = Glibc.shutdown(descriptor, Int32(SHUT_WR))
    }

    private func wait(
        for events: Int16,
        until deadline: ContinuousClock.Instant?,
        action: String
    ) throws(SocketError) {
        while true {
            var entry = pollfd(fd: descriptor, events: events, revents: 0)
            let result = poll(&entry, 1, deadline.map(Poll.milliseconds) ?? -1)
            if result > 0 { return }
            if result == 0 { throw SocketError(action, code: ETIMEDOUT) }
            guard errno == EINTR else { throw SocketError(action) }
        }
    }
}
