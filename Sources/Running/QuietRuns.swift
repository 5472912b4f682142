public import Accounts
public import Editing
public import Live
public import Logging
public import Projects
public import RunProtocol
public import RunnerClient
import SiteKit
import Synchronization
import Web

/// Starts a language's tools in people's workspaces on the threads of the requests that ask for them, and gives what
/// they print. Nobody is told of such a run and nothing of it is stored, but for what it does to files.
public final class QuietRuns: Sendable {
    /// What such runs may cost.
    public struct Limits: Sendable {
        /// At one time in this site process: each holds one of its threads.
        public var runs = 12
        /// At one time by one person.
        public var runsOfOnePerson = 2
        /// What a tool may use; one that waits for something is ended soon, because somebody waits for it.
        public var run = RunLimits(wall: .seconds(20), cpu: .seconds(20), output: .mebibytes(4))

        /// The stated defaults.
        public init() {}
    }

    /// What a tool printed, and how it ended.
    public struct Result: Sendable {
        /// What it printed.
        public internal(set) var output: [UInt8] = []
        /// What it printed on the error stream.
        public internal(set) var errors: [UInt8] = []
        /// How it ended.
        public internal(set) var outcome: RunOutcome
    }

    private let client: RunnerClient
    private let hub: LiveHub
    private let texts: ProjectTexts
    private let copy: WorkingCopy
    private let limits: Limits
    private let returnedBytes: ByteCount
    private let log: Logger
    private let running = Mutex<[Account.ID: Int]>([:])

    /// - Parameters:
    ///   - limits: how many may run, and what each may use.
    ///   - returnedBytes: bytes of files that one may bring back into the project.
    public init(
        client: RunnerClient,
        hub: LiveHub,
        texts: ProjectTexts,
        copy: WorkingCopy,
        limits: Limits,
        returnedBytes: ByteCount,
        log: Logger
    ) {
        self.client = client
        self.hub = hub
        self.texts = texts
        self.copy = copy
        self.limits = limits
        self.returnedBytes = returnedBytes
        self.log = log
    }

    /// Runs one to its end in the reader's workspace of a project that they may edit, starting that if need be. Throws
    /// `Problem` when it could not be run.
    public func run(
        _ program: RunProgram,
        input: [UInt8],
        in project: Project,
        for reader: Reader
    ) throws -> Result {
        // It may have started a workspace, whose time begins anew.
        defer { hub.publish("project/\(project.id)", Array(#"{"workspace":true}"#.utf8)) }
        return try entering(reader) {
            do {
                return try follow(try start(program, input, project, reader), project, reader)
            } catch let fault as RunnerFault {
                log.warning("a tool could not be run", metadata: ["fault": .string(String(describing: fault))])
                throw Problem(.serviceUnavailable, fault.words, headers: ["Retry-After": "5"])
            }
        }
    }

    private func start(
        _ program: RunProgram,
        _ input: [UInt8],
        _ project: Project,
        _ reader: Reader
    ) throws -> RunSession {
        let listing = try texts.listing(of: project.id, for: .edit(reader))
        let request = RunRequest(
            run: .unstored(),
            workspace: WorkspaceID(of: project, for: reader.account.id),
            language: project.language,
            program: program,
            input: .text(input),
            limits: limits.run,
            files: listing.manifest
        )
        do {
            return try client.start(request) { path in try listing.bytes(of: path) }
        } catch is ProjectTexts.Missing {
            throw Problem(.conflict, "The project’s files are changing at the moment. Try again.")
        }
    }

    private func follow(_ session: RunSession, _ project: Project, _ reader: Reader) throws -> Result {
        defer { session.close() }
        var files = ReturningFiles(copy, project: project.id, reader: reader, limit: returnedBytes, log: log)
        return try Self.result(of: session, &files)
    }

    /// Reads a session to its end. Other programs in the workspace may change files meanwhile: what is told here is told
    /// nowhere else.
    static func result(of session: RunSession, _ files: inout ReturningFiles) throws -> Result {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        while let event = try session.nextEvent() {
            switch event {
            case .started, .stepped: break
            case .output(.output, let bytes): output += bytes
            case .output(.error, let bytes): errors += bytes
            case .changed(let change): _ = files.take(change)
            case .finished(let outcome): return Result(output: output, errors: errors, outcome: outcome)
            }
        }
        throw RunnerFault.lost("The events ended without an outcome.")
    }

    private func entering<Value>(_ reader: Reader, _ body: () throws -> Value) throws -> Value {
        let id = reader.account.id
        let isAdmitted = running.withLock { running in
            guard running[id, default: 0] < limits.runsOfOnePerson, running.values.reduce(0, +) < limits.runs else {
                return false
            }
            running[id, default: 0] += 1
            return true
        }
        guard isAdmitted else {
            throw Problem(.tooManyRequests, "Another one is running. Try again shortly.", headers: ["Retry-After": "2"])
        }
        defer {
            running.withLock { running in
                running[id, default: 0] -= 1
                if running[id] == 0 { running[id] = nil }
            }
        }
        return try body()
    }
}
