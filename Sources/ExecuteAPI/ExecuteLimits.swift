/// What jobs may use, until quotas say it for each person. The names are Piston's.
public struct ExecuteLimits: Sendable {
    /// Whether jobs are run for those who show no token, too.
    public var isOpen = false
    /// At one time in this site process.
    public var jobs = 64
    /// At one time for one person, or for one address without a token.
    public var jobsOfOnePerson = 16
    /// In a second for one person, or for one address without a token, on average; five seconds' worth at once.
    public var jobsPerSecond = 10
    /// Milliseconds, on the wall and on the processor.
    public var runMilliseconds = 3_000
    /// Milliseconds, on the wall and on the processor.
    public var compileMilliseconds = 10_000
    /// Bytes of each of the two streams in each of the two stages.
    public var outputBytes = 1_024

    /// The stated defaults, which are Piston's where it has one.
    public init() {}
}
