import CMariaDB

// Theory of operation
//
// The table `schema_migrations` has a row for each migration that was begun: its checksum, how many of its statements
// are done, and when it was finished. Before a statement runs its number is written to `running`; after it, to `done`.
// So a server or program that dies halfway leaves one of three marks:
//
//  - finished_at set: applied, skip it;
//  - done = k, running = 0: statement k + 1 was refused or never tried, go on with it;
//  - done = k, running = k + 1: it was being run and may be in effect. MariaDB's DDL statements are atomic, so it is
//    wholly in effect or not at all: run it, and take "exists already" or "isn't there" for done. Statements that
//    change rows run in one transaction with their mark, so they are never in this state and in effect.
//
// One program at a time: a named lock of the server, which goes when its session does.

/// Brings a schema up to date.
public struct Migrator: Sendable {
    private let migrations: [Migration]

    /// The migrations in the order in which they are applied to an empty database.
    public init(_ migrations: [Migration]) {
        self.migrations = migrations
    }

    /// Applies what is missing and gives the ids of the migrations that were applied or finished now.
    ///
    /// Throws `MigrationError`, before anything is changed unless it is `failed`. A new, empty database is set to
    /// utf8mb4 with the collation utf8mb4_nopad_bin, in which text compares by code point and "a" isn't "a ": columns
    /// that should compare otherwise say so.
    @discardableResult
    public func migrate(_ database: Database, waitingForLock wait: Duration = .seconds(60)) throws -> [String] {
        let connection = try database.openForMigrations()
        try lock(connection, wait)
        defer { try? unlock(connection) }
        try createTable(connection)
        let records = try self.records(connection)
        let missing = try pending(records)
        for migration in missing {
            try apply(migration, records[migration.id], connection)
        }
        return missing.map(\.id)
    }

    /// The ids of the migrations that `migrate` would apply. Throws `MigrationError` like it, changes nothing.
    public func pending(_ database: Database) throws -> [String] {
        let connection = try database.openForMigrations()
        let exists = try connection.exists("SHOW TABLES LIKE 'schema_migrations'")
        return try pending(exists ? records(connection) : [:]).map(\.id)
    }

    // MARK: - The record

    private struct Record {
        let checksum: String
        let done: Int
        let running: Int
        let isFinished: Bool

        static let table = """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                id VARCHAR(190) NOT NULL PRIMARY KEY,
                checksum CHAR(64) NOT NULL,
                done INT NOT NULL,
                running INT NOT NULL,
                begun_at DATETIME(6) NOT NULL,
                finished_at DATETIME(6) NULL
            ) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            """
    }

    private func records(_ connection: Connection) throws -> [String: Record] {
        let sql: SQL = "SELECT id, checksum, done, running, finished_at IS NOT NULL FROM schema_migrations"
        let rows = try connection.all(sql) { row -> (String, Record) in
            let record = try Record(checksum: row[1], done: row[2], running: row[3], isFinished: row[4])
            return try (row[0], record)
        }
        var records: [String: Record] = [:]
        for (id, record) in rows {
            guard let migration = migrations.first(where: { $0.id == id }) else { throw MigrationError.unknown(id: id) }
            guard try checksum(migration, connection) == record.checksum else { throw MigrationError.changed(id: id) }
            records[id] = record
        }
        return records
    }

    private func pending(_ records: [String: Record]) throws -> [Migration] {
        var ids: Set<String> = []
        for migration in migrations where !ids.insert(migration.id).inserted {
            throw MigrationError.duplicateID(migration.id)
        }
        return migrations.filter { records[$0.id]?.isFinished != true }
    }

    /// The server's SHA-256, which saves this module a dependency.
    private func checksum(_ migration: Migration, _ connection: Connection) throws -> String {
        try connection.first("SELECT SHA2(\(migration.fingerprint), 256)") { try $0[0] } ?? ""
    }

    // MARK: - The work

    private func createTable(_ connection: Connection) throws {
        guard try !connection.exists("SHOW TABLES LIKE 'schema_migrations'") else { return }
        if try !connection.exists("SHOW TABLES") {
            try connection.text("ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin")
        }
        try connection.text(Record.table)
    }

    private func apply(_ migration: Migration, _ record: Record?, _ connection: Connection) throws {
        let id = migration.id
        if record == nil {
            try connection.execute(
                """
                INSERT INTO schema_migrations (id, checksum, done, running, begun_at)
                VALUES (\(id), \(checksum(migration, connection)), 0, 0, UTC_TIMESTAMP(6))
                """
            )
        }
        for (index, statement) in migration.sql.enumerated().dropFirst(record?.done ?? 0) {
            let number = index + 1
            do {
                try run(statement, number, id, mayBeInEffect: record?.running == number, connection)
            } catch let reason as DatabaseError {
                if !reason.endsConnection { try mark(id, done: index, running: 0, connection) }
                throw MigrationError.failed(id: id, statement: number, reason: reason)
            }
        }
        try connection.execute(
            "UPDATE schema_migrations SET running = 0, finished_at = UTC_TIMESTAMP(6) WHERE id = \(id)"
        )
    }

    private func run(
        _ statement: String,
        _ number: Int,
        _ id: String,
        mayBeInEffect: Bool,
        _ connection: Connection
    ) throws {
        if Self.changesRowsOnly(statement) {
            try connection.begin()
            defer { connection.rollBack() }
            try connection.text(statement)
            try mark(id, done: number, running: 0, connection)
            try connection.commit()
            return
        }
        try mark(id, done: number - 1, running: number, connection)
        do throws(DatabaseError) {
            try connection.text(statement)
        } catch {
            guard mayBeInEffect, case .other(let code, _) = error, Self.saysInEffect.contains(Int32(code)) else {
                throw error
            }
        }
        try mark(id, done: number, running: 0, connection)
    }

    private func mark(_ id: String, done: Int, running: Int, _ connection: Connection) throws {
        try connection.execute("UPDATE schema_migrations SET done = \(done), running = \(running) WHERE id = \(id)")
    }

    /// Whether a statement can be undone with its transaction.
    private static func changesRowsOnly(_ statement: String) -> Bool {
        let word = statement.drop { $0.isWhitespace }.prefix { $0.isLetter }.uppercased()
        return ["INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"].contains(word)
    }

    /// What the server answers to a CREATE, ALTER or DROP that was done before.
    private static let saysInEffect: Set<Int32> = [
        ER_TABLE_EXISTS_ERROR, ER_DUP_FIELDNAME, ER_DUP_KEYNAME, ER_CANT_DROP_FIELD_OR_KEY, ER_BAD_TABLE_ERROR,
        ER_TRG_ALREADY_EXISTS, ER_SP_ALREADY_EXISTS, ER_DUP_CONSTRAINT_NAME,
    ]

    /// Lock names are the server's, not the schema's, and have at most 64 characters.
    private static let lockName: SQL = "CONCAT('migrations-', LEFT(SHA2(DATABASE(), 256), 40))"

    private func lock(_ connection: Connection, _ wait: Duration) throws {
        let sql: SQL = "SELECT GET_LOCK(\(fragment: Self.lockName), \(wait.components.seconds))"
        guard try connection.first(sql, { try $0[0] as Int? }) == 1 else { throw MigrationError.busy }
    }

    private func unlock(_ connection: Connection) throws {
        try connection.execute("DO RELEASE_LOCK(\(fragment: Self.lockName))")
    }
}
