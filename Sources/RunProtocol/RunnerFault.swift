public import Wire

/// Why *we* failed to run a program. It is logged and shown as ours; the user's program is not to blame.
///
/// The texts carry no user data: they are for the log.
public enum RunnerFault: Error, Hashable, Sendable {
    /// All slots and all places in the queue are taken, or no slot came free in time. Worth another try in a while.
    case busy
    /// The catalogue has no such language.
    case unknownLanguage
    /// The image of the language is not built yet, or is older than this runner.
    case imageMissing
    /// The Engine does not answer or refused to start a container.
    case engineUnavailable(String)
    /// The project's files could not be laid into the workspace (no space left, a folder in the way of a file).
    case filesRefused(String)
    /// The container of the run died under it.
    case lost(String)
    /// The runner is ending.
    case stopping
    /// One side did not keep to this protocol; also: a run of that name is alive already.
    case protocolViolation(String)
    /// The runner does not serve this user (its peer credential is another uid's).
    case refused
    /// Made by the client, never sent: the runner's socket does not answer, or its connection broke.
    case unreachable(String)
}

extension RunnerFault: WireValue {
    private static let maximumText = 4096

    /// Reads the kind and its text.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.byte() {
        case 0: self = .busy
        case 1: self = .unknownLanguage
        case 2: self = .imageMissing
        case 3: self = .engineUnavailable(try reader.text(atMost: Self.maximumText))
        case 4: self = .filesRefused(try reader.text(atMost: Self.maximumText))
        case 5: self = .lost(try reader.text(atMost: Self.maximumText))
        case 6: self = .stopping
        case 7: self = .protocolViolation(try reader.text(atMost: Self.maximumText))
        case 8: self = .refused
        case 9: self = .unreachable(try reader.text(atMost: Self.maximumText))
        default: throw .unknown
        }
    }

    /// Writes the kind and its text, cut to 1000 characters.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .busy: writer.put(byte: 0)
        case .unknownLanguage: writer.put(byte: 1)
        case .imageMissing: writer.put(byte: 2)
        case .engineUnavailable(let text): put(3, text, to: &writer)
        case .filesRefused(let text): put(4, text, to: &writer)
        case .lost(let text): put(5, text, to: &writer)
        case .stopping: writer.put(byte: 6)
        case .protocolViolation(let text): put(7, text, to: &writer)
        case .refused: writer.put(byte: 8)
        case .unreachable(let text): put(9, text, to: &writer)
        }
    }

    private func put(_ tag: UInt8, _ text: String, to writer: inout WireWriter) {
        writer.put(byte: tag)
        // By scalars: a single `Character` may be any number of bytes long.
        writer.put(String(String.UnicodeScalarView(text.unicodeScalars.prefix(1000))))
    }
}
