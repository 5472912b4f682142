import FoundationEssentials
public import RunProtocol
import Synchronization
import Threads
import UnixSocket
import Wire

/// A helper that answers as it is told: for what the real one says only under load, or only after an hour.
public final class StandInRunner: Sendable {
    /// What becomes of runs.
    public enum Runs: Sendable {
        /// There is never a place.
        case busy
        /// They begin, print nothing and last until they are cancelled.
        case last
    }

    /// Where it listens.
    public let socket: String
    private let listener: UnixListener
    private let runs: Runs
    private let state: Mutex<State>

    private struct State {
        var life: WorkspaceLife
        var images: [String: String?]
        var streams: [UnixStream] = []
        var stopped: [WorkspaceID] = []
    }

    /// - Parameter images: by language, what the image says of its version; nil for a language without an image.
    public init(
        _ runs: Runs = .busy,
        images: [String: String?] = ["python": "Python 3.11.2"],
        life: WorkspaceLife = .absent
    ) throws {
        self.runs = runs
        state = Mutex(State(life: life, images: images))
        socket = FileManager.default.temporaryDirectory.appending(path: "runner-\(UUID().uuidString).sock").path
        listener = try UnixListener(path: socket, mode: 0o600)
        OwnThread.start { [weak self, listener] in
            while let stream = try? listener.accept() {
                // Held by those who serve, not by the thread that waits for more.
                guard let helper = self else { return }
                OwnThread.start { try? helper.serve(stream) }
            }
        }
    }

    deinit {
        listener.close()
        try? FileManager.default.removeItem(atPath: socket)
    }

    /// Until when it says that workspaces are kept.
    public var life: WorkspaceLife {
        get { state.withLock { $0.life } }
        set { state.withLock { $0.life = newValue } }
    }

    /// The workspaces that it was told to stop.
    public var stopped: [WorkspaceID] { state.withLock { $0.stopped } }

    private func serve(_ stream: UnixStream) throws {
        var decoder = FrameDecoder()
        while case let bytes = try stream.read(atMost: 65_536), !bytes.isEmpty {
            decoder.append(bytes)
            while let frame = try decoder.next(ClientFrame.self) {
                for answer in answers(to: frame, from: stream) { try stream.write(Frame.encode(answer)) }
            }
        }
    }

    private func answers(to frame: ClientFrame, from stream: UnixStream) -> [RunnerFrame] {
        switch frame {
        case .hello, .file: return []
        case .status: return [.status(status)]
        case .workspaceLife: return [.workspaceLife(life)]
        case .start:
            guard runs == .last else { return [.fault(.busy)] }
            state.withLock { $0.streams.append(stream) }
            return [.needs([]), .event(.started(.run))]
        case .input, .resize: return [.answer(true)]
        case .cancel:
            endRuns()
            return [.answer(true)]
        case .stopWorkspace(let workspace):
            endRuns()
            state.withLock { $0.stopped.append(workspace) }
            return [.answer(true)]
        }
    }

    private func endRuns() {
        let streams = state.withLock { state in
            defer { state.streams = [] }
            return state.streams
        }
        let outcome = RunOutcome(ending: .cancelled, phase: .run, wall: .seconds(1), cpu: .zero, memory: ByteCount(0))
        for stream in streams {
            guard let bytes = try? Frame.encode(RunnerFrame.event(.finished(outcome))) else { continue }
            try? stream.write(bytes)
        }
    }

    private var status: RunnerStatus {
        RunnerStatus(
            engine: nil,
            languages: state.withLock { $0.images }.compactMap { id, version in
                LanguageID(id).map { id in
                    RunnerStatus.Language(
                        id: id,
                        image: version == nil ? nil : "sha256:0",
                        version: version,
                        size: version == nil ? ByteCount(0) : ByteCount(123_456_789)
                    )
                }
            },
            workspaces: [],
            slots: 1,
            running: 1,
            waiting: 1,
            runCeiling: RunLimits(),
            workspaceLimits: WorkspaceLimits()
        )
    }
}
