import DatabaseTesting
import Dispatch
import MariaDB
import Synchronization
import Testing

@Suite("The pool")
struct PoolTests {
    private func connectionID(_ database: Database) throws -> Int? {
        try database.read { try $0.one("SELECT CONNECTION_ID()") }
    }

    @Test("connections are used again")
    func reuse() throws {
        try TestDatabase.with { database throws in
            #expect(try connectionID(database) == connectionID(database))
        }
    }

    @Test("when all are in use the next one waits, and gives up in time")
    func exhaustion() throws {
        try TestDatabase.with { original throws in
            let database = changed(original) {
                $0.poolSize = 2
                $0.waitTimeout = .milliseconds(50)
            }
            try database.read { first throws in
                try database.read { second throws in
                    #expect(throws: DatabaseError.poolExhausted) { try database.read { try $0.exists("SELECT 1") } }
                    #expect(try first.exists("SELECT 1") && second.exists("SELECT 1"))
                }
            }
            #expect(try database.read { try $0.exists("SELECT 1") })
        }
    }

    @Test("one that waits gets the connection that comes back")
    func handover() throws {
        try TestDatabase.with(poolSize: 1) { database throws in
            let isTaken = Meeting(of: 2)
            let order = Mutex<[String]>([])
            try onThreads(2) { index in
                if index == 0 {
                    try database.read { db throws in
                        isTaken.wait()
                        _ = try db.exists("SELECT SLEEP(0.1)")
                        order.withLock { $0.append("first") }
                    }
                } else {
                    isTaken.wait()
                    _ = try database.read { try $0.exists("SELECT 1") }
                    order.withLock { $0.append("second") }
                }
            }
            #expect(order.withLock { $0 } == ["first", "second"])
        }
    }

    @Test("a closure that throws, and a server that isn't there, give their place back")
    func placesComeBack() throws {
        struct Stop: Error {}
        try TestDatabase.with { original throws in
            let database = changed(original) {
                $0.poolSize = 1
                $0.waitTimeout = .zero
            }
            for _ in 1...3 {
                #expect(throws: Stop.self) { try database.read { _ -> Int in throw Stop() } }
                #expect(throws: Stop.self) { try database.write { _ -> Int in throw Stop() } }
            }
            #expect(try database.read { try $0.exists("SELECT 1") })
            let nowhere = changed(database) { $0.socketPath = "/nowhere" }
            for _ in 1...3 {
                let error = #expect(throws: DatabaseError.self) { try nowhere.read { try $0.exists("SELECT 1") } }
                #expect(error != .poolExhausted)
            }
        }
    }

    @Test("a connection that was unused for too long is replaced")
    func idleAge() throws {
        try TestDatabase.with { original throws in
            let database = changed(original) {
                $0.poolSize = 1
                $0.maximumIdleAge = .zero
            }
            #expect(try connectionID(database) != connectionID(database))
        }
    }

    @Test("a connection that the server ended while nobody used it is replaced unseen")
    func endedWhileIdle() throws {
        try TestDatabase.with(poolSize: 1) { database throws in
            let before = try #require(try connectionID(database))
            try kill(before, database)
            var runs = 0
            let after: Int? = try database.write { db throws in
                runs += 1
                return try db.one("SELECT CONNECTION_ID()")
            }
            #expect(after != before)
            #expect(runs == 1)
        }
    }

    @Test("a read whose connection dies before it saw a row runs once more; after that it doesn't")
    func readsAgain() throws {
        try TestDatabase.with { database throws in
            for seesRow in [false, true] {
                var runs = 0
                let read = {
                    try database.read { db throws in
                        runs += 1
                        if runs == 1 {
                            let id = try db.first("SELECT CONNECTION_ID()") { try $0[0] as Int }
                            try kill(#require(id), database)
                        }
                        return try db.exists("SELECT 1")
                    }
                }
                let readUnseen = {
                    try database.read { db throws in
                        runs += 1
                        if runs == 1 { try db.execute("KILL CONNECTION CONNECTION_ID()") }
                        return try db.exists("SELECT 1")
                    }
                }
                if seesRow {
                    #expect(throws: DatabaseError.connectionLost) { try read() }
                    #expect(runs == 1)
                } else {
                    #expect(try readUnseen())
                    #expect(runs == 2)
                }
            }
        }
    }

    @Test("a write whose connection dies before the commit runs again and is kept once")
    func writesAgain() throws {
        try TestDatabase.with([people]) { database throws in
            var runs = 0
            try database.write { db throws in
                runs += 1
                try db.execute("INSERT INTO people (name) VALUES ('ada')")
                if runs == 1 { try kill(try #require(try db.one("SELECT CONNECTION_ID()")), database) }
                try db.execute("INSERT INTO people (name) VALUES ('grace')")
            }
            #expect(runs == 2)
            #expect(try database.read { try $0.column("SELECT name FROM people") } == ["ada", "grace"])
        }
    }

    @Test("a server that ends every connection is given up after three tries")
    func givesUp() throws {
        try TestDatabase.with { database throws in
            var runs = 0
            #expect(throws: DatabaseError.connectionLost) {
                try database.write { db throws in
                    runs += 1
                    try db.execute("KILL CONNECTION CONNECTION_ID()")
                    try db.execute("SELECT 1")
                }
            }
            #expect(runs == 3)
        }
    }

    /// Ends a connection from outside and waits until it is gone.
    private func kill(_ id: Int, _ database: Database) throws {
        let other = changed(database) { $0.poolSize = 1 }
        try other.read { db throws in
            try db.execute("KILL CONNECTION \(id)")
            while try db.exists("SELECT 1 FROM information_schema.processlist WHERE id = \(id)") {}
        }
    }
}
