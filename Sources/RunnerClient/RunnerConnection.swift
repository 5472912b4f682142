import Glibc
import RunProtocol
import Synchronization
import UnixSocket
import Wire

/// One connection to the runner: frames in and out, with every failure of the socket turned into `unreachable`.
final class RunnerConnection: Sendable {
    private let stream: UnixStream
    private let decoder = Mutex(FrameDecoder())
    private let isReset = Mutex(false)

    /// Whether the connection broke before the runner had read what was sent last.
    var isUnheard: Bool { isReset.withLock { $0 } }

    init(path: String) throws(RunnerFault) {
        do {
            stream = try UnixStream.connect(to: path)
        } catch {
            throw .unreachable(error.description)
        }
        try send(.hello(ClientFrame.version))
    }

    func send(_ frame: ClientFrame) throws(RunnerFault) {
        let bytes: [UInt8]
        do {
            bytes = try Frame.encode(frame)
        } catch {
            throw .protocolViolation("the request does not fit a frame (\(error))")
        }
        do {
            try stream.write(bytes)
        } catch {
            isReset.withLock { $0 = true }
            // The runner closes after a fault; what it said is there to be read, and says more than a broken pipe.
            if case .fault(let fault)? = try? receive(until: .now + .seconds(1)) { throw fault }
            throw .unreachable(error.description)
        }
    }

    /// Sends a file in pieces.
    func send(file index: Int, _ bytes: [UInt8]) throws(RunnerFault) {
        var start = 0
        repeat {
            let end = min(start + ClientFrame.maximumChunk, bytes.count)
            try send(.file(index, Array(bytes[start..<end]), last: end == bytes.count))
            start = end
        } while start < bytes.count
    }

    func receive(until deadline: ContinuousClock.Instant?) throws(RunnerFault) -> RunnerFrame {
        while true {
            let frame: RunnerFrame?
            do {
                frame = try decoder.withLock { decoder throws(WireError) in try decoder.next(RunnerFrame.self) }
            } catch {
                throw .protocolViolation("the runner's frame can't be read (\(error))")
            }
            if let frame { return frame }
            let chunk: [UInt8]
            do {
                chunk = try stream.read(atMost: 64 * 1024, until: deadline)
            } catch {
                // By this the kernel tells that something was left unread on the other side.
                if error.code == ECONNRESET { isReset.withLock { $0 = true } }
                throw .unreachable(error.description)
            }
            guard !chunk.isEmpty else { throw .unreachable("the runner closed the connection") }
            decoder.withLock { $0.append(chunk) }
        }
    }

    func close() {
        stream.shutdown()
    }
}

/// A few open connections for the short requests, so that a key press costs no connect.
final class KeptConnections: Sendable {
    private static let limit = 8
    private let path: String
    private let idle = Mutex<[RunnerConnection]>([])

    init(path: String) {
        self.path = path
    }

    /// Sends one request and waits for its answer.
    ///
    /// The runner closes a connection that was idle for a minute, so a kept one may turn out to be dead. A request that was
    /// not read then is sent once more over a fresh one; one that was read may have been obeyed.
    ///
    /// - Parameter persistence: how long to wait for a runner that can't be reached.
    func exchange(
        _ request: ClientFrame,
        patience: Duration = .seconds(30),
        persistence: Duration = .zero
    ) throws(RunnerFault) -> RunnerFrame {
        let deadline = ContinuousClock.now + persistence
        var kept = idle.withLock { $0.popLast() }
        while true {
            var isUnheard = true
            do throws(RunnerFault) {
                let connection = if let kept { kept } else { try RunnerConnection(path: path) }
                defer { isUnheard = connection.isUnheard }
                return try exchange(request, over: connection, patience)
            } catch {
                guard case .unreachable = error, isUnheard, kept != nil || ContinuousClock.now < deadline else {
                    throw error
                }
                if kept == nil { usleep(100_000) }
                kept = nil
                idle.withLock { $0.removeAll() }
            }
        }
    }

    private func exchange(
        _ request: ClientFrame,
        over connection: RunnerConnection,
        _ patience: Duration
    ) throws(RunnerFault) -> RunnerFrame {
        try connection.send(request)
        let answer = try connection.receive(until: .now + patience)
        if case .fault = answer { return answer }
        idle.withLock { idle in
            if idle.count < Self.limit { idle.append(connection) }
        }
        return answer
    }
}
