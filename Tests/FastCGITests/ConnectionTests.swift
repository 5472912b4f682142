import FastCGI
import Foundation
import Synchronization
import Testing
import Web

@Suite("Connections")
struct ConnectionTests {
    @Test("one that is kept alive takes request after request; another is closed after one")
    func keepAlive() throws {
        try RunningServer.with({ .text($0.path) }) { running throws in
            let kept = try RecordClient(running.path)
            for round in 1...100 {
                kept.send(RecordClient.head("GET", "/\(round)", keep: true) + RecordClient.input([]))
                #expect(kept.receive().body == "/\(round)")
            }
            let single = try RecordClient(running.path)
            single.send(RecordClient.head() + RecordClient.input([]))
            #expect(single.receive().isEnded && single.isAtEnd)
        }
    }

    @Test("a handler that takes long can tell whether anybody waits for its answer")
    func abandoned() throws {
        let seen = Mutex([String: Bool]())
        let gate = Gate()
        try RunningServer.with(
            threads: 4,
            { request in
                gate.pass()
                seen.withLock { $0[request.path] = request.isAbandoned() }
                return .text("")
            }
        ) { running throws in
            let waiting = try RecordClient(running.path)
            waiting.send(RecordClient.head("GET", "/waits") + RecordClient.input([]))
            do {
                let leaving = try RecordClient(running.path)
                leaving.send(RecordClient.head("GET", "/leaves") + RecordClient.input([]))
                for _ in 0..<2 { #expect(gate.awaitArrival()) }
            }
            gate.open(for: 2)
            _ = waiting.receive()
            let deadline = Date.now + 10
            while seen.withLock({ $0.count }) < 2, Date.now < deadline { usleep(1_000) }
            #expect(seen.withLock { $0 } == ["/waits": false, "/leaves": true])
        }
    }

    @Test("many more kept-alive connections than threads are all served")
    func connectionsDontPinThreads() throws {
        try RunningServer.with(threads: 2, { .text($0.path) }) { running throws in
            let clients = try (0..<50).map { _ in try RecordClient(running.path) }
            for round in 1...3 {
                for (index, client) in clients.enumerated() {
                    client.send(RecordClient.head("GET", "/\(index)/\(round)", keep: true) + RecordClient.input([]))
                }
                for (index, client) in clients.enumerated() {
                    #expect(client.receive().body == "/\(index)/\(round)")
                }
            }
        }
    }

    @Test("connections that say nothing, or hang up, hold nobody up")
    func silent() throws {
        try RunningServer.with(threads: 1, { _ in .text("here") }) { running throws in
            let silent = try (0..<20).map { _ in try RecordClient(running.path) }
            for _ in 0..<20 { _ = try RecordClient(running.path) }
            #expect(try RecordClient.get(running.path).body == "here")
            withExtendedLifetime(silent) {}
        }
    }

    @Test(
        "however many requests wait for something, the next one is answered while there is a thread, and then all are",
        // The second are far more than work at once on any machine's cores.
        arguments: [(threads: 4, waiting: 3), (threads: 48, waiting: 40)]
    )
    func concurrent(threads: Int, waiting: Int) throws {
        let gate = Gate()
        try RunningServer.with(
            threads: threads,
            {
                if $0.path == "/slow" { gate.pass() }
                return .text($0.path)
            }
        ) { running throws in
            // Twice, for places that were given out have to come back.
            for _ in 0..<2 {
                let slow = try (0..<waiting).map { _ in try RecordClient(running.path) }
                for client in slow { client.send(RecordClient.head("GET", "/slow") + RecordClient.input([])) }
                for _ in slow { #expect(gate.awaitArrival()) }
                #expect(try RecordClient.get(running.path, "/quick").body == "/quick")
                gate.open(for: waiting)
                for client in slow { #expect(client.receive().body == "/slow") }
            }
        }
    }

    @Test("under load from many clients every answer is its request's own")
    func load() throws {
        try RunningServer.with(
            threads: 8,
            { request in
                .text(request.path + String(decoding: (try? request.body.bytes(limit: .max)) ?? [], as: UTF8.self))
            }
        ) { running throws in
            let wrong = Mutex(0)
            DispatchQueue.concurrentPerform(iterations: 8) { thread in
                var kept = try? RecordClient(running.path)
                for round in 0..<200 {
                    let keep = round % 5 != 4
                    let body = String(repeating: "\(thread)", count: round * 50)
                    let head = RecordClient.head(
                        "POST",
                        "/\(thread)/\(round)",
                        keep: keep,
                        [("CONTENT_LENGTH", "\(body.utf8.count)")]
                    )
                    kept?.send(head + RecordClient.input(Array(body.utf8)))
                    if kept?.receive().body != "/\(thread)/\(round)" + body { wrong.withLock { $0 += 1 } }
                    if !keep { kept = try? RecordClient(running.path) }
                }
            }
            #expect(wrong.withLock { $0 } == 0)
        }
    }

    @Test("a client that goes away while it is answered harms nobody")
    func clientGone() throws {
        let gate = Gate()
        try RunningServer.with(
            threads: 1,
            { request in
                if request.path == "/gone" { gate.pass() }
                return Response(body: .bytes([UInt8](repeating: 97, count: 3_000_000)))
            }
        ) { running throws in
            for keep in [true, false] {
                do {
                    let client = try RecordClient(running.path)
                    client.send(RecordClient.head("GET", "/gone", keep: keep) + RecordClient.input([]))
                    #expect(gate.awaitArrival())
                }
                gate.open()
                #expect(try RecordClient.get(running.path).body.utf8.count == 3_000_000)
            }
        }
    }
}
