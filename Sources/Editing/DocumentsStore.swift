import Accounts
import FoundationEssentials
import MariaDB
import Projects
import RunProtocol
import SiteKit

/// The questions that are asked about documents. A document is its project's: what `access` says of that goes for it.
enum DocumentsStore {
    /// A document as it stands, and the project it belongs to.
    struct State: Sendable {
        let head: DocumentHead
        let snapshotVersion: Int
        let project: Project.ID
        let path: ProjectPath
    }

    /// The state of a document of a project that `access` opens; nil when there is none.
    static func state(_ id: DocumentHead.ID, for access: ProjectAccess, in db: Connection) throws -> State? {
        try db.first(
            """
            SELECT d.id, d.version, d.length, d.snapshot_version, p.id, f.path
            FROM documents d JOIN files f ON f.document = d.id JOIN projects p ON p.id = f.project
            WHERE d.id = \(id) AND f.deleted_at IS NULL AND \(fragment: access.condition)
            """,
            state
        )
    }

    /// The same, and holds other edits of this document back until the transaction ends.
    static func lock(_ id: DocumentHead.ID, for access: ProjectAccess, in db: Connection) throws -> State? {
        // A join would lock the rows of the file and of the project too, and so queue all editors of a project.
        guard try db.exists("SELECT id FROM documents WHERE id = \(id) FOR UPDATE") else { return nil }
        return try state(id, for: access, in: db)
    }

    /// Which of these documents `access` opens.
    static func visible(_ ids: [Int], for access: ProjectAccess, in db: Connection) throws -> Set<Int> {
        Set(
            try db.all(
                """
                SELECT f.document FROM files f JOIN projects p ON p.id = f.project
                WHERE f.document IN (\(list: ids)) AND f.deleted_at IS NULL AND \(fragment: access.condition)
                """
            ) { try $0[0] as Int }
        )
    }

    /// The edit that made a document what it is.
    struct LatestChange: Sendable {
        let version: Int
        /// Nil when there was none.
        let author: String?
        let at: Date
    }

    /// The latest edit of a document of a project that `access` opens; nil when there is no such document.
    static func latestChange(of id: DocumentHead.ID, for access: ProjectAccess, in db: Connection) throws
        -> LatestChange?
    {
        try db.first(
            """
            SELECT d.version, w.username, COALESCE(u.created_at, f.created_at)
            FROM documents d JOIN files f ON f.document = d.id JOIN projects p ON p.id = f.project
                LEFT JOIN document_updates u ON u.document = d.id AND u.version = d.version
                LEFT JOIN users w ON w.id = u.author
            WHERE d.id = \(id) AND f.deleted_at IS NULL AND \(fragment: access.condition)
            """
        ) { LatestChange(version: try $0[0], author: try $0[1], at: try $0[2]) }
    }

    /// Who made all updates after a version; nil when that were several, or none.
    static func onlyAuthor(of id: DocumentHead.ID, after version: Int, in db: Connection) throws -> String? {
        let authors = try db.all(
            """
            SELECT DISTINCT w.username FROM document_updates u LEFT JOIN users w ON w.id = u.author
            WHERE u.document = \(id) AND u.version > \(version) LIMIT 2
            """
        ) { try $0[0] as String? }
        return authors.count == 1 ? authors[0] : nil
    }

    /// The updates after a version, in order.
    static func updates(of id: DocumentHead.ID, after version: Int, in db: Connection) throws -> [DocumentUpdate] {
        try db.all(
            """
            SELECT u.version, w.username, u.client, u.sequence, u.changes
            FROM document_updates u JOIN users w ON w.id = u.author
            WHERE u.document = \(id) AND u.version > \(version) ORDER BY u.version
            """
        ) { row in
            DocumentUpdate(
                version: try row[0],
                author: try row[1],
                client: try row[2],
                sequence: try row[3],
                changes: try row[4]
            )
        }
    }

