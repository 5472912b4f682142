import AgentProtocol
import Languages
import Logging
import RunProtocol
import UnixSocket

/// One run from its request to its outcome, on the thread of its connection.
///
/// Waits only in `listen`, for the agent's letters and for the client's connection at once: a client that goes away
/// ends its run wherever it is. Whatever happens, the slot, the workspace and the run's name are given back in the
/// reverse order in which they were taken, and nothing of the run is left in the workspace by then; where that can't be
/// had, the workspace goes too.
struct RunConversation {
    private enum Wait {
        case letters([RunMailbox.Letter])
        case clientGone
        case timeout
    }

    /// How long an agent may take for what needs no program: an answer to `prepare`, the end of a killed run.
    private static let agentPatience = Duration.seconds(6)
    /// How long a client may take to send the next piece of a file, or to take output.
    private static let clientPatience = Duration.seconds(60)
    /// Output is acknowledged to the agent in portions of this many bytes.
    private static let portion = AgentCommand.window / 4

    let request: RunRequest
    let language: Language
    let connection: ClientConnection
    let runner: Runner
    let handle: RunHandle
    /// Takes the run's name away: before its client hears of the end, so that who has heard of it finds no run.
    let forget: () -> Void
    let log: Logger

    /// Serves the run. A fault is for the client.
    func serve() throws(RunnerFault) {
        // Laying files down takes no slot: it is over at once, and what runs already should not wait for it.
        if case .nothing = request.program {
            guard let workspace = runner.shelf.enterLive(key) else { return try finishCancelled() }
            return try serve(in: workspace)
        }
        let patience = ContinuousClock.now + runner.configuration.patience
        let slots = if case .shell = request.program { runner.terminals } else { runner.slots }
        guard try slots.take(until: patience, isWanted: { !handle.isCancelled }) else {
            return try finishCancelled()
        }
        defer { slots.giveBack() }
        try serve(in: try enter())
    }

    private func serve(in workspace: Workspace) throws(RunnerFault) {
        defer { leave(workspace) }
        let number = try workspace.add(handle.mailbox)
        defer { workspace.remove(number) }
        do {
            try serve(in: workspace, number)
        } catch let fault as RunnerFault {
            // A program may have made its home useless: full, without rights, a folder in a file's place. Nobody could
            // do anything about it from outside, so the next run gets another one, unless somebody works in this.
            if case .filesRefused = fault, workspace.occupation.runs == 1 {
                workspace.end(fault)
                runner.shelf.discard(workspace, withHome: true)
            }
            throw fault
        } catch {
            workspace.end(.lost("the container's stream broke"))
            runner.shelf.discard(workspace)
            throw .lost("the container's stream broke")
        }
    }

    /// Nil for a job.
    private var key: Workspace.Key? {
        request.workspace.map { Workspace.Key(workspace: $0, language: request.language) }
    }

    private func enter() throws(RunnerFault) -> Workspace {
        if let key { try runner.shelf.enter(key, language) } else { try runner.shelf.job(language) }
    }

    private func leave(_ workspace: Workspace) {
        if request.workspace == nil {
            workspace.end(.lost("the job is over"))
            runner.shelf.discard(workspace)
        } else {
            workspace.home?.save()
            workspace.leave()
        }
    }

    private func finishCancelled() throws(RunnerFault) {
        let outcome = RunOutcome(ending: .cancelled, phase: .run, wall: .zero, cpu: .zero, memory: ByteCount(0))
        forget()
        try connection.send(.event(.finished(outcome)), patience: Self.clientPatience)
    }

