import Foundation
import Testing

/// A FastCGI client for tests: it can be right, and it can be wrong in every way.
final class RecordClient {
    enum Kind: UInt8 {
        case begin = 1
        case abort = 2
        case end = 3
        case parameters = 4
        case input = 5
        case output = 6
        case error = 7
        case getValues = 9
    }

    struct Answer: Equatable {
        /// Everything on stdout: header and body.
        var output = ""

        /// Whether the END_REQUEST record came.
        var isEnded = false

        var protocolStatus: UInt8 = 0

        /// The header's first line.
        var status: String { String(output.prefix { $0 != "\r\n" }) }

        var body: String {
            guard let blank = output.range(of: "\r\n\r\n") else { return "" }
            return String(output[blank.upperBound...])
        }
    }

    let descriptor: Int32

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { [descriptor] in
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // deinit closes it: by now it would run.
        guard status == 0 else { throw Refused(code: errno) }
        // A server that doesn't answer fails the test instead of hanging it.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    struct Refused: Error {
        let code: Int32
    }

    deinit { close(descriptor) }

    static func record(_ kind: Kind, _ content: [UInt8] = [], request: UInt16 = 1, padding: Int = 0) -> [UInt8] {
        [
            1, kind.rawValue, UInt8(request >> 8), UInt8(request & 255), UInt8(content.count >> 8),
            UInt8(content.count & 255), UInt8(padding), 0,
        ] + content + [UInt8](repeating: 0, count: padding)
    }

    static func begin(keep: Bool, request: UInt16 = 1, role: UInt8 = 1) -> [UInt8] {
        record(.begin, [0, role, keep ? 1 : 0, 0, 0, 0, 0, 0], request: request)
    }

    static func pair(_ name: [UInt8], _ value: [UInt8]) -> [UInt8] {
        length(name.count) + length(value.count) + name + value
    }

    private static func length(_ count: Int) -> [UInt8] {
        count < 128
            ? [UInt8(count)]
            : [UInt8(count >> 24) | 0x80, UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
    }

    /// The records of a request without its body.
    static func head(
        _ method: String = "GET",
        _ target: String = "/",
        keep: Bool = false,
        _ more: [(String, String)] = []
    ) -> [UInt8] {
        let path = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let pairs =
            [
                ("REQUEST_METHOD", method), ("REQUEST_URI", target),
                ("QUERY_STRING", path.count > 1 ? String(path[1]) : ""),
                ("REMOTE_ADDR", "203.0.113.9"), ("REQUEST_ID", "abc123"),
            ] + more
        let content = pairs.flatMap { pair(Array($0.utf8), Array($1.utf8)) }
        var records = begin(keep: keep)
        for start in stride(from: 0, to: content.count, by: 60_000) {
            records += record(.parameters, Array(content[start..<min(start + 60_000, content.count)]), padding: 3)
        }
        return records + record(.parameters)
    }

    /// The records of a body, with the one that ends it.
    static func input(_ bytes: [UInt8]) -> [UInt8] {
        var records: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 32_000) {
            records += record(.input, Array(bytes[start..<min(start + 32_000, bytes.count)]), padding: 5)
        }
        return records + record(.input)
    }

    /// False when the server hung up.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Says that nothing more comes.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Reads to the end of the request, or of the connection.
    func receive() -> Answer {
        var answer = Answer()
        var output: [UInt8] = []
        while !answer.isEnded, let header = read(8) {
            let length = Int(header[4]) << 8 | Int(header[5])
            guard let content = read(length + Int(header[6])) else { break }
            switch Kind(rawValue: header[1]) {
            case .output: output += content[..<length]
            case .end:
                answer.isEnded = true
                answer.protocolStatus = content[4]
            default: break
            }
        }
        answer.output = String(decoding: output, as: UTF8.self)
        return answer
    }

    /// True when the server has closed the connection.
    var isAtEnd: Bool { read(1) == nil }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var got = 0
        while got < count {
            let more = bytes.withUnsafeMutableBytes { buffer in
                Foundation.read(descriptor, buffer.baseAddress?.advanced(by: got), count - got)
            }
            guard more > 0 else { return nil }
            got += more
        }
        return bytes
    }

    /// A whole request without a body on a connection of its own.
    static func get(_ path: String, _ target: String = "/", _ more: [(String, String)] = []) throws -> Answer {
        let client = try RecordClient(path)
        client.send(head("GET", target, more) + input([]))
        return client.receive()
    }

    /// A whole request with a body on a connection of its own.
    static func post(_ path: String, _ body: [UInt8], announced: String? = nil) throws -> Answer {
        let client = try RecordClient(path)
        client.send(head("POST", "/", [("CONTENT_LENGTH", announced ?? "\(body.count)")]) + input(body))
        return client.receive()
    }
}
