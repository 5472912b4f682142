import Foundation
import Testing

@testable import Live

// The shelf of attacks. Whoever can reach the socket is nginx or has broken into its account; the hub still gives
// nothing away, falls over for nobody and keeps no more memory than it promised.
@Suite("The hub under attack")
struct LiveHostileTests {
    @Test("refuses tickets that are missing, made up, changed, old or used")
    func tickets() throws {
        try LiveFixture.with { live in
            func status(_ ticket: String) throws -> Int? {
                try live.status(of: "GET /?ticket=\(ticket) HTTP/1.1\r\n\r\n")
            }
            #expect(try live.status(of: "GET / HTTP/1.1\r\n\r\n") == 401)
            #expect(try status("") == 403)
            #expect(try status("made.up") == 403)
            #expect(try status(String(live.ticket(["run/1"]).reversed())) == 403)
            #expect(try status(live.ticket(["run/1"]) + "A") == 403)
            #expect(try status(live.ticket(["run/1"], life: -1)) == 401)
            let other = LiveTicketSigner(secret: Array("guessed".utf8))
            let forged = try other.sign(LiveTicket(session: "s", channels: [], expires: Date() + 30))
            #expect(try status(forged) == 403)
            let ticket = try live.ticket(["run/1"])
            let reader = try LiveReader(live.path)
            reader.send("GET /?ticket=\(ticket) HTTP/1.1\r\n\r\n")
            #expect(try reader.read(through: "\r\n") == "HTTP/1.1 200 OK\r\n")
            #expect(try status(ticket) == 401)
            #expect(live.hub.counts.streams == 1)
        }
    }

    @Test("believes no header: what the reader may hear stands in the ticket")
    func headers() throws {
        try LiveFixture.with { live in
            let reader = try LiveReader(live.path)
            reader.send("GET /?ticket=\(try live.ticket(["run/1"])) HTTP/1.1\r\nLast-Event-ID: run/2:a.1\r\n")
            reader.send("X-Channels: run/2\r\nX-Session: root\r\nConnection: keep-alive\r\nAccept: text/html\r\n\r\n")
            _ = try reader.read(through: "\r\n\r\n")
            #expect(try reader.event().channel == "run/1")
            live.publish("run/2", 1)
            live.publish("run/1", 2)
            #expect(try reader.event().data == ["n": 2])
        }
    }

    @Test("answers every refusal clearly, as JSON, and closes")
    func refusals() throws {
        try LiveFixture.with { live in
            for (request, status) in [
                ("PUT / HTTP/1.1\r\n\r\n", 405), ("GET /etc/passwd HTTP/1.1\r\n\r\n", 404), ("nonsense\r\n\r\n", 400),
                ("GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n", 431),
            ] {
                let answer = try live.answer(to: request)
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
                #expect(answer.contains("\r\nConnection: close\r\n"))
                #expect(answer.contains("\r\nAllow: GET\r\n") == (status == 405))
                let body = try #require(answer.range(of: "\r\n\r\n").map { answer[$0.upperBound...] })
                #expect(answer.contains("\r\nContent-Length: \(body.utf8.count)\r\n"))
                let json = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
                #expect(json?["status"] as? Int == status)
            }
            try live.wait { $0.connections == 0 && $0.refused == 4 }
        }
    }

    @Test("gives a request that doesn't come only so much time")
    func slowRequest() throws {
        try LiveFixture.with(\.requestTime, .milliseconds(50)) { live in
            let begun = try live.status(of: "GET /?tick")
            let silent = try live.status(of: "")
            #expect(begun == 408 && silent == 408)
        }
    }

    @Test("closes a stream whose reader speaks, and lets a request and more at once through to nobody")
    func pipelining() throws {
        try LiveFixture.with { live in
            let request = "GET /?ticket=\(try live.ticket(["run/1"])) HTTP/1.1\r\n\r\n"
            #expect(try live.status(of: request + request) == 400)
            let reader = try live.reader("run/1")
            _ = try reader.event()
            reader.send("GET / HTTP/1.1\r\n\r\n")
            #expect(try reader.readToEnd() == "")
            try live.wait { $0.streams == 0 }
        }
    }

