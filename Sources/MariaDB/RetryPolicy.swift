import Glibc

/// Decides whether a bracket is run again after an error, and how long to wait before. A value without I/O.
struct RetryPolicy {
    private var deadlocks = 0
    private var lockWaits = 0
    private var losses = 0

    /// A deadlock's loser wins soon; each try costs a few milliseconds.
    private static let maximumDeadlocks = 10

    /// Every one of these has waited `lockWaitTimeout` already.
    private static let maximumLockWaits = 2

    /// The first retry gets a connection that was just opened; a second loss means that the server is in trouble.
    private static let maximumLosses = 2

    /// How long to wait before the next try of a transaction, or nil to give up.
    ///
    /// The wait doubles from 2 ms up to 128 ms and is drawn at random, so that two that met don't meet again.
    mutating func pauseBeforeWriting(
        after error: DatabaseError,
        draw: (ClosedRange<Int>) -> Int = { .random(in: $0) }
    ) -> Duration? {
        switch error {
        case .deadlock:
            deadlocks += 1
            guard deadlocks <= Self.maximumDeadlocks else { return nil }
            return .microseconds(draw(500...(1000 << min(deadlocks, 7))))
        case .lockWaitTimeout:
            lockWaits += 1
            guard lockWaits <= Self.maximumLockWaits else { return nil }
            return .microseconds(draw(500...20_000))
        case .connectionLost:
            losses += 1
            return losses <= Self.maximumLosses ? .zero : nil
        default:
            return nil
        }
    }

    /// Whether a read runs once more: only when its connection died and the borrower has seen nothing.
    mutating func readsAgain(after error: DatabaseError, handedOutRows: Bool) -> Bool {
        guard error == .connectionLost, !handedOutRows else { return false }
        losses += 1
        return losses <= 1
    }
}

/// Blocks this thread.
func pause(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    guard duration > .zero else { return }
    var rest = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    var left = timespec()
    while nanosleep(&rest, &left) != 0, errno == EINTR { rest = left }
}
