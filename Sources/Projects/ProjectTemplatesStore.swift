import Accounts
import FoundationEssentials
import MariaDB
import RunProtocol
import SiteKit

/// The questions that are asked about templates.
enum ProjectTemplatesStore {
    private static let columns: SQL = """
        p.id, p.name, p.language, w.username, t.summary, p.file_count, m.username, t.marked_at
        """
    private static let sources: SQL = """
        project_templates t JOIN projects p ON p.id = t.project JOIN users w ON w.id = p.owner
        LEFT JOIN users m ON m.id = t.marked_by
        """
    /// More than anybody looks through; the marks are administrators' own.
    static let most = 200

    /// The templates of a language by name, for anybody who is signed in; of all languages for nil.
    static func templates(in language: LanguageID?, _ db: Connection) throws -> [ProjectTemplate] {
        try db.all(
            """
            SELECT \(fragment: columns) FROM \(fragment: sources)
            WHERE \(fragment: ProjectAccess.template.condition)
                AND p.language = COALESCE(\(language?.text), p.language)
            ORDER BY p.name, p.id LIMIT \(most)
            """,
            template
        )
    }

    /// The mark of a project, for those whom `access` lets through; nil when it is no template.
    static func template(_ id: Project.ID, for access: ProjectAccess, in db: Connection) throws -> ProjectTemplate? {
        try db.first(
            """
            SELECT \(fragment: columns) FROM \(fragment: sources)
            WHERE p.id = \(id) AND \(fragment: ProjectAccess.template.condition) AND \(fragment: access.condition)
            """,
            template
        )
    }

    /// Marks a project, or changes what it says of itself; false unless the reader is an administrator who may read it.
    static func mark(
        _ id: Project.ID,
        summary: String,
        by reader: Account.ID,
        at now: Date,
        in db: Connection
    ) throws -> Bool {
        try db.execute(
            """
            INSERT INTO project_templates (project, summary, marked_by, marked_at)
            SELECT p.id, \(summary), a.id, \(now) FROM projects p JOIN users a ON a.id = \(reader)
            WHERE p.id = \(id) AND a.is_administrator AND p.archived_at IS NULL
                AND ((\(fragment: ProjectAccess(.read, reader).condition))
                    OR (\(fragment: ProjectAccess.visit(.open).condition)))
            ON DUPLICATE KEY UPDATE summary = VALUES(summary)
            """
        ).affectedRows > 0
            || db.exists("SELECT 1 FROM project_templates WHERE project = \(id) AND summary = \(summary)")
    }

    /// Takes the mark away; false when there was none, or the reader is neither an administrator nor the owner.
    static func unmark(_ id: Project.ID, by reader: Account.ID, in db: Connection) throws -> Bool {
        try db.execute(
            """
            DELETE t FROM project_templates t JOIN projects p ON p.id = t.project
            WHERE t.project = \(id) AND (p.owner = \(reader)
                OR EXISTS (SELECT 1 FROM users a WHERE a.id = \(reader) AND a.is_administrator))
            """
        ).affectedRows == 1
    }

    /// Takes the mark away because the project is not what it was; the caller may decide about it.
    static func end(_ id: Project.ID, in db: Connection) throws {
        try db.execute("DELETE FROM project_templates WHERE project = \(id)")
    }

    private static func template(_ row: Row) throws -> ProjectTemplate {
        let language: String = try row[2]
        guard let language = LanguageID(language) else {
            throw DatabaseError.mismatch(column: "language", found: "text", wanted: "LanguageID")
        }
        return ProjectTemplate(
            project: try row[0],
            name: try row[1],
            language: language,
            owner: try row[3],
            summary: try row[4],
            fileCount: try row[5],
            marker: try row[6],
            since: try row[7]
        )
    }
}
