import AgentProtocol
import Languages
public import Logging
import RunProtocol
import Synchronization
import Threads
import UnixSocket

// Theory of operation
//
// The only privileged process of Carrel. It listens on one Unix socket, speaks RunProtocol with site processes of one
// user, and speaks to the Engine; it reads no database, opens no network, and forks nothing.
//
//   site ──socket──► ClientConnection, one thread each
//                      ├─ a run:  RunConversation: Slots ► WorkspaceShelf ► files ► launch ► events
//                      ├─ a run that outlived another runner: Survivors ► events
//                      └─ short requests: RunRegistry (input, resize, cancel), status, stop a workspace
//   WorkspaceShelf ──Engine API──► containers ◄──mounts── Homes
//   Workspace ◄──attached stream──► agent: one reading thread each, which puts letters into the RunMailbox of a run
//   housekeeping thread: pings agents, stops idle workspaces, removes what the Engine did not remove at once
//
// What holds:
//  1. A request names ids and project paths. Images, commands, limits, mounts come from the configuration, the
//     catalogue and `ContainerSpec`; limits of a request can only lower.
//  2. One connection is one run. Its end, for whatever reason, ends the run before the slot is given back.
//  3. Everything is bounded: connections, slots, the queue for them, workspaces, frames, the output on its way.
//  4. A thread that waits for a client never holds up another run: agents' streams are read by threads that only put
//     letters into boxes, and boxes are bounded by the agents' windows.
//  5. No container is forgotten: agents end when their input does, workspaces a minute later unless another runner takes
//     them over; the next runner finds what is left by label, and every container of this life stays on a list until
//     the Engine says that it is gone.

/// The runner, from its configuration to its end.
public final class Runner: Sendable {
    private static let idleConnection = Duration.seconds(60)
    /// How long who asks for what an earlier runner may have left waits until that is known.
    private static let takeoverPatience = Duration.seconds(12)

    let configuration: RunnerConfiguration
    let shelf: WorkspaceShelf
    let slots: Slots
    /// Places for shells, which last long and mostly wait: they take none from programs.
    let terminals: Slots
    /// Places for what languages have to answer questions: that lasts long, too.
    let servers: Slots
    private let engine: Engine
    private let catalogue: LanguageCatalogue
    private let registry: RunRegistry
    private let survivors: Survivors
    private let listener: UnixListener
    private let log: Logger
    private let connections = Monitor(0)
    private let isStopping = Monitor(false)

    /// Reads the catalogue and opens the socket. Throws when that can't be done.
    public init(_ configuration: RunnerConfiguration, log: Logger) throws {
        self.configuration = configuration
        catalogue = try LanguageCatalogue(directory: configuration.languages)
        self.log = log
        let engine = Engine(socket: configuration.engineSocket)
        self.engine = engine
        slots = Slots(total: configuration.slots, queue: configuration.queue)
        terminals = Slots(total: configuration.terminals, queue: 0)
        servers = Slots(total: configuration.servers, queue: 0)
        registry = RunRegistry()
        survivors = Survivors(
            registry: registry,
            slots: { [slots, terminals, servers] role in Self.slots(for: role, slots, terminals, servers) },
            patience: configuration.outlive / 2,
            log: log
        )
        let homes = try configuration.homes.map { try Homes(folder: $0, log: log) }
        shelf = WorkspaceShelf(
            engine: engine,
            configuration: configuration,
            homes: homes,
            life: String(UInt64.random(in: .min ... .max), radix: 36),
            log: log,
            takeOn: survivors.takeOn
        )
        listener = try UnixListener(path: configuration.socket, mode: 0o660, group: configuration.allowedGroup)
    }

    /// Serves on threads of its own until `stop`. `failed` is called when no more connections can be accepted.
    public func serve(failed: @escaping @Sendable (any Error) -> Void) {
        OwnThread.start { [self] in
            repeat { shelf.keepHouse() } while isStopping.wait(until: .now + .seconds(5), { $0 ? true : nil }) == nil
        }
        OwnThread.start { [shelf, catalogue] in shelf.keepSpares(of: catalogue.languages) }
        OwnThread.start { [self] in
            do {
                while let stream = try listener.accept() { admit(stream) }
            } catch {
                failed(error)
            }
        }
        log.info("The runner is ready", metadata: ["socket": "\(configuration.socket)"])
    }

