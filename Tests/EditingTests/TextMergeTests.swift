import Testing

@testable import Editing

@Suite("Two texts that were made of one")
struct TextMergeTests {
    private let base = "one\ntwo\nthree\nfour\nfive\n"

    private func merge(_ ours: String, _ theirs: String, of base: String? = nil) -> TextMerge {
        TextMerge(of: base ?? self.base, ours: ours, theirs: theirs)
    }

    @Test(
        "are put together where they changed other lines",
        arguments: [
            ("ONE\ntwo\nthree\nfour\nfive\n", "one\ntwo\nthree\nfour\nFIVE\n", "ONE\ntwo\nthree\nfour\nFIVE\n"),
            ("one\nthree\nfour\nfive\n", "one\ntwo\nthree\nfour\n", "one\nthree\nfour\n"),
            ("zero\none\ntwo\nthree\nfour\nfive\n", "one\ntwo\nthree\nfour\n", "zero\none\ntwo\nthree\nfour\n"),
            // Ours at both ends, theirs between: nothing of theirs is covered.
            ("1\ntwo\nthree\nfour\n5\n", "one\ntwo\n3\nfour\nfive\n", "1\ntwo\n3\nfour\n5\n"),
            ("one\ntwo\nthree\nfour\nfive\n", "", ""),
        ]
    )
    func together(ours: String, theirs: String, both: String) {
        #expect(merge(ours, theirs).text == both && merge(ours, theirs).conflicts.isEmpty)
        #expect(merge(theirs, ours).text == both)
    }

    @Test("agree where both changed the same in the same way")
    func same() {
        #expect(merge("one\n2\nthree\nfour\nfive\n", "one\n2\nthree\nfour\n5\n").conflicts.isEmpty)
        #expect(merge("one\n2\nthree\nfour\nfive\n", "one\n2\nthree\nfour\n5\n").text == "one\n2\nthree\nfour\n5\n")
    }

    @Test("keep ours and tell theirs where both changed a line, each in another way")
    func conflicts() {
        let numbers = TextMerge(of: "a = 10\n\nb = 1\n", ours: "a = 15\n\nb = 1\n", theirs: "a = 20\n\nb = 2\n")
        #expect(numbers.text == "a = 15\n\nb = 2\n")
        #expect(numbers.conflicts == [.init(line: 1, ours: "a = 15\n", theirs: "a = 20\n")])
        let deleted = merge("one\nthree\nfour\nfive\n", "one\nTWO\nthree\nfour\nfive\n")
        #expect(deleted.text == "one\nthree\nfour\nfive\n")
        #expect(deleted.conflicts == [.init(line: 2, ours: "", theirs: "TWO\n")])
    }

    @Test("don't agree where both put lines at one place, even an end without a line break")
    func insertions() {
        let inserted = TextMerge(of: "a\nb\n", ours: "a\nx\nb\n", theirs: "a\ny\nb\n")
        #expect(inserted.conflicts.count == 1 && inserted.text == "a\nx\nb\n")
        let ended = TextMerge(of: "a", ours: "a b", theirs: "a c")
        #expect(ended.conflicts == [.init(line: 1, ours: "a b", theirs: "a c")])
        #expect(TextMerge(of: "", ours: "x", theirs: "y").conflicts == [.init(line: 1, ours: "x", theirs: "y")])
    }

    @Test("ask where one takes the last line break away and the other goes on behind it")
    func openEnd() {
        let merged = merge("a\nB", "a\nb\nc\n", of: "a\nb\n")
        #expect(merged.text == "a\nB" && merged.conflicts == [.init(line: 2, ours: "B", theirs: "b\nc\n")])
        #expect(merge("a\nb", "a\nb\nc\n", of: "a\nb\n").conflicts.count == 1)
    }

    @Test("lose nothing: what only one side changed is that side, and each new line is in the text or told")
    func any() {
        var random = Seeded(7)
        let lines = ["a\n", "b\n", "  c\n", "d e\n", "\n", "😀\n"]
        func text() -> [String] {
            (0..<Int.random(in: 0...12, using: &random)).map { _ in lines.randomElement(using: &random) ?? "" }
        }
        func edited(_ text: [String], by name: String) -> [String] {
            var text = text
            for number in 0..<Int.random(in: 0...3, using: &random) {
                let at = Int.random(in: 0...text.count, using: &random)
                if Bool.random(using: &random), at < text.count {
                    text.remove(at: at)
                } else {
                    text.insert("\(name) \(number)\n", at: at)
                }
            }
            // Nothing may stand behind a last line that has no line break.
            if Bool.random(using: &random), let last = text.popLast() { text.append(String(last.dropLast())) }
            return text
        }
        for _ in 0..<2_000 {
            let base = text()
            let (ours, theirs) = (edited(base, by: "our").joined(), edited(base, by: "their").joined())
            let start = base.joined()
            #expect(merge(ours, start, of: start).text == ours && merge(start, theirs, of: start).text == theirs)
            #expect(merge(ours, ours, of: start).text == ours)
            let both = merge(ours, theirs, of: start)
            let other = merge(theirs, ours, of: start)
            func has(_ text: String, _ line: Substring) -> Bool { text.split(separator: "\n").contains(line) }
            for line in ours.split(separator: "\n") where line.hasPrefix("our") { #expect(has(both.text, line)) }
            let told = both.conflicts.map(\.theirs).joined(separator: "\n")
            for line in theirs.split(separator: "\n") where line.hasPrefix("their") {
                #expect(has(both.text, line) || has(told, line), "\(start) \(ours) \(theirs)")
            }
            for line in both.text.split(separator: "\n") { #expect(has(ours, line) || has(theirs, line), "\(line)") }
            #expect(both.conflicts.map(\.theirs) == other.conflicts.map(\.ours))
            #expect(!both.conflicts.isEmpty || both.text == other.text, "\(start) \(ours) \(theirs)")
        }
    }
}
