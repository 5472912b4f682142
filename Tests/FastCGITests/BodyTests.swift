import FastCGI
import Foundation
import Synchronization
import Testing
import Web

@Suite("Request bodies")
struct BodyTests {
    /// Answers with the body's length, or the problem it met.
    private static let measure: @Sendable (Request) -> Response = { request in
        do {
            return .text("\(try request.body.bytes(limit: .max).count)")
        } catch let problem as Problem {
            return .text("problem", status: problem.status)
        } catch {
            return .text("error", status: .internalError)
        }
    }

    @Test("a body arrives whole", arguments: [0, 1, 32_767, 32_768, 32_769, 1_000_000])
    func whole(_ size: Int) throws {
        let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try RunningServer.with({ request in
            .text("\((try? request.body.bytes(limit: .max)) == body)")
        }) { running throws in
            #expect(try RecordClient.post(running.path, body).body == "true")
        }
    }

    @Test("a body over the bound is refused before the handler hears of it; one at the bound isn't")
    func announcedTooLong() throws {
        let calls = Mutex(0)
        try RunningServer.with(
            maximumBodyBytes: 1000,
            {
                calls.withLock { $0 += 1 }
                return Self.measure($0)
            }
        ) { running throws in
            let long = [UInt8](repeating: 1, count: 1001)
            #expect(try RecordClient.post(running.path, long).status == "Status: 413 Content Too Large")
            // Refused by the announcement alone, without a byte of it.
            let client = try RecordClient(running.path)
            client.send(RecordClient.head("POST", "/", [("CONTENT_LENGTH", "999999999999")]))
            client.finishSending()
            #expect(client.receive().status == "Status: 413 Content Too Large")
            #expect(calls.withLock { $0 } == 0)
            #expect(try RecordClient.post(running.path, [UInt8](repeating: 1, count: 1000)).body == "1000")
        }
    }

    @Test("a body without an announced length, or with a false one, is bounded all the same")
    func unannounced() throws {
        try RunningServer.with(maximumBodyBytes: 1000, Self.measure) { running throws in
            let long = [UInt8](repeating: 1, count: 100_000)
            for announced in ["", "10"] {
                let answer = try RecordClient.post(running.path, long, announced: announced)
                #expect(answer.status == "Status: 413 Content Too Large")
            }
            #expect(try RecordClient.post(running.path, [1, 2, 3], announced: "").body == "3")
        }
    }

    @Test("a body that ends before its announced length is a bad request")
    func cutOff() throws {
        try RunningServer.with(Self.measure) { running throws in
            let answer = try RecordClient.post(running.path, [1, 2, 3], announced: "10")
            #expect(answer.status == "Status: 400 Bad Request")
            let client = try RecordClient(running.path)
            client.send(RecordClient.head("POST", "/", [("CONTENT_LENGTH", "10")]) + RecordClient.record(.input, [1]))
            client.finishSending()
            #expect(client.receive().status == "Status: 400 Bad Request")
        }
    }

    @Test(
        "a length that is none is a bad request",
        arguments: ["-1", "1x", "+5", " 5", "99999999999999999999", "0x10"]
    )
    func lengths(_ text: String) throws {
        try RunningServer.with(Self.measure) { running throws in
            #expect(try RecordClient.post(running.path, [], announced: text).status == "Status: 400 Bad Request")
        }
    }

    @Test("an unread body doesn't spoil the next request on its connection", arguments: [0, 10, 20_000, 900_000])
    func unread(_ size: Int) throws {
        try RunningServer.with({ .text($0.path) }) { running throws in
            let client = try RecordClient(running.path)
            let body = [UInt8](repeating: 1, count: size)
            for round in 1...3 {
                let head = RecordClient.head("POST", "/\(round)", keep: true, [("CONTENT_LENGTH", "\(size)")])
                client.send(head + RecordClient.input(body))
                #expect(client.receive().body == "/\(round)")
            }
        }
    }

    @Test("a half-read body doesn't either, and one kept beyond its request reads as an error")
    func halfRead() throws {
        let kept = Kept()
        try RunningServer.with({ request in
            kept.keep(request.body)
            return .text("\((try? request.body.next(upTo: 100).count) ?? -1)")
        }) { running throws in
            let client = try RecordClient(running.path)
            for _ in 1...3 {
                let head = RecordClient.head("POST", "/", keep: true, [("CONTENT_LENGTH", "50000")])
                client.send(head + RecordClient.input([UInt8](repeating: 1, count: 50_000)))
                #expect(client.receive().body == "100")
            }
        }
        #expect(throws: Problem.self) { try kept.next() }
    }
}

/// Holds a body where it shouldn't be.
///
/// Unchecked because `RequestBody` isn't Sendable: the test reads it only after the server has ended.
private final class Kept: @unchecked Sendable {
    private var body: RequestBody?

    func keep(_ body: RequestBody) { self.body = body }

    func next() throws -> [UInt8] { try body?.next() ?? [] }
}
