public import Accounts
import MariaDB
public import Projects
import Quotas
public import RunProtocol
public import SiteKit
import Web

/// What is to become of many files of a project: all of it or nothing.
public enum Arrangement: Sendable {
    /// Files and folders change their paths.
    case move([FileMove])
    /// Files and folders go into a folder; nil is the top one.
    case moveInto([ProjectPath], ProjectPath?)
    /// Copies of files and folders come into a folder, also into the one that they are in.
    case copyInto([ProjectPath], ProjectPath?)
    /// Files and folders are deleted.
    case delete([ProjectPath])
    /// Deleted files come back.
    case restore([ProjectFile.ID])

    /// How much is named in it.
    public var count: Int {
        switch self {
        case .move(let moves): moves.count
        case .moveInto(let paths, _), .copyInto(let paths, _), .delete(let paths): paths.count
        case .restore(let files): files.count
        }
    }
}

extension WorkingCopy {
    /// Does it, in one transaction, and says what became of each file. Throws `Problem`, which names each file that
    /// can't go where it should, and then nothing is done.
    public func arrange(
        _ arrangement: Arrangement,
        in project: Project.ID,
        for reader: Reader
    ) throws -> [FileBatch.Change] {
        let most = projects.limits.files
        guard arrangement.count <= most else {
            throw Problem.invalid("entry", "At most \(most) files can be arranged at once.")
        }
        return try projects.changeFiles(of: project, for: reader) { files in
            switch arrangement {
            case .move(let moves): return try files.move(moves)
            case .moveInto(let paths, let folder):
                return try files.move(try files.moves(of: paths, into: folder, isCopy: false))
            case .copyInto(let paths, let folder):
                return try copy(try files.moves(of: paths, into: folder, isCopy: true), files)
            case .delete(let paths): return try files.delete(paths)
            case .restore(let ids): return try files.restore(ids)
            }
        }
    }

    /// Throws `Problem` when the reader may not edit the project.
    public func requireEditing(of project: Project.ID, by reader: Reader) throws {
        _ = try projects.project(project, for: reader, to: .edit)
    }

    /// UTF-16 code units of text that are copied at once: 32 million. They are written in one transaction, for which the
    /// project waits.
    private static let mostCopied = 32 << 20

    private func copy(_ moves: [FileMove], _ files: FileBatch) throws -> [FileBatch.Change] {
        let copies = try files.copies(of: moves)
        let documents = copies.compactMap(\.file.document)
        let lengths = try DocumentsStore.lengths(of: documents, in: files.db)
        func length(_ document: DocumentHead.ID) -> Int { lengths[document] ?? 0 }
        guard documents.reduce(0, { $0 + length($1) }) <= Self.mostCopied else {
            throw Problem.invalid("entry", "This is more than \(Self.mostCopied >> 20) MB of text. Copy less at once.")
        }
        for portion in TextPortions(copies, length: { $0.file.document.map(length) ?? 0 }) {
            let texts = try DocumentsStore.pieces(of: portion.compactMap(\.file.document), in: files.db)
            for copy in portion {
                switch copy.file.content {
                case .blob(let blob): try files.copy(blob, to: copy.to)
                case .text(let document):
                    guard let pieces = texts[document] else { throw DocumentDamage(document: document) }
                    try files.put(.text(try pieces.content().text), at: copy.to)
                }
            }
        }
        return copies.map { FileBatch.Change(id: nil, from: $0.file.path, to: $0.to) }
    }
}
