import RunProtocol
import UnixSocket
import Wire

/// One connection of a site process: frames in and out. Used by one thread.
final class ClientConnection {
    /// What ends a connection without anything left to say.
    enum End: Error {
        /// It closed, broke, or took too long.
        case gone
    }

    private let stream: UnixStream
    private var decoder = FrameDecoder()

    init(_ stream: UnixStream) {
        self.stream = stream
    }

    var descriptor: Int32 { stream.descriptor }

    /// The next frame. Throws `RunnerFault.protocolViolation` for one that can't be read, `End` when there is none.
    func receive(patience: Duration) throws -> ClientFrame {
        let deadline = ContinuousClock.now + patience
        while true {
            do {
                if let frame = try decoder.next(ClientFrame.self) { return frame }
            } catch {
                throw RunnerFault.protocolViolation("the frame can't be read (\(error))")
            }
            guard let bytes = try? stream.read(atMost: 64 * 1024, until: deadline), !bytes.isEmpty else {
                throw End.gone
            }
            decoder.append(bytes)
        }
    }

    /// Sends a frame. Throws `unreachable` when the client does not take it: there is nobody left to tell that.
    func send(_ frame: RunnerFrame, patience: Duration) throws(RunnerFault) {
        guard let bytes = try? Frame.encode(frame) else {
            throw .protocolViolation("an answer does not fit a frame")
        }
        do {
            try stream.write(bytes, until: .now + patience)
        } catch {
            throw .unreachable(error.description)
        }
    }

    /// Says why the connection ends, if the other side still listens.
    func close(with fault: RunnerFault) {
        try? send(.fault(fault), patience: .seconds(2))
        stream.finishWriting()
    }
}
