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
    /// Terminals open at one time in this site process.
    public var terminals = 200
    /// Terminals open at one time by one person.
    public var terminalsOfOnePerson = 8
    /// What a terminal may use.
    public var terminal = RunLimits(wall: .seconds(12 * 3_600), cpu: .seconds(12 * 3_600), output: ByteCount(Int.max))
    /// Checks for problems at one time in this site process.
    public var checks = 12
    /// Checks at one time by one person, in all of their projects.
    public var checksOfOnePerson = 3
    /// What a check may use. Whoever asked waits for it.
    public var check = RunLimits(wall: .seconds(20), cpu: .seconds(20), output: .mebibytes(1), fileSize: .mebibytes(16))
    /// How long a terminal may be open without anything printed or typed.
    public var terminalIdle = Duration.seconds(3_600)
    /// How long before that its people are told.
    public var terminalNotice = Duration.seconds(300)
    /// Bytes a second that a run and a terminal pass on; a program that prints faster waits. Nobody reads faster, and a
    /// flood of output costs every process on its way about as much as it costs the one that prints it.
    public var rate = (run: 4 << 20, terminal: 1 << 20)
    /// Bytes of files that the programs of one run may bring back into the project, and those of one terminal.
    public var returnedBytes = (run: ByteCount.mebibytes(64), terminal: ByteCount.mebibytes(1024))
    /// Seconds of silence after which a site process and its runs count as gone.
    public var silence: TimeInterval = 12

    /// The stated defaults.
    public init() {}
}
