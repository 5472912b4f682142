public import Wire

// The conversation between the runner and the agent, process 1 of a workspace's container, over the container's
// standard input and output:
//
//   runner                                  agent
//                                      ◄──  hello(version)             once
//   prepare(run, files)                ──►
//                                      ◄──  needs(run, [index…])       what is missing or was changed by a program
//   file(run, index, bytes, last)…     ──►
//   launch(run, …)                     ──►                             sent right behind the files, no waiting
//                                      ◄──  started(run, step)         before each step
//                                      ◄──  stepped(run, …)            after each step but the last
//   proceed(run)                       ──►                             before a step that waits for it
//                                      ◄──  output(run, stream, bytes)
//   taken(run, bytes)                  ──►                             how much of it was passed on (back-pressure)
//   input, resize, kill                ──►                             any time; too late is no error
//                                      ◄──  changed(run, …)…           where the launch watches files
//   noted(run, …)                      ──►                             after each content that was told
//   expect(…)                          ──►                             any time: what may be started ahead
//                                      ◄──  finished(run, …)           or refused or unstartable; the last of a run
//   clean(run, …)                      ──►                             instead, where another one may follow
//                                      ◄──  cleaned(run, …)
//   forget(run)                        ──►                             its end is passed on, or nobody wants it
//   ping                               ──►                             every ten seconds, whatever happens
//
// An agent that was told to `outlive` its runner opens a door when its input ends (decision 0015). Whoever takes what is
// behind it begins another conversation there:
//
//   claim                              ──►                             once, and nobody else finds the door open
//                                      ◄──  hello(version), left(…)    the runs that are alive or have ended unheard
//   resume(run, position)              ──►
//                                      ◄──  resumed(run, position)     and what was reported since, and what comes
//
// The runner gives each run of a workspace a number of its own, counting up. The agent trusts what it is told (the
// runner has checked it) except where believing costs more than checking: paths.

/// A file as `prepare` names it.
public struct AgentFile: Equatable, Sendable {
    /// From the home, `/` between the names.
    public var path: String
    /// 32 bytes that stand for the content.
    public var digest: [UInt8]

    /// Names a file.
    public init(path: String, digest: [UInt8]) {
        self.path = path
        self.digest = digest
    }
}

/// One process to start in the course of a run, after the one before it ended with code 0.
public struct AgentStep: Equatable, Sendable {
    /// The arguments, the program's name first.
    public var arguments: [String]
    /// Wall time.
    public var wall: Duration
    /// Processor time: of all processes together while no other run is in the container, else of each one and rounded up
    /// to seconds.
    public var cpu: Duration
    /// The agent begins it only when it is told to `proceed`. Not for the first step.
    public var waits: Bool

    /// Describes a step.
    public init(arguments: [String], wall: Duration, cpu: Duration, waits: Bool = false) {
        self.arguments = arguments
        self.wall = wall
        self.cpu = cpu
        self.waits = waits
    }
}

/// Where the program reads from.
public enum AgentInput: Equatable, Sendable {
    /// A terminal of so many rows and columns.
    case terminal(rows: Int, columns: Int)
    /// A pipe with this in it and then its end.
    case text([UInt8])
    /// A pipe that stays open; what is written to it comes as commands.
    case stream
}

/// How to start a run whose files are there.
public struct AgentLaunch: Equatable, Sendable {
    /// What to start, one after the other; at least one.
    public var steps: [AgentStep]
    /// `NAME=value`.
    public var environment: [String]
    /// Where the program reads from.
    public var input: AgentInput
    /// Bytes it may print.
    public var output: UInt64
    /// Bytes one file it writes may have.
    public var fileSize: UInt64
    /// Whether it is told what the run's programs do to the files of the home.
    public var watchesFiles: Bool
    /// What is added to the environment, `NAME=value`, of a program that is started ahead, so that it waits (see
    /// `isServed`). With this in it the same launch is expected again once the run is over; empty for none.
    public var gate: [String]
    /// What it is to its container.
    public var role: AgentRole
    /// By what the run is known beyond the life of its runner, which gave it its number.
    public var name: UInt64

    /// Describes a launch.
    public init(
        steps: [AgentStep],
        environment: [String],
        input: AgentInput,
        output: UInt64,
        fileSize: UInt64,
        watchesFiles: Bool = false,
        gate: [String] = [],
        role: AgentRole = .program,
        name: UInt64 = 0
    ) {
        self.steps = steps
        self.environment = environment
        self.input = input
        self.output = output
        self.fileSize = fileSize
        self.watchesFiles = watchesFiles
        self.gate = gate
        self.role = role
        self.name = name
    }
}

