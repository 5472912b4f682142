import AgentProtocol
import Logging
import RunProtocol
import UnixSocket

/// Where a run is, and how it is ended there when that is no use to its client any more.
struct RunPlace {
    /// How long an agent may take for what needs no program: an answer to `prepare`, the end of a killed run.
    static let patience = Duration.seconds(6)
    /// How long it may take to remove what a run left; a new container takes a third of it.
    private static let cleaning = Duration.seconds(1)

    let workspace: Workspace
    let number: UInt32
    let mailbox: RunMailbox
    let shelf: WorkspaceShelf
    let log: Logger

    /// Does what `body` does. A container that turns out to be of no use by that is removed.
    func guarding(_ body: () throws -> Void) throws(RunnerFault) {
        do {
            try body()
        } catch let fault as RunnerFault {
            throw fault
        } catch {
            workspace.end(.lost("the container's stream broke"))
            shelf.discard(workspace)
            throw .lost("the container's stream broke")
        }
    }

    /// Nobody wants the run: ends it, and waits until it is over so that its slot is really free.
    func abandon() throws {
        try workspace.channel.send(.kill(number))
        if try !drain() { throw lose() }
    }

    /// Waits for the end of a killed run, whose last reports nobody wants. False when it does not come.
    func drain() throws(AgentChannel.Broken) -> Bool {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            guard let ready = try? Poll.readable([mailbox.descriptor], until: deadline), ready[0] else {
                return false
            }
            let letters = mailbox.take()
            if letters.contains(where: \.isLast) { return true }
            let weight = letters.reduce(0) { $0 + $1.weight }
            if weight > 0 { try workspace.channel.send(.taken(number, weight)) }
        }
    }

    /// Has everything removed that the run, which is over, may have left in its container, and tells what may come next.
    /// False when something is left.
    func clean(expecting launch: AgentLaunch?) -> Bool {
        let deadline = ContinuousClock.now + Self.cleaning
        guard (try? workspace.channel.send(.clean(number, expecting: launch))) != nil else { return false }
        while let ready = try? Poll.readable([mailbox.descriptor], until: deadline), ready[0] {
            for letter in mailbox.take() {
                switch letter {
                case .report(.cleaned(_, let isClean)): return isClean
                case .fault, .memoryEnded: return false
                case .report: continue
                }
            }
        }
        return false
    }

    /// How a run ended whose container ended for want of memory. What it used of the processor nobody can tell any more.
    func outOfMemory(_ phase: RunOutcome.Phase, since began: ContinuousClock.Instant) -> RunOutcome {
        let memory = workspace.memory.map { ByteCount(bytes: $0) } ?? shelf.configuration.workspaceLimits.memory
        return RunOutcome(ending: .outOfMemory, phase: phase, wall: .now - began, cpu: .zero, memory: memory)
    }

    /// The agent does not answer: its container is of no use to anybody.
    func lose() -> RunnerFault {
        let fault = RunnerFault.lost("the agent does not answer")
        log.error("An agent does not answer", metadata: ["workspace": "\(workspace.name)"])
        workspace.end(fault)
        shelf.discard(workspace)
        return fault
    }
}
