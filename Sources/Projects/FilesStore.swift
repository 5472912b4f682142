import FoundationEssentials
public import MariaDB
public import RunProtocol
import SiteKit

/// The questions that are asked about the files of a project.
enum FilesStore {
    static let columns: SQL = "f.id, f.project, f.path, f.document, f.blob_digest, b.size"

    /// A project's files by path, for those whom `access` lets through.
    static func files(of project: Project.ID, for access: ProjectAccess, in db: Connection) throws -> [ProjectFile] {
        try db.all(
            """
            SELECT \(fragment: columns)
            FROM files f LEFT JOIN blobs b ON b.digest = f.blob_digest JOIN projects p ON p.id = f.project
            WHERE f.project = \(project) AND f.deleted_at IS NULL AND \(fragment: access.condition)
            ORDER BY f.path
            """,
            file
        )
    }

    /// A file of a project that `access` opens; nil when there is none or it is deleted.
    static func file(_ id: ProjectFile.ID, for access: ProjectAccess, in db: Connection) throws -> ProjectFile? {
        try db.first(
            """
            SELECT \(fragment: columns)
            FROM files f LEFT JOIN blobs b ON b.digest = f.blob_digest JOIN projects p ON p.id = f.project
            WHERE f.id = \(id) AND f.deleted_at IS NULL AND \(fragment: access.condition)
            """,
            file
        )
    }

    /// A path in a project.
    struct Place: Sendable {
        /// The live file there, or nil when there is none.
        let file: ProjectFile?
    }

    /// What is at this path of a project; nil when `access` does not open the project.
    static func place(
        _ path: ProjectPath,
        in project: Project.ID,
        for access: ProjectAccess,
        _ db: Connection
    ) throws -> Place? {
        try db.first(
            """
            SELECT \(fragment: columns)
            FROM projects p LEFT JOIN files f ON f.project = p.id AND f.live_path = \(path.text)
                LEFT JOIN blobs b ON b.digest = f.blob_digest
            WHERE p.id = \(project) AND \(fragment: access.condition)
            """
        ) { row in
            let id: ProjectFile.ID? = try row[0]
            return Place(file: try id.map { _ in try file(row) })
        }
    }

    /// A deleted file of a project that `access` opens.
    static func deletedFile(
        _ id: ProjectFile.ID,
        for access: ProjectAccess,
        deletedAfter oldest: Date,
        in db: Connection
    ) throws -> ProjectFile? {
        try db.first(
            """
            SELECT \(fragment: columns)
            FROM files f LEFT JOIN blobs b ON b.digest = f.blob_digest JOIN projects p ON p.id = f.project
            WHERE f.id = \(id) AND f.deleted_at > \(oldest) AND \(fragment: access.condition)
            """,
            file
        )
    }

    /// A deleted file that can still come back.
    struct Deleted: Sendable {
        let id: ProjectFile.ID
        let path: ProjectPath
        let at: Date

        /// How many are on a page.
        static let pageLength = 200

        /// The row that a page ended with, as the next page's address says it: the number, a dot and the moment.
        struct Place {
            let at: Date
            let id: ProjectFile.ID

            init(_ deleted: Deleted) { (at, id) = (deleted.at, deleted.id) }

            init?(_ text: String) {
                let parts = text.split(separator: ".", omittingEmptySubsequences: false)
                guard parts.count == 2, let id = ProjectFile.ID(pathComponent: String(parts[0])),
                    let at = Date(microseconds: parts[1])
                else { return nil }
                (self.at, self.id) = (at, id)
            }

            var text: String { "\(id).\(at.microseconds)" }
        }
    }

    /// What was deleted after `oldest` in a project that `access` opens, the latest first, from a row on: a page, and one
    /// more if there is another page.
    static func deleted(
        in project: Project.ID,
        for access: ProjectAccess,
        after oldest: Date,
        from place: Deleted.Place?,
        _ db: Connection
    ) throws -> [Deleted] {
        let start: SQL = place.map { "(f.deleted_at, f.id) < (\($0.at), \($0.id))" } ?? "TRUE"
        return try db.all(
            """
            SELECT f.id, f.path, f.deleted_at FROM files f JOIN projects p ON p.id = f.project
            WHERE f.project = \(project) AND f.deleted_at > \(oldest) AND \(fragment: start)
                AND \(fragment: access.condition)
            ORDER BY f.deleted_at DESC, f.id DESC LIMIT \(Deleted.pageLength + 1)
            """
        ) { Deleted(id: try $0[0], path: try ProjectPath(row: $0, column: 1), at: try $0[2]) }
    }

