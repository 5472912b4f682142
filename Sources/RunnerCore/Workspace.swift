import AgentProtocol
import Logging
import RunProtocol
import Synchronization

/// One live container and the runs in it. It begins as nobody's (see `Spares`) and is given to one project, for good.
final class Workspace: Sendable {
    /// Which container: one for each language used in a project.
    struct Key: Hashable, Sendable {
        var workspace: WorkspaceID
        var language: LanguageID
    }

    private struct State {
        var key: Key?
        var home: Home?
        var runs: [UInt32: RunMailbox] = [:]
        var lastNumber: UInt32 = 0
        /// Runs that have taken the workspace, with or without a mailbox yet.
        var users = 0
        /// Those beside them that keep it from nothing.
        var servers = 0
        var idleSince = ContinuousClock.now
        var ending: RunnerFault?
        var jobs = 0
        var firstJob: ContinuousClock.Instant?
        var memory: UInt64?

        init(memory: UInt64?) { self.memory = memory }
    }

    /// The Engine's id of the container.
    let container: String
    let channel: AgentChannel
    private let state: Mutex<State>

    /// - Parameter memory: what it was given of memory, in bytes; nil when an earlier runner gave it.
    init(container: String, channel: AgentChannel, memory: UInt64?) {
        self.container = container
        self.channel = channel
        state = Mutex(State(memory: memory))
    }

    /// Whose it is; nil while it is nobody's.
    var key: Key? { state.withLock { $0.key } }

    /// For the log.
    var name: String { key.map { "\($0.workspace)" } ?? "none" }

    /// The project's home in it, if that outlives the container; nil while it is nobody's, too.
    var home: Home? { state.withLock { $0.home } }

    /// Gives it to a project, whose home was laid into it if homes are kept. Once.
    func adopt(_ key: Key, _ home: Home?) {
        state.withLock { state in
            precondition(state.key == nil, "a container is never given to a second project")
            state.key = key
            state.home = home
        }
    }

    /// How many jobs have begun in it, and when the first of them did.
    var jobs: (count: Int, first: ContinuousClock.Instant?) { state.withLock { ($0.jobs, $0.firstJob) } }

    /// A job begins in it.
    func countJob() {
        state.withLock { state in
            state.jobs += 1
            state.firstJob = state.firstJob ?? .now
        }
    }

    /// In bytes, what it may use of memory; nil when only an earlier runner knew.
    var memory: UInt64? {
        get { state.withLock { $0.memory } }
        set { state.withLock { $0.memory = newValue } }
    }

    /// Whether nothing new may happen here.
    var isEnding: Bool { state.withLock { $0.ending != nil } }

    /// Whether anybody would be told of its end.
    var hasRuns: Bool { state.withLock { $0.ending == nil && !$0.runs.isEmpty } }

    /// Reserves the workspace for a run, so that it is not stopped as idle; a server only says that it is there. False
    /// when it is ending.
    func enter(as role: AgentRole = .program) -> Bool {
        state.withLock { state in
            guard state.ending == nil else { return false }
            if role == .server { state.servers += 1 } else { state.users += 1 }
            return true
        }
    }

    /// Ends a reservation.
    func leave(as role: AgentRole = .program) {
        state.withLock { state in
            if role == .server { return state.servers -= 1 }
            state.users -= 1
            state.idleSince = .now
        }
    }

    /// Somebody does something here.
    func use() {
        state.withLock { $0.idleSince = .now }
    }

    /// How many runs have it that keep it, and since when none has.
    var occupation: (runs: Int, idleSince: ContinuousClock.Instant) {
        state.withLock { ($0.users, $0.idleSince) }
    }

    /// Whether nobody else would miss it beside a run of this role. A server is no loss.
    func isOnlyFor(_ role: AgentRole) -> Bool {
        state.withLock { role == .server ? $0.users == 0 : $0.users == 1 }
    }

    /// Gives a run its number; letters for it go to this mailbox until `remove`. Throws when the workspace is ending.
    func add(_ mailbox: RunMailbox) throws(RunnerFault) -> UInt32 {
        try state.withLock { state throws(RunnerFault) in
            if let fault = state.ending { throw fault }
            state.lastNumber &+= 1
            state.runs[state.lastNumber] = mailbox
            return state.lastNumber
        }
    }

    /// Takes on what an earlier runner left in it: letters for these runs go to these mailboxes, and no new one gets a
    /// number that was given before.
    func takeOn(_ runs: [UInt32: RunMailbox], lastNumber: UInt32) {
        state.withLock { state in
            state.runs = runs
            state.lastNumber = lastNumber
        }
    }

    /// Forgets a run, and has the agent of a project's workspace forget it: others keep no run for a later runner.
    func remove(_ number: UInt32) {
        let isProjects = state.withLock { state in
            state.runs[number] = nil
            return state.key != nil
        }
        // With a broken channel there is nobody left who would remember.
        if isProjects { try? channel.send(.forget(number)) }
    }

    /// Hands a report to the run it is about. One about a run that was given up is dropped.
    func deliver(_ report: AgentReport) {
        guard let number = report.run else { return }
        state.withLock { $0.runs[number] }?.put(.report(report))
    }

    /// Nothing new may happen here, and what runs here ends with this fault. The first reason stays.
    ///
    /// - Parameter memoryEnded: whether programs were started here that are out of memory rather than lost.
    func end(_ fault: RunnerFault, memoryEnded: Bool = false) {
        let runs = state.withLock { state -> [RunMailbox] in
            guard state.ending == nil else { return [] }
            state.ending = fault
            return Array(state.runs.values)
        }
        for mailbox in runs { mailbox.put(memoryEnded ? .memoryEnded : .fault(fault)) }
        channel.close()
    }

    /// Ends it only if no run has it that keeps it. True when that was done.
    func endIfIdle() -> Bool {
        let fault = RunnerFault.lost("the workspace was stopped as idle")
        let servers = state.withLock { state -> [RunMailbox]? in
            guard state.users == 0, state.ending == nil else { return nil }
            state.ending = fault
            return Array(state.runs.values)
        }
        guard let servers else { return false }
        for mailbox in servers { mailbox.put(.fault(fault)) }
        channel.close()
        return true
    }
}

extension RunnerFault {
    /// What ends everything in a workspace whose container has ended by itself.
    static let containerEnded = RunnerFault.lost("the container ended")
}