    /// Ends runs and containers; takes at most about five seconds.
    public func stop() {
        log.info("The runner is stopping")
        isStopping.withLock { $0 = true }
        listener.close()
        shelf.stopAll()
        // The runs' threads still have to tell their clients.
        _ = connections.wait(until: .now + .milliseconds(300)) { $0 == 0 ? true : nil }
    }

    private func admit(_ stream: UnixStream) {
        let connection = ClientConnection(stream)
        guard let peer = try? stream.peer(), peer.user == configuration.allowedUser || peer.user == 0 else {
            log.warning(
                "A process of another user was refused",
                metadata: ["user": "\((try? stream.peer())?.user ?? 0)"]
            )
            return connection.close(with: .refused)
        }
        let hasRoom = connections.withLock { count -> Bool in
            guard count < configuration.connections else { return false }
            count += 1
            return true
        }
        guard hasRoom else { return connection.close(with: .busy) }
        let refusal = OwnThread.start { [self] in
            serve(ClientConnection(stream))
            connections.withLock { $0 -= 1 }
        }
        if refusal != nil {
            connections.withLock { $0 -= 1 }
            connection.close(with: .busy)
        }
    }

    private func serve(_ connection: ClientConnection) {
        do {
            guard case .hello(let version) = try connection.receive(patience: .seconds(5)) else {
                throw RunnerFault.protocolViolation("the first frame is not a hello")
            }
            guard version == ClientFrame.version else {
                throw RunnerFault.protocolViolation("this runner speaks version \(ClientFrame.version)")
            }
            while try answer(try connection.receive(patience: Self.idleConnection), on: connection) {}
        } catch let fault as RunnerFault {
            log.info("A connection ended with a fault", metadata: ["fault": "\(fault)"])
            connection.close(with: fault)
        } catch {
            // The client is gone; that is its good right.
        }
    }

    /// Serves one frame. False when the connection was a run and is over.
    private func answer(_ frame: ClientFrame, on connection: ClientConnection) throws -> Bool {
        switch frame {
        case .start(let request):
            try run(request, on: connection)
            return false
        case .resume(let run, let position):
            try resume(run, from: position, on: connection)
            return false
        case .input(let run, let bytes): try reply(find(run)?.input(bytes) ?? false, on: connection)
        case .resize(let run, let size): try reply(find(run)?.resize(size) ?? false, on: connection)
        case .cancel(let run):
            let handle = find(run)
            handle?.cancel()
            try reply(handle != nil, on: connection)
        case .stopWorkspace(let workspace):
            _ = shelf.waitForTakeover(until: .now + Self.takeoverPatience)
            try reply(shelf.stop(workspace), on: connection)
        case .status: try connection.send(.status(status()), patience: Self.idleConnection)
        case .workspaceLife(let workspace):
            let life = shelf.life(of: workspace, stoppingAfter: configuration.idle)
            try connection.send(.workspaceLife(life), patience: Self.idleConnection)
        case .hello, .file: throw RunnerFault.protocolViolation("a frame came out of turn")
        }
        return true
    }

    /// A live run, be it one that outlived an earlier runner.
    private func find(_ run: RunID) -> RunHandle? {
        if let handle = registry[run] { return handle }
        _ = shelf.waitForTakeover(until: .now + Self.takeoverPatience)
        return registry[run]
    }

    private func reply(_ found: Bool, on connection: ClientConnection) throws(RunnerFault) {
        try connection.send(.answer(found), patience: Self.idleConnection)
    }

