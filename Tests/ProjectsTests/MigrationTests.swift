import DatabaseTesting
import MariaDB
import Site
import Testing

@Suite("Bringing a site's database up to date")
struct MigrationTests {
    @Test("One that has people, projects and files in it keeps them, and knows how many files there are and how large")
    func populated() throws {
        let first = Site.migrations.filter { $0.id.contains("-001-") && !$0.id.hasPrefix("templates") }
        try TestDatabase.with(first) { database in
            try database.write { db in
                try db.execute(
                    """
                    INSERT INTO users (id, username, email, password_hash, created_at)
                    VALUES (1, 'ada', 'ada@example.org', 'none', NOW(6))
                    """
                )
                for project in 1...3 {
                    try db.execute(
                        """
                        INSERT INTO projects (id, owner, name, language, created_at, updated_at)
                        VALUES (\(project), 1, 'Anagrams', 'python', NOW(6), NOW(6))
                        """
                    )
                }
                for (number, project) in [1, 1, 1, 2].enumerated() {
                    try db.execute("INSERT INTO documents (id, length) VALUES (\(number + 1), \(10 * number + 5))")
                    try db.execute(
                        """
                        INSERT INTO files (project, path, document, created_at, deleted_at)
                        VALUES (\(project), \("\(number).py"), \(number + 1), NOW(6), IF(\(number) = 0, NOW(6), NULL))
                        """
                    )
                }
            }
            let applied = try Migrator(Site.migrations).migrate(database)
            #expect(applied.count == Site.migrations.count - first.count)
            let counts = try database.read { db in
                try db.all("SELECT file_count FROM projects ORDER BY id") { try $0[0] as Int }
            }
            #expect(counts == [2, 1, 0])
            let sizes = try database.read { db in
                try db.all("SELECT size FROM projects ORDER BY id") { try $0[0] as Int }
            }
            #expect(sizes == [40, 35, 0])
            // None of what was there is a template, and a project takes its mark along when it goes for good.
            let marks = try database.write { db in
                let before = try db.first("SELECT COUNT(*) FROM project_templates") { try $0[0] as Int }
                try db.execute("INSERT INTO project_templates VALUES (3, 'For the first week', 1, NOW(6))")
                try db.execute("DELETE FROM projects WHERE id = 3")
                return [before, try db.first("SELECT COUNT(*) FROM project_templates") { try $0[0] as Int }]
            }
            #expect(marks == [0, 0])
            #expect(try Migrator(Site.migrations).migrate(database).isEmpty)
        }
    }
}
