import Dispatch
import FoundationEssentials
import RunProtocol
import Synchronization
import Threads
import UnixSocket
import Wire

/// A helper that writes down what it is asked to start, and ends it at once.
final class RecordingRunner: Sendable {
    let socket: String
    private let listener: UnixListener
    private let seen: Recorded

    private final class Recorded: Sendable {
        let requests = Mutex<[RunRequest]>([])
        let bell = DispatchSemaphore(value: 0)
    }

    init() throws {
        socket = FileManager.default.temporaryDirectory.appending(path: "recording-\(UUID().uuidString).sock").path
        listener = try UnixListener(path: socket, mode: 0o600)
        seen = Recorded()
        OwnThread.start { [listener, seen] in
            while let stream = try? listener.accept() { OwnThread.start { try? Self.serve(stream, seen) } }
        }
    }

    deinit {
        listener.close()
        try? FileManager.default.removeItem(atPath: socket)
    }

    /// The next thing that it is asked to start; waits for it. Nil when nothing comes.
    func next() -> RunRequest? {
        guard seen.bell.wait(timeout: .now() + 20) == .success else { return nil }
        return seen.requests.withLock { $0.removeFirst() }
    }

    /// How many requests came that nobody has asked for yet.
    var waiting: Int { seen.requests.withLock { $0.count } }

    private static func serve(_ stream: UnixStream, _ seen: Recorded) throws {
        var decoder = FrameDecoder()
        while case let bytes = try stream.read(atMost: 65_536), !bytes.isEmpty {
            decoder.append(bytes)
            while let frame = try decoder.next(ClientFrame.self) {
                switch frame {
                case .status: try stream.write(Frame.encode(RunnerFrame.status(status)))
                case .start(let request):
                    seen.requests.withLock { $0.append(request) }
                    seen.bell.signal()
                    let outcome = RunOutcome(
                        ending: .exited(0),
                        phase: .run,
                        wall: .zero,
                        cpu: .zero,
                        memory: ByteCount(0)
                    )
                    try stream.write(Frame.encode(RunnerFrame.event(.started(.run))))
                    try stream.write(Frame.encode(RunnerFrame.event(.finished(outcome))))
                    return
                default: break
                }
            }
        }
    }

    private static var status: RunnerStatus {
        RunnerStatus(
            engine: nil,
            languages: ["python"].compactMap(LanguageID.init).map {
                RunnerStatus.Language(id: $0, image: "sha256:0", version: "Python 3.11.2", size: ByteCount(1))
            },
            workspaces: [],
            slots: 1,
            running: 0,
            waiting: 0,
            runCeiling: RunLimits(),
            workspaceLimits: WorkspaceLimits()
        )
    }
}