    private func run(_ request: RunRequest, on connection: ClientConnection) throws {
        guard let language = catalogue[request.language.text] else { throw RunnerFault.unknownLanguage }
        if case .check = request.program, language.check == nil {
            throw RunnerFault.protocolViolation("this language has no check")
        }
        if case .format = request.program, language.format == nil {
            throw RunnerFault.protocolViolation("this language has no formatter")
        }
        if case .server = request.program, language.server == nil {
            throw RunnerFault.protocolViolation("this language has no server")
        }
        guard let mailbox = try? RunMailbox() else { throw RunnerFault.busy }
        let takesInput = if case .text = request.input { false } else { true }
        let handle = RunHandle(mailbox, takesInput: takesInput) { [slots] in slots.look() }
        guard registry.add(handle, as: request.run) else {
            throw RunnerFault.protocolViolation("a run of that name is alive")
        }
        defer { registry.remove(handle, as: request.run) }
        var log = log
        log[metadataKey: "run"] = "\(request.run)"
        let conversation = RunConversation(
            request: request,
            language: language,
            connection: connection,
            runner: self,
            handle: handle,
            forget: { [registry] in registry.remove(handle, as: request.run) },
            log: log
        )
        try conversation.serve()
    }

    /// Where a run of this role has its place.
    func slots(for role: AgentRole) -> Slots { Self.slots(for: role, slots, terminals, servers) }

    private static func slots(for role: AgentRole, _ programs: Slots, _ shells: Slots, _ servers: Slots) -> Slots {
        switch role {
        case .program: programs
        case .shell: shells
        case .server: servers
        }
    }

    /// Takes a run up again that an earlier runner started.
    private func resume(_ run: RunID, from position: UInt64, on connection: ClientConnection) throws {
        guard shelf.waitForTakeover(until: .now + Self.takeoverPatience) else {
            throw RunnerFault.engineUnavailable("it is not known yet what an earlier runner left")
        }
        guard let survivor = survivors.take(run) else {
            throw RunnerFault.lost("the run did not outlive its runner")
        }
        defer { survivors.release(survivor) }
        var log = log
        log[metadataKey: "run"] = "\(run)"
        let place = survivor.place(shelf, log)
        let link = RunLink(connection: connection, place: place) { [registry] in
            registry.remove(survivor.handle, as: run)
        }
        try place.guarding {
            // The largest number has a meaning of its own.
            try survivor.workspace.channel.send(.resume(survivor.run.number, from: min(position, .max - 1)))
            // A client that is gone again is noticed by `follow`, which ends the run.
            try? connection.send(.answer(true), patience: Self.idleConnection)
            try link.follow(survivor.run)
        }
    }

    /// What `RunnerClient.status` gives.
    private func status() -> RunnerStatus {
        var description: RunnerStatus.Engine?
        if let version = try? engine.version(), let info = try? engine.info() {
            description = RunnerStatus.Engine(
                version: version.Version,
                remapsUsers: (info.SecurityOptions ?? []).contains { $0.hasPrefix("name=userns") },
                runtimes: (info.Runtimes ?? [:]).keys.sorted(),
                runtime: configuration.runtime ?? info.DefaultRuntime ?? "runc",
                cgroupVersion: info.CgroupVersion ?? "1"
            )
        }
        let languages = catalogue.languages.compactMap { language -> RunnerStatus.Language? in
            guard let id = LanguageID(language.id) else { return nil }
            let image = description == nil ? nil : (try? engine.image(language: language.id)) ?? nil
            return RunnerStatus.Language(
                id: id,
                image: image?.Id,
                version: image?.Config?.Labels?["carrel.version"],
                size: ByteCount(bytes: image?.Size ?? 0)
            )
        }
        let workspaces = shelf.live.compactMap { workspace -> RunnerStatus.Workspace? in
            guard let key = workspace.key else { return nil }
            let (runs, idleSince) = workspace.occupation
            return RunnerStatus.Workspace(
                id: key.workspace,
                language: key.language,
                runs: runs,
                idle: runs > 0 ? .zero : idleSince.duration(to: .now)
            )
        }
        let (running, waiting) = slots.counts
        return RunnerStatus(
            engine: description,
            languages: languages.sorted { $0.id.text < $1.id.text },
            workspaces: workspaces.sorted { $0.id.value < $1.id.value },
            slots: slots.total,
            running: running,
            waiting: waiting,
            runCeiling: configuration.runCeiling,
            workspaceLimits: configuration.workspaceLimits,
            keepsHomes: configuration.homes != nil
        )
    }
}
