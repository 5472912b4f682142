public import Accounts
import FoundationEssentials
public import MariaDB
import Quotas
public import RunProtocol
public import SiteKit
import Web

/// Many changes to one project's list of files within one transaction, which has the list to itself: all or none.
///
/// What is there is read once, so that the thousandth file costs no more than the first.
public final class FileBatch {
    /// The transaction's connection, for those who change what is in the files.
    public let db: Connection
    let project: Project.ID
    let limits: ProjectLimits
    let now: Date
    /// What was there before the batch began, in the order of the paths' bytes.
    let all: [ProjectFile]
    private var files: [ProjectPath: ProjectFile?]
    private var folders: Set<ProjectPath> = []
    private(set) var blobsSize: Int

    init(_ project: Project.ID, files: [ProjectFile], limits: ProjectLimits, now: Date, _ db: Connection) {
        self.db = db
        self.project = project
        self.limits = limits
        self.now = now
        all = files
        self.files = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
        blobsSize = 0
        for file in files {
            folders.formUnion(file.path.folders)
            if case .blob(let blob) = file.content { blobsSize += blob.size }
        }
    }

    /// The file that was at this path before the batch began; nil when there was none.
    public func file(at path: ProjectPath) -> ProjectFile? { files[path] ?? nil }

    /// Why nothing new can be at this path; nil when it can.
    public func obstacle(to path: ProjectPath) -> String? {
        if files[path] != nil { return "There is a file \(path) already." }
        if folders.contains(path) { return "\(path) is a folder here." }
        let ancestor = path.folders.first { self.files[$0] != nil }
        return ancestor.map { path.refusal(because: $0) }
    }

    /// Puts a file at a path: a new one, or in the place of one that is no text or is to be none; a text's changes are
    /// edits instead. Throws `Problem` when the project has no room for it or something lies in its way.
    public func put(_ content: Projects.NewContent, at path: ProjectPath) throws {
        let old = file(at: path)
        if case .bytes(let bytes, let digest) = content {
            guard bytes.count <= limits.blobSize else { throw limits.blobTooLarge }
            if case .blob(let blob)? = old?.content { blobsSize -= blob.size }
            blobsSize += bytes.count
            guard blobsSize <= limits.blobsSize else { throw limits.noMoreBlobs }
            if let old, case .blob(let blob) = old.content {
                return try BlobsStore.replace(old.id, blob, by: bytes, digest, db)
            }
        }
        if let old {
            try FilesStore.delete(old.id, at: now, in: db)
        } else {
            guard files.count < limits.files else { throw limits.noMoreFiles }
            if let reason = obstacle(to: path) { throw Problem.invalid("path", reason) }
        }
        switch content {
        case .text(let text):
            _ = try FilesStore.insert(path: path, text: text, into: project, at: now, in: db)
        case .bytes(let bytes, let digest):
            try BlobsStore.insert(bytes, digest, at: path, in: project, now: now, db)
        }
        note(path)
    }

    /// Puts a copy of a file that is no text at a path.
    public func copy(_ blob: BlobHead, to path: ProjectPath) throws {
        blobsSize += blob.size
        guard blobsSize <= limits.blobsSize else { throw limits.noMoreBlobs }
        if let reason = obstacle(to: path) { throw Problem.invalid("path", reason) }
        try BlobsStore.insert(blob.digest, at: path, in: project, now: now, db)
        note(path)
    }

    /// From now on there is a file at this path.
    func note(_ path: ProjectPath) {
        files[path] = .some(nil)
        folders.formUnion(path.folders)
    }
}

extension Projects {
    /// Changes many files of a project in one transaction. Throws `Problem` for a project that they may not edit.
    public func changeFiles<Value: Sendable>(
        of project: Project.ID,
        for reader: Reader,
        _ body: (FileBatch) throws -> Value
    ) throws -> Value {
        let value = try changing(project, for: reader) { db in
            let files = try FilesStore.files(of: project, for: .read(reader), in: db)
            return try body(FileBatch(project, files: files, limits: limits, now: now(), db))
        }
        filesChanged(project)
        return value
    }
}
