import Dispatch
import FoundationEssentials
import RunProtocol
import Synchronization
import Threads
import UnixSocket
import Wire

/// A helper that runs nothing: what the program does to files, the test says.
final class ScriptedRunner: Sendable {
    let socket: String
    private let listener: UnixListener
    private let requests = Mutex<[RunRequest]>([])
    private let changes = Mutex<[FileChange]>([])
    private let started = DispatchSemaphore(value: 0)
    private let ending = DispatchSemaphore(value: 0)

    init() throws {
        socket = FileManager.default.temporaryDirectory.appending(path: "script-\(UUID().uuidString).sock").path
        listener = try UnixListener(path: socket, mode: 0o600)
        OwnThread.start { [weak self, listener] in
            while let stream = try? listener.accept() {
                OwnThread.start { [weak self] in try? self?.serve(stream) }
            }
        }
    }

    deinit {
        listener.close()
        try? FileManager.default.removeItem(atPath: socket)
    }

    /// Waits until a program was started, and gives the files that it was started with.
    func waitForStart() throws -> [String: ContentDigest] {
        started.wait()
        return manifests.last ?? [:]
    }

    /// The files of every request so far, those that only lay files into the workspace included.
    var manifests: [[String: ContentDigest]] {
        requests.withLock { requests in
            requests.map { Dictionary($0.files.map { ($0.path.text, $0.digest) }) { $1 } }
        }
    }

    /// Tells of these changes, and then of the program's normal end.
    func finish(_ told: [FileChange]) {
        changes.withLock { $0 = told }
        ending.signal()
    }

    private func serve(_ stream: UnixStream) throws {
        var decoder = FrameDecoder()
        while case let bytes = try stream.read(atMost: 65_536), !bytes.isEmpty {
            decoder.append(bytes)
            while let frame = try decoder.next(ClientFrame.self) {
                guard case .start(let request) = frame else { continue }
                requests.withLock { $0.append(request) }
                try stream.write(Frame.encode(RunnerFrame.needs([])))
                if request.program != .nothing {
                    try tell(.started(.run), stream)
                    started.signal()
                    ending.wait()
                    for change in changes.withLock({ $0 }) { try tell(.changed(change), stream) }
                }
                let usage = RunOutcome(ending: .exited(0), phase: .run, wall: .zero, cpu: .zero, memory: ByteCount(0))
                return try tell(.finished(usage), stream)
            }
        }
    }

    private func tell(_ event: RunEvent, _ stream: UnixStream) throws {
        try stream.write(Frame.encode(RunnerFrame.event(event)))
    }
}
