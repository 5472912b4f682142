public import RunProtocol
import Synchronization
import UnixSocket

/// One run as its starter sees it. The run lives as long as this connection: `close`, or letting go of the session,
/// kills it.
public final class RunSession: Sendable {
    /// The run's name.
    public let run: RunID
    private let connection: RunnerConnection
    private let state: Mutex<State>

    private struct State {
        var first: RunEvent?
        var isFinished = false
    }

    init(_ run: RunID, _ connection: RunnerConnection, first: RunEvent?) {
        self.run = run
        self.connection = connection
        state = Mutex(State(first: first))
    }

    deinit { connection.close() }

    /// Waits for the next event; nil after `finished`. For one thread at a time.
    ///
    /// Throws `RunnerFault` when the run was lost for a reason that is ours, and `unreachable` after `close`.
    public func nextEvent() throws -> RunEvent? {
        let (first, isFinished) = state.withLock { state in
            defer { state.first = nil }
            return (state.first, state.isFinished)
        }
        if isFinished { return nil }
        if let first { return noted(first) }
        switch try connection.receive(until: nil) {
        case .event(let event): return noted(event)
        case .fault(let fault): throw fault
        case .needs, .answer, .status, .workspaceLife:
            throw RunnerFault.protocolViolation("the runner sent something else than an event")
        }
    }

    /// Ends the connection and with it the run, if it still lives. May be called from any thread; wakes `nextEvent`.
    public func close() {
        connection.close()
    }

    private func noted(_ event: RunEvent) -> RunEvent {
        if case .finished = event { state.withLock { $0.isFinished = true } }
        return event
    }
}
