import Accounts
import Dispatch
import Projects
import Synchronization

/// A run of this process that has not ended, or has just ended.
final class ActiveRun: Sendable {
    let id: Run.ID
    let owner: Account.ID

    private struct State {
        var run: Run
        var output = RunOutput()
        /// Whether something changed since the last write to the database.
        var isUnstored = true
    }

    private let state: Mutex<State>
    private let end = DispatchGroup()

    init(run: Run, owner: Account.ID) {
        id = run.id
        self.owner = owner
        state = Mutex(State(run: run))
        end.enter()
    }

    var run: Run { state.withLock { $0.run } }
    var output: RunOutput { state.withLock { $0.output } }

    /// Adds what was printed and says at which offset that begins.
    func append(_ bytes: [UInt8]) -> Int {
        state.withLock { state in
            let offset = state.output.length
            state.output.append(bytes)
            state.isUnstored = true
            return offset
        }
    }

    /// Notes that the program runs; nil when that was known (a compiler ran before it).
    func setRunning() -> Run? {
        state.withLock { state in
            guard state.run.state == .starting else { return nil }
            state.run.state = .running
            state.isUnstored = true
            return state.run
        }
    }

    func finish(_ ending: RunEnding) -> Run {
        defer { end.leave() }
        return state.withLock { state in
            state.run.state = .finished
            state.run.ending = ending
            return state.run
        }
    }

    func wait(atMost seconds: Double) {
        _ = end.wait(timeout: .now() + seconds)
    }

    /// The output, if it is not in the database as it stands.
    func takeUnstored() -> RunOutput? {
        state.withLock { state in
            guard state.isUnstored, state.run.state != .finished else { return nil }
            state.isUnstored = false
            return state.output
        }
    }
}
