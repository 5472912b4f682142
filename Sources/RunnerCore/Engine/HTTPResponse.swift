/// What the Engine answered.
struct HTTPResponse: Equatable {
    var status: Int
    var body: [UInt8]
}

/// Why an answer could not be read.
enum HTTPFault: Error, Equatable {
    case malformed
    case tooLong
    case cutOff
}

/// Reads one HTTP/1.1 response from pieces of a stream: as much of the protocol as an Engine on a Unix socket speaks
/// (lengths, chunks, to the end of the stream). A value without I/O, bounded in all it keeps.
struct HTTPResponseReader {
    /// The most bytes of the head.
    static let maximumHead = 64 * 1024
    /// The most bytes of the body.
    static let maximumBody = 8 * 1024 * 1024

    private enum Length: Equatable {
        case known(Int)
        case chunked
        case toTheEnd
    }

    private var buffer: [UInt8] = []
    private var head: (status: Int, length: Length)?

    /// The bytes behind the head of an answer that gives the stream to another protocol (status 101).
    private(set) var rest: [UInt8] = []

    /// Takes the next bytes; gives the response when it is complete.
    mutating func append(_ bytes: [UInt8]) throws(HTTPFault) -> HTTPResponse? {
        buffer.append(contentsOf: bytes)
        if head == nil {
            guard let end = Self.endOfHead(buffer) else {
                guard buffer.count <= Self.maximumHead else { throw .tooLong }
                return nil
            }
            head = try Self.parse(head: buffer[..<end])
            buffer.removeFirst(end + 4)
        }
        guard buffer.count <= Self.maximumBody else { throw .tooLong }
        guard let head else { return nil }
        if head.status == 101 {
            rest = buffer
            return HTTPResponse(status: 101, body: [])
        }
        switch head.length {
        case .known(let count):
            guard count <= Self.maximumBody else { throw .tooLong }
            return buffer.count < count ? nil : HTTPResponse(status: head.status, body: Array(buffer.prefix(count)))
        case .chunked:
            return try Self.joinChunks(buffer).map { HTTPResponse(status: head.status, body: $0) }
        case .toTheEnd:
            return nil
        }
    }

    /// The stream ended; gives the response if that was how it was to end.
    mutating func finish() throws(HTTPFault) -> HTTPResponse {
        guard let head, head.length == .toTheEnd else { throw .cutOff }
        return HTTPResponse(status: head.status, body: buffer)
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (0...bytes.count - 4).first { bytes[$0...].starts(with: [13, 10, 13, 10]) }
    }

    private static func parse(head: ArraySlice<UInt8>) throws(HTTPFault) -> (status: Int, length: Length) {
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = lines[0].split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), words[1].utf8.count == 3, let status = Int(words[1])
        else { throw .malformed }
        var length = Length.toTheEnd
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { throw .malformed }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            switch line[..<colon].lowercased() {
            case "content-length":
                guard let count = Int(value), count >= 0 else { throw .malformed }
                length = .known(count)
            case "transfer-encoding":
                guard value.lowercased() == "chunked" else { throw .malformed }
                length = .chunked
            default: continue
            }
        }
        return (status, status == 204 || status == 304 ? .known(0) : length)
    }

    /// The joined content, or nil while the last chunk is missing.
    private static func joinChunks(_ bytes: [UInt8]) throws(HTTPFault) -> [UInt8]? {
        var body: [UInt8] = []
        var position = 0
        while true {
            guard let end = bytes[position...].firstIndex(of: 13) else {
                guard bytes.count - position <= 64 else { throw .malformed }
                return nil
            }
            let digits = bytes[position..<end].prefix { $0 != UInt8(ascii: ";") }
            guard let count = Int(String(decoding: digits, as: UTF8.self), radix: 16), (0...maximumBody).contains(count)
            else { throw .malformed }
            if count == 0 { return body }
            let start = end + 2
            guard bytes.count >= start + count + 2 else { return nil }
            body.append(contentsOf: bytes[start..<start + count])
            position = start + count + 2
        }
    }
}
