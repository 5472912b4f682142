public import Wire

/// What a run is to its container.
public enum AgentRole: UInt8, Sendable {
    /// A program that somebody waits for.
    case program = 0
    /// A shell.
    case shell = 1
    /// What a language has to answer questions about its programs: it is there beside them.
    case server = 2

    /// Whether it mostly waits itself: beside it a program may be started ahead.
    public var mostlyWaits: Bool { self != .program }
}

extension AgentRole: WireValue {
    /// Reads one byte.
    public init(from reader: inout WireReader) throws(WireError) {
        guard let role = Self(rawValue: try reader.byte()) else { throw .unknown }
        self = role
    }
    /// Writes one byte.
    public func write(to writer: inout WireWriter) { writer.put(byte: rawValue) }
}
