public import Wire

/// What one run may use. The site asks for these; the runner lowers what is above its own configuration, never raises.
///
/// What all runs of a workspace share (memory, processes, disk) is in `WorkspaceLimits`.
public struct RunLimits: Hashable, Sendable {
    /// Time from the program's start to its end, waiting for input included. Default 10 minutes.
    public var wall: Duration
    /// Processor time of the program, all its processes together; of each one while another run is in the workspace.
    /// Default 60 seconds.
    public var cpu: Duration
    /// What the program may print, both streams and the compiler's words together. Default 4 MiB.
    public var output: ByteCount
    /// The size of one file the program writes. Default 64 MiB.
    public var fileSize: ByteCount
    /// Time for the compiler, where the language has one, on top of `wall`. Default 30 seconds.
    public var compile: Duration
    /// Processor time for the compiler. Default 30 seconds.
    public var compileCPU: Duration
    /// Memory of the program, for a job only; nil for what a workspace of the language has, which is the most in any case.
    public var memory: ByteCount?
    /// Memory of the compiler, as `memory`.
    public var compileMemory: ByteCount?

    /// Limits with the stated defaults.
    public init(
        wall: Duration = .seconds(600),
        cpu: Duration = .seconds(60),
        output: ByteCount = .mebibytes(4),
        fileSize: ByteCount = .mebibytes(64),
        compile: Duration = .seconds(30),
        compileCPU: Duration = .seconds(30),
        memory: ByteCount? = nil,
        compileMemory: ByteCount? = nil
    ) {
        self.wall = wall
        self.cpu = cpu
        self.output = output
        self.fileSize = fileSize
        self.compile = compile
        self.compileCPU = compileCPU
        self.memory = memory
        self.compileMemory = compileMemory
    }

    /// These limits, each lowered to the ceiling's where it is above it.
    public func clamped(to ceiling: RunLimits) -> RunLimits {
        RunLimits(
            wall: min(wall, ceiling.wall),
            cpu: min(cpu, ceiling.cpu),
            output: min(output, ceiling.output),
            fileSize: min(fileSize, ceiling.fileSize),
            compile: min(compile, ceiling.compile),
            compileCPU: min(compileCPU, ceiling.compileCPU),
            memory: memory,
            compileMemory: compileMemory
        )
    }
}

/// What a workspace may use, all its runs together. Set by the runner's configuration and the language, never asked
/// for; reported in `RunnerStatus` so that users can be told beforehand.
public struct WorkspaceLimits: Hashable, Sendable {
    /// Memory, files in `/tmp` included, and those in a home that isn't kept. Default 512 MiB; there is no swap.
    public var memory: ByteCount
    /// Thousandths of a processor. Default 1000, one processor.
    public var processor: Int
    /// Processes and threads. Default 128.
    public var processes: Int
    /// The home. Default 256 MiB.
    public var home: ByteCount
    /// `/tmp`. Default 128 MiB.
    public var temporary: ByteCount

    /// Limits with the stated defaults.
    public init(
        memory: ByteCount = .mebibytes(512),
        processor: Int = 1000,
        processes: Int = 128,
        home: ByteCount = .mebibytes(256),
        temporary: ByteCount = .mebibytes(128)
    ) {
        self.memory = memory
        self.processor = processor
        self.processes = processes
        self.home = home
        self.temporary = temporary
    }
}

extension RunLimits: WireValue {
    /// Reads the eight limits.
    public init(from reader: inout WireReader) throws(WireError) {
        wall = try reader.span()
        cpu = try reader.span()
        output = try ByteCount(from: &reader)
        fileSize = try ByteCount(from: &reader)
        compile = try reader.span()
        compileCPU = try reader.span()
        memory = try reader.flag() ? try ByteCount(from: &reader) : nil
        compileMemory = try reader.flag() ? try ByteCount(from: &reader) : nil
    }
    /// Writes the eight limits.
    public func write(to writer: inout WireWriter) {
        writer.put(wall)
        writer.put(cpu)
        writer.put(output)
        writer.put(fileSize)
        writer.put(compile)
        writer.put(compileCPU)
        for limit in [memory, compileMemory] {
            writer.put(limit != nil)
            if let limit { writer.put(limit) }
        }
    }
}

extension WorkspaceLimits: WireValue {
    /// Reads the five limits.
    public init(from reader: inout WireReader) throws(WireError) {
        memory = try ByteCount(from: &reader)
        processor = try reader.count(atMost: 1 << 30)
        processes = try reader.count(atMost: 1 << 30)
        home = try ByteCount(from: &reader)
        temporary = try ByteCount(from: &reader)
    }
    /// Writes the five limits.
    public func write(to writer: inout WireWriter) {
        writer.put(memory)
        writer.put(processor)
        writer.put(processes)
        writer.put(home)
        writer.put(temporary)
    }
}
