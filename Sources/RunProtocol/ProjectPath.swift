public import Wire

/// Where a file lies in its project: names joined by `/`, relative to the project's home.
///
/// A value of this type can be handed to `openat` name by name without leaving the home: 1 to 32 names of 1 to 255
/// bytes, 1024 bytes together, no name `.` or `..`, no control character (so no NUL and no line break), valid UTF-8.
/// Links are the other half of that promise; the agent never follows one.
public struct ProjectPath: BytewiseText, Sendable, CustomStringConvertible {
    /// The most bytes a path may have.
    public static let maximumLength = 1024
    /// The most bytes one name in it may have.
    public static let maximumNameLength = 255
    /// The most names it may have, the file's own counted.
    public static let maximumDepth = 32

    /// Whether it lies in a folder, or deeper. Bytes are compared: as characters, a name that begins with an accent would
    /// swallow the slash before it.
    public func isBelow(_ folder: ProjectPath) -> Bool { text.utf8.starts(with: "\(folder.text)/".utf8) }

    /// The path as it was given.
    public let text: String

    /// Nil when the text breaks one of the rules above.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.maximumLength else { return nil }
        let names = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard names.count <= Self.maximumDepth else { return nil }
        for name in names {
            guard (1...Self.maximumNameLength).contains(name.count) else { return nil }
            guard !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) else { return nil }
        }
        // C0, DEL and C1: a name with a line break or an escape sequence lies to whoever reads a listing of it.
        for scalar in text.unicodeScalars {
            guard scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value) else { return nil }
        }
        self.text = text
    }

    /// Whether it has characters that turn others around (Unicode's property Bidi_Control), so that what is read is not
    /// what it is. Programs may make such files; nobody can by typing a name or by sending one.
    public var isDisguised: Bool {
        text.unicodeScalars.contains { $0.properties.isBidiControl }
    }

    /// The names from the home down, the file's own last.
    public var names: [Substring] { text.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init) }

    /// What follows the last dot of the file's name, in lower case; empty when there is none.
    public var fileExtension: String {
        guard let name = names.last, let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    /// The path as it was given.
    public var description: String { text }

    /// The folders that it lies in, the outermost first.
    public var folders: [ProjectPath] {
        text.utf8.indices.filter { text.utf8[$0] == UInt8(ascii: "/") }.compactMap { ProjectPath(String(text[..<$0])) }
    }
}

extension ProjectPath: WireValue {
    /// Reads a path; throws `refused` when it breaks a rule.
    public init(from reader: inout WireReader) throws(WireError) {
        guard let path = ProjectPath(try reader.text(atMost: Self.maximumLength)) else { throw .refused }
        self = path
    }
    /// Writes the path.
    public func write(to writer: inout WireWriter) { writer.put(text) }
}
