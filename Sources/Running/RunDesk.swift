public import Accounts
import Dispatch
public import Editing
import FoundationEssentials
public import Live
public import Logging
public import MariaDB
public import Projects
public import RunProtocol
public import RunSettings
public import RunnerClient
public import SiteKit
import Synchronization
import Threads
import Web

/// Starts programs and carries what they print to whoever looks on.
///
/// **Theory of operation.** Each run has a thread of its own that sends it to the runner and then reads its events:
/// output goes into a buffer here and, in the same step, to the live channel `run/ID`. A reader who comes late or
/// misses a message asks for the buffer by offset. One more thread, the ticker, writes buffers that changed into the
/// database every second and says every few seconds that the runs of this desk are alive.
///
/// 1. The database row of a run exists before anything is started, and its end is written exactly once.
/// 2. Offsets on the channel and in the buffer are the same; a message is published after its bytes are in the buffer.
/// 3. A run whose desk is silent is over: the runner ends a program when the connection that started it closes.
/// 4. Input, size and cancellation go to the runner by the run's number, so that any site process can send them.
/// 5. A terminal is a run of a shell. Its output is not stored: a terminal does not outlive its desk. While one is open,
///    one more thread carries edits of the project's files into the workspace.
/// 6. What programs do to files is in the project before their end is told.
public final class RunDesk: Sendable {
    let database: Database
    private let client: RunnerClient
    private let hub: LiveHub
    private let texts: ProjectTexts
    private let copy: WorkingCopy
    private let carrier: EditCarrier
    private let settings: RunSettings
    let limits: DeskLimits
    let now: Now
    private let log: Logger
    let active = Mutex<[Run.ID: ActiveRun]>([:])

    /// - Parameter limits: how many programs may run, and what each may use.
    public init(
        database: Database,
        client: RunnerClient,
        hub: LiveHub,
        texts: ProjectTexts,
        copy: WorkingCopy,
        settings: RunSettings,
        limits: DeskLimits,
        now: @escaping Now,
        log: Logger
    ) {
        self.database = database
        self.client = client
        self.hub = hub
        self.texts = texts
        self.copy = copy
        carrier = EditCarrier(texts: texts, client: client, log: log)
        self.settings = settings
        self.limits = limits
        self.now = now
        self.log = log
    }

    // MARK: Starting

    /// Starts, for those who may run the project, its main file, or this one where none is chosen, as its run settings say. Comes back as soon as
    /// the run has its number; what happens then is told on the live channels. Throws `Problem` when it can't start.
    public func start(
        _ file: ProjectPath,
        of project: Project,
        input: RunInput,
        for reader: Reader
    ) throws -> Run {
        try reserve(of: limits.runs, limits.runsOfOnePerson, "programs running", reader) { !$0.run.isTerminal }
        let setup = try settings.setup(of: project.id, for: reader)
        return try begin(try setup.file(open: file), of: project, input, setup, reader)
    }

    /// Opens a terminal in the reader's project, as `start` does.
    func openTerminal(_ size: WindowSize, of project: Project, for reader: Reader) throws -> Run {
        try reserve(of: limits.terminals, limits.terminalsOfOnePerson, "terminals open", reader) { $0.run.isTerminal }
        let setup = try settings.setup(of: project.id, for: reader)
        return try begin(nil, of: project, .terminal(size), setup, reader)
    }

    /// `file` is nil for a shell.
    private func begin(
        _ file: ProjectPath?,
        of project: Project,
        _ input: RunInput,
        _ setup: RunSetup,
        _ reader: Reader
    ) throws -> Run {
        let started = now()
        let id = try database.write { db in
            try RunsStore.insert(project: project.id, user: reader.account.id, file: file, at: started, in: db)
        }
        let starter = reader.account.id
        let run = Run(id: id, project: project.id, file: file, starter: starter, started: started, state: .starting)
        let entry = ActiveRun(run: run, of: project, for: reader)
        active.withLock { $0[id] = entry }
        publish(run)
        let refusal = OwnThread.start { [self] in
            conduct(entry, input, setup)
        }
        if refusal != nil { finish(entry, RunEnding(kind: .fault, message: RunnerFault.busy.words)) }
        return entry.run
    }

