import FastCGI
import Foundation
import Testing
import Web

@Suite("Requests and responses")
struct RequestTests {
    @Test("a handler sees the request as the client sent it")
    func request() throws {
        let handler: @Sendable (Request) -> Response = { request in
            .text(
                [
                    request.id, request.method.rawValue, request.path, request.query["q"] ?? "-",
                    request.headers["x-csrf-token"] ?? "-", request.headers["Content-Type"] ?? "-",
                    request.cookie("session") ?? "-", request.remoteAddress, "\(request.isSecure)",
                ].joined(separator: "|")
            )
        }
        try RunningServer.with(handler) { running throws in
            let answer = try RecordClient.get(
                running.path,
                "/a%2Fb/c?q=1%202",
                [
                    ("HTTP_X_CSRF_TOKEN", "t"), ("CONTENT_TYPE", "text/plain"), ("HTTP_COOKIE", "a=b; session=s"),
                    ("HTTPS", "on"),
                ]
            )
            #expect(answer.status == "Status: 200 OK")
            #expect(answer.output.contains("\r\nContent-Type: text/plain; charset=utf-8\r\n"))
            #expect(answer.body == "abc123|GET|/a%2Fb/c|1 2|t|text/plain|s|203.0.113.9|true")
            #expect(answer.isEnded)
            #expect(answer.output.contains("\r\nContent-Length: \(answer.body.utf8.count)\r\n"))
        }
    }

    @Test("the base path is taken off; what lies outside it isn't there")
    func basePath() throws {
        try RunningServer.with(basePath: "/carrel", { .text($0.path) }) { running throws in
            #expect(try RecordClient.get(running.path, "/carrel/projects").body == "/projects")
            #expect(try RecordClient.get(running.path, "/carrel").body == "/")
            #expect(try RecordClient.get(running.path, "http://host.example/carrel/x?y").body == "/x")
            for outside in ["/", "/carrels/x", "/projects", "/CARREL/"] {
                #expect(try RecordClient.get(running.path, outside).status == "Status: 404 Not Found")
            }
        }
    }

    @Test("a target that is no path and an unknown method are refused without the handler")
    func refusals() throws {
        try RunningServer.with({ _ in .text("handled") }) { running throws in
            for target in ["*", "", "x", "javascript:alert(1)", "ftp://host.example/"] {
                #expect(try RecordClient.get(running.path, target).status == "Status: 400 Bad Request")
            }
            for method in ["BREW", "get", ""] {
                let client = try RecordClient(running.path)
                client.send(RecordClient.head(method) + RecordClient.input([]))
                #expect(client.receive().status == "Status: 501 Not Implemented")
            }
        }
    }

    @Test("bytes that aren't UTF-8 are repaired, and a strange request id is replaced")
    func invalidText() throws {
        try RunningServer.with({ .text("\($0.headers["x-name"] ?? "-") \($0.path) \($0.id)") }) { running throws in
            let client = try RecordClient(running.path)
            let content =
                RecordClient.pair(Array("REQUEST_METHOD".utf8), Array("GET".utf8))
                + RecordClient.pair(Array("REQUEST_URI".utf8), [0x2F, 0xFF, 0x61])
                + RecordClient.pair(Array("HTTP_X_NAME".utf8), [0xC3, 0x28])
                + RecordClient.pair(Array("REQUEST_ID".utf8), Array("a b\u{1b}[31m".utf8))
                + RecordClient.pair([0xFF, 0xFE], [0x61]) + RecordClient.pair([], []) + RecordClient.pair([], [0x61])
            client.send(
                RecordClient.begin(keep: false) + RecordClient.record(.parameters, content)
                    + RecordClient.record(.parameters) + RecordClient.input([])
            )
            let words = client.receive().body.split(separator: " ")
            #expect(words.first == "\u{FFFD}(" && words.dropFirst().first == "/\u{FFFD}a")
            #expect(words.count == 3 && words[2].utf8.count >= 16 && !words[2].contains("\u{1b}"))
        }
    }

