import Accounts
import Dispatch
import Projects
import RunProtocol
import SiteKit
import Synchronization

/// A run of this process that has not ended, or has just ended.
final class ActiveRun: Sendable {
    let id: Run.ID
    let project: Project
    let reader: Reader

    /// Where it runs; stays what it was when whoever started it becomes something else in the project.
    var workspace: WorkspaceID { WorkspaceID(of: project, for: owner) }

    /// Who started it.
    var owner: Account.ID { reader.account.id }

    private struct State {
        var run: Run
        var output: RunOutput
        /// When something was last printed or typed.
        var used = ContinuousClock.now
        /// Whether it was told since then that it is idle.
        var isToldIdle = false
        /// Whether something changed since the last write to the database.
        var isUnstored = true
        /// Whether somebody wants it to end, perhaps before the runner has heard of it.
        var isCancelled = false
        /// Whether the program is there to take input; what is typed before that is held.
        var isListening = false
        var held: [UInt8] = []
        var heldSize: WindowSize?
    }

    /// Bytes of input that are held for a program that is still starting; what is more is dropped, as a terminal does.
    private static let heldLimit = 65_536

    private let state: Mutex<State>
    private let end = DispatchGroup()

    init(run: Run, of project: Project, for reader: Reader) {
        id = run.id
        self.project = project
        self.reader = reader
        state = Mutex(State(run: run, output: run.isTerminal ? RunOutput(headLimit: 0) : RunOutput()))
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
            state.used = .now
            state.isToldIdle = false
            return offset
        }
    }

    /// How long nothing was printed or typed.
    var idle: Duration { state.withLock { $0.used.duration(to: .now) } }

    /// Something was typed.
    func use() {
        state.withLock { state in
            state.used = .now
            state.isToldIdle = false
        }
    }

    /// Whether nothing was printed or typed for so long; true once, until something is.
    func isNewlyIdle(for time: Duration) -> Bool {
        state.withLock { state in
            guard !state.isToldIdle, state.used.duration(to: .now) >= time else { return false }
            state.isToldIdle = true
            return true
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

    /// Whether somebody wants it to end.
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func cancel() {
        state.withLock { $0.isCancelled = true }
    }

    /// Keeps input for later; false when the program is there to take it.
    func hold(_ bytes: [UInt8]) -> Bool {
        state.withLock { state in
            guard !state.isListening else { return false }
            state.held += bytes.prefix(Self.heldLimit - state.held.count)
            return true
        }
    }

    /// Keeps a window size for later; false when the program is there to be told.
    func hold(_ size: WindowSize) -> Bool {
        state.withLock { state in
            guard !state.isListening else { return false }
            state.heldSize = size
            return true
        }
    }

    /// What was held since the last call. The call that finds nothing ends the holding, so that no input overtakes.
    func takeHeld() -> (bytes: [UInt8], size: WindowSize?) {
        state.withLock { state in
            let held = (state.held, state.heldSize)
            if state.held.isEmpty && state.heldSize == nil { state.isListening = true }
            state.held = []
            state.heldSize = nil
            return held
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
            guard state.isUnstored, !state.run.isTerminal, state.run.state != .finished else { return nil }
            state.isUnstored = false
            return state.output
        }
    }
}
