import FoundationEssentials

/// What a run has printed: all of it up to a bound, then the beginning and the end.
///
/// A value without locks; offsets count bytes from the first that was printed.
struct RunOutput: Sendable {
    /// Bytes of the beginning that are always kept, of a run that is stored.
    static let headLimit = 262_144
    /// Bytes of the end that are kept after that.
    static let tailLimit = 786_432

    private let headLimit: Int
    private(set) var head: [UInt8] = []
    private(set) var tail: [UInt8] = []
    /// How many bytes were printed in all.
    private(set) var length = 0

    /// - Parameter headLimit: bytes of the beginning to keep; 0 for a terminal, of which only the end matters.
    init(headLimit: Int = Self.headLimit) {
        self.headLimit = headLimit
    }

    /// What was stored. `length` is at least the two parts together; the difference was cut between them.
    init(head: [UInt8], tail: [UInt8], length: Int) {
        headLimit = Self.headLimit
        self.head = head
        self.tail = tail
        self.length = max(length, head.count + tail.count)
    }

    /// The offset of the first byte of the end.
    private var tailStart: Int { length - tail.count }

    /// True when something between the beginning and the end is gone.
    var isCut: Bool { tailStart > head.count }

    mutating func append(_ bytes: [UInt8]) {
        length += bytes.count
        let room = headLimit - head.count
        if room > 0 { head += bytes.prefix(room) }
        guard bytes.count > max(room, 0) else { return }
        tail += bytes.dropFirst(max(room, 0))
        // Cut only when twice as long as need be, so that a flood moves each byte at most twice.
        if tail.count > 2 * Self.tailLimit { tail.removeFirst(tail.count - Self.tailLimit) }
    }

    /// The next kept bytes at or after an offset, in one piece, and where they begin.
    func bytes(from offset: Int) -> (from: Int, bytes: [UInt8]) {
        if offset < head.count {
            let piece = Array(head[max(0, offset)...])
            return (max(0, offset), isCut ? piece : piece + tail)
        }
        let start = max(offset, tailStart)
        guard start < length else { return (length, []) }
        return (start, Array(tail[(start - tailStart)...]))
    }

    /// The kept bytes for a page: all of them, or the beginning and the end of at most `limit` bytes together, each cut
    /// at a line break where it has one. `cut` is how many bytes are left out between the two.
    func ends(_ limit: Int) -> (head: [UInt8], tail: [UInt8], cut: Int) {
        guard isCut || length > limit else { return (head + tail, [], 0) }
        let first = (isCut ? head : head + tail).prefix(limit / 2)
        let last = (isCut ? tail : head + tail).suffix(limit / 2)
        let newline = UInt8(ascii: "\n")
        let start = first.lastIndex(of: newline).map { first[...$0] } ?? first
        let end = last.firstIndex(of: newline).map { last[($0 + 1)...] } ?? last
        return (Array(start), Array(end), length - start.count - end.count)
    }

    /// What a run's channel tells of bytes that were just printed.
    static func message(offset: Int, _ bytes: [UInt8]) -> [UInt8] {
        Array(#"{"offset":\#(offset),"bytes":"\#(Data(bytes).base64EncodedString())"}"#.utf8)
    }
}
