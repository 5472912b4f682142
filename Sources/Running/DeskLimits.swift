public import FoundationEssentials
public import RunProtocol

/// How many programs may run, and what each may use.
public struct DeskLimits: Sendable {
    /// At one time in this site process.
    public var runs = 200
    /// At one time by one person.
    public var runsOfOnePerson = 5
    /// What a run may use; the runner lowers what is above its own ceiling.
    public var run = RunLimits()
    /// Seconds of silence after which a site process and its runs count as gone.
    public var silence: TimeInterval = 12

    /// The stated defaults.
    public init() {}
}
