import Glibc

/// Waiting for several descriptors at once.
public enum Poll {
    /// Waits until one of the descriptors can be read (or is at its end), and says which; empty at the deadline.
    public static func readable(
        _ descriptors: [Int32],
        until deadline: ContinuousClock.Instant? = nil
    ) throws(SocketError) -> [Bool] {
        var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while true {
            let result = poll(&entries, nfds_t(entries.count), deadline.map(milliseconds) ?? -1)
            if result >= 0 { return entries.map { $0.revents != 0 } }
            guard errno == EINTR else { throw SocketError("wait for input") }
        }
    }

    /// The time left as `poll` wants it: rounded up, so that a wait never ends just before its deadline and spins.
    static func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero else { return 0 }
        let (seconds, attoseconds) = left.components
        return Int32(min(seconds, 1_000_000) * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }
}

/// Wakes a thread that waits in `Poll.readable` from any other thread.
///
/// A pipe with at most one byte in it: waking twice before the other thread looks is the same as waking once.
public final class WakePipe: Sendable {
    /// Readable while somebody has woken it; for `Poll.readable`.
    public let descriptor: Int32
    private let writing: Int32

    /// Makes the pipe; throws when the process has no descriptors left.
    public init() throws(SocketError) {
        var descriptors: [Int32] = [-1, -1]
        guard pipe(&descriptors) == 0 else { throw SocketError("make a pipe") }
        descriptor = descriptors[0]
        writing = descriptors[1]
        for end in descriptors {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        _ = close(descriptor)
        _ = close(writing)
    }

    /// Makes the descriptor readable.
    public func wake() {
        var byte: UInt8 = 1
        // A full pipe (EAGAIN) is as awake as can be.
        _ = write(writing, &byte, 1)
    }

    /// Takes back every `wake` so far.
    public func rest() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(descriptor, &bytes, bytes.count) > 0 {}
    }
}
