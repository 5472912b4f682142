public import Accounts
import MariaDB
public import Projects
public import RunProtocol
public import SiteKit
import Web

/// The contents of a project's files at one moment, to be gone through without having them all in memory.
public struct ProjectContents: Sendable {
    private enum Item {
        case text(DocumentsStore.FileVersion)
        case blob(ManifestEntry)

        var path: ProjectPath {
            switch self {
            case .text(let file): file.path
            case .blob(let entry): entry.path
            }
        }

        var text: DocumentsStore.FileVersion? {
            if case .text(let file) = self { file } else { nil }
        }
    }

    private let items: [Item]
    private let texts: ProjectTexts
    private let project: Project.ID
    private let reader: Reader

    fileprivate init(_ texts: ProjectTexts, _ project: Project.ID, _ reader: Reader, below folder: ProjectPath?) throws
    {
        let (files, blobs) = try texts.documents.database.read { db in
            (
                try DocumentsStore.fileVersions(of: project, for: .read(reader), in: db),
                try DocumentsStore.blobs(of: project, for: .read(reader), in: db)
            )
        }
        items = (files.map(Item.text) + blobs.map(Item.blob))
            .filter { item in folder.map(item.path.isBelow) ?? true }
            .sorted { $0.path < $1.path }
        self.texts = texts
        self.project = project
        self.reader = reader
    }

    /// Whether there is no file.
    public var isEmpty: Bool { items.isEmpty }

    /// Calls `body` with each file, by path. Throws what `body` throws, and `ProjectTexts.Missing` when a file that is
    /// no text was replaced since.
    public func forEach(_ body: (ProjectPath, [UInt8]) throws -> Void) throws {
        for portion in TextPortions(items, length: { $0.text?.length ?? 0 }) {
            let loaded = try texts.load(portion.compactMap(\.text))
            for item in portion { try body(item.path, try bytes(of: item, loaded)) }
        }
    }

    private func bytes(of item: Item, _ loaded: [DocumentHead.ID: String]) throws -> [UInt8] {
        switch item {
        case .text(let file):
            guard let text = loaded[file.document] else { throw ProjectTexts.Missing(path: file.path) }
            return Array(text.utf8)
        case .blob(let entry):
            guard let bytes = try texts.projects.bytes(entry.digest, in: project, for: .read(reader)) else {
                throw ProjectTexts.Missing(path: entry.path)
            }
            return bytes
        }
    }
}

extension ProjectTexts {
    /// The bytes of one file as it stands. Throws `Problem.notFound`.
    public func bytes(of file: ProjectFile, for access: ProjectAccess) throws -> [UInt8] {
        switch file.content {
        case .text(let document): return Array(try documents.content(of: document, for: access).text.utf8)
        case .blob(let blob):
            guard let bytes = try projects.bytes(blob.digest, in: file.project, for: access) else {
                throw Problem.notFound
            }
            return bytes
        }
    }

    /// What is in a project's files, or in those of one folder. Throws `Problem.notFound` for a project not theirs.
    public func contents(
        of project: Project.ID,
        below folder: ProjectPath? = nil,
        for reader: Reader
    ) throws -> ProjectContents {
        _ = try projects.project(project, for: reader)
        return try ProjectContents(self, project, reader, below: folder)
    }
}
