import Testing

@testable import LanguageServers

@Suite struct MessageReaderTests {
    private func messages(_ pieces: [[UInt8]]) throws -> [String] {
        var reader = MessageReader()
        var found: [String] = []
        for piece in pieces {
            reader.append(piece)
            while let body = try reader.next() { found.append(String(decoding: body, as: UTF8.self)) }
        }
        return found
    }

    @Test func `however the bytes are cut, the same messages come out`() throws {
        let stream =
            MessageReader.envelope(Array("{}".utf8)) + MessageReader.envelope([])
            + Array("content-type: x\r\nCONTENT-LENGTH:4\r\n\r\nnull".utf8)
        for size in 1...stream.count {
            let pieces = stride(from: 0, to: stream.count, by: size)
                .map { Array(stream[$0..<min($0 + size, stream.count)]) }
            #expect(try messages(pieces) == ["{}", "", "null"])
        }
    }

    @Test(
        arguments: [
            ("Content-Length: -1\r\n\r\n", MessageReader.Fault.length), ("Content-Length: 1e3\r\n\r\n", .length),
            ("Content-Length: \r\n\r\n", .length), ("Content-Length: 1\r\nContent-Length: 2\r\n\r\n", .length),
            ("Content-Length: 99999999999999999999\r\n\r\n", .length), ("Content-Type: x\r\n\r\n", .length),
            ("Content-Length: 999999999\r\n\r\n", .tooLong), ("Traceback (most recent call last)\r\n\r\n", .head),
            (String(repeating: "x", count: 5_000), .head),
        ]
    )
    func `what is no head ends the stream`(_ head: String, _ fault: MessageReader.Fault) {
        var reader = MessageReader()
        reader.append(Array(head.utf8))
        #expect(throws: fault) { try reader.next() }
        reader.append(MessageReader.envelope(Array("{}".utf8)))
        #expect(throws: fault) { try reader.next() }
    }

    @Test func `random bytes never trap, and never make a message of more than was sent`() {
        var random = SystemRandomNumberGenerator()
        let words = ["Content-Length: ", "\r\n", "\r\n\r\n", "3", "{}", "\u{0}", ":", "é"].map { Array($0.utf8) }
        for _ in 0..<2_000 {
            var reader = MessageReader()
            let stream = (0..<20).flatMap { _ in words.randomElement(using: &random) ?? [] }
            reader.append(stream)
            while let body = try? reader.next() { #expect(body.count <= stream.count) }
        }
    }
}