/// What the runner says to the agent.
public enum AgentCommand: Equatable, Sendable {
    /// The version of this protocol; an image with an agent of another version counts as missing.
    public static let version: UInt64 = 8
    /// The most files that a run may bring, as `RunRequest.maximumFiles`.
    public static let maximumFiles = 8192
    /// The number of the descriptor that is the door of an agent without a runner: one end of a connection with it.
    public static let door: Int32 = 1000
    /// The agent ends when it has heard nothing for this long: its Engine or its runner is gone.
    public static let silence = Duration.seconds(60)
    /// How much output of a run may be on its way; the agent stops reading the program's output above it.
    public static let window = 256 * 1024

    /// These are the files that must be in the home. Where changes are kept, a file that a program has changed since it
    /// was last brought stays as it is, unless another content is meant for it now.
    case prepare(UInt32, [AgentFile], keepsChanges: Bool)
    /// A piece of the file at this place of the list.
    case file(UInt32, Int, [UInt8], last: Bool)
    /// Starts the first step.
    case launch(UInt32, AgentLaunch)
    /// Input for the terminal or the pipe that stays open.
    case input(UInt32, [UInt8])
    /// A new size for the terminal.
    case resize(UInt32, rows: Int, columns: Int)
    /// Ends the run as cancelled.
    case kill(UInt32)
    /// So many bytes of output were passed on.
    case taken(UInt32, Int)
    /// Starts a step that waits.
    case proceed(UInt32)
    /// The content of a file that was told of is known by this digest from now on.
    case noted(UInt32, path: String, digest: [UInt8])
    /// The home is another one, which was laid over the one before. When it was used last, the project had these files in
    /// it; more of them may be named by further commands of this kind.
    case settle([String])
    /// Still here.
    case ping
    /// When its runner is gone, the agent is to wait so long for another one.
    case outlive(Duration)
    /// Another runner is here.
    case claim
    /// Here is somebody who wants to hear of a run that outlived its runner, and has heard all before this place: the sum
    /// of the weights of the reports since its launch. With the largest number only its end is wanted.
    case resume(UInt32, from: UInt64)
    /// Nobody will ask for this run again.
    case forget(UInt32)
    /// The container is to become as if nothing had run in it, now that this run is over and no other is there; nobody
    /// will ask for it again. Where that is done, such a launch is to be expected.
    case clean(UInt32, expecting: AgentLaunch?)
    /// A launch like this is likely to be the next: its program is started ahead and waits. Nil: none is known, and
    /// what waits already is to go.
    case expect(AgentLaunch?)
}

extension AgentFile: WireValue {
    /// Reads path and digest.
    public init(from reader: inout WireReader) throws(WireError) {
        path = try reader.text(atMost: 1024)
        digest = try reader.content(atMost: 32)
    }
    /// Writes path and digest.
    public func write(to writer: inout WireWriter) {
        writer.put(path)
        writer.put(digest)
    }
}

extension AgentStep: WireValue {
    /// Reads the four fields.
    public init(from reader: inout WireReader) throws(WireError) {
        arguments = try reader.texts(atMost: 16 * 1024, length: 128 * 1024)
        wall = try reader.span()
        cpu = try reader.span()
        waits = try reader.flag()
        guard !arguments.isEmpty else { throw .refused }
    }
    /// Writes the four fields.
    public func write(to writer: inout WireWriter) {
        writer.put(texts: arguments)
        writer.put(wall)
        writer.put(cpu)
        writer.put(waits)
    }
}

