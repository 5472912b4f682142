internal import NIOCore

/// One life of a channel: its numbering and its last messages, ready to be sent. Does no I/O.
///
/// Messages are numbered 1, 2, 3 … within the life. A message is turned into bytes once, for all its readers; the bytes
/// are shared, not copied. The replay keeps at most so many messages and so many bytes of them, and never less than
/// nothing: a message that is larger than all the room counts as lost, and its readers are told of a gap.
struct LiveReplay {
    /// What a reader who has everything up to some number gets next.
    enum Next {
        /// The reader has everything.
        case nothing
        /// The next message.
        case message(ByteBuffer)
        /// The next message is gone; this says so, and that it is at `latest` now.
        case gap(ByteBuffer)
    }

    let epoch: String
    private let prefix: String
    private let maximumMessages: Int
    private let maximumBytes: Int
    private var ring = CircularBuffer<ByteBuffer>()
    private(set) var bytes = 0
    /// The number of the last message; 0 before the first.
    private(set) var latest: UInt64 = 0

    init(channel: String, epoch: String, maximumMessages: Int, maximumBytes: Int) {
        self.epoch = epoch
        self.maximumMessages = maximumMessages
        self.maximumBytes = maximumBytes
        // Neither text holds anything that JSON would escape.
        prefix = "data: {\"channel\":\"\(channel)\",\"epoch\":\"\(epoch)\",\"seq\":"
    }

    var count: Int { ring.count }

    /// Numbers a message and keeps it; `data` is one JSON value as UTF-8.
    mutating func append(_ data: [UInt8]) {
        latest += 1
        let number = String(latest)
        let size = prefix.utf8.count + number.utf8.count + 8 + data.count + 3
        guard size <= maximumBytes else {
            forget()
            return
        }
        var buffer = ByteBufferAllocator().buffer(capacity: size)
        buffer.writeString(prefix)
        buffer.writeString(number)
        buffer.writeString(",\"data\":")
        // A line break ends an SSE line. In JSON it can only be white space between values.
        if data.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
            buffer.writeBytes(data.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
        } else {
            buffer.writeBytes(data)
        }
        buffer.writeString("}\n\n")
        ring.append(buffer)
        bytes += buffer.readableBytes
        while ring.count > maximumMessages || bytes > maximumBytes { bytes -= ring.removeFirst().readableBytes }
    }

    /// Counts messages that were never kept: whoever follows the channel is told of a gap.
    mutating func lose() {
        latest += 1
        forget()
    }

    /// What a reader gets who has everything up to `number` of this life.
    func next(after number: UInt64) -> Next {
        if number >= latest { return .nothing }
        let missing = Int(latest - number)
        guard missing <= ring.count else { return .gap(control("gap")) }
        return .message(ring[ring.index(ring.endIndex, offsetBy: -missing)])
    }

    /// Where a new reader starts: the number up to which it has everything, and what it is told first.
    func start(from position: LivePosition?) -> (number: UInt64, told: ByteBuffer?) {
        guard let position else { return (latest, control("open")) }
        guard position.epoch == epoch, position.sequence <= latest else { return (latest, control("gap")) }
        return (position.sequence, nil)
    }

    private mutating func forget() {
        ring.removeAll(keepingCapacity: false)
        bytes = 0
    }

    private func control(_ word: String) -> ByteBuffer {
        ByteBuffer(string: "\(prefix)\(latest),\"\(word)\":true}\n\n")
    }
}
