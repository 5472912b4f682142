import MariaDB
import Site

extension TestSite {
    /// The number of a person's account.
    public func number(of person: Cast) throws -> Int {
        try site.database.read { db in
            try db.first("SELECT id FROM users WHERE username = \(person.username)") { try $0[0] } ?? 0
        }
    }

    /// Makes somebody who has an account a member of a project, as its owner would.
    public func share(_ project: Int, with person: Cast, as role: String) throws {
        let member = try number(of: person)
        try site.database.write { db in
            try db.execute(
                """
                INSERT INTO project_members (project, member, role, since)
                VALUES (\(project), \(member), \(role), \(clock.now))
                """
            )
        }
    }

    /// Makes a member something else.
    public func setRole(_ project: Int, of person: Cast, to role: String) throws {
        let member = try number(of: person)
        try site.database.write { db in
            try db.execute(
                "UPDATE project_members SET role = \(role) WHERE project = \(project) AND member = \(member)"
            )
        }
    }
}
