import Foundation
import Testing

@testable import Live

@Suite("The hub")
struct LiveHubTests {
    @Test("answers a good ticket with an event stream")
    func head() throws {
        try LiveFixture.with { live in
            let reader = try LiveReader(live.path)
            reader.send("GET /carrel/-/hub/?ticket=\(try live.ticket(["run/1"])) HTTP/1.1\r\nHost: hub\r\n\r\n")
            let head = try reader.read(through: "\r\n\r\n").lowercased()
            #expect(head.hasPrefix("http/1.1 200 ok\r\n"))
            #expect(head.contains("\r\ncontent-type: text/event-stream\r\n"))
            #expect(head.contains("\r\ncache-control: no-store\r\n"))
            #expect(head.contains("\r\nx-accel-buffering: no\r\n"))
            #expect(try reader.read(through: "\n\n") == ": open\n\n")
        }
    }

    @Test("says where a new reader starts, and delivers what comes")
    func delivery() throws {
        try LiveFixture.with { live in
            live.publish("run/1", 1)
            let reader = try live.reader("run/1", "run/2")
            let first = try reader.event()
            #expect(first.open == true && first.channel == "run/1" && first.seq == 0)
            #expect(try reader.event().channel == "run/2")
            live.publish("run/1", 2)
            live.publish("run/3", 3)
            live.publish("run/2", 4)
            let one = try reader.event()
            #expect(one == LiveEvent(channel: "run/1", epoch: first.epoch, seq: 1, data: ["n": 2]))
            let two = try reader.event()
            #expect(two.channel == "run/2" && two.seq == 1 && two.data == ["n": 4])
        }
    }

    @Test("refills what a reader missed, exactly")
    func refill() throws {
        try LiveFixture.with { live in
            let reader = try live.reader("run/1")
            _ = try reader.event()
            live.publish("run/1", 1)
            let position = try reader.event().position
            reader.hangUp()
            try live.wait { $0.streams == 0 }
            for number in 2...9 { live.publish("run/1", number) }
            let again = try live.reader("run/1:\(position)")
            live.publish("run/1", 10)
            #expect(try again.events(9).map(\.seq) == Array(2...10))
            let upToDate = try live.reader("run/1:\(position.split(separator: ".")[0]).10")
            live.publish("run/1", 11)
            let next = try upToDate.event()
            #expect(next.data == ["n": 11] && next.open == nil && next.gap == nil)
        }
    }

    @Test("tells of a gap when it can't refill")
    func gap() throws {
        try LiveFixture.with(\.replayMessages, 3) { live in
            let reader = try live.reader("run/1")
            let epoch = try reader.event().epoch
            for number in 1...6 { live.publish("run/1", number) }
            _ = try reader.events(6)
            for (position, next) in [("2", 6), ("7", 6), ("6", 7), ("3", 4)] {
                let again = try live.reader("run/1:\(epoch).\(position)")
                if next == 7 { continue }
                let event = try again.event()
                #expect(event.seq == next && (event.gap == true) == (next == 6), "from \(position)")
            }
            for position in ["\(epoch)x.6", "0.0", "", "nonsense"] {
                let event = try live.reader("run/1:\(position)").event()
                #expect(event.gap == true && event.seq == 6 && event.epoch == epoch)
            }
        }
    }

    @Test("gives a channel a new epoch when nobody has read it for long")
    func newLife() throws {
        try LiveFixture.with(\.channelIdle, .milliseconds(20)) { live in
            let reader = try live.reader("run/1")
            _ = try reader.event()
            live.publish("run/1", 1)
            let old = try reader.event()
            reader.hangUp()
            try live.wait { $0.channels == 0 }
            live.publish("run/1", 2)
            #expect(live.hub.counts.replayBytes == 0)
            let event = try live.reader("run/1:\(old.position)").event()
            #expect(event.gap == true && event.epoch != old.epoch && event.seq == 0)
        }
    }

    @Test("delivers to a hundred readers the same in the same order, from several threads")
    func order() throws {
        try LiveFixture.with(\.maximumStreamsPerSession, 100) { live in
            let readers = try (0..<100).map { _ in try live.reader("run/1", "run/2") }
            DispatchQueue.concurrentPerform(iterations: 4) { thread in
                for number in 0..<50 { live.publish(thread < 2 ? "run/1" : "run/2", thread * 1000 + number) }
            }
            var first: [LiveEvent] = []
            for reader in readers {
                let events = try reader.events(202).filter { $0.open == nil }
                for channel in ["run/1", "run/2"] {
                    #expect(events.filter { $0.channel == channel }.map(\.seq) == Array(1...100))
                }
                for thread in 0..<4 {
                    let own = events.compactMap { $0.data?["n"] }.filter { $0 / 1000 == thread }
                    #expect(own == Array((thread * 1000)..<(thread * 1000 + 50)))
                }
                let ones = events.filter { $0.channel == "run/1" }
                if first.isEmpty { first = ones }
                #expect(ones == first)
            }
            #expect(live.hub.counts.delivered == 20_000)
        }
    }

