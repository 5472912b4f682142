/// The envelope of the Language Server Protocol: a head of fields as in HTTP, an empty line, and as many bytes of JSON as
/// the head says.
///
/// A value without I/O: however the bytes are cut into pieces, the same messages come out. What a program writes is not
/// trusted: head and body are bounded, and after an error there are no more messages.
struct MessageReader {
    /// What a stream of messages can't go on after.
    enum Fault: Error, Equatable {
        /// The head has no end, or more bytes than a head may have.
        case head
        /// The head names no length, two different ones, or one that is none.
        case length
        /// The body is to have more bytes than `maximumBody`.
        case tooLong
    }

    /// The most bytes of a head: 4 KiB.
    static let maximumHead = 4_096
    /// The most bytes of a body: 8 MiB.
    static let maximumBody = 8 << 20

    private static let endOfHead = Array("\r\n\r\n".utf8)

    private var buffer: [UInt8] = []
    private var start = 0
    /// Of the message whose head was read.
    private var length: Int?
    private var fault: Fault?

    /// Takes the next bytes.
    mutating func append(_ bytes: [UInt8]) {
        guard fault == nil else { return }
        if start > 65_536 || start == buffer.count {
            buffer.removeSubrange(..<start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The body of the next message; nil when it is not all there yet.
    mutating func next() throws(Fault) -> [UInt8]? {
        if let fault { throw fault }
        do {
            if length == nil { length = try takeHead() }
        } catch {
            fault = error
            buffer = []
            start = 0
            throw error
        }
        guard let length, buffer.count - start >= length else { return nil }
        defer {
            start += length
            self.length = nil
        }
        return Array(buffer[start..<start + length])
    }

    /// The length that the next head names; nil when the head is not all there yet.
    private mutating func takeHead() throws(Fault) -> Int? {
        let rest = buffer[start...].prefix(Self.maximumHead)
        guard let end = rest.firstRange(of: Self.endOfHead) else {
            if rest.count == Self.maximumHead { throw .head }
            return nil
        }
        let length = try Self.length(in: rest[..<end.lowerBound])
        start = end.upperBound
        return length
    }

    private static func length(in head: ArraySlice<UInt8>) throws(Fault) -> Int {
        var lengths: Set<Int> = []
        for line in String(decoding: head, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false) {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { throw .head }
            guard parts[0].lowercased() == "content-length" else { continue }
            let digits = parts[1].drop { $0 == " " || $0 == "\t" }
            guard !digits.isEmpty, digits.utf8.count <= 12, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(digits)
            else { throw .length }
            lengths.insert(number)
        }
        guard lengths.count == 1, let length = lengths.first else { throw .length }
        guard length <= maximumBody else { throw .tooLong }
        return length
    }

    /// A body in its envelope.
    static func envelope(_ body: [UInt8]) -> [UInt8] {
        Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    }
}
