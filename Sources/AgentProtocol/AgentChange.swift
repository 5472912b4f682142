public import Wire

/// What programs did to the files of the home, as far as it is told.
///
/// A new content is `begins`, any number of `piece`, `ends`; nothing else of the same run's changes comes between them.
public enum AgentChange: Equatable, Sendable {
    /// The most bytes of a content that is told; larger files stay in the workspace.
    public static let maximumFile = 8 * 1024 * 1024
    /// The most files that are told of during one run.
    public static let maximumFiles = 1000

    /// A file has another content now. `base` is the digest of the content that was known before, empty for none.
    case begins(path: String, base: [UInt8], size: UInt64)
    /// The next bytes of it, at most `AgentReport.maximumOutput`.
    case piece([UInt8])
    /// That was all of it; or, if not whole, it was changed while it was read and comes again.
    case ends(isWhole: Bool)
    /// A file is gone whose content was known by this digest.
    case removed(path: String, base: [UInt8])
    /// A file stays in the workspace because it is too large, or because too many were told of already.
    case withheld(path: String, size: UInt64)

    /// How many bytes of a run's `AgentCommand.window` it takes.
    public var weight: Int {
        if case .piece(let bytes) = self { bytes.count } else { 64 }
    }
}

extension AgentChange: WireValue {
    /// Reads the kind and what belongs to it.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.byte() {
        case 0:
            let path = try reader.text(atMost: 1024)
            let base = try reader.content(atMost: 32)
            self = .begins(path: path, base: base, size: try reader.number())
        case 1: self = .piece(try reader.content(atMost: AgentReport.maximumOutput))
        case 2: self = .ends(isWhole: try reader.flag())
        case 3:
            let path = try reader.text(atMost: 1024)
            self = .removed(path: path, base: try reader.content(atMost: 32))
        case 4:
            let path = try reader.text(atMost: 1024)
            self = .withheld(path: path, size: try reader.number())
        default: throw .unknown
        }
    }

    /// Writes the kind and what belongs to it.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .begins(let path, let base, let size):
            writer.put(byte: 0)
            writer.put(path)
            writer.put(base)
            writer.put(size)
        case .piece(let bytes):
            writer.put(byte: 1)
            writer.put(bytes)
        case .ends(let isWhole):
            writer.put(byte: 2)
            writer.put(isWhole)
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