extension AgentLaunch: WireValue {
    /// Reads the fields.
    public init(from reader: inout WireReader) throws(WireError) {
        steps = try reader.list(of: AgentStep.self, atMost: 8)
        environment = try reader.texts(atMost: 256, length: 64 * 1024)
        switch try reader.byte() {
        case 0: input = .terminal(rows: try reader.count(atMost: 1000), columns: try reader.count(atMost: 1000))
        case 1: input = .text(try reader.content(atMost: Frame.limit))
        case 2: input = .stream
        default: throw .unknown
        }
        output = try reader.number()
        fileSize = try reader.number()
        watchesFiles = try reader.flag()
        gate = try reader.texts(atMost: 16, length: 4 * 1024)
        role = try AgentRole(from: &reader)
        name = try reader.number()
        guard !steps.isEmpty else { throw .refused }
    }
    /// Writes the fields.
    public func write(to writer: inout WireWriter) {
        writer.put(list: steps)
        writer.put(texts: environment)
        switch input {
        case .terminal(let rows, let columns):
            writer.put(byte: 0)
            writer.put(rows)
            writer.put(columns)
        case .text(let bytes):
            writer.put(byte: 1)
            writer.put(bytes)
        case .stream: writer.put(byte: 2)
        }
        writer.put(output)
        writer.put(fileSize)
        writer.put(watchesFiles)
        writer.put(texts: gate)
        writer.put(role)
        writer.put(name)
    }
}

extension AgentCommand: WireValue {
    /// Reads the kind and what belongs to it.
    public init(from reader: inout WireReader) throws(WireError) {
        let kind = try reader.byte()
        switch kind {
        case 7:
            self = .ping
            return
        case 10:
            self = .expect(try Self.expected(from: &reader))
            return
        case 11:
            self = .settle(try reader.texts(atMost: 512, length: 1024))
            return
        case 12:
            self = .outlive(try reader.span())
            return
        case 13:
            self = .claim
            return
        default: break
        }
        let run = UInt32(try reader.number(atMost: UInt64(UInt32.max)))
        switch kind {
        case 0:
            let keepsChanges = try reader.flag()
            self = .prepare(
                run,
                try reader.list(of: AgentFile.self, atMost: Self.maximumFiles),
                keepsChanges: keepsChanges
            )
        case 1:
            let index = try reader.count(atMost: Self.maximumFiles - 1)
            let last = try reader.flag()
            self = .file(run, index, try reader.content(atMost: Frame.limit), last: last)
        case 2: self = .launch(run, try AgentLaunch(from: &reader))
        case 3: self = .input(run, try reader.content(atMost: Frame.limit))
        case 4:
            let rows = try reader.count(atMost: 1000)
            self = .resize(run, rows: rows, columns: try reader.count(atMost: 1000))
        case 5: self = .kill(run)
        case 6: self = .taken(run, try reader.count(atMost: 1 << 30))
        case 8: self = .proceed(run)
        case 9:
            let path = try reader.text(atMost: 1024)
            self = .noted(run, path: path, digest: try reader.content(atMost: 32))
        case 14: self = .resume(run, from: try reader.number())
        case 15: self = .forget(run)
        case 16: self = .clean(run, expecting: try Self.expected(from: &reader))
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
        case .prepare(let run, let files, let keepsChanges):
            begin(0, run)
            writer.put(keepsChanges)
            writer.put(list: files)
        case .file(let run, let index, let bytes, let last):
            begin(1, run)
            writer.put(index)
            writer.put(last)
            writer.put(bytes)
        case .launch(let run, let launch):
            begin(2, run)
            writer.put(launch)
        case .input(let run, let bytes):
            begin(3, run)
            writer.put(bytes)
        case .resize(let run, let rows, let columns):
            begin(4, run)
            writer.put(rows)
            writer.put(columns)
        case .kill(let run): begin(5, run)
        case .taken(let run, let count):
            begin(6, run)
            writer.put(count)
        case .ping: writer.put(byte: 7)
        case .expect(let launch):
            writer.put(byte: 10)
            Self.put(expected: launch, to: &writer)
        case .settle(let paths):
            writer.put(byte: 11)
            writer.put(texts: paths)
        case .proceed(let run): begin(8, run)
        case .noted(let run, let path, let digest):
            begin(9, run)
            writer.put(path)
            writer.put(digest)
        case .outlive(let time):
            writer.put(byte: 12)
            writer.put(time)
        case .claim: writer.put(byte: 13)
        case .resume(let run, let position):
            begin(14, run)
            writer.put(position)
        case .forget(let run): begin(15, run)
        case .clean(let run, let launch):
            begin(16, run)
            Self.put(expected: launch, to: &writer)
        }
    }
    private static func expected(from reader: inout WireReader) throws(WireError) -> AgentLaunch? {
        try reader.flag() ? try AgentLaunch(from: &reader) : nil
    }

    private static func put(expected launch: AgentLaunch?, to writer: inout WireWriter) {
        writer.put(launch != nil)
        if let launch { writer.put(launch) }
    }
}
