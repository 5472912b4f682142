import AgentProtocol
import CProcess
import Glibc

/// The way in for another runner, while the agent has none: one end of a connection, ready at a number that runners know.
/// A runner takes it out of this process (pidfd_getfd(2)), which the kernel allows to root outside and to nobody in the
/// container: programs are another user without capabilities. So there is nothing to listen at, and nothing to crowd.
final class Door {
    /// Our end.
    let descriptor: Int32
    /// Until when somebody may come.
    let deadline: ContinuousClock.Instant
    private var isOpen = true

    /// Nil when it can't be made.
    init?(patience: Duration) {
        var ours: Int32 = -1
        var theirs: Int32 = -1
        guard carrel_open_pair(&ours, &theirs) == 0 else { return nil }
        descriptor = ours
        deadline = .now + patience
        let place = fcntl(theirs, F_DUPFD_CLOEXEC, AgentCommand.door)
        Glibc.close(theirs)
        guard place == AgentCommand.door else {
            if place >= 0 { Glibc.close(place) }
            isOpen = false
            Glibc.close(ours)
            return nil
        }
    }

    /// Nobody else can come in, and the end of who is in here is noticed.
    func shut() {
        if isOpen { close(AgentCommand.door) }
        isOpen = false
    }
}
