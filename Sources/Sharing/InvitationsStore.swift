import Accounts
import FoundationEssentials
import MariaDB
import Projects
import SiteKit

/// The questions that are asked about invitations. One that was used up, has expired or was revoked is in none of them.
enum InvitationsStore {
    private static let columns: SQL = "i.id, i.role, i.uses, i.most_uses, i.created_at, i.expires_at"

    static func insert(
        _ terms: Invitation.Terms,
        hash: [UInt8],
        to project: Project.ID,
        by inviter: Account.ID,
        at now: Date,
        in db: Connection
    ) throws {
        try db.execute(
            """
            INSERT INTO invitations (token_hash, project, inviter, role, most_uses, created_at, expires_at)
            VALUES (\(hash), \(project), \(inviter), \(terms.role.rawValue), \(terms.uses), \(now),
                \(now.addingTimeInterval(Double(terms.days) * 86_400)))
            """
        )
    }

    /// The invitations to a project, the newest first, for those whom `access` lets through.
    static func invitations(
        to project: Project.ID,
        for access: ProjectAccess,
        at now: Date,
        in db: Connection
    ) throws -> [Invitation] {
        try db.all(
            """
            SELECT \(fragment: columns) FROM invitations i JOIN projects p ON p.id = i.project
            WHERE i.project = \(project) AND \(fragment: isGood(at: now)) AND \(fragment: access.condition)
            ORDER BY i.id DESC
            """,
            invitation
        )
    }

    /// What a token invites to, and who.
    static func welcome(hash: [UInt8], at now: Date, in db: Connection) throws -> Welcome? {
        try db.first(
            """
            SELECT \(fragment: columns), p.id, p.name, u.username
            FROM invitations i JOIN projects p ON p.id = i.project JOIN users u ON u.id = i.inviter
            WHERE i.token_hash = \(hash) AND \(fragment: isGood(at: now)) AND p.deleted_at IS NULL
            """
        ) { row in
            Welcome(
                invitation: try invitation(row),
                project: try row[6],
                projectName: try row[7],
                inviter: try row[8]
            )
        }
    }

    /// Counts one use; false when there is none left. However many come at once, no more than may come in.
    static func use(_ id: Invitation.ID, at now: Date, in db: Connection) throws -> Bool {
        try db.execute(
            "UPDATE invitations i SET i.uses = i.uses + 1 WHERE i.id = \(id) AND \(fragment: isGood(at: now))"
        ).affectedRows == 1
    }

    /// Takes an invitation back and says to which project it was; nil when there is none or it is not theirs.
    static func revoke(
        _ id: Invitation.ID,
        for access: ProjectAccess,
        at now: Date,
        in db: Connection
    ) throws -> Project.ID? {
        let project: Project.ID? = try db.first(
            """
            SELECT i.project FROM invitations i JOIN projects p ON p.id = i.project
            WHERE i.id = \(id) AND \(fragment: access.condition)
            """
        ) { try $0[0] }
        if project != nil {
            try db.execute("UPDATE invitations SET revoked_at = \(now) WHERE id = \(id) AND revoked_at IS NULL")
        }
        return project
    }

    /// Takes all invitations to a project back.
    static func revokeAll(to project: Project.ID, at now: Date, in db: Connection) throws {
        try db.execute(
            "UPDATE invitations i SET i.revoked_at = \(now) WHERE i.project = \(project) AND i.revoked_at IS NULL"
        )
    }

    private static func isGood(at now: Date) -> SQL {
        "i.revoked_at IS NULL AND i.uses < i.most_uses AND i.expires_at > \(now)"
    }

    private static func invitation(_ row: Row) throws -> Invitation {
        Invitation(
            id: try row[0],
            role: try ProjectRole(row: row, column: 1),
            uses: try row[2],
            mostUses: try row[3],
            created: try row[4],
            expires: try row[5]
        )
    }
}
