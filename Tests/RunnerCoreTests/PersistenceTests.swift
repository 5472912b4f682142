import Foundation
import RunProtocol
import RunnerClient
import Testing
import UnixSocket
import Wire

@Suite("What is sent while the runner is replaced", .serialized)
struct PersistenceTests {
    /// A runner that serves one connection after the other, each as it is told, and counts the inputs that it read.
    private final class Replaced {
        /// How it ends a connection.
        enum Conduct {
            /// As a runner that is killed before it has read anything.
            case unread
            /// As one that is killed before it could answer.
            case unanswered
            case answered
        }

        let path = "/tmp/carrel-replaced-\(UInt32.random(in: 0 ... .max)).sock"
        let inputs = Mutexed(0)
        private var listener: UnixListener?

        deinit { listener?.close() }

        func begin(_ conducts: [Conduct]) throws {
            let listener = try UnixListener(path: path, mode: 0o600)
            self.listener = listener
            let inputs = inputs
            Thread {
                for conduct in conducts {
                    guard let stream = try? listener.accept() else { return }
                    if conduct == .unread {
                        // What the client sent is there by then.
                        usleep(100_000)
                    } else {
                        try? Self.serve(stream, conduct, inputs)
                    }
                }
            }.start()
        }

        private static func serve(_ stream: UnixStream, _ conduct: Conduct, _ inputs: Mutexed<Int>) throws {
            var decoder = FrameDecoder()
            while case let bytes = try stream.read(atMost: 65_536), !bytes.isEmpty {
                decoder.append(bytes)
                while let frame = try decoder.next(ClientFrame.self) {
                    guard case .input = frame else { continue }
                    inputs.change { $0 += 1 }
                    guard conduct == .answered else { return }
                    try stream.write(Frame.encode(RunnerFrame.answer(true)))
                }
            }
        }
    }

    private func send(to runner: Replaced) throws -> Bool {
        try RunnerClient(socketPath: runner.path).send(input: [1], to: RunID(1))
    }

    @Test("is sent again when it was not read")
    func unread() throws {
        let runner = Replaced()
        try runner.begin([.unread, .unread, .answered])
        #expect(try send(to: runner))
        #expect(runner.inputs.value == 1)
    }

    @Test("is not sent again when it was read, since it may have been obeyed")
    func unanswered() throws {
        let runner = Replaced()
        try runner.begin([.unanswered, .answered])
        #expect(throws: RunnerFault.self) { _ = try send(to: runner) }
        #expect(runner.inputs.value == 1)
    }

    @Test("waits for a runner that comes in time, and for no other")
    func late() throws {
        let runner = Replaced()
        nonisolated(unsafe) let lent = runner  // nobody else touches it before there is an answer
        Thread {
            usleep(700_000)
            try? lent.begin([.answered])
        }.start()
        #expect(try send(to: runner))
        let began = ContinuousClock.now
        #expect(throws: RunnerFault.self) { _ = try send(to: Replaced()) }
        #expect((.seconds(2)...(.seconds(5))).contains(began.duration(to: .now)))
    }
}
