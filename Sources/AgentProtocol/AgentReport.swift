public import Wire

/// How a run came to its end, as the agent saw it.
public enum AgentEnding: Equatable, Sendable {
    /// By itself with this code.
    case exited(Int)
    /// By a signal that the agent did not send.
    case signalled(Int)
    /// Out of wall or processor time.
    case outOfTime
    /// The kernel's out-of-memory killer took it or a part of it.
    case outOfMemory
    /// It printed more than it may.
    case tooMuchOutput
    /// By `kill`.
    case cancelled
}

/// The end of a run, or of a step that another one follows, with what that step used.
public struct AgentResult: Equatable, Sendable {
    /// How it ended.
    public var ending: AgentEnding
    /// In which step, counted from 0.
    public var step: Int
    /// Wall time of the step.
    public var wall: Duration
    /// Processor time of the step.
    public var cpu: Duration
    /// In bytes: what its processes were seen to use together, or the largest resident size of one of them if that is more.
    public var memory: UInt64

    /// Describes an end.
    public init(ending: AgentEnding, step: Int, wall: Duration, cpu: Duration, memory: UInt64) {
        self.ending = ending
        self.step = step
        self.wall = wall
        self.cpu = cpu
        self.memory = memory
    }
}

/// What the agent says to the runner.
public enum AgentReport: Equatable, Sendable {
    /// The most bytes of one `output`.
    public static let maximumOutput = 32 * 1024

    /// The agent is ready and speaks this version.
    case hello(UInt64)
    /// The places in the list of the files that must be sent.
    case needs(UInt32, [Int])
    /// The run can't be: its files could not be written. Words for the log.
    case refused(UInt32, String)
    /// The run can't be: its program could not be started. Words for the log.
    case unstartable(UInt32, String)
    /// A step began, counted from 0.
    case started(UInt32, step: Int)
    /// A step ended with code 0, all its processes are gone, and there is another one.
    case stepped(UInt32, AgentResult)
    /// Bytes from stream 0 (output) or 1 (error).
    case output(UInt32, UInt8, [UInt8])
    /// The run is over and all its processes are gone.
    case finished(UInt32, AgentResult)
    /// A program of the workspace did something to a file. Told in the name of some run that watches.
    case changed(UInt32, AgentChange)
    /// What there is for another runner; behind the `hello` for it.
    case left(AgentLegacy)
    /// What follows of a run begins at this place: the one that was asked for, unless that is a place nobody knows of.
    case resumed(UInt32, at: UInt64)
    /// Whether the container is as if nothing had run in it.
    case cleaned(UInt32, Bool)
}

extension AgentResult: WireValue {
    /// Reads the five fields.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.byte() {
        case 0: ending = .exited(try reader.count(atMost: 255))
        case 1: ending = .signalled(try reader.count(atMost: 127))
        case 2: ending = .outOfTime
        case 3: ending = .outOfMemory
        case 4: ending = .tooMuchOutput
        case 5: ending = .cancelled
        default: throw .unknown
        }
        step = try reader.count(atMost: 7)
        wall = try reader.span()
        cpu = try reader.span()
        memory = try reader.number()
    }
    /// Writes the five fields.
    public func write(to writer: inout WireWriter) {
        switch ending {
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
        writer.put(step)
        writer.put(wall)
        writer.put(cpu)
        writer.put(memory)
    }
}

extension AgentReport: WireValue {
    /// Reads the kind and what belongs to it.
    public init(from reader: inout WireReader) throws(WireError) {
        let kind = try reader.byte()
        switch kind {
        case 0:
            self = .hello(try reader.number())
            return
        case 9:
            self = .left(try AgentLegacy(from: &reader))
            return
        default: break
        }
        let run = UInt32(try reader.number(atMost: UInt64(UInt32.max)))
        switch kind {
        case 1:
            let count = try reader.count(atMost: AgentCommand.maximumFiles)
            var indexes: [Int] = []
            for _ in 0..<count { indexes.append(try reader.count(atMost: AgentCommand.maximumFiles - 1)) }
            self = .needs(run, indexes)
        case 2: self = .refused(run, try reader.text(atMost: 4096))
        case 3: self = .started(run, step: try reader.count(atMost: 7))
        case 4:
            let stream = try reader.byte()
            guard stream <= 1 else { throw .unknown }
            self = .output(run, stream, try reader.content(atMost: Self.maximumOutput))
        case 5: self = .finished(run, try AgentResult(from: &reader))
        case 6: self = .unstartable(run, try reader.text(atMost: 4096))
        case 7: self = .stepped(run, try AgentResult(from: &reader))
        case 8: self = .changed(run, try AgentChange(from: &reader))
        case 10: self = .resumed(run, at: try reader.number())
        case 11: self = .cleaned(run, try reader.flag())
        default: throw .unknown
        }
    }

    /// Writes the kind and what belongs to it.
    public func write(to writer: inout WireWriter) {
        func begin(_ kind: UInt8, _ run: UInt32) {
            writer.put(byte: kind)
            writer.put(UInt64(run))
        }
        switch self {
        case .hello(let version):
            writer.put(byte: 0)
            writer.put(version)
        case .needs(let run, let indexes):
            begin(1, run)
            writer.put(indexes.count)
            for index in indexes { writer.put(index) }
        case .refused(let run, let words):
            begin(2, run)
            writer.put(words)
        case .started(let run, let step):
            begin(3, run)
            writer.put(step)
        case .output(let run, let stream, let bytes):
            begin(4, run)
            writer.put(byte: stream)
            writer.put(bytes)
        case .finished(let run, let result):
            begin(5, run)
            writer.put(result)
        case .unstartable(let run, let words):
            begin(6, run)
            writer.put(words)
        case .stepped(let run, let result):
            begin(7, run)
            writer.put(result)
        case .changed(let run, let change):
            begin(8, run)
            writer.put(change)
        case .left(let legacy):
            writer.put(byte: 9)
            writer.put(legacy)
        case .resumed(let run, let position):
            begin(10, run)
            writer.put(position)
        case .cleaned(let run, let isClean):
            begin(11, run)
            writer.put(isClean)
        }
    }
}
