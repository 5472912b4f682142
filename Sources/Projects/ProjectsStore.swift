public import Accounts
public import FoundationEssentials
public import MariaDB
public import Quotas
import RunProtocol
public import SiteKit
public import Web

/// The questions that are asked about projects. Who may ask is part of every question (`ProjectAccess`).
public enum ProjectsStore {
    /// What a project is made of, for a statement in which `p` is the project and `w` its owner; the reader's role in it
    /// is read besides, because no page is drawn without.
    static func columns(for reader: Account.ID?) -> SQL {
        guard let reader else { return "\(fragment: common), NULL" }
        return """
            \(fragment: common), IF(p.owner = \(reader), 'owner',
                (SELECT m.role FROM project_members m WHERE m.project = p.id AND m.member = \(reader)))
            """
    }

    static let common: SQL = """
        p.id, p.name, p.language, p.created_at, p.updated_at, w.username, p.slug, p.visibility, \
        p.archived_at IS NOT NULL, p.file_count, p.size
        """

    /// A deleted project that can still come back.
    struct Deleted: Sendable {
        let id: Project.ID
        let name: String
        let at: Date
    }

    /// What this person deleted after `oldest`, the latest first; at most 50.
    static func deleted(of reader: Account.ID, after oldest: Date, in db: Connection) throws -> [Deleted] {
        try db.all(
            """
            SELECT id, name, deleted_at FROM projects WHERE owner = \(reader) AND deleted_at > \(oldest)
            ORDER BY deleted_at DESC LIMIT 50
            """
        ) { Deleted(id: try $0[0], name: try $0[1], at: try $0[2]) }
    }

    static func count(of reader: Account.ID, in db: Connection) throws -> Int {
        try db.first("SELECT COUNT(*) FROM projects WHERE owner = \(reader) AND deleted_at IS NULL") { try $0[0] } ?? 0
    }

    /// For administrators: of everybody's projects.
    static func countsByLanguage(in db: Connection) throws -> [LanguageID: Int] {
        let counts = try db.all("SELECT language, COUNT(*) FROM projects WHERE deleted_at IS NULL GROUP BY language") {
            (language: try $0[0] as String, count: try $0[1] as Int)
        }
        return counts.reduce(into: [:]) { counts, row in
            if let language = LanguageID(row.language) { counts[language] = row.count }
        }
    }

    /// A project, for those whom `access` lets through; nil for others.
    static func project(
        _ id: Project.ID,
        for access: ProjectAccess,
        as reader: Account.ID?,
        in db: Connection
    ) throws -> Project? {
        try db.first(
            """
            SELECT \(fragment: columns(for: reader)) FROM projects p JOIN users w ON w.id = p.owner
            WHERE p.id = \(id) AND \(fragment: access.condition)
            """,
            project
        )
    }

    /// Which of these projects the reader may see.
    static func visible(_ ids: [Int], for access: ProjectAccess, in db: Connection) throws -> Set<Int> {
        Set(
            try db.all(
                "SELECT p.id FROM projects p WHERE p.id IN (\(list: ids)) AND \(fragment: access.condition)"
            ) { try $0[0] as Int }
        )
    }

    /// Holds other changes of this project's file list back until the transaction ends. False for those whom `access`
    /// does not let through.
    public static func lock(_ id: Project.ID, for access: ProjectAccess, in db: Connection) throws -> Bool {
        try db.exists(
            "SELECT p.id FROM projects p WHERE p.id = \(id) AND \(fragment: access.condition) FOR UPDATE"
        )
    }

    /// Holds changes of a project back, for somebody who comes with a right of another kind: an invitation. False when
    /// there is no such project.
    public static func lock(_ id: Project.ID, in db: Connection) throws -> Bool {
        try db.exists("SELECT id FROM projects WHERE id = \(id) AND deleted_at IS NULL FOR UPDATE")
    }

    /// What somebody is in a project; nil for nothing.
    public static func role(of person: Account.ID, in id: Project.ID, _ db: Connection) throws -> ProjectRole? {
        try project(id, for: ProjectAccess(.read, person), as: person, in: db)?.role
    }

    /// Why a reader may not do something with a project: it is not there for them, or they may not do that with it.
    public static func refusal(
        of right: ProjectRight,
        in id: Project.ID,
        to reader: Account.ID,
        _ db: Connection
    ) throws -> Problem {
        let seen =
            try project(id, for: ProjectAccess(.read, reader), as: reader, in: db)
            ?? project(id, for: .visit(.open), as: reader, in: db)
        guard let seen, right != .read else { return .notFound }
        return Problem(.forbidden, Self.words(for: right, in: seen))
    }

    private static func words(for right: ProjectRight, in project: Project) -> String {
        if project.role?.may(right) == true {
            return "This project is archived: it can be read, but its files can’t be changed and nothing can be run."
        }
        guard let role = project.role else {
            return "This project is shown to everybody, but only its members may do that."
        }
        switch right {
        case .read, .run: return "You may read this project, but not run its programs. Its owner can let you."
        case .edit where role == .runner:
            return "You may run this project, but not change it. Its owner can let you."
        case .edit: return "You may read this project, but not change it. Its owner can let you."
        case .own: return "Only the owner of this project may do that."
        }
    }

