public import Wire

/// What an agent that outlived its runner tells the next one.
public struct AgentLegacy: Equatable, Sendable {
    /// The highest number that a run of this workspace had.
    public var lastNumber: UInt32
    /// The runs that are alive, and those whose end nobody has passed on.
    public var runs: [AgentSurvivor]

    /// Describes what is left.
    public init(lastNumber: UInt32, runs: [AgentSurvivor]) {
        self.lastNumber = lastNumber
        self.runs = runs
    }
}

/// A run that was launched by one runner and is to be followed by another.
public struct AgentSurvivor: Equatable, Sendable {
    /// Its number in this workspace.
    public var number: UInt32
    /// The name of its launch.
    public var name: UInt64
    /// How many steps it has in all.
    public var steps: Int
    /// How long its steps may take together.
    public var wall: Duration
    /// Whether input may come for it.
    public var takesInput: Bool
    /// What it is to its container.
    public var role: AgentRole

    /// The run with this number, which began with this launch.
    public init(_ number: UInt32, _ launch: AgentLaunch) {
        self.number = number
        name = launch.name
        steps = launch.steps.count
        wall = launch.steps.reduce(.zero) { $0 + $1.wall }
        takesInput = launch.input.staysOpen
        role = launch.role
    }
}

extension AgentLegacy: WireValue {
    /// Reads the number and the runs.
    public init(from reader: inout WireReader) throws(WireError) {
        lastNumber = UInt32(try reader.number(atMost: UInt64(UInt32.max)))
        runs = try reader.list(of: AgentSurvivor.self, atMost: 4096)
    }

    /// Writes the number and the runs.
    public func write(to writer: inout WireWriter) {
        writer.put(UInt64(lastNumber))
        writer.put(list: runs)
    }
}

extension AgentSurvivor: WireValue {
    /// Reads the fields.
    public init(from reader: inout WireReader) throws(WireError) {
        number = UInt32(try reader.number(atMost: UInt64(UInt32.max)))
        name = try reader.number()
        steps = try reader.count(atMost: 8)
        wall = try reader.span()
        takesInput = try reader.flag()
        role = try AgentRole(from: &reader)
    }

    /// Writes the fields.
    public func write(to writer: inout WireWriter) {
        writer.put(UInt64(number))
        writer.put(name)
        writer.put(steps)
        writer.put(wall)
        writer.put(takesInput)
        writer.put(role)
    }
}
