import DatabaseTesting
import MariaDB
import Site
import Testing

@Suite("Run settings come to a site that is in use")
struct RunSettingsMigrationTests {
    @Test("Its projects are as they were, set to nothing, and take settings and secrets")
    func populated() throws {
        let before = Site.migrations.filter { !$0.id.hasPrefix("run-settings-") }
        try TestDatabase.with(before) { database in
            try database.write { db in
                try db.execute(
                    """
                    INSERT INTO users (id, username, email, password_hash, created_at)
                    VALUES (1, 'ada', 'ada@example.org', 'none', NOW(6))
                    """
                )
                try db.execute(
                    """
                    INSERT INTO projects (id, owner, name, slug, language, created_at, updated_at)
                    VALUES (1, 1, 'Anagrams', 'anagrams', 'python', NOW(6), NOW(6))
                    """
                )
                try db.execute("INSERT INTO documents (id, length) VALUES (1, 0)")
                try db.execute(
                    "INSERT INTO files (id, project, path, document, created_at) VALUES (1, 1, 'a', 1, NOW(6))"
                )
                try db.execute(
                    "INSERT INTO runs (project, user, file, state, started_at) VALUES (1, 1, 'a', 'finished', NOW(6))"
                )
            }
            let applied = try Migrator(Site.migrations).migrate(database)
            #expect(applied.count == Site.migrations.count - before.count && !applied.isEmpty)
            let counts = try database.read { db in
                try db.first(
                    """
                    SELECT (SELECT COUNT(*) FROM projects), (SELECT COUNT(*) FROM runs),
                        (SELECT COUNT(*) FROM run_settings), (SELECT COUNT(*) FROM secrets)
                    """
                ) { [try $0[0], try $0[1], try $0[2], try $0[3]] as [Int] }
            }
            #expect(counts == [1, 1, 0, 0])
            try database.write { db in
                try db.execute("INSERT INTO run_settings VALUES (1, 1, '[]', '[]', '[]', NOW(6))")
                try db.execute("INSERT INTO secrets (project, name, sealed, changed_at) VALUES (1, 'A', 'x', NOW(6))")
                // A file that goes for good takes the choice along, a project all of it.
                try db.execute("DELETE FROM files")
            }
            let main = try database.read { db in try db.first("SELECT main FROM run_settings") { try $0[0] as Int? } }
            #expect(main == .some(nil))
            try database.write { db in try db.execute("DELETE FROM projects") }
            let left = try database.read { db in
                try db.first("SELECT COUNT(*) FROM secrets") { try $0[0] as Int }
            }
            #expect(left == 0)
            #expect(try Migrator(Site.migrations).migrate(database).isEmpty)
        }
    }
}
