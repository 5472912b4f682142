/// How many language servers there may be, and what one question may cost.
public struct ServerLimits: Sendable {
    /// At one time in this site process.
    public var servers = 40
    /// At one time that one person has started.
    public var serversOfOnePerson = 4
    /// How long one lives that nobody asks.
    public var idle = Duration.seconds(300)
    /// How long one may take to greet back.
    public var greeting = Duration.seconds(40)
    /// How often one is started again within `deathsWithin`, after it has ended by itself.
    public var restarts = 3
    /// See `restarts`.
    public var deathsWithin = Duration.seconds(600)
    /// Requests that wait for an answer at one time in this site process: each has a thread.
    public var waiting = 20
    /// The same of one person.
    public var waitingOfOnePerson = 6
    /// How long an answer is waited for, where it is wanted at once and where it may take a moment.
    public var patience = (quick: Duration.seconds(4), slow: Duration.seconds(10))
    /// How long somebody waits for a server that is only starting, who asked for something by a key.
    public var patienceAtStart = Duration.seconds(12)
    /// Bytes of a text that a server is given.
    public var text = 1 << 20
    /// Bytes of problems that one server may have told of, in all files: what is beyond is left out.
    public var problems = 1 << 20
    /// Bytes a second that one may say for long.
    public var rate = 2 << 20
    /// Bytes of one suggestion as the server wants it back, to tell more of it.
    public var suggestion = 16_384
    /// Texts that are open in a server at one time.
    public var openTexts = 64
    /// Bytes of texts that are open in a server only because it would not find them else.
    public var openBesides = 2 << 20

    /// The stated figures.
    public init() {}
}
