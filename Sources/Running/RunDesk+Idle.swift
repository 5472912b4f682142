public import Accounts
import FoundationEssentials
public import Projects
import RunProtocol
public import SiteKit
import Synchronization

/// The ends of what nobody uses any more, or may use.
extension RunDesk {
    /// Ends what runs in a workspace, and waits a moment for it.
    func cancelRuns(in workspace: WorkspaceID) {
        cancel { $0.workspace == workspace }
    }

    /// Ends what runs in a project, or what this person runs there: they may not any more. Waits a moment for it.
    public func cancelRuns(in project: Project.ID, of person: Account.ID?) {
        cancel { $0.project.id == project && (person == nil || $0.owner == person) }
    }

    private func cancel(where isMeant: (ActiveRun) -> Bool) {
        let entries = active.withLock { Array($0.values) }.filter(isMeant)
        for entry in entries { try? cancel(entry.run) }
        for entry in entries { entry.wait(atMost: 2) }
    }

    /// When a terminal is closed unless it is used, if that is soon.
    func closes(_ run: Run) -> Date? {
        guard run.isTerminal, let entry = active.withLock({ $0[run.id] }) else { return nil }
        let left = limits.terminalIdle - entry.idle
        return left <= limits.terminalNotice ? now().addingTimeInterval(left / .seconds(1)) : nil
    }
}
