import AgentProtocol
import Glibc
import Languages
import Logging
import RunProtocol
import Threads
import UnixSocket

/// All live workspaces: finds the one of a project or starts it, stops the idle ones, keeps to the cap.
///
/// A container passes through these hands: `spares` (made ahead), `starting` (one thread makes or takes it, others that
/// want it wait), `live` or `jobs`, and the graveyard, a list of ids that are removed until the Engine agrees that they
/// are gone. An id is in one of them from the moment the Engine gave it, so nothing of ours is ever forgotten while this
/// runner lives; what an earlier runner left is found by its label (`takeOver`).
final class WorkspaceShelf: Sendable {
    enum Entry {
        case starting
        case live(Workspace)
    }

    struct State {
        var entries: [Workspace.Key: Entry] = [:]
        /// Jobs' containers, by their ids: those in use, which the slots bound, and those in `used`.
        var jobs: [String: Workspace] = [:]
        var graveyard: Set<String> = []
        var isStopping = false
        var takeover = Takeover.due
    }

    /// How a container's stream begins.
    enum Greeting {
        /// With the version of the protocol that its agent speaks.
        case version(UInt64)
        /// After the right version, with what its agent has for another runner.
        case left(AgentLegacy)
        /// With its end.
        case ended
    }

    /// How long a container may take until its agent speaks.
    private static let startPatience = Duration.seconds(12)
    /// How long a container may take to be gone when its agent has ended.
    private static let endPatience = Duration.seconds(1)
    let engine: Engine
    let configuration: RunnerConfiguration
    let homes: Homes?
    let life: String
    /// Hears of a workspace that outlived an earlier runner, and of the runs in it.
    let takeOn: @Sendable (Workspace, AgentLegacy, WorkspaceShelf) -> Void
    let log: Logger
    let state = Monitor(State())
    let spares: Spares
    let used: UsedContainers

    init(
        engine: Engine,
        configuration: RunnerConfiguration,
        homes: Homes?,
        life: String,
        log: Logger,
        takeOn: @escaping @Sendable (Workspace, AgentLegacy, WorkspaceShelf) -> Void
    ) {
        self.engine = engine
        self.takeOn = takeOn
        self.homes = homes
        self.configuration = configuration
        self.life = life
        self.log = log
        spares = Spares(total: configuration.spares, memory: configuration.spareMemory)
        used = UsedContainers(total: configuration.usedContainers)
    }

    /// The live workspaces.
    var live: [Workspace] {
        state.withLock { state in
            state.entries.values.compactMap { if case .live(let workspace) = $0 { workspace } else { nil } }
        }
    }

    /// The workspace with this key, started if need be and entered: the caller must `leave` it.
    func enter(_ key: Workspace.Key, _ language: Language, as role: AgentRole) throws(RunnerFault) -> Workspace {
        do throws(EngineFault) {
            try takeOver()
        } catch {
            throw .engineUnavailable(error.description)
        }
        let deadline = ContinuousClock.now + Self.startPatience + .seconds(3)
        enum Found {
            case live(Workspace)
            case room(evicted: Workspace?)
        }
        while true {
            let found = try state.wait(until: deadline) { state throws(RunnerFault) -> Found? in
                guard !state.isStopping else { throw .stopping }
                switch state.entries[key] {
                case .live(let workspace): return .live(workspace)
                case .starting: return nil
                case nil: break
                }
                let evicted = try makeRoom(&state)
                state.entries[key] = .starting
                return .room(evicted: evicted)
            }
            switch found {
            case nil: throw .engineUnavailable("a container takes too long to start")
            case .live(let workspace):
                if workspace.enter(as: role) { return workspace }
                // It is ending; the thread that ends it takes it off the shelf next.
                discard(workspace)
            case .room(let evicted):
                if let evicted { remove(evicted.container) }
                return try make(key, language, as: role)
            }
        }
    }

    /// The workspace with this key if there is one, entered: the caller must `leave` it.
    func enterLive(_ key: Workspace.Key?) -> Workspace? {
        let entry = state.withLock { state in key.flatMap { state.entries[$0] } }
        guard case .live(let workspace)? = entry, workspace.enter() else { return nil }
        return workspace
    }

    /// A container for one run, which nothing ran in before but jobs of this person: the caller must `discard` it, or
    /// `keep` it if it is clean again.
    func job(_ language: Language, for owner: UsedContainers.Key?) throws(RunnerFault) -> Workspace {
        let workspace: Workspace
        if let kept = owner.flatMap(used.take) {
            workspace = kept
        } else {
            workspace = try unused(language, isJob: true)
        }
        workspace.countJob()
        let isStopping = state.withLock { state in
            if !state.isStopping { state.jobs[workspace.container] = workspace }
            return state.isStopping
        }
        guard !isStopping else {
            workspace.end(.stopping)
            bury(workspace.container)
            throw .stopping
        }
        return workspace
    }

