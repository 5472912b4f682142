import DatabaseTesting
import MariaDB
import Testing

@Suite("Errors")
struct ErrorTests {
    /// Runs a statement that must fail, beside a table of people with ada in it.
    private func failure(_ sql: SQL) throws -> DatabaseError? {
        try TestDatabase.with([
            people,
            Migration(
                id: "pets",
                sql: [
                    """
                    CREATE TABLE pets (owner BIGINT UNSIGNED NOT NULL, born DATETIME(6),
                    CONSTRAINT pets_owner FOREIGN KEY (owner) REFERENCES people (id))
                    """
                ]
            ),
        ]) { database throws in
            try database.write { db throws in
                try db.execute("INSERT INTO people (id, name) VALUES (1, 'ada')")
                try db.execute("INSERT INTO pets (owner) VALUES (1)")
                let error = #expect(throws: DatabaseError.self) { try db.execute(sql) }
                #expect(try db.exists("SELECT 1 FROM people"), "only the statement is undone")
                return error
            }
        }
    }

    @Test("a duplicate names its key, even when the value tries to")
    func duplicates() throws {
        #expect(try failure("INSERT INTO people (name) VALUES (\("ada"))") == .duplicateKey(key: "people_name"))
        #expect(try failure("INSERT INTO people (id, name) VALUES (1, 'x')") == .duplicateKey(key: "PRIMARY"))
        let sly = "' for key 'mine'"
        let twice: SQL = "INSERT INTO people (name) VALUES (\(sly)), (\(sly))"
        #expect(try failure(twice) == .duplicateKey(key: "people_name"))
    }

    @Test("foreign keys and checks name their constraint")
    func constraints() throws {
        #expect(try failure("INSERT INTO pets (owner) VALUES (99)") == .foreignKey(constraint: "pets_owner"))
        #expect(try failure("DELETE FROM people") == .foreignKey(constraint: "pets_owner"))
        #expect(try failure("UPDATE people SET age = 200") == .check(constraint: "not_old"))
    }

    @Test("values that don't fit are refused with the column's name, never cut or bent")
    func strictness() throws {
        let long = String(repeating: "x", count: 21)
        #expect(try failure("INSERT INTO people (name) VALUES (\(long))") == .invalidValue(column: "name"))
        #expect(try failure("UPDATE people SET age = \(1000)") == .invalidValue(column: "age"))
        #expect(try failure("UPDATE people SET age = \("many")") == .invalidValue(column: "age"))
        #expect(try failure("UPDATE people SET name = \(nil as String?)") == .invalidValue(column: "name"))
        #expect(try failure("INSERT INTO people (age) VALUES (1)") == .invalidValue(column: "name"))
        #expect(try failure("UPDATE pets SET born = '2026-02-30'") == .invalidValue(column: "born"))
        #expect(try failure("UPDATE people SET name = \([0xFF, 0xFE] as [UInt8])") == .invalidValue(column: "name"))
    }

    @Test("descriptions never carry values")
    func descriptions() throws {
        let secret = "s3cret'quoted"
        for sql: SQL in [
            "INSERT INTO people (name) VALUES (\(secret)), (\(secret))",
            "UPDATE people SET age = \(secret)",
            "SELECT CAST(\(secret) AS DATETIME) + JSON_EXTRACT(\(secret), \(secret)) FROM nowhere",
            "UPDATE people SET age = CAST(\(secret) AS INT)",
            "UPDATE people SET name = UUID_SHORT(\(secret))",
            "SELECT * FROM people WHERE name REGEXP \(secret + "(")",
            "UPDATE people SET name = \(secret) WHERE ST_GeomFromText(\(secret)) IS NULL AND MAKE_SET(\(secret), 1) +",
        ] {
            let error = try #require(try failure(sql))
            #expect(!"\(error)".contains("s3cret"), "\(error)")
        }
    }

    @Test("a typing mistake keeps the server's explanation")
    func syntax() throws {
        guard case .other(1064, let message) = try failure("SELEC 1") else {
            Issue.record("not a syntax error")
            return
        }
        #expect(message.contains("SELEC"))
    }

    @Test("no server is one clear sentence")
    func noServer() {
        let database = Database(configuration: DatabaseConfiguration(socketPath: "/nowhere/sock", database: nil))
        let error = #expect(throws: DatabaseError.self) { try database.read { try $0.exists("SELECT 1") } }
        guard case .cannotConnect(2002, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("/nowhere/sock"))
    }
}
