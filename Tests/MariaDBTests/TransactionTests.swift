import DatabaseTesting
import MariaDB
import Synchronization
import Testing

@Suite("Transactions")
struct TransactionTests {
    private func names(_ database: Database) throws -> [String] {
        try database.read { try $0.column("SELECT name FROM people ORDER BY name") }
    }

    @Test("a closure that throws leaves nothing behind")
    func rollback() throws {
        struct Changed: Error {}
        try TestDatabase.with([people], poolSize: 1) { database throws in
            #expect(throws: Changed.self) {
                try database.write { db throws in
                    try db.execute("INSERT INTO people (name) VALUES ('ada')")
                    throw Changed()
                }
            }
            #expect(try names(database) == [])
            try database.write { try $0.execute("INSERT INTO people (name) VALUES ('grace')") }
            #expect(try names(database) == ["grace"])
        }
    }

    @Test("what a transaction did is unseen until it ends")
    func isolation() throws {
        try TestDatabase.with([people]) { database throws in
            try database.write { db throws in
                try db.execute("INSERT INTO people (name) VALUES ('ada')")
                #expect(try names(database) == [])
            }
            #expect(try names(database) == ["ada"])
        }
    }

    @Test("a read can't change anything, in any way of saying it")
    func readOnly() throws {
        try TestDatabase.with([people]) { database throws in
            for sql: SQL in [
                "INSERT INTO people (name) VALUES ('mallory')", "DELETE FROM people", "DROP TABLE people",
                "CREATE TABLE more (id INT)", "UPDATE people SET name = 'x'", "TRUNCATE people",
            ] {
                #expect(throws: DatabaseError.readOnly) { try database.read { try $0.execute(sql).affectedRows } }
            }
        }
    }

    @Test("of two transactions in a deadlock one is run again, whole, and both are kept")
    func deadlock() throws {
        try TestDatabase.with([people]) { database throws in
            try database.write { db throws in
                try db.execute("INSERT INTO people (id, name, age) VALUES (1, 'ada', 0), (2, 'grace', 0)")
            }
            let tries = Mutex(0)
            let bothHoldOne = Meeting(of: 2)
            try onThreads(2) { index in
                try database.write { db throws in
                    tries.withLock { $0 += 1 }
                    try db.execute("UPDATE people SET age = age + 1 WHERE id = \(1 + index)")
                    bothHoldOne.wait()
                    try db.execute("UPDATE people SET age = age + 1 WHERE id = \(2 - index)")
                }
            }
            #expect(tries.withLock { $0 } == 3)
            #expect(try database.read { try $0.column("SELECT age FROM people", as: Int.self) } == [2, 2])
        }
    }

    @Test(
        "a closure that swallows the deadlock, or makes another error of it, is run again all the same",
        arguments: [true, false]
    )
    func swallowedDeadlock(_ swallows: Bool) throws {
        struct Disguise: Error {}
        try TestDatabase.with([people]) { database throws in
            try database.write { db throws in
                try db.execute("INSERT INTO people (id, name, age) VALUES (1, 'ada', 0), (2, 'grace', 0)")
            }
            let bothHoldOne = Meeting(of: 2)
            let refused = Mutex(0)
            try onThreads(2) { index in
                try database.write { db throws in
                    try db.execute("UPDATE people SET age = age + 1 WHERE id = \(1 + index)")
                    bothHoldOne.wait()
                    do {
                        try db.execute("UPDATE people SET age = age + 1 WHERE id = \(2 - index)")
                    } catch {
                        #expect(throws: DatabaseError.deadlock) { try db.execute("DELETE FROM people") }
                        refused.withLock { $0 += 1 }
                        if !swallows { throw Disguise() }
                    }
                }
            }
            #expect(refused.withLock { $0 } == 1)
            #expect(try database.read { try $0.column("SELECT age FROM people", as: Int.self) } == [2, 2])
        }
    }

    @Test("many transactions on the same rows in every order all get through")
    func contention() throws {
        try TestDatabase.with([people], poolSize: 8) { database throws in
            try database.write { db throws in
                for id in 1...4 { try db.execute("INSERT INTO people (id, name, age) VALUES (\(id), \("p\(id)"), 0)") }
            }
            try onThreads(8) { thread in
                for round in 0..<15 {
                    let ids = (1...4).map { ($0 + thread + round) % 4 + 1 }
                    try database.write { db throws in
                        for id in thread.isMultiple(of: 2) ? ids : ids.reversed() {
                            try db.execute("UPDATE people SET age = age + 1 WHERE id = \(id)")
                        }
                    }
                }
            }
            #expect(
                try database.read { try $0.column("SELECT age FROM people", as: Int.self) } == [120, 120, 120, 120]
            )
        }
    }

    @Test("a lock that is held too long is waited for three times, then reported; nothing is kept")
    func lockWait() throws {
        try TestDatabase.with([people]) { database throws in
            try database.write { try $0.execute("INSERT INTO people (id, name) VALUES (1, 'ada')") }
            let impatient = changed(database) { $0.lockWaitTimeout = .seconds(1) }
            var tries = 0
            try database.write { holder throws in
                try holder.execute("UPDATE people SET age = 1")
                #expect(throws: DatabaseError.lockWaitTimeout) {
                    try impatient.write { db throws in
                        tries += 1
                        try db.execute("INSERT INTO people (name) VALUES ('grace')")
                        try db.execute("UPDATE people SET age = 2 WHERE id = 1")
                    }
                }
            }
            #expect(tries == 3)
            #expect(try names(database) == ["ada"])
        }
    }

    @Test("a statement that runs too long is stopped, and its connection goes on")
    func statementTimeout() throws {
        try TestDatabase.with { database throws in
            let hasty = changed(database) {
                $0.statementTimeout = .milliseconds(200)
                $0.poolSize = 1
            }
            #expect(throws: DatabaseError.statementTimeout) { try hasty.read { try $0.exists("SELECT SLEEP(5)") } }
            #expect(try hasty.read { try $0.exists("SELECT 1") })
        }
    }
}
