import Foundation
import UnixSocket

/// Stands where the Engine is and writes down what it is asked. It has an image of every language if told so, but its
/// containers end as soon as they are attached to.
final class RecordingEngine {
    struct Call: Sendable {
        /// Method and path.
        var line: String
        var body: String
    }

    /// Everything that a runner has to say to an Engine, a container being sixty-four digits.
    private static let allowed: [String] = {
        let container = "/containers/[0-9a-f]{64}"
        return [
            "GET /version", "GET /info", "GET /images/carrel/[a-z0-9-]+:current/json",
            #"GET /containers/json\?all=1&filters=%7B%22label%22%3A%5B%22carrel.instance%3D[a-z0-9-]+%22%5D%7D"#,
            "POST /containers/create", #"POST \#(container)/attach\?stream=1&stdin=1&stdout=1&stderr=1"#,
            "POST \(container)/start", "POST \(container)/update", #"POST \#(container)/wait\?condition=removed"#,
            #"DELETE \#(container)\?force=1&v=1"#,
            #"POST \#(container)/rename\?name=carrel\.[a-z0-9-]+\.[0-9]+\.[a-z0-9-]+\.[0-9a-f]{12}"#,
            #"GET /events\?since=0&until=[0-9]+\.[0-9]"#
                + "&filters=%7B%22container%22%3A%5B%22[0-9a-f]{64}%22%5D%2C%22event%22%3A%5B%22oom%22%5D%7D",
            "GET \(container)/json", #"GET \#(container)/stats\?stream=false&one-shot=true"#,
        ]
    }()

    let path = "/tmp/carrel-recording-\(UInt32.random(in: 0 ... .max)).sock"
    private let listener: UnixListener
    private let seen = Mutexed<[Call]>([])

    init(hasImages: Bool = false) throws {
        listener = try UnixListener(path: path, mode: 0o600)
        let listener = listener
        let seen = seen
        Thread {
            while let stream = try? listener.accept() {
                guard let call = try? Self.read(stream) else { continue }
                seen.change { $0.append(call) }
                try? stream.write(Array(Self.answer(call.line, hasImages).utf8))
            }
        }.start()
    }

    deinit { listener.close() }

    var calls: [Call] { seen.value }

    /// The calls that no runner may make.
    var forbidden: [Call] { calls.filter { !Self.isAllowed($0.line) } }

    static func isAllowed(_ line: String) -> Bool {
        allowed.contains { pattern in
            line.range(of: "^\(pattern) HTTP/1.1$", options: .regularExpression) != nil
        }
    }

    private static func read(_ stream: UnixStream) throws -> Call {
        var bytes: [UInt8] = []
        while true {
            let more = try stream.read(atMost: 65536, until: .now + .seconds(5))
            bytes += more
            let text = String(decoding: bytes, as: UTF8.self)
            let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
            let lines = parts[0].split(separator: "\r\n")
            let length = lines.compactMap { line in
                line.hasPrefix("Content-Length: ") ? Int(line.dropFirst(16)) : nil
            }
            if more.isEmpty || (parts.count == 2 && parts[1].utf8.count >= length.first ?? 0) {
                return Call(line: String(lines.first ?? ""), body: parts.count == 2 ? String(parts[1]) : "")
            }
        }
    }

    private static func answer(_ line: String, _ hasImages: Bool) -> String {
        func answer(_ status: String, _ body: String) -> String {
            "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        if line.hasPrefix("GET /containers/json") { return answer("200 OK", "[]") }
        if hasImages && line.hasPrefix("GET /images/") {
            return answer("200 OK", #"{"Id":"sha256:0123","Size":1}"#)
        }
        if line.hasPrefix("POST /containers/create") {
            return answer("201 Created", #"{"Id":"\#(String(repeating: "a1", count: 32))"}"#)
        }
        if line.contains("/attach?") { return "HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\n" }
        if line.contains("/start ") || line.hasPrefix("DELETE") { return answer("204 No Content", "") }
        return answer("404 Not Found", #"{"message":"no such thing"}"#)
    }
}