    /// Throws `Problem` when there are as many runs of this kind as there may be, in all or of this person.
    private func reserve(
        of all: Int,
        _ own: Int,
        _ kind: String,
        _ reader: Reader,
        where isOfThatKind: (ActiveRun) -> Bool
    ) throws {
        let runs = active.withLock { Array($0.values) }.filter(isOfThatKind)
        guard runs.count < all else {
            throw Problem(.serviceUnavailable, RunnerFault.busy.words, headers: ["Retry-After": "5"])
        }
        guard runs.count(where: { $0.owner == reader.account.id }) < own else {
            throw Problem(
                .tooManyRequests,
                "You have \(own) \(kind), which is the most at one time. End one first.",
                headers: ["Retry-After": "5"]
            )
        }
    }

    // MARK: The thread of a run

    private func conduct(_ entry: ActiveRun, _ input: RunInput, _ setup: RunSetup) {
        do {
            finish(entry, try follow(entry, input, setup))
        } catch let fault as RunnerFault {
            var log = log
            log[metadataKey: "run"] = .stringConvertible(entry.id)
            log.warning("run failed", metadata: ["fault": .string(String(describing: fault))])
            finish(entry, RunEnding(kind: .fault, message: fault.words))
        } catch {
            log.error("run failed", metadata: ["run": .stringConvertible(entry.id), "error": .string("\(error)")])
            finish(entry, RunEnding(kind: .fault))
        }
    }

    private func follow(_ entry: ActiveRun, _ input: RunInput, _ setup: RunSetup) throws -> RunEnding {
        guard let session = try open(entry, input, setup) else { return RunEnding(kind: .cancelled) }
        defer { session.close() }
        let project = entry.project
        var pace = Pace(bytesPerSecond: entry.run.isTerminal ? limits.rate.terminal : limits.rate.run)
        var files = ReturningFiles(
            copy,
            project: project.id,
            reader: entry.reader,
            limit: entry.run.isTerminal ? limits.returnedBytes.terminal : limits.returnedBytes.run,
            log: log
        )
        // Whoever cancelled before the runner knew the run has left word here; whoever does from now on reaches it.
        if entry.isCancelled { _ = try client.cancel(session.run) }
        while let event = try session.nextEvent() {
            switch event {
            case .started(let phase):
                if let run = entry.setRunning() { publish(run) }
                if phase == .run { try pass(on: entry) }
            case .output(_, let bytes):
                show(bytes, of: entry)
                pace.wait(bytes.count)
            case .stepped: break
            case .changed(let change):
                if let note = files.take(change) { show(Array("\r\n\(note)\r\n".utf8), of: entry) }
            case .finished(let outcome):
                // The workspace learns which of its files the project has now.
                if files.hasChanged { carrier.carry(project, for: entry.reader) }
                return RunEnding(outcome)
            }
        }
        throw RunnerFault.lost("The events ended without an outcome.")
    }

    /// Hands the run to the runner; nil when it was cancelled before that.
    private func open(_ entry: ActiveRun, _ input: RunInput, _ setup: RunSetup) throws -> RunSession? {
        let project = entry.project
        for isLast in [false, false, true] {
            let listing = try texts.listing(of: project.id, for: .run(entry.reader))
            let request = RunRequest(
                run: RunID(UInt64(entry.id.rawValue)),
                workspace: entry.workspace,
                language: project.language,
                program: entry.run.file.map { file in setup.command.map { .command($0) } ?? .file(file) } ?? .shell,
                arguments: entry.run.isTerminal ? [] : setup.arguments,
                variables: setup.variables,
                input: input,
                limits: entry.run.isTerminal ? limits.terminal : limits.run,
                files: listing.manifest
            )
            if entry.isCancelled { return nil }
            do {
                return try client.start(request) { path in try listing.bytes(of: path) }
            } catch is ProjectTexts.Missing where !isLast {
                // Another program replaced a file since it was listed.
            }
        }
        return nil
    }

    private func show(_ bytes: [UInt8], of entry: ActiveRun) {
        let offset = entry.append(bytes)
        hub.publish("run/\(entry.id)", RunOutput.message(offset: offset, bytes))
    }

    /// Sends what was typed while the program was being started.
    private func pass(on entry: ActiveRun) throws {
        let id = RunID(UInt64(entry.id.rawValue))
        while case let held = entry.takeHeld(), !held.bytes.isEmpty || held.size != nil {
            if let size = held.size { _ = try client.resize(id, rows: size.rows, columns: size.columns) }
            if !held.bytes.isEmpty { _ = try client.send(input: held.bytes, to: id) }
        }
    }

    // MARK: Edits beside terminals

