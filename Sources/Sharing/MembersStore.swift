import Accounts
import FoundationEssentials
import MariaDB
import Projects
import SiteKit

/// The questions that are asked about members. Those that change something are asked in a transaction that has locked
/// the project for its owner.
enum MembersStore {
    /// The members of a project by name, for those whom `access` lets through.
    static func members(of project: Project.ID, for access: ProjectAccess, in db: Connection) throws -> [Member] {
        try db.all(
            """
            SELECT u.id, u.username, m.role, m.since
            FROM projects p JOIN project_members m ON m.project = p.id JOIN users u ON u.id = m.member
            WHERE p.id = \(project) AND \(fragment: access.condition) ORDER BY u.username
            """,
            member
        )
    }

    static func member(_ account: Account.ID, of project: Project.ID, in db: Connection) throws -> Member? {
        try db.first(
            """
            SELECT u.id, u.username, m.role, m.since FROM project_members m JOIN users u ON u.id = m.member
            WHERE m.project = \(project) AND m.member = \(account)
            """,
            member
        )
    }

    static func count(of project: Project.ID, in db: Connection) throws -> Int {
        try db.first("SELECT COUNT(*) FROM project_members WHERE project = \(project)") { try $0[0] } ?? 0
    }

    /// The account of this name, with the name as its owner writes it.
    static func account(named username: String, in db: Connection) throws -> (id: Account.ID, username: String)? {
        // Asking an ASCII column for anything else would be an error of ours.
        guard username.utf8.allSatisfy({ $0 < 128 }) else { return nil }
        return try db.first("SELECT id, username FROM users WHERE username = \(username)") { (try $0[0], try $0[1]) }
    }

    /// Makes somebody a member, or gives a member another role.
    static func put(
        _ account: Account.ID,
        as role: ProjectRole,
        in project: Project.ID,
        at now: Date,
        _ db: Connection
    ) throws {
        try db.execute(
            """
            INSERT INTO project_members (project, member, role, since)
            VALUES (\(project), \(account), \(role.rawValue), \(now))
            ON DUPLICATE KEY UPDATE role = VALUES(role)
            """
        )
    }

    /// Ends a membership, and an offer to that member; false when there was none.
    static func remove(_ account: Account.ID, from project: Project.ID, in db: Connection) throws -> Bool {
        try db.execute("DELETE FROM project_transfers WHERE project = \(project) AND recipient = \(account)")
        return try db.execute("DELETE FROM project_members WHERE project = \(project) AND member = \(account)")
            .affectedRows == 1
    }

    /// Writes down that somebody was removed, for links that were made before.
    static func note(removalOf account: Account.ID, from project: Project.ID, at now: Date, in db: Connection) throws {
        try db.execute(
            """
            REPLACE INTO project_removals (project, member, removed_at) VALUES (\(project), \(account), \(now))
            """
        )
    }

    /// Whether this person was removed at that time or later.
    static func wasRemoved(
        _ account: Account.ID,
        from project: Project.ID,
        since time: Date,
        in db: Connection
    ) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM project_removals
            WHERE project = \(project) AND member = \(account) AND removed_at >= \(time)
            """
        )
    }

    private static func member(_ row: Row) throws -> Member {
        Member(account: try row[0], username: try row[1], role: try ProjectRole(row: row, column: 2), since: try row[3])
    }
}

extension ProjectRole {
    /// A role as it is stored. Throws `DatabaseError.mismatch` when somebody stored another text by hand.
    init(row: Row, column: Int) throws {
        let text: String = try row[column]
        guard let role = ProjectRole(rawValue: text) else {
            throw DatabaseError.mismatch(column: "role", found: "text", wanted: "ProjectRole")
        }
        self = role
    }
}
