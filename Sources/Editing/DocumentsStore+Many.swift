import Accounts
import MariaDB
import Projects
import SiteKit

/// The questions about many documents at once.
extension DocumentsStore {
    /// A kept text and the change sets after it, in no particular order.
    struct Pieces: Sendable {
        var version = 0
        var text = ""
        var changes: [(version: Int, changes: [UInt8])] = []

        /// The text as it stands.
        func content() throws -> Documents.Content {
            let changes = changes.sorted { $0.version < $1.version }.map(\.changes)
            return Documents.Content(version: version + changes.count, text: try Documents.text(text, changes))
        }
    }

    /// How long documents are, in UTF-16 code units.
    static func lengths(of ids: [DocumentHead.ID], in db: Connection) throws -> [DocumentHead.ID: Int] {
        let rows = try db.all("SELECT id, length FROM documents WHERE id IN (\(list: ids))") {
            (try $0[0] as DocumentHead.ID, try $0[1] as Int)
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// What the texts of documents are made of. One statement, so that all of a document is of one moment: two would see
    /// a text that is kept anew in between with the change sets before it missing.
    static func pieces(of ids: [DocumentHead.ID], in db: Connection) throws -> [DocumentHead.ID: Pieces] {
        let rows = try db.all(
            """
            SELECT d.id, s.version, s.text, NULL
            FROM documents d JOIN document_snapshots s ON s.document = d.id AND s.version = d.snapshot_version
            WHERE d.id IN (\(list: ids))
            UNION ALL
            SELECT d.id, u.version, NULL, u.changes
            FROM documents d JOIN document_updates u ON u.document = d.id AND u.version > d.snapshot_version
            WHERE d.id IN (\(list: ids))
            """
        ) { row in
            (
                document: try row[0] as DocumentHead.ID,
                version: try row[1] as Int,
                text: try row[2] as String?,
                changes: try row[3] as [UInt8]?
            )
        }
        var pieces: [DocumentHead.ID: Pieces] = [:]
        for row in rows {
            if let text = row.text {
                pieces[row.document, default: Pieces()].version = row.version
                pieces[row.document, default: Pieces()].text = text
            } else if let changes = row.changes {
                pieces[row.document, default: Pieces()].changes.append((version: row.version, changes: changes))
            }
        }
        return pieces
    }

    /// Holds other edits of these documents back until the transaction ends, in the order of their numbers.
    static func lock(_ ids: [DocumentHead.ID], in db: Connection) throws {
        let sql: SQL = "SELECT id FROM documents WHERE id IN (\(list: ids)) ORDER BY id FOR UPDATE"
        _ = try db.all(sql) { try $0[0] as Int }
    }

    /// The states of those of these documents that `access` lets through.
    static func states(of ids: [DocumentHead.ID], for access: ProjectAccess, in db: Connection) throws -> [State] {
        try db.all(
            """
            SELECT d.id, d.version, d.length, d.snapshot_version, p.id, f.path
            FROM documents d JOIN files f ON f.document = d.id JOIN projects p ON p.id = f.project
            WHERE d.id IN (\(list: ids)) AND f.deleted_at IS NULL AND \(fragment: access.condition)
            """,
            state
        )
    }

    /// The edits that one client of a person made in a project's documents.
    static func edits(
        as client: String,
        by author: Account.ID,
        in project: Project.ID,
        _ db: Connection
    ) throws -> [(document: DocumentHead.ID, version: Int, changes: [UInt8])] {
        try db.all(
            """
            SELECT u.document, u.version, u.changes
            FROM files f JOIN document_updates u ON u.document = f.document AND u.client = \(client)
            WHERE f.project = \(project) AND f.deleted_at IS NULL AND u.author = \(author)
            """
        ) { (document: try $0[0], version: try $0[1], changes: try $0[2]) }
    }
}
