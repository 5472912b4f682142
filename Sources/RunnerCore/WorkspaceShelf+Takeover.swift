import AgentProtocol
import Glibc
import Logging
import RunProtocol
import Threads
import UnixSocket

/// Taking over what an earlier runner left behind.
///
/// Whose a container is, its name says, which only those can give it who may speak with the Engine: an agent is asked for
/// the runs in its container, and for nothing that another project would have to believe. A container without such a name
/// is a job's or was nobody's, and is removed; so is one whose agent is not waiting. While a container is being taken
/// over its place is `starting`, so that its project gets no second one, whose home would be on the same disk.
extension WorkspaceShelf {
    /// How far this is.
    enum Takeover {
        /// The Engine was not asked yet, or did not answer.
        case due
        /// A thread is asking it.
        case asking
        /// It is known what there is, and so many containers are being taken over.
        case known(Int)
    }

    /// How long an agent may take until it waits at its door and has said what it has.
    private static let takeoverPatience = Duration.seconds(8)

    /// Makes known to the next runner whose container this is, and has its agent wait for that runner.
    func secure(_ workspace: Workspace, _ key: Workspace.Key) {
        // The Engine writes the name to its disk; nobody has to wait for that.
        OwnThread.start { [engine, configuration, log] in
            do {
                try engine.name(workspace.container, key.name(of: workspace.container, configuration.instance))
                try workspace.channel.send(.outlive(configuration.outlive))
            } catch {
                log.warning("A workspace will not outlive the runner", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// Finds out what an earlier runner left behind, once, and sees to it on threads of its own. Comes back when it is
    /// known what there is; throws when the Engine doesn't tell.
    func takeOver() throws(EngineFault) {
        let isMine = state.wait(until: .now + .seconds(20)) { state -> Bool? in
            switch state.takeover {
            case .due:
                state.takeover = .asking
                return true
            case .asking: return nil
            case .known: return false
            }
        }
        guard let isMine else { throw .unavailable("it takes too long to tell its containers") }
        guard isMine else { return }
        let left: [Engine.Container]
        do {
            left = try engine.containers(instance: configuration.instance)
        } catch {
            state.withLock { $0.takeover = .due }
            throw error
        }
        var found: [Workspace.Key: String] = [:]
        for container in left where container.Labels?[ContainerSpec.lifeLabel] != life {
            let key = container.Names?.lazy.compactMap { name in
                Workspace.Key(name: name, of: container.Id, self.configuration.instance)
            }.first
            if let key, found[key] == nil {
                found[key] = container.Id
            } else {
                log.notice("A container of an earlier runner is removed")
                state.withLock { _ = $0.graveyard.insert(container.Id) }
            }
        }
        state.withLock { state in
            for key in found.keys { state.entries[key] = .starting }
            state.takeover = .known(found.count)
        }
        for (key, container) in found {
            let refusal = OwnThread.start { [self] in takeOver(container, key) }
            if refusal != nil { settle(key, nil, container) }
        }
    }

    /// Waits until it is certain which workspaces and runs of an earlier runner go on. False when that was not to be known
    /// before this deadline.
    func waitForTakeover(until deadline: ContinuousClock.Instant) -> Bool {
        state.wait(until: deadline) { if case .known(0) = $0.takeover { true } else { nil } } ?? false
    }

    private func takeOver(_ container: String, _ key: Workspace.Key) {
        let deadline = ContinuousClock.now + Self.takeoverPatience
        guard let stream = door(of: container, until: deadline) else { return settle(key, nil, container) }
        let workspace = Workspace(container: container, channel: AgentChannel(stream, isDirect: true), memory: nil)
        workspace.adopt(key, homes?.home(of: key))
        let greeting = listen(to: workspace, [])
        try? workspace.channel.send(.claim)
        let legacy = greeting.wait(until: deadline) { greeting -> AgentLegacy?? in
            switch greeting {
            case .left(let legacy): .some(legacy)
            case .version(AgentCommand.version), nil: nil
            case .version, .ended: .some(nil)
            }
        }
        guard let legacy = legacy ?? nil else {
            workspace.end(.lost("its agent does not answer another runner"))
            return settle(key, nil, container)
        }
        takeOn(workspace, legacy, self)
        settle(key, workspace, container)
        log.notice(
            "A workspace of an earlier runner is taken over",
            metadata: ["workspace": "\(key.workspace)", "runs": "\(legacy.runs.count)"]
        )
    }

    /// An agent notices the end of its runner a moment later.
    private func door(of container: String, until deadline: ContinuousClock.Instant) -> UnixStream? {
        while ContinuousClock.now < deadline {
            guard let number = try? engine.process(of: container),
                let process = ContainerProcess(number, of: container)
            else { return nil }
            if let stream = process.door() { return stream }
            usleep(50_000)
        }
        return nil
    }

    /// The end of one takeover: with a workspace, or without.
    private func settle(_ key: Workspace.Key, _ workspace: Workspace?, _ container: String) {
        let isLive = state.withLock { state in
            if case .known(let count) = state.takeover { state.takeover = .known(count - 1) }
            state.entries[key] = nil
            // One that ended meanwhile was not on the shelf to be taken off.
            guard let workspace, !workspace.isEnding, !state.isStopping else { return false }
            state.entries[key] = .live(workspace)
            return true
        }
        guard !isLive else { return }
        log.notice("A container of an earlier runner is removed")
        bury(container)
    }
}

extension Workspace.Key {
    /// The name of a container that belongs to this project: what it says is true of this container only.
    func name(of container: String, _ instance: String) -> String {
        "carrel.\(instance).\(workspace).\(language).\(container.prefix(12))"
    }

    /// Whose a container is, by its name; nil when that is no such name, or another container's.
    init?(name: String, of container: String, _ instance: String) {
        let words = name.drop { $0 == "/" }.split(separator: ".")
        guard words.count == 5, let workspace = UInt64(words[2]), let language = LanguageID(String(words[3])) else {
            return nil
        }
        self.init(workspace: WorkspaceID(workspace), language: language)
        guard name.drop(while: { $0 == "/" }) == self.name(of: container, instance)[...] else { return nil }
    }
}
