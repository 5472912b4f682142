public import Accounts
public import FoundationEssentials
public import MariaDB
import RunProtocol
public import SiteKit

/// The questions that are asked about projects. Whose a project is, is part of every question.
public enum ProjectsStore {
    /// A row of the list of projects.
    struct Summary: Sendable {
        let project: Project
        let fileCount: Int
    }

    /// A person's projects, the most recently changed first; at most 500, which is also the most one may have.
    static func projects(of reader: Account.ID, in db: Connection) throws -> [Summary] {
        try db.all(
            """
            SELECT p.id, p.name, p.language, p.created_at, p.updated_at, p.file_count
            FROM projects p WHERE p.owner = \(reader) AND p.deleted_at IS NULL
            ORDER BY p.updated_at DESC, p.id DESC LIMIT 500
            """
        ) { row in Summary(project: try project(row), fileCount: try row[5]) }
    }

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

    /// A project that the reader may see; nil when there is none or it is not theirs.
    static func project(_ id: Project.ID, for reader: Account.ID, in db: Connection) throws -> Project? {
        try db.first(
            """
            SELECT p.id, p.name, p.language, p.created_at, p.updated_at FROM projects p
            WHERE p.id = \(id) AND p.owner = \(reader) AND p.deleted_at IS NULL
            """,
            project
        )
    }

    /// Which of these projects the reader may see.
    static func visible(_ ids: [Int], for reader: Account.ID, in db: Connection) throws -> Set<Int> {
        Set(
            try db.all(
                "SELECT id FROM projects WHERE id IN (\(list: ids)) AND owner = \(reader) AND deleted_at IS NULL"
            ) { try $0[0] as Int }
        )
    }

    /// Holds other changes of this project's file list back until the transaction ends. False when it is not theirs.
    public static func lock(_ id: Project.ID, for reader: Account.ID, in db: Connection) throws -> Bool {
        try db.exists(
            "SELECT id FROM projects WHERE id = \(id) AND owner = \(reader) AND deleted_at IS NULL FOR UPDATE"
        )
    }

    static func insert(
        name: String,
        language: LanguageID,
        owner: Account.ID,
        at now: Date,
        in db: Connection
    ) throws -> Project.ID {
        let result = try db.execute(
            """
            INSERT INTO projects (owner, name, language, created_at, updated_at)
            VALUES (\(owner), \(name), \(language.text), \(now), \(now))
            """
        )
        return Project.ID(result.lastInsertID)
    }

    static func rename(
        _ id: Project.ID,
        to name: String,
        for reader: Account.ID,
        at now: Date,
        in db: Connection
    ) throws -> Bool {
        try db.execute(
            """
            UPDATE projects SET name = \(name), updated_at = \(now)
            WHERE id = \(id) AND owner = \(reader) AND deleted_at IS NULL
            """
        ).affectedRows == 1
    }

    static func delete(_ id: Project.ID, for reader: Account.ID, at now: Date, in db: Connection) throws -> Bool {
        try db.execute(
            "UPDATE projects SET deleted_at = \(now) WHERE id = \(id) AND owner = \(reader) AND deleted_at IS NULL"
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

    /// Notes that something in the project changed, at most once a minute: typing must not queue for one row.
    public static func touch(_ id: Project.ID, at now: Date, in db: Connection) throws {
        try db.execute(
            "UPDATE projects SET updated_at = \(now) WHERE id = \(id) AND updated_at < \(now.addingTimeInterval(-60))"
        )
    }

    /// Notes that the project's list of files changed; the caller holds the project's lock.
    static func filesChanged(in id: Project.ID, at now: Date, in db: Connection) throws {
        try db.execute(
            """
            UPDATE projects SET updated_at = \(now), file_count =
                (SELECT COUNT(*) FROM files WHERE project = \(id) AND deleted_at IS NULL)
            WHERE id = \(id)
            """
        )
    }

    private static func project(_ row: Row) throws -> Project {
        let language: String = try row[2]
        guard let id = LanguageID(language) else {
            throw DatabaseError.mismatch(column: "language", found: "text", wanted: "LanguageID")
        }
        return Project(id: try row[0], name: try row[1], language: id, created: try row[3], updated: try row[4])
    }
}
