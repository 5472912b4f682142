import NIOCore
import Testing

@testable import Live

@Suite("The replay of a channel")
struct LiveReplayTests {
    private func replay(messages: Int = 4, bytes: Int = 4096) -> LiveReplay {
        LiveReplay(channel: "run/1", epoch: "e1", maximumMessages: messages, maximumBytes: bytes)
    }

    private func text(_ next: LiveReplay.Next) -> String {
        switch next {
        case .nothing: "nothing"
        case .message(let buffer), .gap(let buffer): String(buffer: buffer)
        }
    }

    @Test("numbers messages from 1 and writes them as events")
    func numbers() {
        var replay = replay()
        replay.append(Array("{\"n\":1}".utf8))
        replay.append(Array("{\"n\":2}".utf8))
        #expect(
            text(replay.next(after: 0))
                == "data: {\"channel\":\"run/1\",\"epoch\":\"e1\",\"seq\":1,\"data\":{\"n\":1}}\n\n"
        )
        #expect(text(replay.next(after: 1)).contains("\"seq\":2,\"data\":{\"n\":2}"))
        #expect(text(replay.next(after: 2)) == "nothing")
    }

    @Test("keeps line breaks out of events")
    func lineBreaks() {
        var replay = replay()
        replay.append(Array("{\r\n\"n\":\n1}".utf8))
        #expect(text(replay.next(after: 0)).hasSuffix("\"data\":{  \"n\": 1}}\n\n"))
    }

    @Test("forgets the oldest beyond its number, and says so")
    func manyMessages() {
        var replay = replay()
        for number in 1...6 { replay.append(Array("\(number)".utf8)) }
        #expect(replay.count == 4)
        let gap = "data: {\"channel\":\"run/1\",\"epoch\":\"e1\",\"seq\":6,\"gap\":true}\n\n"
        #expect(text(replay.next(after: 1)) == gap)
        #expect(text(replay.next(after: 2)).contains("\"seq\":3,"))
    }

    @Test("forgets the oldest beyond its bytes")
    func manyBytes() {
        var replay = replay(messages: 1000, bytes: 1000)
        for _ in 1...50 { replay.append([UInt8](repeating: UInt8(ascii: "1"), count: 200)) }
        #expect(replay.bytes <= 1000 && replay.count == 3)
        #expect(text(replay.next(after: 46)).contains("gap"))
        #expect(text(replay.next(after: 47)).contains("\"seq\":48,"))
    }

    @Test("has a gap where a message is larger than all of it, and goes on")
    func largeMessage() {
        var replay = replay(bytes: 200)
        replay.append([UInt8](repeating: UInt8(ascii: "1"), count: 300))
        #expect(text(replay.next(after: 0)).contains("\"seq\":1,\"gap\":true"))
        #expect(replay.bytes == 0)
        replay.append(Array("2".utf8))
        #expect(text(replay.next(after: 1)).contains("\"seq\":2,\"data\":2"))
    }

    @Test("has a gap where messages got lost")
    func lost() {
        var replay = replay()
        replay.append(Array("1".utf8))
        replay.lose()
        #expect(text(replay.next(after: 0)).contains("\"seq\":2,\"gap\":true"))
        #expect(text(replay.next(after: 1)).contains("\"seq\":2,\"gap\":true"))
        #expect(text(replay.next(after: 2)) == "nothing")
    }

    @Test("starts a reader where its position says, and only in its own life")
    func start() {
        var replay = replay()
        for number in 1...3 { replay.append(Array("\(number)".utf8)) }
        func told(_ position: LivePosition?) -> String {
            let (number, told) = replay.start(from: position)
            return "\(number) " + (told.map { String(buffer: $0).contains("open") ? "open" : "gap" } ?? "refill")
        }
        #expect(told(nil) == "3 open")
        #expect(told(LivePosition("e1.0")) == "0 refill")
        #expect(told(LivePosition("e1.3")) == "3 refill")
        #expect(told(LivePosition("e1.4")) == "3 gap")
        #expect(told(LivePosition("e2.2")) == "3 gap")
        #expect(told(.unknown) == "3 gap")
    }
}
