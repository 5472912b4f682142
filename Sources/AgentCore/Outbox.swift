import AgentProtocol
import Glibc
import Wire

/// Reports on their way to the runner. Written at once as far as the pipe takes them; the rest waits here.
struct Outbox {
    /// Above this nobody should produce more output. Reports other than output are small and few and always fit.
    private static let full = 512 * 1024

    let descriptor: Int32
    private var bytes: [UInt8] = []
    private var start = 0

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    var isEmpty: Bool { start == bytes.count }

    var isFull: Bool { bytes.count - start >= Self.full }

    mutating func put(_ report: AgentReport) {
        // Every report is far below the limit of a frame, so there is nothing to lose here.
        guard let frame = try? Frame.encode(report) else { return }
        if isEmpty {
            bytes.removeAll(keepingCapacity: bytes.capacity <= Self.full)
            start = 0
        }
        bytes.append(contentsOf: frame)
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
