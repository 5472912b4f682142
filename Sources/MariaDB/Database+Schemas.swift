extension Database {
    /// Makes an empty schema. Needs an account that may; for set-up and tests.
    public func makeSchema(named name: String) throws(DatabaseError) {
        try openForMigrations().text("CREATE DATABASE \(Self.quoted(name)) CHARACTER SET utf8mb4")
    }

    /// Drops a schema with all that is in it. For tests.
    public func dropSchema(named name: String) throws(DatabaseError) {
        try openForMigrations().text("DROP DATABASE IF EXISTS \(Self.quoted(name))")
    }

    /// A name as an identifier: names can't be bound.
    private static func quoted(_ name: String) throws(DatabaseError) -> String {
        guard !name.isEmpty, name.utf8.count <= 64, !name.utf8.contains(0) else {
            throw .misuse("A schema's name has 1 to 64 bytes.")
        }
        return "`" + name.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
    }
}