    @Test("long parameters, in many records, arrive whole")
    func longParameters() throws {
        let long = String(repeating: "ü", count: 60_000)
        try RunningServer.with({ .text("\($0.headers["x-long"] == long)") }) { running throws in
            #expect(try RecordClient.get(running.path, "/", [("HTTP_X_LONG", long)]).body == "true")
        }
    }

    @Test("HEAD, 204 and 304 have no body")
    func noBody() throws {
        let handler: @Sendable (Request) -> Response = { request in
            switch request.path {
            case "/204": .noContent
            case "/304": Response(status: .notModified, body: .bytes(Array("secret".utf8)))
            default: .text("hello")
            }
        }
        try RunningServer.with(handler) { running throws in
            let client = try RecordClient(running.path)
            client.send(RecordClient.head("HEAD") + RecordClient.input([]))
            let head = client.receive()
            #expect(head.body.isEmpty && head.output.contains("\r\nContent-Length: 5\r\n"))
            for path in ["/204", "/304"] {
                let answer = try RecordClient.get(running.path, path)
                #expect(answer.body.isEmpty && !answer.output.contains("Content-Length") && answer.isEnded)
            }
            #expect(try RecordClient.get(running.path, "/").body == "hello")
        }
    }

    @Test("a large body and a file are sent whole", arguments: [0, 1, 8176, 8192, 65_536, 1_000_000])
    func largeResponses(_ size: Int) throws {
        let text = String((0..<size).lazy.map { Character(UnicodeScalar(UInt8(97 + $0 % 23))) })
        let file = RunningServer.temporaryPath()
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        defer { unlink(file) }
        let handler: @Sendable (Request) -> Response = { request in
            request.path == "/file" ? Response(body: .file(path: file)) : Response(body: .bytes(Array(text.utf8)))
        }
        try RunningServer.with(handler) { running throws in
            for path in ["/", "/file"] {
                let answer = try RecordClient.get(running.path, path)
                #expect(answer.body == text && answer.output.contains("\r\nContent-Length: \(size)\r\n"))
            }
        }
    }

    @Test("a body that is made while it is sent comes whole, without a length", arguments: [0, 1, 65_528, 1_000_000])
    func streams(_ size: Int) throws {
        let piece = [UInt8](repeating: 0x78, count: 1_000)
        let handler: @Sendable (Request) -> Response = { _ in
            Response(
                body: .stream { send in
                    for start in stride(from: 0, to: size, by: piece.count) {
                        try piece.prefix(size - start).withUnsafeBytes(send)
                    }
                }
            )
        }
        try RunningServer.with(handler) { running throws in
            let answer = try RecordClient.get(running.path)
            #expect(answer.body.utf8.count == size && answer.isEnded)
            #expect(!answer.output.contains("Content-Length"))
        }
    }

    @Test("a body that can't be made to its end has none, so that nobody takes it for whole")
    func brokenStream() throws {
        struct Failure: Error {}
        let handler: @Sendable (Request) -> Response = { request in
            guard request.path == "/broken" else { return .text("whole") }
            return Response(
                body: .stream { send in
                    try [UInt8](repeating: 0x78, count: 200_000).withUnsafeBytes(send)
                    throw Failure()
                }
            )
        }
        try RunningServer.with(handler) { running throws in
            let answer = try RecordClient.get(running.path, "/broken")
            #expect(answer.body.utf8.count < 200_000 && !answer.isEnded)
            #expect(try RecordClient.get(running.path, "/").body == "whole")
        }
    }

    @Test("a file that isn't there, or is a directory, is our error", arguments: ["/nowhere", "/tmp"])
    func missingFile(_ path: String) throws {
        try RunningServer.with({ _ in Response(body: .file(path: path)) }) { running throws in
            #expect(try RecordClient.get(running.path).status == "Status: 500 Internal Server Error")
        }
    }
}
