import Crypto
import FoundationEssentials
import MariaDB
public import Projects
public import RunProtocol
public import SiteKit
import Synchronization

/// The files of a project as a run needs them: a list of digests first, then the contents that are asked for.
///
/// Texts of a version never change, so digest and size of (document, version) are remembered: a run of a project in
/// which one file was edited reads one text, not all of them.
public final class ProjectTexts: Sendable {
    let documents: Documents
    let projects: Projects
    private let known = Mutex(Known())

    private struct Key: Hashable {
        let document: DocumentHead.ID
        let version: Int
    }

    private struct Known {
        var entries: [Key: (digest: ContentDigest, size: Int)] = [:]
        /// Entries kept before all are forgotten; about 100 bytes each.
        static let limit = 200_000
    }

    /// Begins with nothing remembered.
    public init(documents: Documents, projects: Projects) {
        self.documents = documents
        self.projects = projects
    }

    /// A project's files as they stand at one moment.
    public final class Listing {
        /// Every file with the digest and size of its content, in no particular order.
        public let manifest: [ManifestEntry]
        private let versions: [ProjectPath: DocumentsStore.FileVersion]
        private var texts: [DocumentHead.ID: String]
        private let load: ([DocumentsStore.FileVersion]) throws -> [DocumentHead.ID: String]
        private let loadBlob: (ContentDigest) throws -> [UInt8]?

        init(
            manifest: [ManifestEntry],
            versions: [ProjectPath: DocumentsStore.FileVersion],
            texts: [DocumentHead.ID: String],
            load: @escaping ([DocumentsStore.FileVersion]) throws -> [DocumentHead.ID: String],
            loadBlob: @escaping (ContentDigest) throws -> [UInt8]?
        ) {
            self.manifest = manifest
            self.versions = versions
            self.texts = texts
            self.load = load
            self.loadBlob = loadBlob
        }

        /// The document of a file and the version that the manifest tells of; nil for what is no text.
        public func text(at path: ProjectPath) -> (document: DocumentHead.ID, version: Int)? {
            versions[path].map { ($0.document, $0.version) }
        }

        /// The version of a text; nil for what is no text of the project.
        public func version(of path: ProjectPath) -> Int? { versions[path]?.version }

        /// A text as the manifest has it, and no other with it; nil for what is no text of the project.
        public func text(of path: ProjectPath) throws -> String? {
            guard let file = versions[path] else { return nil }
            if let text = texts[file.document] { return text }
            return try load([file])[file.document]
        }

        /// The bytes of a file of the manifest. The first text that is not at hand brings all others with it. Throws
        /// `Missing` when a file that is no text was replaced since.
        public func bytes(of path: ProjectPath) throws -> [UInt8] {
            guard let file = versions[path] else {
                guard let blob = manifest.first(where: { $0.path == path }), let bytes = try loadBlob(blob.digest)
                else { throw Missing(path: path) }
                return bytes
            }
            if texts[file.document] == nil {
                let rest = try load(versions.values.filter { texts[$0.document] == nil })
                texts.merge(rest) { old, _ in old }
            }
            guard let text = texts[file.document] else { throw Missing(path: path) }
            return Array(text.utf8)
        }
    }

    /// A file is not what the manifest says, or not in it.
    public struct Missing: Error {
        let path: ProjectPath
    }

    /// The project's files as they stand. Throws `Problem.notFound` where `access` does not let through: an empty list
    /// would empty a workspace.
    public func listing(of project: Project.ID, for access: ProjectAccess) throws -> Listing {
        let (files, blobs) = try documents.database.read { db in
            (
                try DocumentsStore.fileVersions(of: project, for: access, in: db),
                try DocumentsStore.blobs(of: project, for: access, in: db)
            )
        }
        if files.isEmpty && blobs.isEmpty { try projects.require(project, for: access) }
        let unknown = known.withLock { known in
            files.filter { known.entries[Key(document: $0.document, version: $0.version)] == nil }
        }
        let texts = try load(unknown)
        var fresh: [Key: (digest: ContentDigest, size: Int)] = [:]
        for file in unknown {
            guard let text = texts[file.document], let digest = ContentDigest(Self.digest(text)) else { continue }
            fresh[Key(document: file.document, version: file.version)] = (digest, text.utf8.count)
        }
        let manifest = known.withLock { known in
            if known.entries.count + fresh.count > Known.limit { known.entries = [:] }
            known.entries.merge(fresh) { old, _ in old }
            return files.compactMap { file -> ManifestEntry? in
                let key = Key(document: file.document, version: file.version)
                guard let entry = known.entries[key] ?? fresh[key] else { return nil }
                return ManifestEntry(path: file.path, digest: entry.digest, size: ByteCount(entry.size))
            }
        }
        return Listing(
            manifest: manifest + blobs,
            versions: Dictionary(files.map { ($0.path, $0) }) { first, _ in first },
            texts: texts,
            load: load,
            loadBlob: { [projects] digest in try projects.bytes(digest, in: project, for: access) }
        )
    }

    /// The texts of many documents, each at exactly the version asked for, with two questions to the database.
    func load(_ files: [DocumentsStore.FileVersion]) throws -> [DocumentHead.ID: String] {
        guard !files.isEmpty else { return [:] }
        let wanted = Dictionary(files.map { ($0.document, $0.version) }) { first, _ in first }
        let ids = Array(wanted.keys)
        return try documents.database.read { db in
            var changes: [DocumentHead.ID: [[UInt8]]] = [:]
            let snapshots = try DocumentsStore.latestSnapshots(of: ids, in: db)
            let kept = Dictionary(snapshots.map { ($0.document, $0.version) }) { first, _ in first }
            for update in try DocumentsStore.changesSinceSnapshots(of: ids, in: db) {
                guard let from = kept[update.document], let to = wanted[update.document] else { continue }
                if update.version > from && update.version <= to {
                    changes[update.document, default: []].append(update.changes)
                }
            }
            var texts: [DocumentHead.ID: String] = [:]
            for snapshot in snapshots {
                texts[snapshot.document] = try Documents.text(snapshot.text, changes[snapshot.document] ?? [])
            }
            return texts
        }
    }

    static func digest(_ text: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(text.utf8)))
    }
}