    private func serve(in workspace: Workspace, _ number: UInt32) throws {
        let channel = workspace.channel
        // A start shows the project as it is; what merely comes in beside running programs takes nothing from them.
        let keepsChanges = request.program == .nothing
        // What waits there needs memory itself: with less than that no limit could be set.
        if Launch.isTight(request, limits) { try channel.send(.expect(nil)) }
        workspace.home?.have(request.files.lazy.map(\.path.text))
        try channel.send(.prepare(number, Launch.files(request), keepsChanges: keepsChanges))
        try handle.settle(in: workspace, as: number)
        switch listen(until: .now + Self.agentPatience) {
        case .clientGone: return try abandon(workspace, number)
        case .timeout: throw lose(workspace)
        case .letters(let letters):
            guard case .report(.needs(_, let needs))? = letters.first else {
                if case .report(.finished)? = letters.first { return try finishCancelled() }
                throw fault(in: letters.first) ?? lose(workspace)
            }
            guard let launch = try bring(needs, workspace, number) else {
                return letters.contains(where: \.isLast) ? () : try abandon(workspace, number)
            }
            if case .nothing = request.program {
                // A run that is ended before it is started leaves its files where they are.
                try abandon(workspace, number)
                return try finishCancelled()
            }
            try setMemory(Launch.phase(0, of: launch), workspace)
            try channel.send(.launch(number, launch))
            if let job = Launch.usual(job: launch, request, language) { runner.shelf.note(job: job, language) }
            try follow(launch, workspace, number, Array(letters.dropFirst()))
        }
    }

    /// Passes the files on that the agent asked for. Nil when the client went away or did not keep to the manifest.
    private func bring(_ needs: [Int], _ workspace: Workspace, _ number: UInt32) throws -> AgentLaunch? {
        try connection.send(.needs(needs), patience: Self.clientPatience)
        for index in needs {
            guard request.files.indices.contains(index) else { throw lose(workspace) }
            var left = request.files[index].size.bytes
            var isComplete = false
            while !isComplete {
                guard let frame = try? connection.receive(patience: Self.clientPatience),
                    case .file(index, let bytes, let last) = frame, UInt64(bytes.count) <= left
                else { return nil }
                left -= UInt64(bytes.count)
                guard !last || left == 0 else { return nil }
                try workspace.channel.send(.file(number, index, bytes, last: last))
                isComplete = last
            }
        }
        return Launch.command(request, language, limits)
    }

    private var limits: RunLimits {
        Launch.limits(request, language, ceiling: runner.configuration.runCeiling)
    }

    /// Gives a job's container the memory that a phase may use.
    private func setMemory(_ phase: RunOutcome.Phase, _ workspace: Workspace) throws(RunnerFault) {
        let limits = limits
        guard request.workspace == nil, limits.memory != nil || limits.compileMemory != nil else { return }
        let most = Launch.workspaceLimits(language, runner.configuration.workspaceLimits).memory
        try runner.shelf.setMemory(Launch.memory(phase, limits, most: most).bytes, of: workspace)
    }

    /// Passes on what happens until the run is over.
    private func follow(
        _ launch: AgentLaunch,
        _ workspace: Workspace,
        _ number: UInt32,
        _ first: [RunMailbox.Letter]
    ) throws {
        // The agent keeps the limits; this is for an agent that does not.
        let deadline = ContinuousClock.now + launch.steps.reduce(Self.agentPatience) { $0 + $1.wall }
        var letters = first
        var untaken = 0
        var changes = ChangeReader()
        while true {
            var events = EventJoiner()
            for letter in letters {
                untaken += letter.weight
                switch letter {
                case .fault(let fault): throw fault
                case .report(.started(_, let step)): events.add(.started(Launch.phase(step, of: launch)))
                case .report(.output(_, let stream, let bytes)):
                    events.add(.output(stream == 0 ? .output : .error, bytes))
                case .report(.stepped(_, let result)):
                    events.add(.stepped(Launch.outcome(result, of: launch)))
                    if launch.steps[min(result.step + 1, launch.steps.count - 1)].waits {
                        try setMemory(.run, workspace)
                        try workspace.channel.send(.proceed(number))
                    }
                case .report(.changed(_, let change)):
                    let step = changes.read(change)
                    // The agent knows before the client does: what the client then says of the file comes after it.
                    if let note = step.note {
                        workspace.home?.add(note.path)
                        try workspace.channel.send(.noted(number, path: note.path, digest: note.digest))
                    }
                    if let change = step.change { events.add(.changed(change)) }
                case .report(.finished(_, let result)):
                    events.add(.finished(Launch.outcome(result, of: launch)))
                case .report(.refused), .report(.unstartable), .report(.needs), .report(.hello):
                    throw fault(in: letter) ?? lose(workspace)
                }
            }
            for event in events.finish() {
                if case .finished = event { forget() }
                do {
                    try connection.send(.event(event), patience: Self.clientPatience)
                } catch {
                    return letters.contains(where: \.isLast) ? () : try abandon(workspace, number)
                }
                if case .finished = event { return }
            }
            if untaken >= Self.portion {
                try workspace.channel.send(.taken(number, untaken))
                untaken = 0
            }
            switch listen(until: deadline) {
            case .letters(let next): letters = next
            case .clientGone: return try abandon(workspace, number)
            case .timeout:
                try workspace.channel.send(.kill(number))
                guard try drain(workspace, number) else { throw lose(workspace) }
                throw RunnerFault.lost("the agent did not end a run in time")
            }
        }
    }

