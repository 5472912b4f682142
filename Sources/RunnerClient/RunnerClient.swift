public import RunProtocol
import UnixSocket
import Wire

/// Talks to the runner over its Unix socket. Blocking: one call, one thread, top to bottom.
///
/// Any number of threads may share one client. A run has a connection of its own (`RunSession`); everything else goes
/// over a few kept connections and names the run by its id, so any process of the site can reach any run.
public struct RunnerClient: Sendable {
    private let path: String
    private let persistence: Duration
    private let kept: KeptConnections

    /// A client for the runner that listens at `socketPath`. Nothing is connected until it is used.
    ///
    /// - Parameter persistence: how long runs look for another runner when theirs is gone. After half a minute runners
    ///   end those that nobody has asked for.
    public init(socketPath: String, persistence: Duration = .seconds(30)) {
        path = socketPath
        self.persistence = persistence
        kept = KeptConnections(path: socketPath)
    }

    /// Starts a run and brings the runner the files it asks for.
    ///
    /// `contents` is called for those files only, in no particular order; it must give exactly what the manifest's
    /// digest stands for, `ManifestEntry.size` bytes. Returns as soon as the files are on their way: what comes then,
    /// the compiler included, are events of the session. May wait for a free slot and for a cold workspace (together
    /// up to about 15 seconds). Throws `RunnerFault`, or what `contents` throws; the run does not exist then.
    public func start(_ request: RunRequest, contents: (ProjectPath) throws -> [UInt8]) throws -> RunSession {
        let connection = try RunnerConnection(path: path)
        try connection.send(.start(request))
        switch try connection.receive(until: nil) {
        case .needs(let indexes):
            for index in indexes {
                guard request.files.indices.contains(index) else {
                    throw RunnerFault.protocolViolation("the runner asked for a file that was not offered")
                }
                try connection.send(file: index, try contents(request.files[index].path))
            }
            return session(request, connection, first: nil)
        case .event(let event, _):
            return session(request, connection, first: event)
        case .fault(let fault):
            throw fault
        case .answer, .status, .workspaceLife:
            throw RunnerFault.protocolViolation("the runner answered a start with something else")
        }
    }

    private func session(_ request: RunRequest, _ connection: RunnerConnection, first: RunEvent?) -> RunSession {
        let goesOn = request.workspace != nil && request.program != .nothing
        return RunSession(
            request.run,
            connection,
            first: first,
            path: path,
            persistence: goesOn ? persistence : .zero
        )
    }

    /// Gives input to a run with a terminal, at most `ClientFrame.maximumChunk` bytes.
    ///
    /// While the runner is restarted this waits a moment for it. What was certainly not delivered is sent again, nothing is
    /// ever sent twice: where nobody can tell, `unreachable` is thrown.
    ///
    /// False when no such run is alive or it has no terminal. Input that the program does not read is kept up to
    /// 256 KiB, what comes above that is dropped, as a real terminal does.
    public func send(input: [UInt8], to run: RunID) throws -> Bool {
        try answer(to: .input(run, input))
    }

    /// Tells a run's terminal its new size. False when no such run is alive.
    public func resize(_ run: RunID, rows: Int, columns: Int) throws -> Bool {
        try answer(to: .resize(run, WindowSize(rows: rows, columns: columns)))
    }

    /// Ends a run; its session then reports `finished` with `cancelled`. False when no such run is alive.
    public func cancel(_ run: RunID) throws -> Bool {
        try answer(to: .cancel(run))
    }

    /// Ends the workspace of a project with all that runs in it; its files are laid out afresh at the next run.
    /// False when it has none.
    public func stop(_ workspace: WorkspaceID) throws -> Bool {
        try answer(to: .stopWorkspace(workspace))
    }

    /// What the runner says of itself and of the Engine behind it.
    public func status() throws -> RunnerStatus {
        switch try kept.exchange(.status) {
        case .status(let status): return status
        case .fault(let fault): throw fault
        case .needs, .event, .answer, .workspaceLife:
            throw RunnerFault.protocolViolation("the runner answered something else")
        }
    }

    /// Until when the containers of a project are kept. Waits a second at most: pages are drawn meanwhile.
    public func life(of workspace: WorkspaceID) throws -> WorkspaceLife {
        switch try kept.exchange(.workspaceLife(workspace), patience: .seconds(1)) {
        case .workspaceLife(let life): return life
        case .fault(let fault): throw fault
        case .needs, .event, .answer, .status:
            throw RunnerFault.protocolViolation("the runner answered something else")
        }
    }

    private func answer(to frame: ClientFrame) throws -> Bool {
        switch try kept.exchange(frame, persistence: .seconds(3)) {
        case .answer(let found): return found
        case .fault(let fault): throw fault
        case .needs, .event, .status, .workspaceLife:
            throw RunnerFault.protocolViolation("the runner answered something else")
        }
    }
}