    /// Carries edits into the workspaces where a terminal is open, on a thread of its own, as long as the process lives.
    public func carryEdits(of changed: ChangedProjects) {
        OwnThread.start { [self] in
            while true {
                for project in changed.take() { carryEdits(of: project) }
            }
        }
    }

    private func carryEdits(of id: Project.ID) {
        let open = active.withLock { active in
            active.values.first { $0.project.id == id && $0.run.isTerminal && $0.run.state == .running }
        }
        if let open { carrier.carry(open.project, for: open.reader) }
    }

    private func finish(_ entry: ActiveRun, _ ending: RunEnding) {
        var log = log
        log[metadataKey: "run"] = .stringConvertible(entry.id)
        _ = persist(log, "the end of a run could not be stored yet") {
            let output = entry.output
            try database.write { db in
                try RunsStore.finish(entry.id, ending, in: db)
                if !entry.run.isTerminal { try RunsStore.setOutput(output, of: entry.id, in: db) }
            }
        }
        let run = entry.finish(ending)
        active.withLock { $0[entry.id] = nil }
        publish(run)
    }

    private func publish(_ run: Run) {
        guard let message = try? RunJSON(run).enveloped() else { return }
        hub.publish("run/\(run.id)", message)
        hub.publish("project/\(run.project)", message)
    }

    // MARK: Taking part

    /// No bytes at all say that somebody is there.
    func send(_ bytes: [UInt8], to run: Run) throws {
        let entry = active.withLock { $0[run.id] }
        entry?.use()
        guard !bytes.isEmpty else { return }
        if let entry, entry.hold(bytes) { return }
        try reaching {
            guard try client.send(input: bytes, to: RunID(UInt64(run.id.rawValue))) else { throw Self.over }
        }
    }

    func resize(_ run: Run, rows: Int, columns: Int) throws {
        let size = WindowSize(rows: rows, columns: columns)
        if let entry = active.withLock({ $0[run.id] }), entry.hold(size) { return }
        try reaching { _ = try client.resize(RunID(UInt64(run.id.rawValue)), rows: size.rows, columns: size.columns) }
    }

    func cancel(_ run: Run) throws {
        active.withLock { $0[run.id] }?.cancel()
        try reaching { _ = try client.cancel(RunID(UInt64(run.id.rawValue))) }
    }

    private static let over = Problem(.conflict, "This program has ended.")

    private func reaching(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let fault as RunnerFault {
            log.warning("the runner can't be reached", metadata: ["fault": .string(String(describing: fault))])
            throw Problem(.serviceUnavailable, fault.words)
        }
    }

    // MARK: The ticker

    /// Starts the ticker. It runs as long as the process.
    public func startTicker() {
        OwnThread.start { [self] in
            var second = 0
            while true {
                tick(second)
                second += 1
                Pause.seconds(1)
            }
        }
    }

    private func tick(_ second: Int) {
        let entries = active.withLock { Array($0.values) }
        do {
            for entry in entries {
                guard let output = entry.takeUnstored() else { continue }
                try database.write { db in
                    if entry.run.state == .running { try RunsStore.setRunning(entry.id, in: db) }
                    try RunsStore.setOutput(output, of: entry.id, in: db)
                }
            }
            guard second % 4 == 0 else { return }
            for entry in entries where entry.run.isTerminal {
                if entry.idle > limits.terminalIdle {
                    try cancel(entry.run)
                } else if entry.isNewlyIdle(for: limits.terminalIdle - limits.terminalNotice) {
                    publish(entry.run)
                }
            }
            let ids = entries.map(\.id)
            if !ids.isEmpty { try database.write { db in try RunsStore.setAlive(ids, at: now(), in: db) } }
            try endAbandoned()
        } catch {
            log.warning("the state of runs could not be stored", metadata: ["error": .string("\(error)")])
        }
    }

    /// Ends, in the books, the runs of site processes that are gone.
    private func endAbandoned() throws {
        let oldest = now().addingTimeInterval(-limits.silence)
        let mine = Set(active.withLock { Array($0.keys) })
        let runs = try database.read { db in try RunsStore.abandoned(since: oldest, in: db) }
        for var run in runs where !mine.contains(run.id) {
            let ending = RunEnding(kind: .interrupted)
            try database.write { db in try RunsStore.finish(run.id, ending, in: db) }
            run.state = .finished
            run.ending = ending
            publish(run)
        }
    }
}
