import Editing
import Testing

@Suite("Change sets")
struct ChangeSetTests {
    @Test(
        "compose like CodeMirror's",
        arguments: [
            (["5 0:2", "1 2:0 4"], "1 2:0 2 0:2"),
            (["2 0:2 2", "2 2:0 2"], "4"),
            (["2 0:2 2", "4 0:3 2"], "2 0:5 2"),
            (["2 5:0", "1 1:0"], "1 6:0"),
            (["2 2:0 0:3", "5:0"], "4:0"),
            (["", "0:8", "8:0"], ""),
            (["2 2:2 2:2 2", "1 2:2 2:2 2:2 1"], "1 6:6 1"),
            (["1 2:2 2:2 2:2 1", "2 2:2 2:2 2"], "1 6:6 1"),
            (["1 2:3 3:2 1", "2 3:1 2"], "1 5:3 1"),
        ]
    )
    func compose(steps: [String], result: String) throws {
        var sum = try changes(steps[0])
        for step in steps.dropFirst() { sum = try sum.compose(changes(step)) }
        #expect(sum.description == result)
    }

    @Test("refuse to compose what doesn't follow", arguments: [("2 0:2", "1 0:1"), ("2 2:0 0:3", "7:0")])
    func composeMismatch(first: String, second: String) throws {
        #expect(throws: ChangeSetError.self) { try changes(first).compose(changes(second)) }
        #expect(throws: ChangeSetError.lengthMismatch(expected: 4, actual: 30)) {
            try changes("2 0:2").compose(changes("30 0:1"))
        }
    }

    @Test(
        "map over changes that came first",
        arguments: [
            ("4 0:1", "0:3 4", "7 0:1"), ("4 0:1", "2:0 2", "2 0:1"), ("2 0:1 2", "2 0:1 2", "3 0:1 2"),
            ("2 2:0", "2 1:2 1", "4 1:0"), ("0:1 2:0 8", "6 1:0 0:5 3", "0:1 2:0 12"),
            ("5:0 2 3:0 2", "4 4:0 4", "6:0 2"), ("4 0:1 4", "2 4:0 2", "2 0:1 2"), ("2 2:2 2", "0:2 6", "4 2:2 2"),
            ("2 2:2 2", "3:0 3", "1:2 2"), ("1 4:4 1", "3 0:2 3", "1 2:4 2 2:0 1"), ("1 4:4 1", "2 2:0 2", "1 2:4 1"),
            ("2 2:2 2", "3 2:0 1", "2 1:2 1"), ("2:2 2 2:2", "2 2:0 2", "2:2 2:2"), ("2 2:0 2", "2 2:0 2", "4"),
            ("1 1:2 1", "1 1:1 1", "2 0:2 1"), ("1 1:2 2", "1 2:1 1", "1 0:2 2"), ("2 1:2 1", "1 2:1 1", "2 0:2 1"),
            ("2:1 1", "1 2:2", "1:1 2"), ("1 2:1", "2:2 1", "2 1:1"),
        ]
    )
    func mapOver(mine: String, theirs: String, result: String) throws {
        #expect(try changes(mine).map(over: changes(theirs)).description == result)
    }

    @Test(
        "map over changes that come after",
        arguments: [
            ("2 0:1 2", "2 0:1 2", "2 0:1 3"), ("2 2:0", "2 1:2 1", "4 1:0"), ("2 0:1 2", "4:0", "0:1"),
            ("2 2:0 2", "2 2:0 2", "4"), ("1 1:2 1", "1 1:1 1", "1 0:2 2"),
        ]
    )
    func mapBefore(mine: String, theirs: String, result: String) throws {
        #expect(try changes(mine).map(over: changes(theirs), before: true).description == result)
    }

    @Test("refuse to map over a change of another document")
    func mapMismatch() throws {
        #expect(throws: ChangeSetError.lengthMismatch(expected: 4, actual: 5)) {
            try changes("4 0:1").map(over: changes("5 0:1"))
        }
    }

    @Test("apply to a text of their length only, and leave another alone")
    func apply() throws {
        #expect(try changes(json: "[2,[0,\"ok\"],8]").applied(to: "0123456789") == "01ok23456789")
        #expect(try changes(json: "[1,[8],1]").applied(to: "0123456789") == "09")
        #expect(try changes(json: "[1,[0,\"hi\"],1,[6],2]").applied(to: "0123456789") == "0hi189")
        var text = DocumentText("short")
        #expect(throws: ChangeSetError.lengthMismatch(expected: 10, actual: 5)) {
            try changes("2 0:2 8").apply(to: &text)
        }
        #expect(text.string == "short")
    }

    @Test("count surrogate pairs as two units and line breaks as one")
    func units() throws {
        let text = "a😀\r\nb"
        #expect(DocumentText(text).utf16Length == 5)
        #expect(try changes(json: "[3,[0,\"!\"],2]").applied(to: text) == "a😀!\nb")
        #expect(try changes(json: "[4,[1,\"\",\"漢😀\"]]").applied(to: text) == "a😀\n\n漢😀")
        #expect(try changes(json: "[0,[0,\"x\",\"y\"],5]").newLength == 8)
    }

    @Test("clip inserted text when composed")
    func clip() throws {
        let inserted = try changes(json: "[2,[0,\"abc\"],2,[0,\"def\"],6]")
        #expect(try inserted.compose(changes("4 4:0 8")).applied(to: "0123456789") == "01abef456789")
    }

    @Test("come from a single replacement inside the document")
    func replacement() throws {
        #expect(try ChangeSet(replacing: 5..<5, with: "hi", in: 10).description == "5 0:2 5")
        #expect(try ChangeSet(replacing: 5..<7, with: "", in: 10).description == "5 2:0 3")
        #expect(try ChangeSet(replacing: 0..<2, with: "a\r\nb", in: 2).jsonText == "[[2,\"a\",\"b\"]]")
        #expect(throws: ChangeSetError.invalidRange) { try ChangeSet(replacing: 8..<11, with: "", in: 10) }
        #expect(throws: ChangeSetError.invalidRange) { try ChangeSet(replacing: -1..<2, with: "", in: 10) }
        #expect(throws: ChangeSetError.invalidRange) { try ChangeSet(replacing: 0..<0, with: "", in: Int.max) }
    }

    @Test("know their lengths and whether they do anything")
    func lengths() throws {
        let some = try changes("5 0:2 3:0 1:4")
        #expect((some.length, some.newLength, some.insertedLength) == (9, 11, 6))
        #expect(!some.isEmpty)
        #expect(ChangeSet(keeping: 7).isEmpty && ChangeSet(keeping: 0).isEmpty)
        #expect(ChangeSet(keeping: -7).length == 0)
    }
}