    /// The client is gone: ends the run, and waits until it is over so that its slot is really free.
    private func abandon(_ workspace: Workspace, _ number: UInt32) throws {
        try workspace.channel.send(.kill(number))
        if try !drain(workspace, number) { throw lose(workspace) }
    }

    /// Waits for the end of a killed run, whose last reports nobody wants. False when it does not come.
    private func drain(_ workspace: Workspace, _ number: UInt32) throws(AgentChannel.Broken) -> Bool {
        let deadline = ContinuousClock.now + Self.agentPatience
        while true {
            guard let ready = try? Poll.readable([handle.mailbox.descriptor], until: deadline), ready[0] else {
                return false
            }
            let letters = handle.mailbox.take()
            if letters.contains(where: \.isLast) { return true }
            let weight = letters.reduce(0) { $0 + $1.weight }
            if weight > 0 { try workspace.channel.send(.taken(number, weight)) }
        }
    }

    /// The agent does not answer: its container is of no use to anybody.
    private func lose(_ workspace: Workspace) -> RunnerFault {
        let fault = RunnerFault.lost("the agent does not answer")
        log.error("An agent does not answer", metadata: ["workspace": "\(workspace.name)"])
        workspace.end(fault)
        runner.shelf.discard(workspace)
        return fault
    }

    private func fault(in letter: RunMailbox.Letter?) -> RunnerFault? {
        switch letter {
        case .fault(let fault): return fault
        case .report(.refused(_, let words)): return .filesRefused(words)
        case .report(.unstartable(_, let words)): return .lost("the program could not be started: \(words)")
        default: return nil
        }
    }

    /// Waits for letters. A client must be silent now, so anything from it means that it is gone.
    private func listen(until deadline: ContinuousClock.Instant) -> Wait {
        while true {
            guard let ready = try? Poll.readable([handle.mailbox.descriptor, connection.descriptor], until: deadline)
            else { return .clientGone }
            if ready[0] {
                let letters = handle.mailbox.take()
                if !letters.isEmpty { return .letters(letters) }
            } else {
                return ready[1] ? .clientGone : .timeout
            }
        }
    }
}

/// Joins neighbouring pieces of output of one stream, so that a flood costs few frames.
struct EventJoiner {
    private var events: [RunEvent] = []
    private var open: (stream: RunStream, bytes: [UInt8])?

    mutating func add(_ event: RunEvent) {
        guard case .output(let stream, let bytes) = event else {
            close()
            return events.append(event)
        }
        if let current = open, current.stream != stream || current.bytes.count + bytes.count > RunEvent.maximumOutput {
            close()
        }
        if open == nil { open = (stream, []) }
        open?.bytes.append(contentsOf: bytes)
    }

    mutating func finish() -> [RunEvent] {
        close()
        return events
    }

    private mutating func close() {
        if let open { events.append(.output(open.stream, open.bytes)) }
        open = nil
    }
}