    /// Keeps a job's container, which was cleaned, for another one of the same person.
    func keep(_ workspace: Workspace, for owner: UsedContainers.Key) {
        for surplus in used.keep(workspace, for: owner) { giveUp(surplus) }
        // Its stream may have ended before it was there to be forgotten.
        if workspace.isEnding { used.remove(workspace) }
    }

    /// Changes what a container may use of memory.
    func setMemory(_ memory: UInt64, of workspace: Workspace) throws(RunnerFault) {
        guard workspace.memory != memory else { return }
        workspace.memory = memory
        do throws(EngineFault) {
            try engine.setMemory(memory, of: workspace.container)
        } catch {
            throw .engineUnavailable(error.description)
        }
    }

    /// Takes the workspace idle for longest off a full shelf. Throws `busy` when all are in use.
    private func makeRoom(_ state: inout State) throws(RunnerFault) -> Workspace? {
        guard state.entries.count >= configuration.workspaces else { return nil }
        let idle = state.entries.values.compactMap { entry -> Workspace? in
            guard case .live(let workspace) = entry, workspace.occupation.runs == 0 else { return nil }
            return workspace
        }
        for workspace in idle.sorted(by: { $0.occupation.idleSince < $1.occupation.idleSince })
        where workspace.endIfIdle() {
            if let key = workspace.key { state.entries[key] = nil }
            state.graveyard.insert(workspace.container)
            return workspace
        }
        throw .busy
    }

    private func make(
        _ key: Workspace.Key,
        _ language: Language,
        as role: AgentRole
    ) throws(RunnerFault) -> Workspace {
        do throws(RunnerFault) {
            let workspace = try unused(language, isJob: false)
            do throws(RunnerFault) {
                try give(workspace, to: key)
            } catch {
                workspace.end(error)
                bury(workspace.container)
                throw error
            }
            let isStopping = state.withLock { state in
                state.entries[key] = state.isStopping ? nil : .live(workspace)
                return state.isStopping
            }
            guard !isStopping, workspace.enter(as: role) else {
                let fault = isStopping ? RunnerFault.stopping : .containerEnded
                workspace.end(fault)
                bury(workspace.container)
                throw fault
            }
            return workspace
        } catch {
            state.withLock { $0.entries[key] = nil }
            throw error
        }
    }

    /// Makes a container that is nobody's a project's.
    private func give(_ workspace: Workspace, to key: Workspace.Key) throws(RunnerFault) {
        let process: ContainerProcess?
        do throws(EngineFault) {
            process = ContainerProcess(try engine.process(of: workspace.container), of: workspace.container)
        } catch {
            throw .engineUnavailable(error.description)
        }
        // In a sandbox with a kernel of its own nothing can be reached from outside: there the home is the container's
        // own, and ends with the runner.
        guard let process else { return workspace.adopt(key, nil) }
        workspace.adopt(key, try homes?.lay(key, into: workspace, process))
        secure(workspace, key)
    }

    /// A container that nothing ran in and that is nobody's yet: one that waits, or a new one.
    private func unused(_ language: Language, isJob: Bool) throws(RunnerFault) -> Workspace {
        if let spare = spares.take(Spares.Use(language: language.id, isJob: isJob)) { return spare }
        return try start(language)
    }

    /// Starts a container that is nobody's yet.
    func start(_ language: Language) throws(RunnerFault) -> Workspace {
        var container: String?
        do {
            guard let image = try engine.image(language: language.id) else { throw RunnerFault.imageMissing }
            let limits = Launch.workspaceLimits(language, configuration.workspaceLimits)
            let spec = ContainerSpec(
                image: image.Id,
                labels: [
                    ContainerSpec.instanceLabel: configuration.instance,
                    ContainerSpec.lifeLabel: life,
                    "carrel.language": language.id,
                ],
                limits: limits,
                runtime: language.runtime ?? configuration.runtime
            )
            let id = try engine.create(spec)
            container = id
            let (stream, first) = try engine.attach(id)
            let workspace = Workspace(container: id, channel: AgentChannel(stream), memory: limits.memory.bytes)
            let hello = listen(to: workspace, first)
            try engine.start(id)
            guard case .version(let version) = hello.wait(until: .now + Self.startPatience, { $0 }) else {
                workspace.end(.lost("its agent does not speak"))
                throw RunnerFault.engineUnavailable("the agent of a new container does not speak")
            }
            guard version == AgentCommand.version else {
                workspace.end(.imageMissing)
                log.error("The image has an agent of another version", metadata: ["language": "\(language.id)"])
                throw RunnerFault.imageMissing
            }
            return workspace
        } catch {
            if let container { bury(container) }
            switch error {
            case let fault as RunnerFault: throw fault
            case let fault as EngineFault: throw .engineUnavailable(fault.description)
            default: throw .engineUnavailable("\(error)")
            }
        }
    }

