import Testing
import Wire

@Suite("The codec")
struct CodecTests {
    @Test(
        "numbers of every size come back",
        arguments: [0, 1, 127, 128, 300, 16_383, 16_384, UInt64(UInt32.max), 1 << 62, .max - 1, .max]
    )
    func numbers(number: UInt64) throws {
        var writer = WireWriter()
        writer.put(number)
        writer.put(signed: Int64(bitPattern: number))
        var reader = WireReader(writer.bytes)
        #expect(try reader.number() == number)
        #expect(try reader.signed() == Int64(bitPattern: number))
        try reader.finish()
    }

    @Test("texts, bytes, flags and spans come back")
    func values() throws {
        var writer = WireWriter()
        writer.put("äö\u{0}🏔")
        writer.put([UInt8]([0, 255]))
        writer.put(true)
        writer.put(Duration.milliseconds(1500))
        writer.put(Duration.seconds(-3))
        writer.put(texts: ["", "x"])
        var reader = WireReader(writer.bytes)
        #expect(try reader.text(atMost: 100) == "äö\u{0}🏔")
        #expect(try reader.content(atMost: 2) == [0, 255])
        #expect(try reader.flag())
        #expect(try reader.span() == .milliseconds(1500))
        #expect(try reader.span() == .zero)
        #expect(try reader.texts(atMost: 2, length: 1) == ["", "x"])
        try reader.finish()
    }

    @Test(
        "a number has one spelling",
        arguments: [
            [0x80, 0x00], [0xFF, 0x80, 0x00], [UInt8](repeating: 0x80, count: 10) + [1],
            [UInt8](repeating: 0xFF, count: 9) + [2],
        ] as [[UInt8]]
    )
    func spelling(bytes: [UInt8]) {
        var reader = WireReader(bytes)
        #expect(throws: WireError.badNumber) { try reader.number() }
    }

    @Test("a length above its limit is refused, one above what is there is cut off")
    func lengths() {
        var long = WireReader([5, 1, 2, 3, 4, 5])
        #expect(throws: WireError.tooLong) { try long.content(atMost: 4) }
        var short = WireReader([5, 1, 2, 3, 4])
        #expect(throws: WireError.cutOff) { try short.content(atMost: 5) }
        var list = WireReader([200, 1, 0])
        #expect(throws: WireError.cutOff) { try list.texts(atMost: 1000, length: 1) }
    }

    @Test(
        "text that is not UTF-8 is refused",
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82]] as [[UInt8]]
    )
    func notText(bytes: [UInt8]) {
        var reader = WireReader([UInt8(bytes.count)] + bytes)
        #expect(throws: WireError.notText) { try reader.text(atMost: 10) }
    }

    @Test("flags are 0 or 1")
    func flags() {
        var reader = WireReader([2])
        #expect(throws: WireError.unknown) { try reader.flag() }
    }

    @Test("what is left over is refused")
    func leftOver() throws {
        var reader = WireReader([1, 2])
        _ = try reader.byte()
        #expect(throws: WireError.leftOver) { try reader.finish() }
    }

    @Test("noise is read or refused, never more")
    func noise() {
        var random = SystemRandomNumberGenerator()
        var least = 0
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            var reader = WireReader(bytes)
            _ = try? reader.number()
            _ = try? reader.text(atMost: 20)
            _ = try? reader.texts(atMost: 5, length: 5)
            _ = try? reader.span()
            least = min(least, reader.remaining)
        }
        #expect(least == 0)
    }
}