    @Test("carries ten streams of one session and refuses one more than allowed")
    func manyStreams() throws {
        try LiveFixture.with(\.maximumStreamsPerSession, 10) { live in
            let readers = try (0..<10).map { try live.reader("run/\($0)", "project/1") }
            live.publish("project/1", 7)
            for reader in readers { #expect(try reader.events(3).last?.data == ["n": 7]) }
            let ticket = try live.ticket(["project/1"])
            #expect(try live.status(of: "GET /?ticket=\(ticket) HTTP/1.1\r\n\r\n") == 429)
            #expect(throws: Never.self) { try live.reader("project/1", session: "grace").event() }
            readers[0].hangUp()
            try live.wait { $0.streams == 9 }
            #expect(throws: Never.self) { try live.reader("project/1").event() }
        }
    }

    @Test("names a channel once however often it is asked for")
    func twice() throws {
        try LiveFixture.with { live in
            let reader = try live.reader("run/1", "run/1", "run/1:x.1")
            #expect(try reader.event().open == true)
            live.publish("run/1", 1)
            #expect(try reader.event().data == ["n": 1])
            #expect(live.hub.counts.delivered == 1)
        }
    }

    @Test("ends a session's streams, and nobody else's")
    func signOut() throws {
        try LiveFixture.with { live in
            let ada = try live.reader("run/1", session: "ada")
            let grace = try live.reader("run/1", session: "grace")
            live.hub.close(session: "ada")
            let adaLast = try ada.readToEnd()
            #expect(adaLast.contains("\"open\":true"))
            live.publish("run/1", 1)
            #expect(try grace.events(2).last?.data == ["n": 1])
        }
    }

    @Test("sends heartbeats to idle streams")
    func heartbeat() throws {
        try LiveFixture.with(\.heartbeat, .milliseconds(20)) { live in
            let reader = try live.reader("run/1")
            _ = try reader.event()
            for _ in 0..<3 { #expect(try reader.read(through: "\n\n") == ":\n\n") }
        }
    }

    @Test("ends a stream at its age")
    func age() throws {
        try LiveFixture.with(\.maximumAge, .milliseconds(50)) { live in
            let all = try live.reader("run/1").readToEnd()
            #expect(all.hasSuffix("\"open\":true}\n\n"))
            try live.wait { $0.streams == 0 && $0.connections == 0 }
        }
    }

    @Test("has a gap for a message that is larger than the replay")
    func largeMessage() throws {
        try LiveFixture.with { live in
            let reader = try live.reader("run/1")
            _ = try reader.event()
            live.publish("run/1", 1, padding: 300_000)
            live.publish("run/1", 2)
            let gap = try reader.event()
            #expect(gap.gap == true)
            if gap.seq == 1 { #expect(try reader.event().data == ["n": 2]) }
        }
    }

    @Test("ends everything at stop, removes its socket, and starts again")
    func stop() throws {
        try LiveFixture.with { live in
            let reader = try live.reader("run/1")
            #expect(throws: LiveHubError.running) { try live.hub.start() }
            live.hub.stop()
            let readerLast = try reader.readToEnd()
            #expect(readerLast.contains("\"open\":true"))
            #expect(!FileManager.default.fileExists(atPath: live.path))
            live.publish("run/1", 1)
            #expect(live.hub.counts == LiveHub.Counts())
            try live.hub.start()
            #expect(try live.reader("run/1").event().open == true)
        }
    }

    @Test("lets only those connect whom its mode allows, and takes over a dead socket but no live one")
    func socket() throws {
        try LiveFixture.with(\.mode, 0o640) { live in
            let attributes = try FileManager.default.attributesOfItem(atPath: live.path)
            #expect(attributes[.posixPermissions] as? Int == 0o640)
            let second = LiveHub(configuration: .init(socketPath: live.path), signer: live.signer)
            #expect(throws: LiveHubError.taken(path: live.path)) { try second.start() }
            // A hub that was killed leaves its socket behind.
            try FileManager.default.moveItem(atPath: live.path, toPath: live.path + ".dead")
            live.hub.stop()
            try FileManager.default.moveItem(atPath: live.path + ".dead", toPath: live.path)
            try second.start()
            #expect(try live.reader("run/1").event().open == true)
            second.stop()
            try Data("precious".utf8).write(to: URL(fileURLWithPath: live.path))
            #expect(throws: LiveHubError.notASocket(path: live.path)) { try second.start() }
            try FileManager.default.removeItem(atPath: live.path)
            let path = "/tmp/" + String(repeating: "l", count: 120)
            let long = LiveHub(configuration: .init(socketPath: path), signer: live.signer)
            #expect(throws: LiveHubError.self) { try long.start() }
        }
    }
}