    /// A live file that occupies this path, is a folder's name in it, or lies below it as if it were a folder.
    static func obstacle(to path: ProjectPath, in project: Project.ID, _ db: Connection) throws -> ProjectPath? {
        // "0" is the byte after "/": everything below the path as a folder lies between the two.
        return try db.first(
            """
            SELECT \(fragment: columns) FROM files f LEFT JOIN blobs b ON b.digest = f.blob_digest
            WHERE f.project = \(project) AND f.deleted_at IS NULL AND (
                f.live_path IN (\(list: (path.folders + [path]).map(\.text)))
                OR (f.live_path > \(path.text + "/") AND f.live_path < \(path.text + "0"))
            ) LIMIT 1
            """,
            file
        )?.path
    }

    static func count(of project: Project.ID, in db: Connection) throws -> Int {
        try db.first("SELECT COUNT(*) FROM files WHERE project = \(project) AND deleted_at IS NULL") { try $0[0] } ?? 0
    }

    /// Adds a file with its first text.
    static func insert(
        path: ProjectPath,
        text: String,
        into project: Project.ID,
        at now: Date,
        in db: Connection
    ) throws -> ProjectFile {
        let document = DocumentHead.ID(
            try db.execute("INSERT INTO documents (length) VALUES (\(text.utf16.count))").lastInsertID
        )
        try db.execute(
            "INSERT INTO document_snapshots (document, version, text) VALUES (\(document), 0, \(text))"
        )
        let file = try db.execute(
            """
            INSERT INTO files (project, path, document, created_at)
            VALUES (\(project), \(path.text), \(document), \(now))
            """
        )
        return ProjectFile(
            id: ProjectFile.ID(file.lastInsertID),
            project: project,
            path: path,
            content: .text(document)
        )
    }

    static func move(_ file: ProjectFile.ID, to path: ProjectPath, in db: Connection) throws {
        try db.execute("UPDATE files SET path = \(path.text) WHERE id = \(file) AND deleted_at IS NULL")
    }

    static func delete(_ file: ProjectFile.ID, at now: Date, in db: Connection) throws {
        try db.execute("UPDATE files SET deleted_at = \(now) WHERE id = \(file) AND deleted_at IS NULL")
    }

    static func restore(_ file: ProjectFile.ID, in db: Connection) throws {
        try db.execute("UPDATE files SET deleted_at = NULL WHERE id = \(file)")
    }

    static func file(_ row: Row) throws -> ProjectFile {
        let content: FileContent
        if let document: DocumentHead.ID = try row[3] {
            content = .text(document)
        } else {
            content = .blob(BlobHead(digest: try ContentDigest(row: row, column: 4), size: try row[5]))
        }
        return ProjectFile(
            id: try row[0],
            project: try row[1],
            path: try ProjectPath(row: row, column: 2),
            content: content
        )
    }
}

extension ProjectPath {
    /// A path as it is stored. Throws `DatabaseError.mismatch` when somebody stored another text by hand.
    public init(row: Row, column: Int) throws {
        let text: String = try row[column]
        guard let path = ProjectPath(text) else {
            throw DatabaseError.mismatch(column: "path", found: "text", wanted: "ProjectPath")
        }
        self = path
    }
}

extension ContentDigest {
    /// A digest as it is stored. Throws `DatabaseError.mismatch` when it is not one.
    public init(row: Row, column: Int) throws {
        let bytes: [UInt8] = try row[column]
        guard let digest = ContentDigest(bytes) else {
            throw DatabaseError.mismatch(column: "digest", found: "bytes", wanted: "ContentDigest")
        }
        self = digest
    }
}
