import FoundationEssentials
import RunProtocol
import Threads
import UnixSocket
import Wire

/// A helper that knows Python and has never a place: a fault that the real one gives only under load.
final class BusyRunner: Sendable {
    let socket: String
    private let listener: UnixListener

    init() throws {
        socket = FileManager.default.temporaryDirectory.appending(path: "busy-\(UUID().uuidString).sock").path
        listener = try UnixListener(path: socket, mode: 0o600)
        OwnThread.start { [listener] in
            while let stream = try? listener.accept() { OwnThread.start { try? Self.serve(stream) } }
        }
    }

    deinit {
        listener.close()
        try? FileManager.default.removeItem(atPath: socket)
    }

    private static func serve(_ stream: UnixStream) throws {
        var decoder = FrameDecoder()
        while case let bytes = try stream.read(atMost: 65_536), !bytes.isEmpty {
            decoder.append(bytes)
            while let frame = try decoder.next(ClientFrame.self) {
                switch frame {
                case .status: try stream.write(Frame.encode(RunnerFrame.status(status)))
                case .start: try stream.write(Frame.encode(RunnerFrame.fault(.busy)))
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
            running: 1,
            waiting: 1,
            runCeiling: RunLimits(),
            workspaceLimits: WorkspaceLimits()
        )
    }
}
