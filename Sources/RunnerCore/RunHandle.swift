import AgentProtocol
import RunProtocol
import Synchronization

/// A live run as other connections reach it: for input, a new size, the end.
final class RunHandle: Sendable {
    private struct State {
        var place: (workspace: Workspace, number: UInt32)?
        var early: [AgentCommand] = []
        var earlyBytes = 0
        var isCancelled = false
    }

    /// Bytes of commands kept for a run that has no workspace yet; what comes above that is dropped.
    private static let maximumEarly = 256 * 1024
    let mailbox: RunMailbox
    private let takesInput: Bool
    private let wake: @Sendable () -> Void
    private let state = Mutex(State())

    init(_ mailbox: RunMailbox, takesInput: Bool, wake: @escaping @Sendable () -> Void) {
        self.mailbox = mailbox
        self.takesInput = takesInput
        self.wake = wake
    }

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// The run has its place; what was said to it before is said now, in its order.
    func settle(in workspace: Workspace, as number: UInt32) throws(AgentChannel.Broken) {
        while true {
            let early = state.withLock { state -> [AgentCommand]? in
                if state.early.isEmpty {
                    state.place = (workspace, number)
                    return nil
                }
                defer { state.early = [] }
                return state.early
            }
            guard let early else { break }
            for command in early { try workspace.channel.send(command.for(number)) }
        }
        if isCancelled { try workspace.channel.send(.kill(number)) }
    }

    /// False when the run takes no input.
    func input(_ bytes: [UInt8]) -> Bool {
        guard takesInput else { return false }
        // A server keeps no workspace alive, but those who use it do.
        state.withLock { $0.place }?.workspace.use()
        send(.input(0, bytes))
        return true
    }

    /// False when the run takes no input; where there is no terminal nothing has a size.
    func resize(_ size: WindowSize) -> Bool {
        guard takesInput else { return false }
        send(.resize(0, rows: size.rows, columns: size.columns))
        return true
    }

    func cancel() {
        let place = state.withLock { state in
            state.isCancelled = true
            return state.place
        }
        wake()
        if let place { try? place.workspace.channel.send(.kill(place.number)) }
    }

    private func send(_ command: AgentCommand) {
        let place = state.withLock { state in
            if state.place == nil, state.earlyBytes < Self.maximumEarly {
                state.early.append(command)
                state.earlyBytes += command.weight
            }
            return state.place
        }
        // A broken channel ends the run anyway; its own connection says so.
        if let place { try? place.workspace.channel.send(command.for(place.number)) }
    }
}

extension AgentCommand {
    /// About how many bytes it takes to keep.
    fileprivate var weight: Int {
        if case .input(_, let bytes) = self { return bytes.count + 64 }
        return 64
    }

    /// The same command for another run.
    fileprivate func `for`(_ number: UInt32) -> AgentCommand {
        switch self {
        case .input(_, let bytes): return .input(number, bytes)
        case .resize(_, let rows, let columns): return .resize(number, rows: rows, columns: columns)
        case .prepare, .file, .launch, .kill, .taken, .proceed, .noted, .ping, .expect, .settle, .outlive, .claim,
            .resume, .forget, .clean:
            return self
        }
    }
}

/// All live runs by their ids.
final class RunRegistry: Sendable {
    private let runs = Mutex<[RunID: RunHandle]>([:])

    subscript(run: RunID) -> RunHandle? { runs.withLock { $0[run] } }

    /// False when a run of that id is alive.
    func add(_ handle: RunHandle, as run: RunID) -> Bool {
        runs.withLock { runs in
            guard runs[run] == nil else { return false }
            runs[run] = handle
            return true
        }
    }

    /// Forgets a run; a later one of the same id stays.
    func remove(_ handle: RunHandle, as run: RunID) {
        runs.withLock { runs in
            if runs[run] === handle { runs[run] = nil }
        }
    }
}