    /// Reads the workspace's stream on a thread of its own until it ends. Gives what its agent begins with.
    func listen(to workspace: Workspace, _ first: [UInt8]) -> Monitor<Greeting?> {
        let hello = Monitor<Greeting?>(nil)
        let log = log
        let refusal = OwnThread.start { [self] in
            workspace.channel.read(first: first, log: log) { report in
                switch report {
                case .hello(let version): hello.withLock { $0 = .version(version) }
                case .left(let legacy): hello.withLock { $0 = .left(legacy) }
                default: workspace.deliver(report)
                }
            }
            hello.withLock { $0 = $0 ?? .ended }
            // Freed memory counts a moment longer, and an agent that needs some then is all that is left to be ended.
            let memoryEnded = workspace.hasRuns && (try? engine.ranOutOfMemory(workspace.container)) == true
            workspace.end(.containerEnded, memoryEnded: memoryEnded)
            discard(workspace)
        }
        if refusal != nil { workspace.end(.engineUnavailable("there are no more threads")) }
        return hello
    }

    /// Takes a workspace that has ended off the shelf and removes its container, and its home if that is of no use.
    func discard(_ workspace: Workspace, withHome: Bool = false) {
        if let key = workspace.key {
            if withHome { homes?.remove(key) }
            state.withLock { state in
                if case .live(let entry) = state.entries[key], entry === workspace { state.entries[key] = nil }
            }
        } else if state.withLock({ $0.jobs.removeValue(forKey: workspace.container) }) == nil {
            spares.remove(workspace)
        } else {
            used.remove(workspace)
        }
        // The agent of a project's outlives its connection; others end with it.
        bury(workspace.container, patience: workspace.key == nil ? Self.endPatience : .zero)
    }

    /// Ends the workspaces of a project. False when it has none.
    func stop(_ id: WorkspaceID) -> Bool {
        let found = live.filter { $0.key?.workspace == id }
        for workspace in found {
            workspace.end(.lost("the workspace was stopped"))
            discard(workspace)
        }
        return !found.isEmpty
    }

    /// - Parameter patience: how long the container may take to end by itself, as its agent's connection has ended.
    func bury(_ container: String, patience: Duration = .zero) {
        state.withLock { _ = $0.graveyard.insert(container) }
        remove(container, patience: patience)
    }

    private func remove(_ container: String, patience: Duration = .zero) {
        do {
            // Asked to remove one that runs, the Engine starts a program that kills it: a tenth of what a job costs.
            guard patience == .zero || (try? engine.waitForRemoval(of: container, patience: patience)) == nil else {
                return state.withLock { _ = $0.graveyard.remove(container) }
            }
            try engine.remove(container)
            state.withLock { _ = $0.graveyard.remove(container) }
        } catch {
            log.warning("A container can't be removed yet", metadata: ["reason": "\(error)"])
        }
    }

    /// To be called every few seconds: tells the agents that somebody is there, stops the idle, removes the dead.
    func keepHouse() {
        do {
            try takeOver()
        } catch {
            log.warning("The Engine does not answer", metadata: ["reason": "\(error)"])
        }
        homes?.tidy()
        for workspace in used.takeOld() { giveUp(workspace) }
        for workspace in live {
            let (runs, idleSince) = workspace.occupation
            if runs == 0, idleSince + configuration.idle < .now, workspace.endIfIdle() {
                log.info("A workspace was stopped as idle", metadata: ["workspace": "\(workspace.name)"])
                discard(workspace)
            } else {
                try? workspace.channel.send(.ping)
            }
        }
        let jobs = state.withLock { Array($0.jobs.values) }
        for workspace in spares.all + jobs { try? workspace.channel.send(.ping) }
        for container in state.withLock({ Array($0.graveyard) }) { remove(container) }
    }

    /// Ends everything: runs end with `stopping`, containers are removed, eight at a time.
    func stopAll() {
        let jobs = state.withLock { state in
            state.isStopping = true
            return Array(state.jobs.values)
        }
        let all = live + jobs + spares.stop()
        for workspace in all { workspace.end(.stopping) }
        let left = Monitor((containers: all.map(\.container), working: 8))
        for _ in 0..<8 {
            OwnThread.start { [engine] in
                while let container = left.withLock({ $0.containers.popLast() }) { try? engine.remove(container) }
                left.withLock { $0.working -= 1 }
            }
        }
        let deadline = ContinuousClock.now + .seconds(4)
        _ = left.wait(until: deadline) { $0.working == 0 ? true : nil }
        // An agent that ended at the same moment makes the Engine remove its container on its own; wait for that, too.
        while ContinuousClock.now < deadline, let rest = try? engine.containers(instance: configuration.instance),
            !rest.isEmpty
        {
            usleep(20_000)
        }
    }
}
