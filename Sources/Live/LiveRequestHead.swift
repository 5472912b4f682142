/// Reads the one request that a connection to the hub may make. Does no I/O: bytes in, a verdict out.
///
/// Only the request line counts. The headers are looked at for their shape and for a body, and believed in nothing:
/// what the reader may hear is in the ticket, and the ticket is sealed. What comes in is bounded by `maximumBytes`
/// whoever sends it, and the connection never serves a second request, so there is nothing to smuggle.
struct LiveRequestHead {
    enum Verdict: Equatable {
        /// The head isn't complete yet.
        case more
        /// A good request, with the sealed ticket of its query.
        case ticket(String)
        case refused(LiveRefusal)
    }

    /// The longest request line and headers together, in bytes.
    static let maximumBytes = 16_384
    private static let maximumHeaders = 64

    private var bytes: [UInt8] = []

    /// Takes what has arrived; after a verdict other than `more` it is not asked again.
    mutating func receive(_ arrived: some Collection<UInt8>) -> Verdict {
        let searched = max(0, bytes.count - 3)
        bytes.append(contentsOf: arrived.prefix(Self.maximumBytes + 1 - bytes.count))
        guard let end = Self.end(of: bytes, from: searched) else {
            return bytes.count > Self.maximumBytes ? .refused(.tooLarge) : .more
        }
        guard end <= Self.maximumBytes else { return .refused(.tooLarge) }
        // Nothing may follow: a body, a second request or garbage.
        guard end == bytes.count else { return .refused(.malformed) }
        return Self.verdict(on: bytes[..<(end - 4)])
    }

    private static func end(of bytes: [UInt8], from start: Int) -> Int? {
        var at = start
        while at + 4 <= bytes.count {
            if bytes[at] == 0x0D, bytes[at + 1] == 0x0A, bytes[at + 2] == 0x0D, bytes[at + 3] == 0x0A { return at + 4 }
            at += 1
        }
        return nil
    }

    private static func verdict(on head: ArraySlice<UInt8>) -> Verdict {
        var lines = head.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count <= maximumHeaders + 1 else { return .refused(.tooLarge) }
        for index in lines.indices.dropLast() {
            guard lines[index].popLast() == 0x0D else { return .refused(.malformed) }
        }
        let words = lines[0].split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count == 3, isMethod(words[0]), isTarget(words[1]), isVersion(words[2]),
            lines.dropFirst().allSatisfy(isHeader)
        else { return .refused(.malformed) }
        guard words[0].elementsEqual("GET".utf8) else { return .refused(.method) }
        return ticket(in: String(decoding: words[1], as: UTF8.self))
    }

    private static func ticket(in target: String) -> Verdict {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        // nginx may or may not take its own internal prefix off.
        guard parts[0] == "/" || parts[0].hasSuffix("/-/hub/") else { return .refused(.notFound) }
        for item in parts.count == 2 ? parts[1].split(separator: "&") : [] where item.hasPrefix("ticket=") {
            return .ticket(String(item.dropFirst("ticket=".count)))
        }
        return .refused(.noTicket)
    }

    private static func isMethod(_ word: ArraySlice<UInt8>) -> Bool {
        (1...16).contains(word.count) && word.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    private static func isTarget(_ word: ArraySlice<UInt8>) -> Bool {
        word.first == UInt8(ascii: "/") && word.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func isVersion(_ word: ArraySlice<UInt8>) -> Bool {
        word.elementsEqual("HTTP/1.1".utf8) || word.elementsEqual("HTTP/1.0".utf8)
    }

    /// Whether a header line has a token, a colon and no control characters, and announces no body.
    private static func isHeader(_ line: ArraySlice<UInt8>) -> Bool {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { return false }
        let name = line[..<colon]
        let value = line[(colon + 1)...]
        let marks = Array("!#$%&'*+-.^_`|~".utf8)
        guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }),
            name.allSatisfy({ byte in
                let letter = byte | 0x20
                return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || marks.contains(byte)
            })
        else { return false }
        switch String(decoding: name, as: UTF8.self).lowercased() {
        case "transfer-encoding": return false
        case "content-length": return value.allSatisfy { $0 == UInt8(ascii: "0") || $0 == 0x20 || $0 == 0x09 }
        default: return true
        }
    }
}

/// Why the hub turns a connection away, and how it says so.
enum LiveRefusal: Equatable {
    case malformed, noTicket, spentTicket, badTicket, notFound, method, slow, tooLarge, tooManyStreams, full

    private var answer: (status: String, message: String) {
        switch self {
        case .malformed: ("400 Bad Request", "This is not a request for a live stream.")
        case .noTicket: ("401 Unauthorized", "A live stream needs a ticket.")
        case .spentTicket: ("401 Unauthorized", "This ticket is used or too old. Ask for a new one.")
        case .badTicket: ("403 Forbidden", "This ticket is not one of ours.")
        case .notFound: ("404 Not Found", "There is no such stream.")
        case .method: ("405 Method Not Allowed", "A live stream can only be read.")
        case .slow: ("408 Request Timeout", "The request took too long.")
        case .tooLarge: ("431 Request Header Fields Too Large", "The request is too large.")
        case .tooManyStreams: ("429 Too Many Requests", "This session has too many live streams open.")
        case .full: ("503 Service Unavailable", "Too many live streams are open. Try again soon.")
        }
    }

    /// The whole response, after which the connection is closed.
    var response: String {
        let (status, message) = answer
        let body = "{\"status\":\(status.prefix(3)),\"message\":\"\(message)\"}\n"
        var extra = ""
        if self == .method { extra = "Allow: GET\r\n" }
        if self == .full || self == .tooManyStreams { extra = "Retry-After: 5\r\n" }
        return "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Cache-Control: no-store\r\n\(extra)Connection: close\r\n\r\n\(body)"
    }
}
