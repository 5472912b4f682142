// Theory of operation
//
// A bracket (`read`, `write`) takes a connection from the pool, lends it to the closure, and gives it back. There are
// no other ways to a connection, and the closure's result must be Sendable, so a connection can't leave.
//
//  - `read` is plain autocommit: each statement sees what is committed when it starts. The session is read-only, so
//    the server refuses changes there. If the connection dies before any row was handed out, the closure runs once
//    more on a connection that was just opened.
//  - `write` is one transaction, READ COMMITTED. It is run again, closure and all, when it loses a deadlock, waits too
//    long for a lock, or its connection dies before COMMIT was sent. When the connection dies after that, nobody knows
//    the outcome: `outcomeUnknown`.
//
// The calls block. Don't make them from a Swift concurrency task in a program that has other use for its threads.

/// A MariaDB database: a pool of connections, lent in brackets.
public final class Database: Sendable {
    private let pool: Pool

    /// How it was set up.
    public let configuration: DatabaseConfiguration

    /// Opens nothing yet: the first bracket connects.
    public init(configuration: DatabaseConfiguration) {
        self.configuration = configuration
        pool = Pool(configuration)
    }

    /// Runs queries on a lent connection, each seeing what is committed when it starts.
    ///
    /// Changing anything throws `DatabaseError.readOnly`. The closure runs a second time when its connection died
    /// before it got a row, so it shouldn't do anything but read. Throws what the closure throws, `poolExhausted`,
    /// `cannotConnect`, `connectionLost`. A bracket inside a bracket takes a second connection: avoid it.
    public func read<Value: Sendable>(_ body: (Connection) throws -> Value) throws -> Value {
        var policy = RetryPolicy()
        var fresh = false
        while true {
            let connection = try pool.take(fresh: fresh)
            defer { pool.giveBack(connection) }
            do {
                return try body(connection)
            } catch {
                let cause = connection.failure ?? error as? DatabaseError
                guard let cause, policy.readsAgain(after: cause, handedOutRows: connection.handedOutRows) else {
                    throw error
                }
                fresh = true
            }
        }
    }

    /// Runs a transaction on a lent connection: all of it is kept, or, when the closure throws, nothing.
    ///
    /// The closure may run several times (deadlock, lock wait, lost connection), each time from the start on a
    /// transaction that knows nothing of the last: have it set variables outside only as its last act, and do nothing
    /// there that can't be repeated. Throws what the closure throws, `poolExhausted`, `cannotConnect`,
    /// `connectionLost` (nothing was kept), `outcomeUnknown` (lost during COMMIT; not repeated).
    @discardableResult
    public func write<Value: Sendable>(_ body: (Connection) throws -> Value) throws -> Value {
        var policy = RetryPolicy()
        var fresh = false
        while true {
            let connection = try pool.take(fresh: fresh)
            do throws(WriteFailure) {
                defer { pool.giveBack(connection) }
                return try transaction(connection, body)
            } catch {
                guard let cause = error.cause, let wait = policy.pauseBeforeWriting(after: cause) else {
                    throw error.thrown
                }
                fresh = cause.endsConnection
                pause(wait)
            }
        }
    }

    /// Closes the connections that nobody uses; the next brackets open new ones. For shutting down.
    public func closeIdleConnections() {
        pool.closeParked()
    }

    /// A connection of one's own, for migrations. The caller lends it to itself.
    func openForMigrations() throws(DatabaseError) -> Connection {
        let connection = try Connection(configuration, for: .migrations)
        connection.lend()
        return connection
    }

    /// What ended one try of a transaction.
    private struct WriteFailure: Error {
        /// What the caller gets if there is no other try.
        let thrown: any Error

        /// What decides whether there is one: what the server did, even if the closure made something else of it.
        let cause: DatabaseError?
    }

    private func transaction<Value>(
        _ connection: Connection,
        _ body: (Connection) throws -> Value
    ) throws(WriteFailure) -> Value {
        do {
            try connection.begin()
            let value = try body(connection)
            if let failure = connection.failure { throw failure }
            try connection.commit()
            return value
        } catch {
            let failure = WriteFailure(thrown: error, cause: connection.failure ?? error as? DatabaseError)
            connection.rollBack()
            throw failure
        }
    }
}
