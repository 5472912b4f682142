import Glibc
public import RunProtocol
import Synchronization

/// One run as its starter sees it. The run lives as long as this session: `close`, or letting go of the session, kills
/// it.
///
/// When the connection breaks without a word, the runner may have been restarted; a run in a workspace goes on then, and
/// the next runner finds it. So the session connects again, for a while, and goes on where it was.
public final class RunSession: Sendable {
    /// The run's name.
    public let run: RunID
    private let path: String
    private let persistence: Duration
    private let state: Mutex<State>

    private struct State {
        var connection: RunnerConnection
        var first: RunEvent?
        /// What came with the last event.
        var position: UInt64 = 0
        var isFinished = false
        var isClosed = false
    }

    /// - Parameters:
    ///   - path: the runner's socket.
    ///   - persistence: how long it is looked for when the connection breaks; zero for a run that can't go on then.
    init(_ run: RunID, _ connection: RunnerConnection, first: RunEvent?, path: String, persistence: Duration) {
        self.run = run
        self.path = path
        self.persistence = persistence
        state = Mutex(State(connection: connection, first: first))
    }

    deinit { close() }

    /// Waits for the next event; nil after `finished`. For one thread at a time.
    ///
    /// Throws `RunnerFault` when the run was lost for a reason that is ours, and `unreachable` after `close`.
    public func nextEvent() throws -> RunEvent? {
        let (first, isFinished) = state.withLock { state in
            defer { state.first = nil }
            return (state.first, state.isFinished)
        }
        if isFinished { return nil }
        if let first { return noted(first, at: 0) }
        while true {
            do throws(RunnerFault) {
                switch try state.withLock({ $0.connection }).receive(until: nil) {
                case .event(let event, let position): return noted(event, at: position)
                case .fault(let fault): throw fault
                case .needs, .answer, .status, .workspaceLife:
                    throw RunnerFault.protocolViolation("the runner sent something else than an event")
                }
            } catch {
                guard case .unreachable = error else { throw error }
                try resume(after: error)
            }
        }
    }

    /// Connects again and goes on. Throws this fault when no runner is found in time, or the runner's when it doesn't know
    /// the run.
    private func resume(after fault: RunnerFault) throws(RunnerFault) {
        let (position, deadline) = (state.withLock { $0.position }, ContinuousClock.now + persistence)
        while ContinuousClock.now < deadline, !state.withLock({ $0.isClosed }) {
            do throws(RunnerFault) {
                let connection = try RunnerConnection(path: path)
                try connection.send(.resume(run, from: position))
                let answer = try connection.receive(until: deadline)
                if case .fault(let fault) = answer { throw fault }
                let isClosed = state.withLock { state in
                    state.connection = connection
                    return state.isClosed
                }
                // Whoever closed the session meanwhile closed the other connection.
                if isClosed { connection.close() }
                return
            } catch {
                switch error {
                case .unreachable, .engineUnavailable: usleep(100_000)
                default: throw error
                }
            }
        }
        throw fault
    }

    /// Ends the connection and with it the run, if it still lives. May be called from any thread; wakes `nextEvent`.
    public func close() {
        let connection = state.withLock { state in
            state.isClosed = true
            return state.connection
        }
        connection.close()
    }

    private func noted(_ event: RunEvent, at position: UInt64) -> RunEvent {
        state.withLock { state in
            state.position = position
            if case .finished = event { state.isFinished = true }
        }
        return event
    }
}
