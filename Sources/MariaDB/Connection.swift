import CMariaDB

/// One connection, lent to the closure of `Database.read` or `write` and worth nothing after it.
///
/// It isn't Sendable and stays on the thread that got it. Statements are prepared once per connection and cached by
/// their text.
public final class Connection {
    private let session: Session
    private var statements = StatementCache(capacity: 128)

    /// Whether somebody may use it now.
    private var isLent = false

    /// Whether a transaction is open.
    private(set) var isInTransaction = false

    /// Whether a row was given to the borrower; after that a read isn't repeated.
    private(set) var handedOutRows = false

    /// Why the transaction, or the connection, can't go on. Every later statement throws it again, so a closure that
    /// swallows a deadlock can't carry on outside the transaction it believes to be in.
    private(set) var failure: DatabaseError?

    init(_ configuration: DatabaseConfiguration, for purpose: Session.Purpose) throws(DatabaseError) {
        session = try Session(configuration, for: purpose)
    }

    deinit {
        // Before the session: the C library's statements point into it.
        statements.removeAll()
    }

    // MARK: - For the borrower

    /// All rows of a query, each made into a value by `row`. An empty array when there are none.
    public func all<Value>(_ sql: SQL, _ row: (Row) throws -> Value) throws -> [Value] {
        try run(sql) { statement in
            var values: [Value] = []
            while let next = try statement.next() {
                handedOutRows = true
                values.append(try row(next))
            }
            return values
        }
    }

    /// The first row of a query, made into a value by `row`; nil when there is none.
    public func first<Value>(_ sql: SQL, _ row: (Row) throws -> Value) throws -> Value? {
        try run(sql) { statement in
            guard let next = try statement.next() else { return nil }
            handedOutRows = true
            return try row(next)
        }
    }

    /// Whether a query gives a row.
    public func exists(_ sql: SQL) throws -> Bool {
        try run(sql) { try $0.next() != nil }
    }

    /// Runs a statement that gives no rows, or none that matter.
    @discardableResult
    public func execute(_ sql: SQL) throws -> ExecuteResult {
        try run(sql) { statement in
            ExecuteResult(
                affectedRows: Int(clamping: statement.affectedRows),
                lastInsertID: Int(clamping: statement.lastInsertID)
            )
        }
    }

    private func run<Value>(_ sql: SQL, _ body: (PreparedStatement) throws -> Value) throws -> Value {
        guard isLent else { throw DatabaseError.misuse("A connection was used after its bracket.") }
        if let failure { throw failure }
        let size = sql.text.utf8.count + ParameterBlock.size(of: sql.parameters)
        guard size + 1024 < session.maximumPacket else { throw DatabaseError.tooLarge(limit: session.maximumPacket) }
        let statement: PreparedStatement
        do throws(DatabaseError) {
            statement = try executed(sql)
        } catch {
            if error.endsConnection || isInTransaction && error.endsTransaction { failure = error }
            throw error
        }
        defer {
            statement.finish()
            statement.isInUse = false
        }
        return try body(statement)
    }

    /// Prepares a statement if need be and runs it. It comes back marked as in use.
    private func executed(_ sql: SQL) throws(DatabaseError) -> PreparedStatement {
        if sql.isKept, let cached = statements.find(sql.text) {
            do throws(DatabaseError) {
                try cached.execute(sql.parameters)
                cached.isInUse = true
                return cached
            } catch .other(let code, let message) where Self.saysTableChanged.contains(Int32(code)) {
                statements.drop(sql.text)
                // NEW_STMT_METADATA comes after the statement took effect. A read can be repeated; in a transaction
                // it might be an INSERT … RETURNING *.
                guard code == ER_NEED_REPREPARE || !isInTransaction else {
                    throw .other(code: code, message: message)
                }
            }
        }
        let fresh = try PreparedStatement(sql.text, session: session)
        if sql.isKept { statements.keep(fresh, for: sql.text) }
        try fresh.execute(sql.parameters)
        fresh.isInUse = true
        return fresh
    }

    /// What comes when a cached statement names a table that was altered since: it has to be prepared anew.
    private static let saysTableChanged: Set<Int32> = [Int32(ER_NEED_REPREPARE), CR_NEW_STMT_METADATA]

    // MARK: - For the pool and the brackets

    /// Whether it may be lent again, as far as its last borrower could tell: nothing failed and nothing is open.
    var isReusable: Bool { failure == nil && !isInTransaction }

    /// Whether it may be lent again: nothing is open and nobody hung up. Costs a system call.
    var isHealthy: Bool { isReusable && !session.isStale }

    /// Opens and ends the time in which it may be used.
    func lend() {
        isLent = true
        handedOutRows = false
        failure = nil
    }

    func takeBack() { isLent = false }

    func begin() throws(DatabaseError) {
        try text("START TRANSACTION READ WRITE")
        isInTransaction = true
    }

    /// Throws `outcomeUnknown` when the server went away after it may have got the word.
    func commit() throws(DatabaseError) {
        do throws(DatabaseError) {
            try session.run("COMMIT")
            isInTransaction = false
        } catch {
            failure = error == .connectionLost && !session.refusedLastSend ? .outcomeUnknown : error
            throw failure ?? error
        }
    }

    /// Undoes what the transaction did. If even that fails the connection is given up, and the server does it.
    func rollBack() {
        guard isInTransaction, failure?.endsConnection != true else { return }
        do throws(DatabaseError) {
            try session.run("ROLLBACK")
            isInTransaction = false
            failure = nil
        } catch {
            failure = .connectionLost
        }
    }

    /// Runs a statement by text, for what can't be prepared: migrations.
    func text(_ statement: String) throws(DatabaseError) {
        do throws(DatabaseError) {
            try session.run(statement)
        } catch {
            if error.endsConnection { failure = error }
            throw error
        }
    }
}

/// What a statement without rows did.
public struct ExecuteResult: Sendable, Equatable {
    /// Rows inserted, deleted, or found by an UPDATE's WHERE, whether the new values differ or not. For
    /// INSERT … ON DUPLICATE KEY UPDATE: 1 for an inserted row or one found unchanged, 2 for a changed one.
    public let affectedRows: Int

    /// The AUTO_INCREMENT value the statement made; 0 if it made none, and the first one if it made several.
    public let lastInsertID: Int
}
