import Dispatch
import Glibc
public import Projects
import Synchronization

/// Projects whose files have changed, for whoever carries that into their workspaces.
public final class ChangedProjects: Sendable {
    private let projects = Mutex<Set<Project.ID>>([])
    private let bell = DispatchSemaphore(value: 0)

    /// None yet.
    public init() {}

    /// Adds one; never waits.
    public func insert(_ project: Project.ID) {
        if projects.withLock({ $0.insert(project).inserted }) { bell.signal() }
    }

    /// Waits until there are some, gathers for a moment what else changes, and takes them away.
    func take() -> Set<Project.ID> {
        bell.wait()
        usleep(Self.moment)
        return projects.withLock { projects in
            defer { projects = [] }
            return projects
        }
    }

    /// Microseconds: somebody who types changes a file several times a second.
    private static let moment: UInt32 = 300_000
}
