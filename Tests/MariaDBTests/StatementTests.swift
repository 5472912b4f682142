import DatabaseTesting
import MariaDB
import Testing

@Suite("Statements")
struct StatementTests {
    @Test("a list binds each value; an empty one matches nothing, and NOT IN it everything")
    func lists() throws {
        try TestDatabase.with([people]) { database throws in
            try database.write { db throws in
                try db.execute("INSERT INTO people (name) VALUES ('ada'), ('grace'), ('mallory')")
                let names = { (sql: SQL) in try db.column(sql, as: String.self) }
                let wanted = ["ada", "mallory", "'); DROP TABLE people; --"]
                #expect(
                    try names("SELECT name FROM people WHERE name IN (\(list: wanted)) ORDER BY name")
                        == ["ada", "mallory"]
                )
                #expect(try names("SELECT name FROM people WHERE name IN (\(list: [String]()))") == [])
                #expect(try names("SELECT name FROM people WHERE name NOT IN (\(list: [String]()))").count == 3)
            }
        }
    }

    @Test("statements are put together from pieces with their values")
    func fragments() throws {
        try TestDatabase.with([people]) { database throws in
            try database.write { db throws in
                try db.execute("INSERT INTO people (name, age) VALUES (\("ada"), \(36)), (\("grace"), \(85))")
                let old: SQL = "age > \(50)"
                let order: StaticString = "name"
                let found = try db.all(
                    "SELECT name FROM people WHERE name <> \("x") AND \(fragment: old) ORDER BY \(raw: order)"
                ) { try $0[0] as String }
                #expect(found == ["grace"])
            }
        }
    }

    @Test("execute tells how many rows it found and the id it made")
    func results() throws {
        try TestDatabase.with([people]) { database throws in
            try database.write { db throws in
                let first = try db.execute("INSERT INTO people (name, age) VALUES ('ada', 36)")
                #expect(first.affectedRows == 1 && first.lastInsertID == 1)
                #expect(try db.execute("UPDATE people SET age = 36 WHERE id = 1").affectedRows == 1)
                #expect(try db.execute("UPDATE people SET age = 36 WHERE id = 2").affectedRows == 0)
                let id = try db.one("INSERT INTO people (name) VALUES ('grace') RETURNING id", as: Int.self)
                #expect(id == 2)
                #expect(try db.execute("DELETE FROM people").affectedRows == 2)
            }
        }
    }

    @Test("a query runs while the rows of another, even the same, are read")
    func nested() throws {
        try TestDatabase.with([people]) { database throws in
            try database.write { db throws in
                try db.execute("INSERT INTO people (name) VALUES ('ada'), ('grace')")
                let pairs = try db.all("SELECT name FROM people ORDER BY name") { outer in
                    let name: String = try outer[0]
                    let inner = try db.column("SELECT name FROM people ORDER BY name", as: String.self)
                    #expect(try outer[0] as String == name)
                    return [name] + inner
                }
                #expect(pairs == [["ada", "ada", "grace"], ["grace", "ada", "grace"]])
            }
        }
    }

    @Test("a closure that throws leaves the connection in order")
    func throwingClosure() throws {
        struct Stop: Error {}
        try TestDatabase.with([people]) { database throws in
            try database.write { db throws in
                try db.execute("INSERT INTO people (name) VALUES ('ada'), ('grace')")
                #expect(throws: Stop.self) { try db.all("SELECT name FROM people") { _ in throw Stop() } }
                #expect(try db.column("SELECT name FROM people", as: String.self).count == 2)
            }
        }
    }

    @Test("a row read after its time and a connection used after its bracket are refused")
    func escapes() throws {
        try TestDatabase.with { database throws in
            var kept: Row?
            var escaped: Connection?
            try database.read { db throws in
                escaped = db
                _ = try db.first("SELECT 1") { kept = $0 }
            }
            #expect(throws: DatabaseError.misuse("A row was read after its time.")) { try kept?[0] as Int? }
            #expect(throws: DatabaseError.misuse("A connection was used after its bracket.")) {
                try escaped?.exists("SELECT 1")
            }
        }
    }

    @Test("statements are prepared once per connection and at most 128 are kept")
    func cache() throws {
        try TestDatabase.with(poolSize: 1) { database throws in
            let status: SQL = "SELECT variable_value + 0e0 FROM information_schema.session_status WHERE variable_name ="
            func prepared(_ db: Connection) throws -> Double? {
                try db.one("\(fragment: status) 'Com_stmt_prepare'")
            }
            func closed(_ db: Connection) throws -> Double? {
                try db.one("\(fragment: status) 'Com_stmt_close'")
            }
            let before = try #require(try database.read(prepared))
            for _ in 1...50 {
                try database.read { db in _ = try db.one("SELECT \(1) + 1", as: Double.self) }
            }
            #expect(try database.read(prepared) == before + 1)
            for _ in 1...3 {
                let sql: SQL = "SELECT \(1) + 2"
                try database.read { db in _ = try db.one(sql.preparedAnew, as: Double.self) }
            }
            #expect(try database.read(prepared) == before + 1 + 3)
            try database.read { db throws in
                for width in 1...200 { _ = try db.exists("SELECT 1 WHERE 1 IN (\(list: 1...width))") }
            }
            #expect(try database.read(closed).map { $0 >= 73 } == true)
            #expect(try database.read(prepared) == before + 1 + 3 + 200 + 1 + 1)  // and `closed`, and `prepared` again
        }
    }

    @Test("a cached statement follows a table that got another column or another type")
    func changedTable() throws {
        try TestDatabase.with([people], poolSize: 1) { database throws in
            try database.write { db in try db.execute("INSERT INTO people (name, age) VALUES ('ada', 36)") }
            let all = {
                try database.read { db in try db.all("SELECT * FROM people") { try ($0.count, $0[1] as String) } }
            }
            #expect(try all().map(\.0) == [3])
            let other = changed(database) { $0.poolSize = 1 }
            try Migrator([
                people,
                Migration(
                    id: "wider",
                    sql: [
                        "ALTER TABLE people ADD COLUMN email TEXT NOT NULL DEFAULT 'none', MODIFY name TEXT NOT NULL",
                        "UPDATE people SET name = REPEAT('a', 5000)",
                    ]
                ),
            ]).migrate(other)
            let rows = try all()
            #expect(rows.map(\.0) == [4])
            #expect(rows[0].1.utf8.count == 5000)
        }
    }

    @Test("an expression's type follows its values from one execution of the same text to the next")
    func changingTypes() throws {
        try TestDatabase.with(poolSize: 1) { database in
            try database.read { db throws in
                #expect(try db.one("SELECT \(nil as Int?)", as: Int?.self) == .some(nil))
                #expect(try db.one("SELECT \(5 as Int?)", as: Int?.self) == .some(5))
                #expect(try db.one("SELECT \("five")", as: String.self) == "five")
                #expect(try db.one("SELECT \(5 as Int?)", as: Int?.self) == .some(5))
            }
        }
    }

    @Test("the session is strict, in UTC and utf8mb4, whatever the server's defaults are")
    func session() throws {
        try TestDatabase.with { database throws in
            let settings = try database.read { db throws in
                try db.first("SELECT @@sql_mode, @@time_zone, @@character_set_client, @@tx_isolation") { row in
                    try [row[0], row[1], row[2], row[3]] as [String]
                }
            }
            let found = try #require(settings)
            #expect(found[0].contains("STRICT_ALL_TABLES"))
            #expect(found[1...] == ["+00:00", "utf8mb4", "READ-COMMITTED"])
        }
    }
}
