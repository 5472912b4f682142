import RE2
import Testing

@Suite("Patterns")
struct PatternTests {
    private func matches(_ pattern: Pattern, in text: String) -> [String] {
        var text = text
        return text.withUTF8 { bytes in
            var found: [String] = []
            var at = 0
            while at < bytes.count, let range = pattern.firstMatch(in: bytes, within: at..<bytes.count) {
                found.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self))
                at = max(range.upperBound, at + 1)
            }
            return found
        }
    }

    @Test("A text is taken as it is, with or without regard to case")
    func literal() throws {
        #expect(matches(try Pattern("a.b", isExpression: false, ignoresCase: false), in: "a.b axb A.B") == ["a.b"])
        #expect(matches(try Pattern("é", isExpression: false, ignoresCase: true), in: "É é e") == ["É", "é"])
    }

    @Test("What is wrong with an expression is told of the one that was typed")
    func words() {
        #expect(throws: PatternError.malformed("missing ): (a")) {
            try Pattern("(a", isExpression: true, ignoresCase: false)
        }
    }

    @Test("An expression keeps to its line, and lines have a start and an end")
    func expression() throws {
        let line = try Pattern("^[^x]*$", isExpression: true, ignoresCase: false)
        #expect(matches(line, in: "one\ntwo\nxx") == ["one", "two"])
        let anything = try Pattern("o\\s+t", isExpression: true, ignoresCase: false)
        #expect(matches(anything, in: "two\nthree").isEmpty)
    }

    @Test("What stands before the part that is looked at counts")
    func context() throws {
        let pattern = try Pattern("\\bcat", isExpression: true, ignoresCase: false)
        var text = "concat"
        #expect(text.withUTF8 { pattern.firstMatch(in: $0, within: 3..<6) } == nil)
    }

    @Test("Groups tell where they matched, and which took no part")
    func groups() throws {
        let pattern = try Pattern("(a)|(b)", isExpression: true, ignoresCase: false)
        var text = "xb"
        let found = text.withUTF8 { pattern.firstMatchWithGroups(in: $0, within: 0..<2) }
        #expect(found == [1..<2, nil, 1..<2])
        #expect(pattern.groups == 2)
    }

    @Test("More groups than nine are no danger")
    func manyGroups() throws {
        let pattern = try Pattern(String(repeating: "(a)", count: 40), isExpression: true, ignoresCase: false)
        var text = String(repeating: "a", count: 50)
        #expect(text.withUTF8 { pattern.firstMatchWithGroups(in: $0, within: 0..<50)?.count } == 10)
    }

    @Test(
        "What is no expression is refused in words",
        arguments: ["(", "a**", "[z-a]", "(?<=a)b", "(a)\\1", "a{2000}"]
    )
    func malformed(text: String) {
        #expect(throws: PatternError.self) { try Pattern(text, isExpression: true, ignoresCase: false) }
    }

    @Test(
        "An expression that repeats repetitions is too large",
        arguments: [
            "((a{1,99}){1,99}){1,99}", "(?:\\pL{500}){2}", "((((x{10}){10}){10}){10}){10}",
        ]
    )
    func tooLarge(text: String) {
        #expect(throws: PatternError.self) { try Pattern(text, isExpression: true, ignoresCase: false) }
    }

    @Test(
        "Expressions that make other engines go back for ever take milliseconds",
        arguments: [
            "(a+)+$", "(a|aa)+$", "(a|a?)+$", "(.*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y", "(a?){30}a{30}b",
        ]
    )
    func catastrophic(text: String) throws {
        let pattern = try Pattern(text, isExpression: true, ignoresCase: false)
        var victim = String(repeating: "a", count: 16_000) + "!" + String(repeating: "x", count: 16_000)
        let time = ContinuousClock().measure {
            _ = victim.withUTF8 { pattern.firstMatch(in: $0, within: 0..<$0.count) }
        }
        #expect(time < .seconds(2))
    }
}
