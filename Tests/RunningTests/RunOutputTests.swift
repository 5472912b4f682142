import Testing

@testable import Running

@Suite("What a run has printed")
struct RunOutputTests {
    private func output(_ pieces: Int, of size: Int) -> (output: RunOutput, whole: [UInt8]) {
        var output = RunOutput()
        var whole: [UInt8] = []
        for number in 0..<pieces {
            let piece = (0..<size).map { UInt8(truncatingIfNeeded: number &* 31 &+ $0) }
            output.append(piece)
            whole += piece
        }
        return (output, whole)
    }

    @Test("All of it is kept up to a bound, and read from any offset")
    func small() {
        let (output, whole) = output(300, of: 1_000)
        #expect(output.length == 300_000)
        #expect(!output.isCut)
        for offset in [0, 1, 262_143, 262_144, 262_145, 299_999] {
            let piece = output.bytes(from: offset)
            #expect(piece.from == offset)
            #expect(piece.bytes == Array(whole[offset...]))
        }
        #expect(output.bytes(from: 300_000).bytes.isEmpty)
        #expect(output.bytes(from: 900_000).bytes.isEmpty)
    }

    @Test("Of a flood the beginning and the end are kept, and memory is bounded")
    func flood() {
        let (output, whole) = output(5_000, of: 1_000)
        #expect(output.length == whole.count)
        #expect(output.isCut)
        #expect(output.head == Array(whole.prefix(RunOutput.headLimit)))
        #expect(output.tail.count >= RunOutput.tailLimit)
        #expect(output.tail.count <= 2 * RunOutput.tailLimit)
        #expect(output.tail == Array(whole.suffix(output.tail.count)))
        // From the start comes the beginning; from its end on, what is left of the rest.
        #expect(output.bytes(from: 0).bytes == output.head)
        let rest = output.bytes(from: RunOutput.headLimit)
        #expect(rest.from == whole.count - output.tail.count)
        #expect(rest.bytes == output.tail)
    }

    @Test("A page gets all of it, or the beginning and the end, cut between lines")
    func ends() {
        var output = RunOutput()
        output.append(Array("one\ntwo\nthree\nfour\n".utf8))
        #expect(output.ends(100) == (Array("one\ntwo\nthree\nfour\n".utf8), [], 0))
        #expect(output.ends(19) == (Array("one\ntwo\nthree\nfour\n".utf8), [], 0))
        #expect(output.ends(18) == (Array("one\ntwo\n".utf8), Array("four\n".utf8), 6))
        var line = RunOutput()
        line.append(Array("abcdefghij".utf8))
        #expect(line.ends(4) == (Array("ab".utf8), Array("ij".utf8), 6))
        // Of a flood, too, what is left out is counted from the first byte to the last.
        let (flood, whole) = self.output(5_000, of: 1_000)
        let (head, tail, cut) = flood.ends(1_000)
        #expect(Array(whole.prefix(head.count)) == head && Array(whole.suffix(tail.count)) == tail)
        #expect(head.count <= 500 && tail.count <= 500 && head.count + tail.count + cut == whole.count)
    }

    @Test("What was stored comes back the same")
    func stored() {
        let (output, _) = output(5_000, of: 1_000)
        let again = RunOutput(head: output.head, tail: output.tail, length: output.length)
        #expect(again.isCut)
        #expect(again.bytes(from: 700_000).bytes == output.bytes(from: 700_000).bytes)
    }

    @Test(
        "A page without a terminal shows the text a terminal would",
        arguments: [
            ("plain\ntext\t1\n", "plain\ntext\t1\n"), ("\u{1B}[1;31mred\u{1B}[0m", "red"), ("10%\r100%\n", "100%\n"),
            ("line\r\nnext\r\n", "line\nnext\n"), ("ab\u{8}c", "ac"), ("\u{1B}]0;title\u{7}x", "x"),
            ("\u{1B}]8;;http://evil\u{1B}\\link", "link"), ("a\u{0}\u{7}b", "ab"), ("\u{1B}[", ""), ("\u{1B}", ""),
            ("é😀", "é😀"), ("\u{1B}(Bx", "x"),
        ]
    )
    func plainText(bytes: String, expected: String) {
        #expect(PlainText.of(Array(bytes.utf8)) == expected)
    }

    @Test("Bytes that are no text become marks, and nothing crashes on noise")
    func noise() {
        #expect(PlainText.of([0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            _ = PlainText.of(
                (0..<40).map { _ in [0x1B, 0x5B, 0x5D, 0x0D, 0x08, 0x41, 0xC3].randomElement(using: &random) ?? 0 }
            )
        }
    }
}
