import Testing
import Wire

@Suite("Frames")
struct FrameTests {
    private func frames(_ messages: [[UInt8]]) throws -> [UInt8] {
        try messages.flatMap { message throws(WireError) in try Frame.encode(message) }
    }

    @Test("come out as they went in, however the stream is cut")
    func chunks() throws {
        let messages: [[UInt8]] = [[1], [2, 3], Array(repeating: 7, count: 70_000), [4]]
        let stream = try frames(messages)
        for size in [1, 2, 3, 4, 5, 1000, 65_536, stream.count] {
            var decoder = FrameDecoder()
            var found: [[UInt8]] = []
            for start in stride(from: 0, to: stream.count, by: size) {
                decoder.append(stream[start..<min(start + size, stream.count)])
                while let message = try decoder.next() { found.append(message) }
            }
            #expect(found == messages)
            #expect(decoder.pending == 0)
        }
    }

    @Test("a cut-off frame is no message yet")
    func cutOff() throws {
        var decoder = FrameDecoder()
        decoder.append(try Frame.encode([1, 2, 3]).dropLast())
        #expect(try decoder.next() == nil)
        decoder.append([3])
        #expect(try decoder.next() == [1, 2, 3])
    }

    @Test("a length above the limit is refused before a byte of it is kept, and for good")
    func tooLong() throws {
        var decoder = FrameDecoder()
        decoder.append([0, 0x10, 0, 1])
        #expect(throws: WireError.tooLong) { try decoder.next() }
        decoder.append(try Frame.encode([1]))
        #expect(throws: WireError.tooLong) { try decoder.next() }
        #expect(decoder.pending == 0)
    }

    @Test("the longest frame passes, one byte more is not sent")
    func limit() throws {
        let longest = [UInt8](repeating: 1, count: Frame.limit)
        var decoder = FrameDecoder()
        decoder.append(try Frame.encode(longest))
        #expect(try decoder.next() == longest)
        #expect(throws: WireError.tooLong) { try Frame.encode(longest + [1]) }
    }

    @Test("an empty frame is refused on both sides")
    func empty() throws {
        #expect(throws: WireError.emptyFrame) { try Frame.encode([UInt8]()) }
        var decoder = FrameDecoder()
        decoder.append([0, 0, 0, 0])
        #expect(throws: WireError.emptyFrame) { try decoder.next() }
    }

    @Test("noise never makes the decoder hold more than a frame and a chunk")
    func noise() {
        var random = SystemRandomNumberGenerator()
        var most = 0
        for _ in 0..<2000 {
            var decoder = FrameDecoder()
            for _ in 0..<5 {
                decoder.append(
                    (0..<Int.random(in: 0...64, using: &random)).map { _ in
                        // Small first bytes, so that some lengths are possible ones.
                        UInt8.random(in: 0...3, using: &random)
                    }
                )
                while (try? decoder.next()) != nil {}
            }
            most = max(most, decoder.pending)
        }
        #expect(most > 0 && most <= Frame.limit + 4)
    }
}
