import Foundation
import RunProtocol
import Testing

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
