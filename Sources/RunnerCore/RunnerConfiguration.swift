import FoundationEssentials
import Glibc
public import RunProtocol

/// Why the runner's configuration can't be used, in words for the operator.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// What is wrong and what to do.
    public let description: String

    init(_ words: String) {
        description = words
    }
}

/// What the runner is told at its start, by a file that only root may write. Nothing in it can be changed by a request.
public struct RunnerConfiguration: Sendable {
    /// Where to listen.
    public var socket: String
    /// The only user, besides root, that is served.
    public var allowedUser: UInt32
    /// The group that the socket is opened to.
    public var allowedGroup: UInt32
    /// The Engine's socket.
    public var engineSocket: String
    /// The installation's name: 1 to 32 of `a–z`, `0–9`, `-`. Containers carry it as a label.
    public var instance: String
    /// The folder of the language catalogue.
    public var languages: String
    /// How many runs at once.
    public var slots: Int
    /// How many runs may wait for a slot.
    public var queue: Int
    /// How long a run waits for a slot at most.
    public var patience = Duration.seconds(10)
    /// How many workspaces may live at once; the one idle for longest makes room.
    public var workspaces: Int
    /// How many containers wait started at most, for a workspace's first run or a job.
    public var spares: Int
    /// How much memory those use together at most, counted as `Engine.memory` does.
    public var spareMemory: ByteCount
    /// How many containers that had a job wait for another one of the same person at most; 0 to use each once.
    public var usedContainers: Int
    /// The folder where projects' homes are kept between the lives of their containers (see `Homes`), or nil: then a
    /// home ends with its container.
    public var homes: String?
    /// How many shells at once.
    public var terminals: Int
    /// How many servers of languages at once.
    public var servers: Int
    /// How long a workspace lives with nothing in it.
    public var idle: Duration
    /// How long workspaces, with all that runs in them, wait for another runner when this one is gone.
    public var outlive: Duration
    /// How many connections may be open at once.
    public var connections: Int
    /// The most a run may ask for.
    public var runCeiling: RunLimits
    /// What a workspace gets unless its language says otherwise.
    public var workspaceLimits: WorkspaceLimits
    /// The Engine's runtime for containers, or nil for its default.
    public var runtime: String?

    private struct File: Decodable {
        enum User: Decodable {
            case name(String)
            case number(UInt32)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let number = try? container.decode(UInt32.self) {
                    self = .number(number)
                } else {
                    self = .name(try container.decode(String.self))
                }
            }
        }

        var socket: String
        var allowedUser: User
        var engineSocket: String
        var instance: String
        var languages: String
        var homes: String?
        var slots: Int
        var queue: Int?
        var workspaces: Int?
        var spares: Int?
        var spareMemoryMiB: Int?
        var usedContainers: Int?
        var terminals: Int?
        var servers: Int?
        var connections: Int?
        var idleSeconds: Int?
        var outliveSeconds: Int?
        var memoryMiB: Int?
        var processes: Int?
        var homeMiB: Int?
        var temporaryMiB: Int?
        var processorMilli: Int?
        var wallSeconds: Int?
        var cpuSeconds: Int?
        var outputMiB: Int?
        var fileMiB: Int?
        var compileSeconds: Int?
        var runtime: String?

