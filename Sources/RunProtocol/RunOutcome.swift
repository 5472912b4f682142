public import Wire

/// What happened to the user's program, or to one step of its run: a value that is shown to the user. What happens to
/// *us* is a `RunnerFault`.
public struct RunOutcome: Hashable, Sendable {
    /// How the program came to its end.
    public enum Ending: Hashable, Sendable {
        /// It ended by itself with this code, 0 to 255.
        case exited(Int)
        /// A signal ended it that we did not send; the number as in signal(7).
        case signalled(Int)
        /// It used up its wall time or its processor time.
        case outOfTime
        /// The kernel killed it, or a part of it that it needed, for want of memory.
        case outOfMemory
        /// It printed more than it may; everything up to the limit was delivered.
        case tooMuchOutput
        /// Somebody pressed Stop, or the connection of the run was closed.
        case cancelled
    }

    /// Which step the run was in.
    public enum Phase: UInt8, Sendable {
        /// The compiler. A run that ends here never started its program.
        case compile = 0
        /// The program.
        case run = 1
    }

    /// How it ended.
    public var ending: Ending
    /// In which step it ended.
    public var phase: Phase
    /// Time from the start of the step to its end.
    public var wall: Duration
    /// Processor time, user and system, of all processes of the step that have ended.
    public var cpu: Duration
    /// What the step's processes were seen to use together, looked at a few times a second; or the largest resident size
    /// of one of them, if that is more or another run was in the workspace.
    public var memory: ByteCount

    /// Describes the end of a run.
    public init(ending: Ending, phase: Phase, wall: Duration, cpu: Duration, memory: ByteCount) {
        self.ending = ending
        self.phase = phase
        self.wall = wall
        self.cpu = cpu
        self.memory = memory
    }
}

extension RunOutcome.Ending: WireValue {
    /// Reads the kind and its number.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.byte() {
        case 0: self = .exited(try reader.count(atMost: 255))
        case 1: self = .signalled(try reader.count(atMost: 127))
        case 2: self = .outOfTime
        case 3: self = .outOfMemory
        case 4: self = .tooMuchOutput
        case 5: self = .cancelled
        default: throw .unknown
        }
    }
    /// Writes the kind and its number.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .exited(let code):
            writer.put(byte: 0)
            writer.put(code)
        case .signalled(let number):
            writer.put(byte: 1)
            writer.put(number)
        case .outOfTime: writer.put(byte: 2)
        case .outOfMemory: writer.put(byte: 3)
        case .tooMuchOutput: writer.put(byte: 4)
        case .cancelled: writer.put(byte: 5)
        }
    }
}

extension RunOutcome.Phase: WireValue {
    /// Reads one byte.
    public init(from reader: inout WireReader) throws(WireError) {
        guard let phase = Self(rawValue: try reader.byte()) else { throw .unknown }
        self = phase
    }
    /// Writes one byte.
    public func write(to writer: inout WireWriter) { writer.put(byte: rawValue) }
}

extension RunOutcome: WireValue {
    /// Reads the five fields.
    public init(from reader: inout WireReader) throws(WireError) {
        ending = try Ending(from: &reader)
        phase = try Phase(from: &reader)
        wall = try reader.span()
        cpu = try reader.span()
        memory = try ByteCount(from: &reader)
    }
    /// Writes the five fields.
    public func write(to writer: inout WireWriter) {
        writer.put(ending)
        writer.put(phase)
        writer.put(wall)
        writer.put(cpu)
        writer.put(memory)
    }
}
