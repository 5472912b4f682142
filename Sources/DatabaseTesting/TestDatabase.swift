import FoundationEssentials
public import MariaDB

/// A database of a test's own, on a real server.
public enum TestDatabase {
    /// There is no server to test against.
    public struct NoServer: Error, CustomStringConvertible {
        /// What to do about it.
        public let description =
            "CARREL_TEST_MARIADB_SOCKET is not set. Give it the path of a MariaDB server's Unix socket."
    }

    /// The socket of the server to test against. Throws when nobody gave one: such a test fails, it isn't skipped.
    public static func socketPath() throws -> String {
        guard let path = ProcessInfo.processInfo.environment["CARREL_TEST_MARIADB_SOCKET"], !path.isEmpty else {
            throw NoServer()
        }
        return path
    }

    /// Makes a schema with a unique name, applies the migrations, and drops it after the closure, pass or fail.
    @discardableResult
    public static func with<Value>(
        _ migrations: [Migration] = [],
        poolSize: Int = 4,
        _ body: (Database) throws -> Value
    ) throws -> Value {
        let schema = try Schema(poolSize: poolSize)
        defer { schema.drop() }
        try Migrator(migrations).migrate(schema.database)
        return try body(schema.database)
    }

    /// The same for a closure that awaits.
    @discardableResult
    public static func with<Value>(
        _ migrations: [Migration] = [],
        poolSize: Int = 4,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (Database) async throws -> Value
    ) async throws -> Value {
        let schema = try Schema(poolSize: poolSize)
        defer { schema.drop() }
        try Migrator(migrations).migrate(schema.database)
        return try await body(schema.database)
    }

    private struct Schema {
        let name: String
        let database: Database
        private let server: Database

        init(poolSize: Int) throws {
            let path = try TestDatabase.socketPath()
            name = "test_" + String(UInt64.random(in: .min ... .max), radix: 36)
            server = Database(configuration: DatabaseConfiguration(socketPath: path, database: nil))
            try server.makeSchema(named: name)
            var configuration = DatabaseConfiguration(socketPath: path, database: name)
            configuration.poolSize = poolSize
            database = Database(configuration: configuration)
        }

        func drop() {
            try? server.dropSchema(named: name)
        }
    }
}
