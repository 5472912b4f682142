import AgentProtocol
import Glibc
import Wire

/// Reports on their way to the runner. Written at once as far as the pipe takes them; the rest waits here, and what is
/// said of runs is kept besides until the runner has passed it on (`Journal`).
struct Outbox {
    /// Above this nobody should produce more output. Reports other than output are small and few and always fit.
    private static let full = 512 * 1024

    /// Where to write; negative while nobody is there.
    private(set) var descriptor: Int32
    private var bytes: [UInt8] = []
    private var start = 0
    private var journals: [UInt32: Journal] = [:]

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    var isEmpty: Bool { start == bytes.count }

    private var isFull: Bool { bytes.count - start >= Self.full }

    /// Whether something large may be reported of a run now.
    func hasRoom(for run: UInt32) -> Bool {
        !isFull && journals[run]?.hasRoom != false
    }

    /// Whether nobody hears of a run now.
    func isHeld(_ run: UInt32) -> Bool { journals[run]?.isHeld == true }

    mutating func put(_ report: AgentReport) {
        if let run = report.run, report.weight > 0 {
            journals[run, default: Journal()].add(report)
            if isHeld(run) { return }
        }
        // Every report is far below the limit of a frame, so there is nothing to lose here.
        guard descriptor >= 0, let frame = try? Frame.encode(report) else { return }
        if isEmpty {
            bytes.removeAll(keepingCapacity: bytes.capacity <= Self.full)
            start = 0
        }
        bytes.append(contentsOf: frame)
    }

    /// The runner has passed on so much of what was said of a run.
    mutating func taken(_ run: UInt32, _ count: Int) {
        journals[run]?.take(count)
    }

    /// Nobody will ask for what was said of a run.
    mutating func forget(_ run: UInt32) {
        journals[run] = nil
    }

    /// Nobody is there any more. What was said of runs is kept for somebody else.
    mutating func close() {
        descriptor = -1
        bytes = []
        start = 0
        for run in journals.keys { journals[run]?.hold() }
    }

    /// Somebody else is there.
    mutating func open(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Says again what was said of a run after this place, and from now on all that comes.
    mutating func resume(_ run: UInt32, from position: UInt64) {
        guard let (start, reports) = journals[run]?.resume(run, from: position) else { return }
        for report in [.resumed(run, at: start)] + reports {
            guard let frame = try? Frame.encode(report) else { continue }
            bytes.append(contentsOf: frame)
        }
    }

    /// Writes what the pipe takes without waiting. False when there is nobody left to read.
    mutating func flush() -> Bool {
        while start < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                write(descriptor, buffer.baseAddress?.advanced(by: start), bytes.count - start)
            }
            if count >= 0 {
                start += count
            } else if errno == EAGAIN {
                return true
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
