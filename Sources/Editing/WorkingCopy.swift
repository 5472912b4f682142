public import Accounts
import FoundationEssentials
import MariaDB
public import Projects
import Quotas
public import RunProtocol
import Web

/// Takes in what programs do to the files of a project in its workspace.
///
/// A program's version of a text is one more edit: the difference from the text that was there before it, moved over
/// what people did meanwhile. What is no text is replaced as a whole.
public struct WorkingCopy: Sendable {
    /// How many versions back the text is looked for that a program's version came from.
    private static let longestLookBack = 2 * Documents.snapshotDistance

    let projects: Projects
    let documents: Documents

    /// A working copy of any project.
    public init(projects: Projects, documents: Documents) {
        self.projects = projects
        self.documents = documents
    }

    /// A file has this content in the workspace.
    ///
    /// - Parameters:
    ///   - digest: of the content.
    ///   - base: of the content that the file had before; nil for a file that was not there.
    ///
    /// Throws `Problem` when the project can't take it.
    public func write(
        _ bytes: [UInt8],
        _ digest: ContentDigest,
        at path: ProjectPath,
        base: ContentDigest?,
        in project: Project.ID,
        for reader: Reader
    ) throws {
        let file = try projects.file(at: path, in: project, for: reader)
        let text = self.text(bytes)
        if let text, case .text(let document)? = file?.content {
            return try merge(text, into: document, base, reader)
        }
        if let text {
            try projects.put(.text(text), at: path, in: project, for: reader)
        } else {
            try projects.put(.bytes(bytes, digest), at: path, in: project, for: reader)
        }
    }

    /// A file is gone that had this content. An edit that was made meanwhile keeps it.
    public func remove(_ path: ProjectPath, base: ContentDigest, in project: Project.ID, for reader: Reader) throws {
        guard let file = try projects.file(at: path, in: project, for: reader) else { return }
        let digest: ContentDigest?
        switch file.content {
        case .blob(let blob): digest = blob.digest
        case .text(let document):
            digest = ContentDigest(
                ProjectTexts.digest(try documents.content(of: document, for: reader).text)
            )
        }
        guard digest == base else { return }
        _ = try projects.delete(file.id, for: reader)
    }

    /// Whether these bytes can be kept as a text, with versions.
    public func canBeText(_ bytes: [UInt8]) -> Bool { text(bytes) != nil }

    /// The text that these bytes are, or nil when they are none that a document can hold.
    func text(_ bytes: [UInt8]) -> String? {
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let unified = LineBreaks.unified(text)
        return unified.utf16.count <= documents.limits.textLength ? unified : nil
    }

    private func merge(_ text: String, into id: DocumentHead.ID, _ base: ContentDigest?, _ reader: Reader) throws {
        let head = try documents.content(of: id, for: reader)
        guard head.text != text else { return }
        var version = head.version
        if let base, ContentDigest(ProjectTexts.digest(head.text)) != base {
            // A text that nobody has any more can't be compared with: the program's version is the newer one then.
            version = try documents.version(of: id, with: base, before: head.version, Self.longestLookBack) ?? version
        }
        try documents.save(text, of: id, basedOn: version, as: "workspace", for: reader)
    }
}

extension Documents {
    /// The newest of the last versions before one whose text has this digest; nil when none has. The caller has checked
    /// the reader's right to the document.
    fileprivate func version(
        of id: DocumentHead.ID,
        with digest: ContentDigest,
        before head: Int,
        _ count: Int
    ) throws -> Int? {
        try database.read { db in
            let first = try Self.content(of: id, at: max(0, head - count), in: db)
            var text = DocumentText(first.text)
            var version = first.version
            var found = ProjectTexts.digest(first.text) == digest.bytes ? version : nil
            for changes in try DocumentsStore.changes(of: id, after: version, through: head, in: db) {
                try ChangeSet(json: changes).apply(to: &text)
                version += 1
                if ProjectTexts.digest(text.string) == digest.bytes { found = version }
            }
            return found
        }
    }
}