    static func insert(
        name: String,
        slug: String,
        language: LanguageID,
        owner: Account.ID,
        copyOf original: Project.ID?,
        at now: Date,
        in db: Connection
    ) throws -> Project.ID {
        let result = try db.execute(
            """
            INSERT INTO projects (owner, name, slug, language, forked_from, created_at, updated_at)
            VALUES (\(owner), \(name), \(slug), \(language.text), \(original), \(now), \(now))
            """
        )
        return Project.ID(result.lastInsertID)
    }

    /// Gives a project another name and address; the caller holds its lock.
    static func rename(_ id: Project.ID, to name: String, slug: String, at now: Date, in db: Connection) throws {
        try db.execute(
            "UPDATE projects SET name = \(name), slug = \(slug), updated_at = \(now) WHERE id = \(id)"
        )
    }

    static func delete(_ id: Project.ID, for access: ProjectAccess, at now: Date, in db: Connection) throws -> Bool {
        try db.execute(
            "UPDATE projects p SET p.deleted_at = \(now) WHERE p.id = \(id) AND \(fragment: access.condition)"
        ).affectedRows == 1
    }

    /// Brings a deleted project back; false when it is not theirs, not deleted, or deleted before `oldest`.
    static func restore(
        _ id: Project.ID,
        for reader: Account.ID,
        deletedAfter oldest: Date,
        in db: Connection
    ) throws -> Bool {
        try db.execute(
            """
            UPDATE projects SET deleted_at = NULL
            WHERE id = \(id) AND owner = \(reader) AND deleted_at > \(oldest)
            """
        ).affectedRows == 1
    }

    /// Notes that a text in the project changed, at most once a minute unless it changed by much: typing must not queue
    /// for one row. `growth` is by how many units the text is longer now. Throws `Problem` when the project had no room
    /// for that.
    public static func touch(
        _ id: Project.ID,
        growth: Int,
        at now: Date,
        within limits: ProjectLimits,
        in db: Connection
    ) throws {
        let latest = abs(growth) < notableGrowth ? now.addingTimeInterval(-60) : now
        // Where there is no room each edit that needs some is looked at.
        let most = growth > 0 ? limits.size : Int.max
        let noted = try db.execute(
            """
            UPDATE projects SET updated_at = \(now)
            WHERE id = \(id) AND (updated_at < \(latest) OR size > \(most))
            """
        )
        guard noted.affectedRows == 1 else { return }
        let size = try size(of: id, in: db)
        guard growth <= 0 || size <= limits.size else { throw limits.noMoreSpace }
        try db.execute("UPDATE projects SET size = \(size) WHERE id = \(id)")
    }

    /// More than somebody types in a minute: it was pasted, or taken out.
    private static let notableGrowth = 1000

    /// How large the project is. The sum is asked for by itself: inside of the UPDATE it would wait for every text that
    /// somebody is changing.
    static func size(of id: Project.ID, in db: Connection) throws -> Int {
        try db.first(
            """
            SELECT CAST(COALESCE(SUM(COALESCE(d.length, b.size)), 0) AS SIGNED) FROM files f
                LEFT JOIN documents d ON d.id = f.document LEFT JOIN blobs b ON b.digest = f.blob_digest
            WHERE f.project = \(id) AND f.deleted_at IS NULL
            """
        ) { try $0[0] } ?? 0
    }

    /// Notes that the project's list of files changed; the caller holds the project's lock, and says how large the files
    /// were before. Throws `Problem` when they have grown to more than there may be: where they were too large before,
    /// they can still be arranged and deleted.
    static func filesChanged(
        in id: Project.ID,
        at now: Date,
        before: Int,
        within limits: ProjectLimits,
        in db: Connection
    ) throws {
        let size = try size(of: id, in: db)
        guard size <= max(before, limits.size) else { throw limits.noMoreSpace }
        try db.execute(
            """
            UPDATE projects SET updated_at = \(now), size = \(size), file_count =
                (SELECT COUNT(*) FROM files WHERE project = \(id) AND deleted_at IS NULL)
            WHERE id = \(id)
            """
        )
    }

    /// Reads `columns`.
    static func project(_ row: Row) throws -> Project {
        let language: String = try row[2]
        guard let id = LanguageID(language) else {
            throw DatabaseError.mismatch(column: "language", found: "text", wanted: "LanguageID")
        }
        let visibility: String = try row[7]
        let role: String? = try row[11]
        return Project(
            id: try row[0],
            name: try row[1],
            language: id,
            created: try row[3],
            updated: try row[4],
            owner: try row[5],
            slug: try row[6],
            visibility: ProjectVisibility(rawValue: visibility) ?? .private,
            isArchived: try row[8],
            fileCount: try row[9],
            size: try row[10],
            role: role.flatMap(ProjectRole.init(rawValue:))
        )
    }
}
