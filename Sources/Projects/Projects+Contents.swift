public import Accounts
import FoundationEssentials
import MariaDB
import Quotas
public import RunProtocol
import Web

/// Files as programs make them: of any content, put where they lie.
extension Projects {
    /// What a file is to hold.
    public enum NewContent: Sendable {
        /// A text, whose line breaks are `\n`.
        case text(String)
        /// Bytes that are no text, with their digest.
        case bytes([UInt8], ContentDigest)
    }

    /// The file with this path; nil when there is none. Throws `Problem.notFound` where the reader may not see the project.
    public func file(at path: ProjectPath, in project: Project.ID, for reader: Reader) throws -> ProjectFile? {
        let place = try database.read { db in try FilesStore.place(path, in: project, for: .read(reader), db) }
        guard let place else { throw Problem.notFound }
        return place.file
    }

    /// A project with its files that are deleted, for those who may bring them back; see `FilesStore.deleted`. Throws
    /// `Problem`.
    func deletedFiles(
        of id: Project.ID,
        from place: FilesStore.Deleted.Place?,
        for reader: Reader
    ) throws -> (project: Project, files: [FilesStore.Deleted]) {
        let project = try project(id, for: reader, to: .edit)
        let oldest = now().addingTimeInterval(-Self.restorable)
        let files = try database.read { db in
            try FilesStore.deleted(in: id, for: .edit(reader), after: oldest, from: place, db)
        }
        return (project, files)
    }

    /// Makes a file, in the place of one that is no text or is to be none; a text's changes are edits instead
    /// (`Documents`). Throws `Problem` when the project has no room for it or something lies in its way.
    public func put(
        _ content: NewContent,
        at path: ProjectPath,
        in project: Project.ID,
        for reader: Reader
    ) throws {
        if case .bytes(let bytes, _) = content, bytes.count > limits.blobSize {
            throw limits.blobTooLarge
        }
        let isNew = try changing(project, for: reader) { db -> Bool in
            let old = try FilesStore.place(path, in: project, for: .edit(reader), db)?.file
            if case .bytes(let bytes, let digest) = content {
                let before = if case .blob(let blob)? = old?.content { blob.size } else { 0 }
                let size = try BlobsStore.size(of: project, in: db) - before + bytes.count
                guard size <= limits.blobsSize else { throw limits.noMoreBlobs }
                if let old, case .blob(let blob) = old.content {
                    if blob.digest != digest { try BlobsStore.replace(old.id, blob, by: bytes, digest, db) }
                    return false
                }
            }
            if let old {
                try FilesStore.delete(old.id, at: now(), in: db)
            } else {
                try refuseNew(path, in: project, db)
            }
            switch content {
            case .text(let text):
                _ = try FilesStore.insert(path: path, text: text, into: project, at: now(), in: db)
            case .bytes(let bytes, let digest):
                try BlobsStore.insert(bytes, digest, at: path, in: project, now: now(), db)
            }
            return true
        }
        if isNew { filesChanged(project) }
    }

    /// The bytes with a digest, if some file of the project has them.
    public func bytes(_ digest: ContentDigest, in project: Project.ID, for access: ProjectAccess) throws -> [UInt8]? {
        try database.read { db in try BlobsStore.bytes(digest, in: project, for: access, db) }
    }

    /// Some of the bytes with a digest, if some file of the project has them.
    public func part(
        _ range: Range<Int>,
        of digest: ContentDigest,
        in project: Project.ID,
        for access: ProjectAccess
    ) throws -> BlobPart? {
        try database.read { db in try BlobsStore.part(range, of: digest, in: project, for: access, db) }
    }

    /// What a file shows in a browser that is no text; nil for nothing that it may.
    public func media(of file: ProjectFile, for access: ProjectAccess) throws -> Media? {
        guard case .blob(let blob) = file.content, Media(path: file.path) != nil,
            let part = try part(0..<0, of: blob.digest, in: file.project, for: access)
        else { return nil }
        return Media(path: file.path, beginning: part.beginning)
    }
}
