import Glibc

/// Keeps a thread from going faster than a rate, over more than a moment.
public struct Pace {
    private let bytesPerSecond: Int
    private var due = ContinuousClock.now

    /// Lets so many bytes go in a second.
    public init(bytesPerSecond: Int) {
        self.bytesPerSecond = bytesPerSecond
    }

    /// Waits until so many more bytes may go. What was not used before is forgotten but for a quarter of a second.
    public mutating func wait(_ count: Int) {
        let now = ContinuousClock.now
        due = max(due, now - .milliseconds(250)) + .seconds(Double(count) / Double(bytesPerSecond))
        let left = now.duration(to: due) / .microseconds(1)
        if left > 1_000 { usleep(UInt32(left)) }
    }
}
