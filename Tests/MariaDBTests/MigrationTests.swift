import DatabaseTesting
import Testing

@testable import MariaDB

@Suite("Migrations")
struct MigrationTests {
    private let pets = Migration(id: "pets", sql: ["CREATE TABLE pets (name TEXT)", "INSERT INTO pets VALUES ('rex')"])

    @Test("what is missing is applied in order, once, and a filled database keeps its rows")
    func appliesOnce() throws {
        try TestDatabase.with { database throws in
            #expect(try Migrator([people]).pending(database) == ["people"])
            #expect(try Migrator([people]).migrate(database) == ["people"])
            try database.write { try $0.execute("INSERT INTO people (name) VALUES ('ada')") }
            let wider = Migration(id: "wider", sql: ["ALTER TABLE people ADD COLUMN email TEXT"])
            #expect(try Migrator([people, pets, wider]).migrate(database) == ["pets", "wider"])
            #expect(try Migrator([people, pets, wider]).migrate(database) == [])
            #expect(try Migrator([people, pets, wider]).pending(database) == [])
            #expect(try database.read { try $0.exists("SELECT 1 FROM people WHERE name = 'ada' AND email IS NULL") })
            #expect(try database.read { try $0.column("SELECT name FROM pets") } == ["rex"])
        }
    }

    @Test("a changed migration is refused by name and nothing is applied")
    func changedChecksum() throws {
        try TestDatabase.with([people]) { database throws in
            let other = Migration(id: "people", sql: people.sql + ["CREATE TABLE extra (id INT)"])
            #expect(throws: MigrationError.changed(id: "people")) { try Migrator([other, pets]).migrate(database) }
            #expect(throws: MigrationError.changed(id: "people")) { try Migrator([other, pets]).pending(database) }
            #expect(try !database.read { try $0.exists("SHOW TABLES LIKE 'pets'") })
        }
    }

    @Test("a database newer than the program is refused")
    func unknownID() throws {
        try TestDatabase.with([people, pets]) { database throws in
            #expect(throws: MigrationError.unknown(id: "pets")) { try Migrator([people]).migrate(database) }
        }
    }

    @Test("two migrations of one name are refused")
    func duplicateID() throws {
        try TestDatabase.with { database throws in
            #expect(throws: MigrationError.duplicateID("people")) { try Migrator([people, people]).migrate(database) }
        }
    }

    @Test("a refused statement is named, and the next start goes on from it")
    func failedStatement() throws {
        try TestDatabase.with([people]) { database throws in
            try database.write { try $0.execute("INSERT INTO people (name) VALUES ('ada')") }
            let broken = Migration(
                id: "broken",
                sql: [
                    "CREATE TABLE log (id INT)",
                    "INSERT INTO people (name) VALUES ('grace'), ('ada')",
                    "ALTER TABLE log ADD COLUMN at DATETIME",
                ]
            )
            let error = #expect(throws: MigrationError.self) { try Migrator([people, broken]).migrate(database) }
            #expect(
                error == .failed(id: "broken", statement: 2, reason: .duplicateKey(key: "people_name"))
            )
            #expect(try !database.read { try $0.exists("SELECT 1 FROM people WHERE name = 'grace'") })
            try database.write { try $0.execute("DELETE FROM people WHERE name = 'ada'") }
            #expect(try Migrator([people, broken]).migrate(database) == ["broken"])
            #expect(try database.read { try $0.column("SELECT name FROM people ORDER BY name") } == ["ada", "grace"])
            #expect(try database.read { try $0.exists("SHOW COLUMNS FROM log LIKE 'at'") })
        }
    }

    @Test(
        "a program that died during a statement leaves a database that the next start finishes",
        arguments: [true, false]
    )
    func diedHalfway(_ wasInEffect: Bool) throws {
        try TestDatabase.with([people, pets]) { database throws in
            // As if it had died while it ran the first statement of "pets".
            try database.write { db throws in
                let mark: SQL = "done = 0, running = 1, finished_at = NULL"
                try db.execute("UPDATE schema_migrations SET \(fragment: mark) WHERE id = 'pets'")
            }
            try change("DELETE FROM pets", database)
            if !wasInEffect { try change("DROP TABLE pets", database) }
            #expect(try Migrator([people, pets]).pending(database) == ["pets"])
            #expect(try Migrator([people, pets]).migrate(database) == ["pets"])
            #expect(try database.read { try $0.column("SELECT name FROM pets") } == ["rex"])
        }
    }

    @Test("a table that is there for another reason isn't taken for a finished statement")
    func tableInTheWay() throws {
        try TestDatabase.with { database throws in
            try change("CREATE TABLE pets (other INT)", database)
            let error = #expect(throws: MigrationError.self) { try Migrator([pets]).migrate(database) }
            guard case .failed("pets", 1, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect("\(error, default: "")".contains("Statement 1 of the migration pets"))
        }
    }

    @Test("two programs that start at once migrate once")
    func twoAtOnce() throws {
        try TestDatabase.with { database throws in
            let migrations = (1...5).map { Migration(id: "m\($0)", sql: ["CREATE TABLE t\($0) (id INT)"]) }
            try onThreads(4) { _ in try Migrator(migrations).migrate(database) }
            #expect(try Migrator(migrations).pending(database) == [])
        }
    }

    @Test("a start that waits too long for another one says so")
    func busy() throws {
        try TestDatabase.with([people]) { database throws in
            try database.read { db throws in
                let lock: SQL = "SELECT GET_LOCK(CONCAT('migrations-', LEFT(SHA2(DATABASE(), 256), 40)), 0)"
                #expect(try db.one(lock) == 1)
                #expect(throws: MigrationError.busy) {
                    try Migrator([people]).migrate(database, waitingForLock: .zero)
                }
                try db.execute("DO RELEASE_ALL_LOCKS()")
            }
            #expect(try Migrator([people]).migrate(database, waitingForLock: .zero) == [])
        }
    }

    @Test("a new database compares text by code point and keeps four-byte characters")
    func collation() throws {
        try TestDatabase.with([Migration(id: "paths", sql: ["CREATE TABLE paths (p VARCHAR(50) PRIMARY KEY)"])]) {
            database throws in
            try database.write { db throws in
                for path in ["a.py", "A.py", "a.py ", "á.py", "🐍.py"] {
                    try db.execute("INSERT INTO paths VALUES (\(path))")
                }
                #expect(try db.column("SELECT p FROM paths WHERE p = 'a.py'") == ["a.py"])
            }
        }
    }

    /// Changes the schema behind the migrator's back.
    private func change(_ statement: String, _ database: Database) throws {
        try database.openForMigrations().text(statement)
    }
}
