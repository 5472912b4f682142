import FastCGI
import Foundation
import Testing
import Web

@Suite("Malformed records")
struct MalformedTests {
    fileprivate static let shelf: [(String, [UInt8])] = [
        ("nothing", []),
        ("one byte", [1]),
        ("another version", [9, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
        ("HTTP", Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8)),
        ("parameters before a beginning", RecordClient.record(.parameters, [1, 1, 97, 98])),
        ("a beginning of the wrong length", RecordClient.record(.begin, [0, 1, 0])),
        ("a beginning of request 0", RecordClient.begin(keep: true, request: 0)),
        ("an unknown role", RecordClient.begin(keep: true, role: 77) + RecordClient.record(.parameters)),
        (
            "a name longer than its record",
            RecordClient.begin(keep: true) + RecordClient.record(.parameters, [100, 1, 97])
        ),
        (
            "lengths of two gigabytes",
            RecordClient.begin(keep: true)
                + RecordClient.record(.parameters, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 97])
        ),
        (
            "a length and nothing", RecordClient.begin(keep: true) + RecordClient.record(.parameters, [0x80])
        ),
        ("an end without parameters", RecordClient.begin(keep: true) + RecordClient.record(.parameters)),
        ("input where parameters belong", RecordClient.begin(keep: true) + RecordClient.record(.input, [1, 2])),
        ("an abortion", RecordClient.head("GET", "/", keep: true) + RecordClient.record(.abort)),
        (
            "a question for values",
            RecordClient.record(.getValues, RecordClient.pair(Array("FCGI_MAX_CONNS".utf8), []), request: 0)
        ),
        ("a question of garbage", RecordClient.record(.getValues, [0xFF, 0xFF, 0xFF, 0xFF, 1], request: 0)),
        ("a second beginning", RecordClient.begin(keep: true) + RecordClient.begin(keep: true, request: 2)),
        ("padding without end", [1, 1, 0, 1, 0, 8, 255, 0, 0, 1, 1, 0, 0, 0, 0, 0]),
    ]

    @Test("whatever comes, the next client is served", arguments: 0..<18)
    func survives(_ index: Int) throws {
        #expect(Self.shelf.count == 18)
        try RunningServer.with(threads: 1, { _ in .text("alive") }) { running throws in
            for round in 0..<2 {
                let client = try RecordClient(running.path)
                client.send(Self.shelf[index].1)
                if round == 0 { client.finishSending() }
                if round == 0 { _ = client.receive() }
            }
            #expect(try RecordClient.get(running.path).body == "alive", "after \(Self.shelf[index].0)")
        }
    }

    @Test("a second request on a busy connection is told that it can't be, the first is answered")
    func multiplexing() throws {
        try RunningServer.with({ .text($0.path) }) { running throws in
            let client = try RecordClient(running.path)
            client.send(RecordClient.head("POST", "/first", keep: true, [("CONTENT_LENGTH", "3")]))
            client.send(RecordClient.begin(keep: true, request: 2) + RecordClient.input([1, 2, 3]))
            // In either order: END_REQUEST of the second with CANT_MPX_CONN, and the first's answer.
            let answers = [client.receive(), client.receive()]
            #expect(answers.map(\.protocolStatus).sorted() == [0, 1])
            #expect(answers.map(\.body).joined() == "/first")
        }
    }

    @Test("random records and random cuts of right ones end nothing but their connection")
    func fuzz() throws {
        try RunningServer.with(threads: 4, { _ in .text("alive") }) { running throws in
            var random = SplitMix(state: 20_261_123)
            let right =
                RecordClient.head("POST", "/x", keep: true, [("CONTENT_LENGTH", "5")])
                + RecordClient.input([1, 2, 3, 4, 5])
            for _ in 0..<600 {
                let client = try RecordClient(running.path)
                var bytes = right
                for _ in 0..<Int.random(in: 0...4, using: &random) {
                    bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: .min ... .max, using: &random)
                }
                client.send(Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))))
            }
            #expect(try RecordClient.get(running.path).body == "alive")
        }
    }
}

/// A small generator with a seed, so that a failure comes again.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
