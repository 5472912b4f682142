/// One step of the schema's history. Append new ones; never edit one that has been released.
public struct Migration: Sendable, Hashable {
    /// A unique name such as "projects-001-projects"; at most 190 characters.
    public let id: String

    /// The statements, in order, each without a semicolon at its end. They are run as text, so they take no values.
    ///
    /// The server commits every DDL statement by itself, so a migration isn't a transaction. `Migrator` records how
    /// far it got. Keep one statement one step that can stand alone.
    public let sql: [String]

    /// A step with its statements.
    public init(id: String, sql: [String]) {
        self.id = id
        self.sql = sql
    }

    /// What the checksum is taken of: statements can't be joined into each other unseen.
    var fingerprint: String { sql.map { "\($0.utf8.count):\($0)" }.joined(separator: ";") }
}

/// Why the schema was left as it is. Each description is a sentence for the operator.
public enum MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Two migrations have the same id.
    case duplicateID(String)

    /// A migration that was applied, wholly or in part, has other statements now.
    case changed(id: String)

    /// The database has a migration that this program doesn't know: it is older than the database.
    case unknown(id: String)

    /// Another program has been migrating this database for longer than the wait.
    case busy

    /// A statement, counted from 1, was refused. What ran before it stays; the next start goes on from it.
    case failed(id: String, statement: Int, reason: DatabaseError)

    /// A sentence, without values.
    public var description: String {
        switch self {
        case .duplicateID(let id):
            "Two migrations are called \(id)."
        case .changed(let id):
            "The migration \(id) was applied with other statements. Restore its text and add a new migration instead."
        case .unknown(let id):
            "The database has the migration \(id), which this program doesn't know. Start a newer version of it."
        case .busy:
            "Another program is migrating this database. Wait until it has finished, or stop it."
        case .failed(let id, let statement, let reason):
            "Statement \(statement) of the migration \(id) was refused: \(reason) Those before it stay applied; "
                + "remove the cause and start again."
        }
    }
}
