import Glibc

/// Sends the answer to one request as FastCGI records (specification 1.0, sections 3.3 and 5.5).
///
/// libfcgi could do it, but it sends 8 KB at a time and the end apart, and each piece wakes nginx. Here a page goes out
/// in one system call, its end included.
///
/// Nothing here fails: when the peer has gone the rest is swallowed, and `isBroken` tells.
struct RecordWriter {
    private let connection: Int32
    private let requestID: UInt16

    /// The record under way: its header, whose length is filled in when it is sealed, and the content so far.
    private var buffer: [UInt8] = []

    /// The peer doesn't read any more; the connection is of no use.
    private(set) var isBroken = false

    /// A record's longest content that is a multiple of eight bytes.
    private static let longest = 65_528
    private static let headerLength = 8

    /// - Parameters:
    ///   - connection: a blocking socket
    ///   - expected: how many bytes will be written; a guess does no harm
    init(connection: Int32, requestID: UInt16, expected: Int) {
        self.connection = connection
        self.requestID = requestID
        buffer.reserveCapacity(min(expected, Self.longest) + 4 * Self.headerLength)
        begin()
    }

    /// Adds to the answer.
    mutating func write(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let room = Self.longest + Self.headerLength - buffer.count
            buffer.append(contentsOf: rest.prefix(room))
            rest = rest.dropFirst(room)
            if buffer.count == Self.longest + Self.headerLength { flush() }
        }
    }

    /// Adds to the answer.
    mutating func write(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { write($0) }
    }

    /// Adds to the answer.
    mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }

    /// Sends the rest and tells that this was all.
    mutating func end() {
        if !seal() { buffer.removeAll(keepingCapacity: true) }
        appendHeader(.output, length: 0)
        appendHeader(.endRequest, length: 8)
        // Application status 0, protocol status "request complete".
        buffer.append(contentsOf: repeatElement(0, count: 8))
        send()
    }

    /// Gives the answer up in the middle: the connection is closed without the mark of its end, so that nobody takes what
    /// was sent for all of it.
    mutating func abandon() { isBroken = true }

    private mutating func flush() {
        guard seal() else { return }
        send()
        begin()
    }

    private enum RecordType: UInt8 {
        case endRequest = 3
        case output = 6
    }

    private mutating func begin() {
        buffer.removeAll(keepingCapacity: true)
        appendHeader(.output, length: 0)
    }

    private mutating func appendHeader(_ type: RecordType, length: UInt16) {
        let version: UInt8 = 1
        let header = (
            version, type.rawValue, UInt8(requestID >> 8), UInt8(requestID & 0xFF), UInt8(length >> 8),
            UInt8(length & 0xFF), UInt8(0), UInt8(0)
        )
        withUnsafeBytes(of: header) { buffer.append(contentsOf: $0) }
    }

    /// Puts its length into the record under way. False when it is empty: that would be the end of the stream.
    private mutating func seal() -> Bool {
        let length = buffer.count - Self.headerLength
        buffer[4] = UInt8(length >> 8)
        buffer[5] = UInt8(length & 0xFF)
        return length > 0
    }

    private mutating func send() {
        guard !isBroken else { return }
        isBroken = !buffer.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let count = Glibc.send(connection, part.baseAddress, part.count, Int32(MSG_NOSIGNAL))
                if count < 0, errno == EINTR { continue }
                // A timeout too: the connection's patience is over.
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }
}