        var numbers: [Int?] {
            [
                slots, queue.map { $0 + 1 }, workspaces, spares.map { $0 + 1 }, spareMemoryMiB.map { $0 + 1 },
                usedContainers.map { $0 + 1 }, terminals, servers, connections, idleSeconds, outliveSeconds,
                memoryMiB, processes, homeMiB, temporaryMiB, processorMilli, wallSeconds, cpuSeconds, outputMiB,
                fileMiB,
                compileSeconds,
            ]
        }
    }

    /// Reads a configuration. Throws when the file is missing, writable by others than its owner, owned by someone else
    /// than this process's user, not JSON, or says something that can't be.
    public init(file path: String) throws(ConfigurationError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw ConfigurationError("\(path): there is no such file") }
        guard status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
            throw ConfigurationError("\(path): must belong to root and be writable by nobody else (chmod 644)")
        }
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw ConfigurationError("\(path): can't be read")
        }
        do {
            try self.init(try JSONDecoder().decode(File.self, from: data))
        } catch let error as ConfigurationError {
            throw ConfigurationError("\(path): \(error.description)")
        } catch DecodingError.keyNotFound(let key, _) {
            throw ConfigurationError("\(path): the field \(key.stringValue) is missing")
        } catch DecodingError.typeMismatch(_, let context) {
            let field = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw ConfigurationError("\(path): the field \(field) has the wrong type")
        } catch {
            throw ConfigurationError("\(path): is not JSON of the expected shape")
        }
    }

    private init(_ file: File) throws(ConfigurationError) {
        let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
        guard (1...32).contains(file.instance.count), file.instance.allSatisfy(allowed.contains) else {
            throw ConfigurationError("instance must be 1 to 32 of a–z, 0–9 and -")
        }
        guard file.numbers.allSatisfy({ $0.map { (1...1_000_000).contains($0) } ?? true }) else {
            throw ConfigurationError("a number is not between 1 and 1000000")
        }
        socket = file.socket
        engineSocket = file.engineSocket
        instance = file.instance
        languages = file.languages
        homes = file.homes
        slots = file.slots
        queue = file.queue ?? file.slots
        workspaces = file.workspaces ?? 16
        spares = file.spares ?? 4
        usedContainers = file.usedContainers ?? slots
        spareMemory = file.spareMemoryMiB.map { .mebibytes($0) } ?? Self.usualSpareMemory
        terminals = file.terminals ?? 64
        servers = file.servers ?? 32
        connections = file.connections ?? 256
        idle = .seconds(file.idleSeconds ?? 600)
        outlive = .seconds(file.outliveSeconds ?? 60)
        runtime = file.runtime
        (allowedUser, allowedGroup) = try Self.find(file.allowedUser)
        let run = RunLimits()
        runCeiling = RunLimits(
            wall: file.wallSeconds.map { .seconds($0) } ?? run.wall,
            cpu: file.cpuSeconds.map { .seconds($0) } ?? run.cpu,
            output: file.outputMiB.map { .mebibytes($0) } ?? run.output,
            fileSize: file.fileMiB.map { .mebibytes($0) } ?? run.fileSize,
            compile: file.compileSeconds.map { .seconds($0) } ?? run.compile
        )
        let workspace = WorkspaceLimits()
        workspaceLimits = WorkspaceLimits(
            memory: file.memoryMiB.map { .mebibytes($0) } ?? workspace.memory,
            processor: file.processorMilli ?? workspace.processor,
            processes: file.processes ?? workspace.processes,
            home: file.homeMiB.map { .mebibytes($0) } ?? workspace.home,
            temporary: file.temporaryMiB.map { .mebibytes($0) } ?? workspace.temporary
        )
    }

    /// A thirty-second of the machine's memory: what waits must not be missed by what works.
    private static var usualSpareMemory: ByteCount {
        ByteCount(bytes: ProcessInfo.processInfo.physicalMemory / 32)
    }

    private static func find(_ user: File.User) throws(ConfigurationError) -> (user: UInt32, group: UInt32) {
        switch user {
        case .name(let name):
            // Called once, before there is a second thread: getpwnam's shared buffer is ours.
            guard let entry = getpwnam(name) else { throw ConfigurationError("there is no user \(name)") }
            return (entry.pointee.pw_uid, entry.pointee.pw_gid)
        case .number(let number):
            guard let entry = getpwuid(number) else { throw ConfigurationError("there is no user \(number)") }
            return (number, entry.pointee.pw_gid)
        }
    }
}
