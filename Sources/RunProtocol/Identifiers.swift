public import Wire

/// Names one run for as long as it lives. The site gives it (the id of its stored run); the runner only compares it.
public struct RunID: Hashable, Sendable, CustomStringConvertible {
    /// The site's number of the run.
    public let value: UInt64
    /// Wraps the site's number.
    public init(_ value: UInt64) { self.value = value }
    /// A name for a run that is stored nowhere: a random number that no stored run has.
    public static func unstored() -> RunID { RunID(.random(in: 1 << 62 ... .max)) }
    /// The number in decimal.
    public var description: String { "\(value)" }
}

/// Names the workspace of one project: one id, one container (for each language used in it).
public struct WorkspaceID: Hashable, Sendable, CustomStringConvertible {
    /// The site's number of the project.
    public let value: UInt64
    /// Wraps the site's number.
    public init(_ value: UInt64) { self.value = value }
    /// The number in decimal.
    public var description: String { "\(value)" }
}

/// Names a person for whom jobs are run. The runner only compares it.
public struct PersonID: Hashable, Sendable, CustomStringConvertible {
    /// The site's number of the account.
    public let value: UInt64
    /// Wraps the site's number.
    public init(_ value: UInt64) { self.value = value }
    /// The number in decimal.
    public var description: String { "\(value)" }
}

/// Names a language by the name of its folder in the catalogue.
///
/// 1 to 32 characters of `a–z`, `0–9` and `-`, with a letter first: it becomes part of an image name, so nothing else
/// may ever be in it.
public struct LanguageID: Hashable, Sendable, CustomStringConvertible {
    /// The name, for example `python`.
    public let text: String

    /// Nil when the text could not be the name of a language.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard (1...32).contains(bytes.count), let first = bytes.first, (0x61...0x7A).contains(first) else { return nil }
        for byte in bytes {
            switch byte {
            case 0x61...0x7A, 0x30...0x39, 0x2D: continue
            default: return nil
            }
        }
        self.text = text
    }

    /// The name itself.
    public var description: String { text }
}

extension RunID: WireValue {
    /// Reads the number.
    public init(from reader: inout WireReader) throws(WireError) { value = try reader.number() }
    /// Writes the number.
    public func write(to writer: inout WireWriter) { writer.put(value) }
}

extension WorkspaceID: WireValue {
    /// Reads the number.
    public init(from reader: inout WireReader) throws(WireError) { value = try reader.number() }
    /// Writes the number.
    public func write(to writer: inout WireWriter) { writer.put(value) }
}

extension PersonID: WireValue {
    /// Reads the number.
    public init(from reader: inout WireReader) throws(WireError) { value = try reader.number() }
    /// Writes the number.
    public func write(to writer: inout WireWriter) { writer.put(value) }
}

extension LanguageID: WireValue {
    /// Reads the name; throws `refused` when it breaks the rule.
    public init(from reader: inout WireReader) throws(WireError) {
        guard let id = LanguageID(try reader.text(atMost: 32)) else { throw .refused }
        self = id
    }
    /// Writes the name.
    public func write(to writer: inout WireWriter) { writer.put(text) }
}
