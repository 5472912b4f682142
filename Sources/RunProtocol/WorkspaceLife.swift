public import Wire

/// Until when the containers of a project are kept, all of them together.
public enum WorkspaceLife: Hashable, Sendable {
    /// There are none; the next run starts one.
    case absent
    /// Something runs in one of them; they are kept at least as long as it does.
    case inUse
    /// Nothing runs; the last of them is stopped after this time unless something is started.
    case idle(Duration)
}

extension WorkspaceLife: WireValue {
    /// Reads the kind and the time that belongs to it.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.byte() {
        case 0: self = .absent
        case 1: self = .inUse
        case 2: self = .idle(try reader.span())
        default: throw .unknown
        }
    }
    /// Writes the kind and the time that belongs to it.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .absent: writer.put(byte: 0)
        case .inUse: writer.put(byte: 1)
        case .idle(let time):
            writer.put(byte: 2)
            writer.put(time)
        }
    }
}
