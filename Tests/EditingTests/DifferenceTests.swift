import Testing

@testable import Editing

@Suite("The places that make one text of another")
struct DifferenceTests {
    private func applied(_ old: String, _ new: String) throws -> String {
        let places = ChangeSet.places(from: old, to: new)
        let changes = try ChangeSet(replacing: places, in: DocumentText(old).utf16Length)
        return try changes.applied(to: DocumentText(old)).string
    }

    @Test("leave words where they are when only the space between them is other")
    func space() {
        let places = ChangeSet.places(from: "if x==1:\n  print( 'a' )\n", to: "if x == 1:\n    print('a')\n")
        #expect(
            places == [
                .init(4..<4, " "), .init(6..<6, " "), .init(11..<11, "  "), .init(17..<18, ""), .init(21..<22, ""),
            ]
        )
        #expect(ChangeSet.places(from: "a b", to: "a b").isEmpty && ChangeSet.places(from: "", to: "").isEmpty)
    }

    @Test("are as small as what was written otherwise")
    func words() {
        #expect(ChangeSet.places(from: "a = 'x'\nb = 2\n", to: "a = \"x\"\nb = 2\n").map(\.range) == [4..<7])
        #expect(ChangeSet.places(from: "a = 'owl'\n", to: "a = \"owl\"\n").map(\.range) == [4..<5, 8..<9])
        #expect(ChangeSet.places(from: "f(a,\n  b)\n", to: "f(\n  a,\n  b,\n)\n").map(\.range) == [2..<2, 8..<8])
        #expect(ChangeSet.places(from: "x\n", to: "import os\n\nx\n") == [.init(0..<0, "import os\n\n")])
        #expect(ChangeSet.places(from: "x\ny\n\n\n", to: "x\n") == [.init(2..<6, "")])
    }

    @Test(
        "make the other text, whatever it is",
        arguments: [
            ("", "a"), ("a", ""), ("  ", "\n"), ("😀 é", "é😀"), ("a😀b", "a 😀 b"), ("x", " x "), ("(((", "((("),
            ("a\r\nb", "a\nb"), ("a\u{301}b", "a b"), ("{a}{b}{c}", "{c}{b}{a}"),
        ]
    )
    func pairs(old: String, new: String) throws {
        #expect(try applied(old, new) == DocumentText(new).string)
    }

    @Test("make the other text of any two, and cost no time that a text could make long")
    func any() throws {
        var random = SystemRandomNumberGenerator()
        let pieces = ["a", "bb", "(", ")", " ", "  ", "\n", "\t", "😀", "=", "'", "é", "if", ";"]
        func text(_ length: Int) -> String {
            (0..<length).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        }
        for length in [1, 3, 10, 60, 400] {
            for _ in 0..<60 {
                let (old, new) = (text(length), text(.random(in: 0...length)))
                #expect(try applied(old, new) == new, "\(old) → \(new)")
            }
        }
        let (one, other) = (text(60_000), text(60_000))
        let began = ContinuousClock.now
        #expect(try applied(one, other) == other)
        #expect(ContinuousClock.now - began < .seconds(20), "linear, also in a debug build")
    }

    @Test("leave what is below a long insertion where it is, and whole functions together")
    func lines() {
        let below = (0..<200).map { "line \($0)\n" }.joined()
        let above = (0..<200).map { "new \($0)\n" }.joined()
        #expect(ChangeSet.places(from: below, to: above + below) == [.init(0..<0, above)])
        let old = "def a():\n  x\n}\n\ndef b():\n  y\n}\n"
        let new = "def a():\n  x\n}\n\ndef new():\n  z\n}\n\ndef b():\n  y\n}\n"
        #expect(ChangeSet.places(from: old, to: new) == [.init(16..<16, "def new():\n  z\n}\n\n")])
    }
}