    @Test("serves no more connections than its limit, and serves again when some have gone")
    func flood() throws {
        try LiveFixture.with(\.maximumStreams, 50) { live in
            var silent = try (0..<50).map { _ in try LiveReader(live.path) }
            try live.wait { $0.connections == 50 }
            for _ in 0..<200 { #expect(try live.status(of: "") == 503) }
            silent.removeAll()
            try live.wait { $0.connections == 0 }
            #expect(try live.reader("run/1").event().open == true)
        }
    }

    @Test("keeps browsers waiting that come back all at the same moment")
    func rush() throws {
        // The hub looks at its clock at every tick; while the gate is shut, its thread stands still.
        let gate = NSLock()
        try LiveFixture.with(\.clock, { gate.withLock { Date() } }) { live in
            let readers = try gate.withLock {
                try (0..<300).map { _ in try LiveReader(live.path, patient: false) }
            }
            try live.wait { $0.connections == readers.count }
        }
    }

    @Test("survives thousands of broken connections, and goes on serving")
    func fuzz() throws {
        try LiveFixture.with { live in
            let steady = try live.reader("run/1")
            _ = try steady.event()
            let good = Array("GET /?ticket=\(try live.ticket(["run/1"], life: -1)) HTTP/1.1\r\nHost: hub\r\n\r\n".utf8)
            for number in 0..<4000 {
                var bytes = good
                switch number % 4 {
                case 0: bytes = (0..<Int.random(in: 0...400)).map { _ in UInt8.random(in: .min ... .max) }
                case 1: for _ in 0..<3 { bytes[Int.random(in: bytes.indices)] = UInt8.random(in: .min ... .max) }
                case 2: bytes.removeLast(Int.random(in: 1...bytes.count))
                default: bytes += (0..<Int.random(in: 1...50)).map { _ in UInt8.random(in: .min ... .max) }
                }
                let reader = try LiveReader(live.path)
                reader.send(bytes)
                if number % 3 == 0 { continue }
                reader.endSending()
                let answer = try reader.readToEnd()
                #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "case \(number)")
                if number % 100 == 0 {
                    live.publish("run/1", number)
                    #expect(try steady.event().data == ["n": number])
                }
            }
            try live.wait { $0.connections == 1 }
        }
    }

    @Test("forgets readers who vanish in the middle of messages")
    func vanishing() throws {
        try LiveFixture.with { live in
            let steady = try live.reader("run/1", session: "steady")
            var heard = [try steady.event().seq]
            for number in 1...300 {
                let reader = try live.reader("run/1")
                live.publish("run/1", number, padding: 2000)
                if number % 2 == 0 { _ = try reader.event() }
                reader.hangUp()
                live.publish("run/1", 0)
                heard += try steady.events(2).map(\.seq)
                try live.wait { $0.streams < 20 }
            }
            try live.wait { $0.connections == 1 }
            #expect(heard == Array(0...600))
        }
    }

    @Test("keeps little for readers who read nothing, and they miss nothing silently")
    func slowReaders() throws {
        try LiveFixture.with { live in
            let slow = try (0..<20).map { _ in try live.reader("run/1") }
            let quick = try live.reader("run/1", session: "quick")
            _ = try quick.event()
            var most = 0
            // 24 MB for each reader, half a GB in all.
            for number in 1...1500 {
                live.publish("run/1", number, padding: 16_000)
                #expect(try quick.event().seq == number)
                if number % 100 == 0 { most = max(most, live.hub.counts.waitingBytes) }
            }
            let limit = (64 * 1024 + 20_000) * 20
            #expect(most > 0 && most <= limit, "\(most) bytes waited")
            #expect(live.hub.counts.replayBytes <= 256 * 1024)
            for reader in slow {
                var last = try reader.event().seq
                var gaps = 0
                while last < 1500 {
                    let event = try reader.event()
                    if event.gap == true { gaps += 1 } else { #expect(event.seq == last + 1) }
                    last = event.seq
                }
                #expect(gaps == 1)
            }
            live.publish("run/1", 1501)
            for reader in slow { #expect(try reader.event().seq == 1501) }
        }
    }

    @Test("closes a reader who takes nothing for too long")
    func stalled() throws {
        try LiveFixture.with(\.stalledTime, .milliseconds(50)) { live in
            let reader = try live.reader("run/1")
            for number in 1...40 { live.publish("run/1", number, padding: 16_000) }
            try live.wait { $0.streams == 0 }
            #expect(live.hub.counts.waitingBytes == 0)
            reader.hangUp()
        }
    }

    @Test("keeps little for publishers who are quicker than it, and tells of the gap")
    func backlog() throws {
        try LiveFixture.with(\.maximumBacklog, 100_000) { live in
            let reader = try live.reader("run/1")
            _ = try reader.event()
            let bytes = Array("{\"n\":1,\"\(String(repeating: "p", count: 30_000))\":0}".utf8)
            for _ in 0..<2000 { live.hub.publish("run/1", bytes) }
            live.publish("run/1", 2)
            var last = 0
            var gaps = 0
            while last < live.hub.counts.published {
                let event = try reader.event()
                if event.gap == true { gaps += 1 }
                #expect(event.seq > last)
                #expect(event.gap == true || event.seq == last + 1)
                last = event.seq
            }
            #expect(gaps > 0)
        }
    }
}
