public import Accounts
import MariaDB
public import Projects
public import RunProtocol
public import SiteKit
import Web

/// Reading many texts of a project, for whoever looks through all of them.
extension Documents {
    /// A text of a project that a reader may see, without its words. Only `heads` makes one, so having it is being allowed
    /// to read it.
    public struct TextHead: Sendable {
        /// Where it lies in the project.
        public let path: ProjectPath
        /// The document's number.
        public let document: DocumentHead.ID
        /// How many edits it has had.
        public let version: Int
        /// Its length in UTF-16 code units.
        public let length: Int
    }

    /// Who changed a text last, and when; without an author, when it was made. Throws `Problem.notFound`.
    func latestChange(of id: DocumentHead.ID, for reader: Reader) throws -> DocumentsStore.LatestChange {
        let change = try database.read { db in try DocumentsStore.latestChange(of: id, for: .read(reader), in: db) }
        guard let change else { throw Problem.notFound }
        return change
    }

    /// The texts of a project in the order of their paths' bytes. None when the reader may not see the project.
    public func heads(of project: Project.ID, for reader: Reader) throws -> [TextHead] {
        try database.read { db in try DocumentsStore.fileVersions(of: project, for: .read(reader), in: db) }
            .map { TextHead(path: $0.path, document: $0.document, version: $0.version, length: $0.length) }
            .sorted { $0.path.text.utf8.lexicographicallyPrecedes($1.path.text.utf8) }
    }

    /// The texts as they stand, with one question to the database; as large together as the heads say.
    public func contents(of heads: [TextHead]) throws -> [DocumentHead.ID: Content] {
        guard !heads.isEmpty else { return [:] }
        let pieces = try database.read { db in try DocumentsStore.pieces(of: heads.map(\.document), in: db) }
        return try pieces.mapValues { try $0.content() }
    }

    /// A text as it stood at a version, which may be a later one than it has now; then nil.
    public func content(of head: TextHead, at version: Int) throws -> Content? {
        try database.read { db in
            let content = try Self.content(of: head.document, at: version, in: db)
            return content.version == version ? content : nil
        }
    }
}
