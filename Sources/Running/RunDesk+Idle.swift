import FoundationEssentials
import Projects
import Synchronization

/// The ends of what nobody uses any more.
extension RunDesk {
    /// Ends what runs in a project, and waits a moment for it.
    func cancelRuns(in project: Project.ID) {
        let entries = active.withLock { Array($0.values) }.filter { $0.project.id == project }
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
