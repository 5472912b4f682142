import Editing
import Testing

@Suite("The text of a document")
struct ChangeSetTextTests {
    @Test("follows random edits like a plain array of units")
    func randomEdits() throws {
        var random = Seeded(9)
        for _ in 0..<200 {
            let start = random.text(40)
            var text = DocumentText(start)
            var plain = Array(start.utf16)
            for _ in 0..<60 {
                let from = random.upTo(plain.count)
                let to = min(plain.count, from + random.upTo(8))
                let insert = random.text(8)
                try ChangeSet(replacing: from..<to, with: insert, in: plain.count).apply(to: &text)
                plain.replaceSubrange(from..<to, with: Array(insert.utf16))
                #expect(text.utf16Length == plain.count)
                #expect(text.string == String(decoding: plain, as: UTF16.self))
                let middle = random.upTo(plain.count)
                let end = middle + random.upTo(plain.count - middle)
                #expect(text.substring(middle..<end) == String(decoding: plain[middle..<end], as: UTF16.self))
            }
        }
    }

    @Test("is a value: a copy doesn't follow, and equality doesn't see where one typed")
    func value() throws {
        var text = DocumentText("abc")
        let copy = text
        try ChangeSet(replacing: 1..<1, with: "x", in: 3).apply(to: &text)
        #expect(copy.string == "abc" && text.string == "axbc")
        #expect(text == DocumentText("axbc") && text != copy)
    }

    @Test("has one kind of line break inside, and reports the one of the file")
    func lineEndings() {
        #expect(DocumentText("a\r\nb\rc\nd\r\r\n").string == "a\nb\nc\nd\n\n")
        #expect(DocumentText.lineEnding(of: "a\r\nb\r\nc\n") == .crlf)
        #expect(DocumentText.lineEnding(of: "a\rb\r") == .cr)
        #expect(DocumentText.lineEnding(of: "a\nb\r\n") == .lf)
        #expect(DocumentText.lineEnding(of: "\r") == .cr)
        #expect(DocumentText.lineEnding(of: "no line break") == nil)
    }

    @Test("comes back as it went in, from every plane")
    func planes() {
        for text in ["", "\u{0}", "\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}", "e\u{301}👩‍👩‍👧", "\u{FEFF}x"] {
            #expect(Array(DocumentText(text).string.unicodeScalars) == Array(text.unicodeScalars))
            #expect(DocumentText(text).utf16Length == text.utf16.count)
            #expect(DocumentText(text).utf8Length == text.utf8.count)
        }
    }

    @Test("shows half a pair as U+FFFD, moves nothing, and has the pair again once it is whole")
    func halves() throws {
        var text = DocumentText("a😀b")
        try changes(json: "[2,[0,\"-\"],2]").apply(to: &text)
        #expect(text.string == "a\u{FFFD}-\u{FFFD}b")
        #expect(text.utf16Length == 5)
        try changes("2 1:0 2").apply(to: &text)
        #expect(text.string == "a😀b")
        try changes("1 1:0 2").apply(to: &text)
        #expect(text.string == "a\u{FFFD}b")
    }

    @Test("takes many replacements in one change set in a text of megabytes")
    func manyReplacements() throws {
        let line = "let value = value + 1\n"
        let lines = 5_000_000 / line.utf8.count
        var text = DocumentText(String(repeating: line, count: lines))
        let edits = Array(repeating: "4,[5,\"total\"],\(line.utf8.count - 9)", count: 20_000).joined(separator: ",")
        try changes(json: "[\(edits),\((lines - 20_000) * line.utf8.count)]").apply(to: &text)
        let changed = String(repeating: "let total = value + 1\n", count: 20_000)
        #expect(text.string == changed + String(repeating: line, count: lines - 20_000))
    }
}
