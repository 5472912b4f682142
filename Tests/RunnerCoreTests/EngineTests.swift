import Foundation
import RunProtocol
import Testing
import UnixSocket

@testable import RunnerCore

@Suite("Speaking with the Engine")
struct EngineTests {
    private func read(_ text: String, cut: Int = .max) throws -> HTTPResponse? {
        var reader = HTTPResponseReader()
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: min(cut, bytes.count)) {
            if let response = try reader.append(Array(bytes[start..<min(start + min(cut, bytes.count), bytes.count)])) {
                return response
            }
        }
        return nil
    }

    @Test(
        "answers with a length, in chunks, and without a body are read, however they are cut",
        arguments: [1, 3, 7, 1000]
    )
    func responses(cut: Int) throws {
        let length = "HTTP/1.1 201 Created\r\nContent-Length: 4\r\nX: y\r\n\r\nabcd"
        #expect(try read(length, cut: cut) == HTTPResponse(status: 201, body: Array("abcd".utf8)))
        let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n"
        #expect(try read(chunks, cut: cut) == HTTPResponse(status: 200, body: Array("abc0123456789".utf8)))
        #expect(try read("HTTP/1.1 204 No Content\r\n\r\n", cut: cut) == HTTPResponse(status: 204, body: []))
    }

    @Test("an answer without a length goes to the end of the stream, one with a length may not end before it")
    func endOfStream() throws {
        var open = HTTPResponseReader()
        #expect(try open.append(Array("HTTP/1.1 200 OK\r\n\r\nab".utf8)) == nil)
        #expect(try open.finish() == HTTPResponse(status: 200, body: Array("ab".utf8)))
        var short = HTTPResponseReader()
        #expect(try short.append(Array("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab".utf8)) == nil)
        #expect(throws: HTTPFault.cutOff) { try short.finish() }
    }

    @Test("what comes behind the head of an upgraded connection is kept for the stream")
    func upgrade() throws {
        var reader = HTTPResponseReader()
        let response = try reader.append(Array("HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\n\u{1}rest".utf8))
        #expect(response?.status == 101)
        #expect(reader.rest == Array("\u{1}rest".utf8))
    }

    @Test(
        "an answer that is none is refused",
        arguments: [
            "FTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nnocolon\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n", "\r\n\r\n",
        ]
    )
    func malformed(text: String) {
        #expect(throws: HTTPFault.malformed) { try read(text) }
    }

    @Test("an answer without end is given up")
    func tooLong() {
        #expect(throws: HTTPFault.tooLong) {
            try read("HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 70_000))
        }
        #expect(throws: HTTPFault.tooLong) { try read("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n") }
    }

    @Test("noise is refused or awaited")
    func noise() {
        var random = Seeded(3)
        let pieces = [
            "HTTP/1.1 200 OK\r\n", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", "\r\n", "5\r\n", "abc",
            "\0",
        ]
        for _ in 0..<5000 {
            _ = try? read((0..<6).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined())
        }
    }

    @Test("the two streams of a container are taken apart, however they are cut", arguments: [1, 5, 8, 9, 100])
    func demultiplexer(cut: Int) throws {
        let bytes: [UInt8] =
            [1, 0, 0, 0, 0, 0, 0, 3, 65, 66, 67, 2, 0, 0, 0, 0, 0, 0, 1, 68, 1, 0, 0, 0, 0, 0, 0, 0]
            + [1, 0, 0, 0, 0, 0, 0, 1, 69]
        var demultiplexer = StreamDemultiplexer()
        var output: [UInt8] = []
        var error: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: cut) {
            let piece = try demultiplexer.take(Array(bytes[start..<min(start + cut, bytes.count)]))
            output += piece.output
            error += piece.error
        }
        #expect(output == [65, 66, 67, 69] && error == [68])
        #expect(throws: StreamDemultiplexer.Fault.self) { try demultiplexer.take([9, 0, 0, 0, 0, 0, 0, 1]) }
    }

    /// What the runner makes of an Engine's words about a container.
    private func memory(_ words: String, status: String = "200 OK") throws -> ByteCount? {
        let path = "/tmp/carrel-statistics-\(UInt32.random(in: 0 ... .max)).sock"
        let listener = try UnixListener(path: path, mode: 0o600)
        defer { listener.close() }
        Thread {
            guard let stream = try? listener.accept() else { return }
            _ = try? stream.read(atMost: 65536, until: .now + .seconds(5))
            try? stream.write(Array("HTTP/1.1 \(status)\r\nContent-Length: \(words.utf8.count)\r\n\r\n\(words)".utf8))
        }.start()
        return try Engine(socket: path).memory(of: "a1")
    }

    @Test("a container's memory is what it costs, by either version of cgroups, without pages of files")
    func memory() throws {
        // What is below the container's own counts, too: `total_`.
        let first = """
            {"cpu_stats": {}, "memory_stats": {"usage": 9000000, "max_usage": 12000000, "limit": 536870912, "stats":
                {"active_file": 1, "inactive_file": 2, "total_active_file": 1000000, "total_inactive_file": 3500000,
                "hierarchical_memory_limit": 9223372036854771712}}}
            """
        #expect(try memory(first) == ByteCount(4_500_000 + Int(Engine.beside.bytes)))
        let second = """
            {"memory_stats": {"usage": 9000000, "limit": 536870912, "stats":
                {"active_file": 1000000, "anon": 100, "file": 5000000, "inactive_file": 4000000}}}
            """
        #expect(try memory(second) == ByteCount(4_000_000 + Int(Engine.beside.bytes)))
    }

    @Test(
        "a container's memory is unknown where the Engine can't tell it, which is not the same as none",
        arguments: [
            "{}", #"{"memory_stats": {}}"#, #"{"memory_stats": {"usage": 0, "stats": {}}}"#,
            // It has just ended.
            #"{"memory_stats": {"usage": 10, "stats": {"active_file": 10, "inactive_file": 10}}}"#,
        ]
    )
    func noMemory(words: String) throws {
        #expect(try memory(words) == nil)
        #expect(throws: EngineFault.answered(404, "no such container")) {
            try memory(#"{"message": "no such container"}"#, status: "404 Not Found")
        }
        #expect(throws: EngineFault.self) { try memory(#"{"memory_stats": {"usage": "much"}}"#) }
    }

    @Test("a container is what the reviewed file says, word by word")
    func spec() throws {
        let spec = ContainerSpec(
            image: "sha256:0123",
            labels: ["carrel.instance": "test", "carrel.life": "1"],
            limits: WorkspaceLimits(),
            runtime: nil
        )
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "ContainerSpec.json")
        let reviewed = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? NSDictionary
        let actual = try JSONSerialization.jsonObject(with: Data(spec.encoded())) as? NSDictionary
        #expect(try #require(actual) == #require(reviewed))
        // Its opposite: the comparison sees a difference.
        let weaker = ContainerSpec(image: "sha256:0123", labels: [:], limits: WorkspaceLimits(), runtime: "other")
        #expect(try JSONSerialization.jsonObject(with: Data(weaker.encoded())) as? NSDictionary != reviewed)
    }
}