    /// Whether an editor's edit of this number is in the document already.
    static func contains(_ push: Push, in id: DocumentHead.ID, _ db: Connection) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM document_updates
            WHERE document = \(id) AND client = \(push.client) AND sequence = \(push.sequence)
            """
        )
    }

    static func append(
        _ update: DocumentUpdate,
        length: Int,
        by author: Account.ID,
        to id: DocumentHead.ID,
        at now: Date,
        in db: Connection
    ) throws {
        try db.execute(
            """
            INSERT INTO document_updates (document, version, author, client, sequence, changes, created_at)
            VALUES (\(id), \(update.version), \(author), \(update.client), \(update.sequence), \(update.changes), \(now))
            """
        )
        try db.execute("UPDATE documents SET version = \(update.version), length = \(length) WHERE id = \(id)")
    }

    /// The newest kept text at or before a version.
    static func snapshot(
        of id: DocumentHead.ID,
        before version: Int,
        in db: Connection
    ) throws -> (version: Int, text: String)? {
        try db.first(
            """
            SELECT version, text FROM document_snapshots
            WHERE document = \(id) AND version <= \(version) ORDER BY version DESC LIMIT 1
            """
        ) { (version: try $0[0], text: try $0[1]) }
    }

    /// The change sets from one version (not counted) to another (counted), in order.
    static func changes(
        of id: DocumentHead.ID,
        after first: Int,
        through last: Int,
        in db: Connection
    ) throws -> [[UInt8]] {
        try db.all(
            """
            SELECT changes FROM document_updates
            WHERE document = \(id) AND version > \(first) AND version <= \(last) ORDER BY version
            """
        ) { try $0[0] }
    }

    static func keepSnapshot(_ text: String, of id: DocumentHead.ID, version: Int, in db: Connection) throws {
        try db.execute(
            "REPLACE INTO document_snapshots (document, version, text) VALUES (\(id), \(version), \(text))"
        )
        try db.execute("UPDATE documents SET snapshot_version = \(version) WHERE id = \(id)")
    }

    /// A file of a project with the version its text has.
    struct FileVersion: Sendable {
        let path: ProjectPath
        let document: DocumentHead.ID
        let version: Int
        /// In UTF-16 code units.
        let length: Int
    }

    static func fileVersions(of project: Project.ID, for access: ProjectAccess, in db: Connection) throws
        -> [FileVersion]
    {
        try db.all(
            """
            SELECT f.path, d.id, d.version, d.length
            FROM files f JOIN documents d ON d.id = f.document JOIN projects p ON p.id = f.project
            WHERE f.project = \(project) AND f.deleted_at IS NULL AND \(fragment: access.condition)
            """
        ) { row in
            FileVersion(
                path: try ProjectPath(row: row, column: 0),
                document: try row[1],
                version: try row[2],
                length: try row[3]
            )
        }
    }

    /// A project's files that are no texts.
    static func blobs(of project: Project.ID, for access: ProjectAccess, in db: Connection) throws -> [ManifestEntry] {
        try db.all(
            """
            SELECT f.path, f.blob_digest, b.size
            FROM files f JOIN blobs b ON b.digest = f.blob_digest JOIN projects p ON p.id = f.project
            WHERE f.project = \(project) AND f.deleted_at IS NULL AND \(fragment: access.condition)
            """
        ) { row in
            ManifestEntry(
                path: try ProjectPath(row: row, column: 0),
                digest: try ContentDigest(row: row, column: 1),
                size: ByteCount(try row[2])
            )
        }
    }

    /// The newest kept texts of many documents, by document: their version and text.
    static func latestSnapshots(
        of ids: [DocumentHead.ID],
        in db: Connection
    ) throws -> [(document: DocumentHead.ID, version: Int, text: String)] {
        try db.all(
            """
            SELECT s.document, s.version, s.text FROM document_snapshots s
            JOIN documents d ON d.id = s.document AND d.snapshot_version = s.version
            WHERE d.id IN (\(list: ids))
            """
        ) { (document: try $0[0], version: try $0[1], text: try $0[2]) }
    }

    /// The change sets after the newest kept text of many documents, in order within each.
    static func changesSinceSnapshots(
        of ids: [DocumentHead.ID],
        in db: Connection
    ) throws -> [(document: DocumentHead.ID, version: Int, changes: [UInt8])] {
        try db.all(
            """
            SELECT u.document, u.version, u.changes FROM document_updates u
            JOIN documents d ON d.id = u.document AND u.version > d.snapshot_version
            WHERE d.id IN (\(list: ids)) ORDER BY u.document, u.version
            """
        ) { (document: try $0[0], version: try $0[1], changes: try $0[2]) }
    }

    static func state(_ row: Row) throws -> State {
        State(
            head: DocumentHead(id: try row[0], version: try row[1], length: try row[2]),
            snapshotVersion: try row[3],
            project: try row[4],
            path: try ProjectPath(row: row, column: 5)
        )
    }
}
