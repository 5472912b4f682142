public import Wire

/// Where a piece of output was printed.
public enum RunStream: UInt8, Sendable {
    /// Standard output; everything, when the run has a terminal.
    case output = 0
    /// Standard error.
    case error = 1
}

/// What a run reports, in the order in which it happens: `started` once or twice, `stepped` between the two, `output` and
/// `changed` any number of times, `finished` once and last.
public enum RunEvent: Hashable, Sendable {
    /// A step began: the compiler, where the language has one, then the program.
    case started(RunOutcome.Phase)
    /// A step that another one follows is over: the compiler was content.
    case stepped(RunOutcome)
    /// Bytes exactly as they were printed, 1 to 64 KiB; they may end in the middle of a character.
    case output(RunStream, [UInt8])
    /// Programs changed the project's files in the workspace; of a job nobody is told.
    case changed(FileChange)
    /// The run is over and nothing of it is left in the workspace but the files it wrote.
    case finished(RunOutcome)

    /// The most bytes of one `output`.
    public static let maximumOutput = 64 * 1024
}

extension RunEvent: WireValue {
    /// Reads the kind and what belongs to it.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.byte() {
        case 0: self = .started(try RunOutcome.Phase(from: &reader))
        case 1:
            guard let stream = RunStream(rawValue: try reader.byte()) else { throw .unknown }
            self = .output(stream, try reader.content(atMost: Self.maximumOutput))
        case 2: self = .finished(try RunOutcome(from: &reader))
        case 3: self = .stepped(try RunOutcome(from: &reader))
        case 4: self = .changed(try FileChange(from: &reader))
        default: throw .unknown
        }
    }
    /// Writes the kind and what belongs to it.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .started(let phase):
            writer.put(byte: 0)
            writer.put(phase)
        case .output(let stream, let bytes):
            writer.put(byte: 1)
            writer.put(byte: stream.rawValue)
            writer.put(bytes)
        case .finished(let outcome):
            writer.put(byte: 2)
            writer.put(outcome)
        case .stepped(let outcome):
            writer.put(byte: 3)
            writer.put(outcome)
        case .changed(let change):
            writer.put(byte: 4)
            writer.put(change)
        }
    }
}
