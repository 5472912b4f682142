import AgentProtocol
import RunProtocol
import Synchronization
import UnixSocket

/// What happened to a run, on its way from the thread that reads its workspace's stream to the thread that serves it.
///
/// Bounded by the agent's window: it sends no more output of a run than was taken.
final class RunMailbox: Sendable {
    enum Letter: Sendable {
        case report(AgentReport)
        case fault(RunnerFault)
        /// The kernel ended the agent with its container, for want of memory.
        case memoryEnded

        /// Whether nothing can come after it.
        var isLast: Bool {
            switch self {
            case .fault, .memoryEnded: true
            case .report(let report): report.isLast
            }
        }

        /// How much of the agent's window it takes.
        var weight: Int {
            switch self {
            case .fault, .memoryEnded: 0
            case .report(let report): report.weight
            }
        }
    }

    private let letters = Mutex<[Letter]>([])
    private let bell: WakePipe

    init() throws(SocketError) {
        bell = try WakePipe()
    }

    /// Readable while there may be letters.
    var descriptor: Int32 { bell.descriptor }

    func put(_ letter: Letter) {
        letters.withLock { $0.append(letter) }
        bell.wake()
    }

    /// All letters so far, oldest first.
    func take() -> [Letter] {
        bell.rest()
        return letters.withLock { letters in
            defer { letters = [] }
            return letters
        }
    }
}
