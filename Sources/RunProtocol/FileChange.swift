public import Wire

/// What programs of a workspace did to the project's files.
///
/// A new content is `begins`, any number of `piece`, `ends`; no other change comes between them. What `.gitignore` names
/// and what is hidden or left about by compilers is not told of, unless the project has that file.
public enum FileChange: Hashable, Sendable {
    /// The most bytes of a content that is told; larger files stay in the workspace.
    public static let maximumFile = ByteCount.mebibytes(8)

    /// A file has another content now. `base` stands for the content before it, nil where there was no file.
    case begins(ProjectPath, base: ContentDigest?, size: ByteCount)
    /// The next bytes of it, at most `RunEvent.maximumOutput`.
    case piece([UInt8])
    /// That was all, and this is its digest by SHA-256; nil: it was changed while it was read, and comes again.
    case ends(ContentDigest?)
    /// A file is gone whose content was this.
    case removed(ProjectPath, base: ContentDigest)
    /// A file of this size stays in the workspace: it is too large, or too many were told of.
    case withheld(ProjectPath, size: ByteCount)
}

extension FileChange: WireValue {
    /// Reads the kind and what belongs to it.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.byte() {
        case 0:
            let path = try ProjectPath(from: &reader)
            let base = try reader.flag() ? try ContentDigest(from: &reader) : nil
            self = .begins(path, base: base, size: try ByteCount(from: &reader))
        case 1: self = .piece(try reader.content(atMost: RunEvent.maximumOutput))
        case 2: self = .ends(try reader.flag() ? try ContentDigest(from: &reader) : nil)
        case 3:
            let path = try ProjectPath(from: &reader)
            self = .removed(path, base: try ContentDigest(from: &reader))
        case 4:
            let path = try ProjectPath(from: &reader)
            self = .withheld(path, size: try ByteCount(from: &reader))
        default: throw .unknown
        }
    }

    /// Writes the kind and what belongs to it.
    public func write(to writer: inout WireWriter) {
        func put(_ digest: ContentDigest?) {
            writer.put(digest != nil)
            if let digest { writer.put(digest) }
        }
        switch self {
        case .begins(let path, let base, let size):
            writer.put(byte: 0)
            writer.put(path)
            put(base)
            writer.put(size)
        case .piece(let bytes):
            writer.put(byte: 1)
            writer.put(bytes)
        case .ends(let digest):
            writer.put(byte: 2)
            put(digest)
        case .removed(let path, let base):
            writer.put(byte: 3)
            writer.put(path)
            writer.put(base)
        case .withheld(let path, let size):
            writer.put(byte: 4)
            writer.put(path)
            writer.put(size)
        }
    }
}
