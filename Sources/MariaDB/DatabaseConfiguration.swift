/// Where the database is and how much of it to use at once.
public struct DatabaseConfiguration: Sendable {
    /// The server's Unix socket. There is no other way in: no host, no password.
    public var socketPath: String

    /// The account, proven by the server's unix_socket plugin. nil: the name of the Unix user this process runs as.
    public var user: String?

    /// The schema that statements without one mean. nil: none, for making and dropping schemas.
    public var database: String?

    /// The most connections open at once.
    public var poolSize = 16

    /// How long to wait for a connection when all are in use, before `DatabaseError.poolExhausted`.
    public var waitTimeout: Duration = .seconds(5)

    /// How long an unused connection is kept. Keep it below the server's `wait_timeout` (8 hours by default).
    public var maximumIdleAge: Duration = .seconds(600)

    /// The longest a single statement may run; the server stops it then. Zero: no limit. Migrations have none.
    public var statementTimeout: Duration = .seconds(30)

    /// How long a statement waits for another transaction's lock, in whole seconds.
    public var lockWaitTimeout: Duration = .seconds(5)

    /// The defaults, at a socket.
    public init(socketPath: String, user: String? = nil, database: String?) {
        self.socketPath = socketPath
        self.user = user
        self.database = database
    }
}
