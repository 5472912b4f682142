import FoundationEssentials

/// One HTTP response.
public struct Response: Sendable {
    /// What follows the header.
    public enum Body: Sendable {
        case bytes([UInt8])
        /// A file on disk, sent from its first to its last byte.
        case file(path: String)
        /// Bytes that are made while they are sent, so that no more than a piece of them is ever in memory. Their number
        /// is not known before. When making them throws, the answer is cut off, which a browser shows as a failure.
        case stream(Produce)
    }

    /// Takes the next bytes of a body; throws when nobody reads them any more.
    public typealias Send = (UnsafeRawBufferPointer) throws -> Void
    /// Makes a body, piece by piece. It runs after the middleware: what it throws is nobody's to draw, so whoever writes
    /// one logs what went wrong.
    public typealias Produce = @Sendable (@escaping Send) throws -> Void

    /// 200 unless said otherwise.
    public var status: Status
    /// Header fields; length, date and the like are added on the way out.
    public var headers: Headers
    /// What follows the header; not sent in answer to HEAD.
    public var body: Body

    /// A response as it is.
    public init(status: Status = .ok, headers: Headers = [:], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A page.
    public static func html(_ bytes: [UInt8], status: Status = .ok) -> Response {
        Response(status: status, headers: ["Content-Type": "text/html; charset=utf-8"], body: .bytes(bytes))
    }

    /// A value as JSON.
    public static func json(_ value: some Encodable, status: Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return json(encoded: Array(try encoder.encode(value)), status: status)
    }

    /// JSON text that is already encoded.
    public static func json(encoded: [UInt8], status: Status = .ok) -> Response {
        Response(status: status, headers: ["Content-Type": "application/json"], body: .bytes(encoded))
    }

    /// Plain text.
    public static func text(_ text: String, status: Status = .ok) -> Response {
        Response(
            status: status,
            headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: .bytes(Array(text.utf8))
        )
    }

    /// Nothing more to say.
    public static var noContent: Response { Response(status: .noContent) }

    /// Sends the reader on with GET, as after a form. `path` is below the base path, starts with one slash, and is
    /// already percent-encoded; anything else leads to the front page, so that no input can send a reader elsewhere.
    public static func seeOther(_ path: String) -> Response { leading(to: path, .seeOther) }

    /// Says what the address that a reader wrote should have been, for good; `path` as above.
    public static func moved(_ path: String) -> Response { leading(to: path, .movedPermanently) }

    private static func leading(to path: String, _ status: Status) -> Response {
        Response(status: status, headers: ["Location": LocalPath.isSafe(path) ? path : "/"])
    }

    /// Lets nginx answer with an internal location. `path` is below the base path.
    public static func accelerated(_ path: String) -> Response {
        Response(headers: ["X-Accel-Redirect": path])
    }
}

/// Addresses inside this site.
public enum LocalPath {
    /// True for a path that a browser can't take for another site: one slash, no backslash, no control character.
    public static func isSafe(_ path: String) -> Bool {
        let bytes = Array(path.utf8)
        guard bytes.first == UInt8(ascii: "/") else { return false }
        guard bytes.count < 2 || (bytes[1] != UInt8(ascii: "/") && bytes[1] != UInt8(ascii: "\\")) else { return false }
        return bytes.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") }
    }
}
