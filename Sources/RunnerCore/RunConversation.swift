import AgentProtocol
import Languages
import Logging
import RunProtocol

/// One run from its request to its outcome, on the thread of its connection.
///
/// A client that goes away ends its run wherever it is (`RunLink` listens to both sides). Whatever happens, the slot, the
/// workspace and the run's name are given back in the reverse order in which they were taken, and nothing of the run is
/// left in the workspace by then; where that can't be had, the workspace goes too.
struct RunConversation {
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
        let slots = runner.slots(for: role)
        guard try slots.take(until: patience, isWanted: { !handle.isCancelled }) else {
            return try finishCancelled()
        }
        defer { slots.giveBack() }
        try serve(in: try enter())
    }

    private func serve(in workspace: Workspace) throws(RunnerFault) {
        var isClean = false
        defer { leave(workspace, isClean: isClean) }
        let number = try workspace.add(handle.mailbox)
        defer { workspace.remove(number) }
        let place = RunPlace(
            workspace: workspace,
            number: number,
            mailbox: handle.mailbox,
            shelf: runner.shelf,
            log: log
        )
        let link = RunLink(connection: connection, place: place, forget: forget)
        do throws(RunnerFault) {
            try place.guarding { try serve(link) }
            if let owner, runner.shelf.used.clean(workspace, for: owner) {
                isClean = place.clean(expecting: another)
                if !isClean { runner.shelf.used.giveUp(owner) }
            }
        } catch {
            // A program may have made its home useless: full, without rights, a folder in a file's place. Nobody could
            // do anything about it from outside, so the next run gets another one, unless somebody works in this.
            if case .filesRefused = error, workspace.isOnlyFor(role) {
                workspace.end(error)
                runner.shelf.discard(workspace, withHome: true)
            }
            throw error
        }
    }

    private var role: AgentRole { Launch.role(of: request.program) }

    /// Nil for a job.
    private var key: Workspace.Key? {
        request.workspace.map { Workspace.Key(workspace: $0, language: request.language) }
    }

    private func enter() throws(RunnerFault) -> Workspace {
        guard let key else { return try runner.shelf.job(language, for: owner) }
        return try runner.shelf.enter(key, language, as: role)
    }

    /// Whose other jobs may follow this one in its container; nil for nobody's.
    private var owner: UsedContainers.Key? {
        request.person.map { UsedContainers.Key(person: $0, language: request.language) }
    }

    /// What a person's next job most likely is: one that begins as this one did. Nil when nothing can be started ahead.
    private var another: AgentLaunch? {
        if Launch.isTight(request, limits) { return nil }
        return Launch.usual(job: Launch.command(request, language, limits), request, language)
    }

    private func leave(_ workspace: Workspace, isClean: Bool) {
        if let owner, isClean {
            runner.shelf.keep(workspace, for: owner)
        } else if request.workspace == nil {
            workspace.end(.lost("the job is over"))
            runner.shelf.discard(workspace)
        } else {
            workspace.home?.save()
            workspace.leave(as: role)
        }
    }

    private func finishCancelled() throws(RunnerFault) {
        let outcome = RunOutcome(ending: .cancelled, phase: .run, wall: .zero, cpu: .zero, memory: ByteCount(0))
        forget()
        try connection.send(.event(.finished(outcome), at: 0), patience: RunLink.clientPatience)
    }

    private func serve(_ link: RunLink) throws {
        let (workspace, number, channel) = (link.place.workspace, link.place.number, link.place.workspace.channel)
        // A start shows the project as it is; what merely comes in beside running programs takes nothing from them.
        let keepsChanges = request.program == .nothing
        // What waits there needs memory itself: with less than that no limit could be set.
        if Launch.isTight(request, limits) { try channel.send(.expect(nil)) }
        workspace.home?.have(request.files.lazy.map(\.path.text))
        try channel.send(.prepare(number, Launch.files(request), keepsChanges: keepsChanges))
        try handle.settle(in: workspace, as: number)
        switch link.listen(until: .now + RunPlace.patience) {
        case .clientGone: return try link.place.abandon()
        case .timeout: throw link.place.lose()
        case .letters(let letters):
            guard case .report(.needs(_, let needs))? = letters.first else {
                if case .report(.finished)? = letters.first { return try finishCancelled() }
                throw link.fault(in: letters.first) ?? link.place.lose()
            }
            guard let launch = try bring(needs, link) else {
                return letters.contains(where: \.isLast) ? () : try link.place.abandon()
            }
            if case .nothing = request.program {
                // A run that is ended before it is started leaves its files where they are.
                try link.place.abandon()
                return try finishCancelled()
            }
            try setMemory(Launch.phase(0, of: launch.steps.count), workspace)
            try channel.send(.launch(number, launch))
            if let job = Launch.usual(job: launch, request, language) { runner.shelf.note(job: job, language) }
            try link.follow(AgentSurvivor(number, launch), Array(letters.dropFirst())) { step in
                guard launch.steps.indices.contains(step), launch.steps[step].waits else { return }
                try setMemory(.run, workspace)
                try channel.send(.proceed(number))
            }
        }
    }

    /// Passes the files on that the agent asked for. Nil when the client went away or did not keep to the manifest.
    private func bring(_ needs: [Int], _ link: RunLink) throws -> AgentLaunch? {
        try connection.send(.needs(needs), patience: RunLink.clientPatience)
        for index in needs {
            guard request.files.indices.contains(index) else { throw link.place.lose() }
            var left = request.files[index].size.bytes
            var isComplete = false
            while !isComplete {
                guard let frame = try? connection.receive(patience: RunLink.clientPatience),
                    case .file(index, let bytes, let last) = frame, UInt64(bytes.count) <= left
                else { return nil }
                left -= UInt64(bytes.count)
                guard !last || left == 0 else { return nil }
                try link.place.workspace.channel.send(.file(link.place.number, index, bytes, last: last))
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
        guard request.workspace == nil else { return }
        let most = Launch.workspaceLimits(language, runner.configuration.workspaceLimits).memory
        try runner.shelf.setMemory(Launch.memory(phase, limits, most: most).bytes, of: workspace)
    }
}
