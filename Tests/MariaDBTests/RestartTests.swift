import MariaDB
import Synchronization
import Testing

@Suite("A server that is killed")
struct RestartTests {
    @Test("every connection of the pool recovers by itself, and what was committed is there")
    func killAndStart() throws {
        try PrivateServer.with { server in
            var configuration = DatabaseConfiguration(socketPath: server.socketPath, database: nil)
            try Database(configuration: configuration).makeSchema(named: "mine")
            configuration.database = "mine"
            configuration.poolSize = 4
            let database = Database(configuration: configuration)
            try Migrator([people]).migrate(database)

            // Fill the pool, with statements prepared on every connection.
            let all = Meeting(of: 4)
            try onThreads(4) { index in
                try database.write { db in
                    all.wait()
                    try db.execute("INSERT INTO people (name) VALUES (\("before \(index)"))")
                }
            }

            // Killed between statements, and inside a transaction.
            #expect(throws: DatabaseError.self) {
                try database.write { db in
                    try db.execute("INSERT INTO people (name) VALUES ('lost')")
                    server.kill()
                    try db.execute("INSERT INTO people (name) VALUES ('lost too')")
                }
            }
            let whileDown = #expect(throws: DatabaseError.self) { try database.read { try $0.exists("SELECT 1") } }
            guard case .cannotConnect = whileDown else {
                Issue.record("\(String(describing: whileDown))")
                return
            }

            try server.start()
            let again = Meeting(of: 4)
            try onThreads(4) { index in
                try database.write { db in
                    again.wait()
                    try db.execute("INSERT INTO people (name) VALUES (\("after \(index)"))")
                }
            }
            let names = try database.read { try $0.column("SELECT name FROM people ORDER BY name", as: String.self) }
            #expect(names == (0..<4).map { "after \($0)" } + (0..<4).map { "before \($0)" })
        }
    }

    @Test("a kill and a start between two requests is noticed by nobody")
    func restartWhileIdle() throws {
        try PrivateServer.with { server in
            let database = Database(
                configuration: DatabaseConfiguration(socketPath: server.socketPath, database: nil)
            )
            let all = Meeting(of: 8)
            try onThreads(8) { _ in
                _ = try database.read { db in
                    all.wait()
                    return try db.exists("SELECT \(1)")
                }
            }
            server.kill()
            try server.start()
            let runs = Mutex(0)
            try onThreads(8) { _ in
                _ = try database.write { db in
                    runs.withLock { $0 += 1 }
                    return try db.exists("SELECT \(1)")
                }
            }
            #expect(runs.withLock { $0 } == 8)
        }
    }
}
