public import FoundationEssentials

/// Tells the time. Passed in, so that a test can stand still or leap ahead.
public typealias Now = @Sendable () -> Date

extension Date {
    /// Milliseconds since 1970, as scripts in the browser count.
    public var unixMilliseconds: Int { Int((timeIntervalSince1970 * 1_000).rounded()) }
}
