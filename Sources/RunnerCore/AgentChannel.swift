import AgentProtocol
import Logging
import RunProtocol
import UnixSocket
import Wire

/// The conversation with one agent: over the attached connection of its container, or, with one that outlived its first
/// runner, over a connection with nobody between.
///
/// One thread reads; any thread may send. A frame is queued under the lock and written outside of it: the thread that
/// finds nobody writing writes until the queue is empty, the others go on. When the agent takes nothing, senders wait
/// once `full` bytes are queued, and after `patience` the channel counts as broken.
final class AgentChannel: Sendable {
    private struct Sending {
        var queue: [UInt8] = []
        var isWriting = false
        var isBroken = false
    }

    /// The channel can't be used any more.
    struct Broken: Error {}

    private static let full = 2 * Frame.limit
    private static let patience = Duration.seconds(20)
    private let stream: UnixStream
    private let isDirect: Bool
    private let sending = Monitor(Sending())

    /// - Parameter isDirect: whether the Engine is not between.
    init(_ stream: UnixStream, isDirect: Bool = false) {
        self.stream = stream
        self.isDirect = isDirect
    }

    /// Sends a command. Throws when the connection is broken or the agent takes nothing.
    func send(_ command: AgentCommand) throws(Broken) {
        guard let frame = try? Frame.encode(command) else { throw Broken() }
        let mustWrite = sending.wait(until: .now + Self.patience) { sending -> Bool? in
            if sending.isBroken { return false }
            guard sending.queue.count < Self.full else { return nil }
            sending.queue.append(contentsOf: frame)
            defer { sending.isWriting = true }
            return !sending.isWriting
        }
        guard let mustWrite else {
            close()
            throw Broken()
        }
        if mustWrite { try writeQueue() }
        guard !sending.withLock({ $0.isBroken }) else { throw Broken() }
    }

    private func writeQueue() throws(Broken) {
        while true {
            let bytes = sending.withLock { sending -> [UInt8] in
                defer { sending.queue = [] }
                if sending.queue.isEmpty { sending.isWriting = false }
                return sending.queue
            }
            if bytes.isEmpty { return }
            do {
                try stream.write(bytes, until: .now + Self.patience)
            } catch {
                close()
                throw Broken()
            }
        }
    }

    /// Ends the connection; the agent ends when it notices, or waits for another runner if it was told to.
    func close() {
        sending.withLock { $0.isBroken = true }
        stream.shutdown()
    }

    /// Reads until the stream ends or breaks, on the calling thread. `first`: bytes that came already.
    func read(first: [UInt8], log: Logger, _ handle: (AgentReport) -> Void) {
        var demultiplexer = StreamDemultiplexer()
        var decoder = FrameDecoder()
        var bytes = first
        var complaints = 0
        do {
            while true {
                let (output, error) = isDirect ? (bytes, []) : try demultiplexer.take(bytes)
                decoder.append(output)
                while let report = try decoder.next(AgentReport.self) { handle(report) }
                if !error.isEmpty, complaints < 10 {
                    complaints += 1
                    log.warning("The agent complains", metadata: ["words": "\(Self.words(error))"])
                }
                bytes = try stream.read(atMost: 256 * 1024)
                if bytes.isEmpty { break }
            }
        } catch {
            log.warning("The stream of a container can't be read", metadata: ["reason": "\(error)"])
        }
        close()
    }

    /// What an agent wrote to standard error, fit for a log line.
    private static func words(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(300), as: UTF8.self)
        return String(text.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) })
    }
}
