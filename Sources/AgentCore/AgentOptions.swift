/// How an agent is set up. In a container everything is as stated here; tests change it.
public struct AgentOptions: Sendable {
    /// Whose authority programs get.
    public enum Identity: Sendable, Equatable {
        /// Programs and the agent's own file work happen as this user; the agent must be root.
        case user(UInt32, group: UInt32)
        /// No change of user: for tests without root. Runs are then told apart by session, which a program can leave.
        case unchanged
    }

    /// The folder of the project's files and the programs' working directory.
    public var home: String
    /// Whose authority programs get.
    public var identity: Identity
    /// The group that marks the first run (`ProcessTable`); above all groups of an image. Agents that share a PID
    /// namespace, as only tests do, need different ones.
    public var firstMark: UInt32

    /// The options inside a container.
    public init(home: String = "/home/coder", identity: Identity = .user(1000, group: 1000), firstMark: UInt32 = 20_000)
    {
        self.home = home
        self.identity = identity
        self.firstMark = firstMark
    }

    /// Reads `--home FOLDER`, `--user NUMBER`, `--unchanged-user` and `--first-mark NUMBER`; nil for anything else.
    public init?(arguments: [String]) {
        self.init()
        var rest = arguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "--home":
                guard let folder = rest.popFirst() else { return nil }
                home = folder
            case "--user":
                guard let user = rest.popFirst().flatMap({ UInt32($0) }) else { return nil }
                identity = .user(user, group: user)
            case "--first-mark":
                guard let mark = rest.popFirst().flatMap({ UInt32($0) }) else { return nil }
                firstMark = mark
            case "--unchanged-user":
                identity = .unchanged
            default:
                return nil
            }
        }
    }
}

/// Why an agent can't go on. It ends then, and with it the container.
public struct AgentFault: Error, CustomStringConvertible {
    /// In words, for standard error.
    public let description: String

    init(_ words: String) {
        description = words
    }
}
