import AgentProtocol
import Glibc
import Logging
import RunProtocol
import Synchronization
import Threads

/// Runs that outlived the runner which started them, until their clients ask for them again. They have their slots, their
/// names and their places in their workspaces; a run that nobody has asked for in time is ended.
final class Survivors: Sendable {
    /// One of them.
    struct Survivor {
        let run: AgentSurvivor
        let handle: RunHandle
        let workspace: Workspace
        let slots: Slots

        var id: RunID { RunID(run.name) }

        /// Where it is.
        func place(_ shelf: WorkspaceShelf, _ log: Logger) -> RunPlace {
            RunPlace(workspace: workspace, number: run.number, mailbox: handle.mailbox, shelf: shelf, log: log)
        }
    }

    private let waiting = Mutex<[RunID: Survivor]>([:])
    private let registry: RunRegistry
    private let slots: @Sendable (AgentRole) -> Slots
    private let patience: Duration
    private let log: Logger

    /// - Parameter patience: how long clients have to ask for their runs.
    init(
        registry: RunRegistry,
        slots: @escaping @Sendable (AgentRole) -> Slots,
        patience: Duration,
        log: Logger
    ) {
        self.registry = registry
        self.slots = slots
        self.patience = patience
        self.log = log
    }

    /// Takes on the runs in a workspace that was taken over.
    func takeOn(_ workspace: Workspace, _ legacy: AgentLegacy, _ shelf: WorkspaceShelf) {
        var mailboxes: [UInt32: RunMailbox] = [:]
        for run in legacy.runs {
            guard let mailbox = try? RunMailbox() else { return workspace.end(.busy) }
            mailboxes[run.number] = mailbox
        }
        workspace.takeOn(mailboxes, lastNumber: legacy.lastNumber)
        for run in legacy.runs {
            guard let mailbox = mailboxes[run.number], workspace.enter(as: run.role) else { continue }
            let handle = RunHandle(mailbox, takesInput: run.takesInput) {}
            let slots = slots(run.role)
            let survivor = Survivor(run: run, handle: handle, workspace: workspace, slots: slots)
            slots.takeAnyway()
            try? handle.settle(in: workspace, as: run.number)
            _ = registry.add(handle, as: survivor.id)
            waiting.withLock { $0[survivor.id] = survivor }
        }
        guard !legacy.runs.isEmpty else { return }
        OwnThread.start { [self] in
            usleep(useconds_t(patience / .microseconds(1)))
            for run in legacy.runs {
                if let survivor = take(RunID(run.name)) { end(survivor, shelf) }
            }
        }
    }

    /// Hands a run to its client's connection, which must `release` it. Nil when there is no such run, or no more.
    func take(_ run: RunID) -> Survivor? {
        waiting.withLock { $0.removeValue(forKey: run) }
    }

    /// Gives back what the run had.
    func release(_ survivor: Survivor) {
        registry.remove(survivor.handle, as: survivor.id)
        survivor.workspace.remove(survivor.run.number)
        survivor.workspace.home?.save()
        survivor.workspace.leave(as: survivor.run.role)
        survivor.slots.giveBack()
    }

    private func end(_ survivor: Survivor, _ shelf: WorkspaceShelf) {
        defer { release(survivor) }
        log.notice("A run that outlived its runner is ended: nobody asked for it", metadata: ["run": "\(survivor.id)"])
        let place = survivor.place(shelf, log)
        // A workspace that does not answer is discarded by this, and there is nobody to be told.
        try? place.guarding {
            try survivor.workspace.channel.send(.resume(survivor.run.number, from: .max))
            try place.abandon()
        }
    }
}
