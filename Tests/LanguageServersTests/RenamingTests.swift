import Editing
import Languages
import RunProtocol
import Testing
import Web

@testable import LanguageServers

@Suite struct RenamingTests {
    private func edits(_ text: String) throws -> RenameEdits {
        try RenameEdits(JSONValue(parsing: Array(text.utf8)) ?? .null, home: "/home/coder")
    }

    private func change(_ uri: String, _ edits: String) -> String { #"{"changes":{"\#(uri)":[\#(edits)]}}"# }

    private func edit(_ line: Int, _ from: Int, _ to: Int, _ text: String) -> String {
        """
        {"range":{"start":{"line":\(line),"character":\(from)},"end":{"line":\(line),"character":\(to)}},\
        "newText":"\(text)"}
        """
    }

    @Test func `edits are read in both shapes and put in order`() throws {
        let list = edit(1, 0, 1, "yy") + "," + edit(0, 0, 1, "yy")
        let path = try #require(ProjectPath("a.py"))
        let document = #"{"documentChanges":[{"textDocument":{"uri":"file:///home/coder/a.py"},"edits":[\#(list)]}]}"#
        for answer in [change("file:///home/coder/a.py", list), document] {
            let text = TextPositions("x = 1\nx\n", columns: .units)
            let places = try RenameEdits.places(edits(answer).files[path] ?? [], in: text)
            #expect(places == [ChangeSet.Place(0..<1, "yy"), ChangeSet.Place(6..<7, "yy")])
        }
    }

    @Test func `a text that is given anew is compared with the one that is there`() throws {
        let old = TextPositions("def f():\n    return x\nx = f(x)\n", columns: .units)
        let whole = edit(0, 0, 0, "def f():\\n    return yy\\nyy = f(yy)\\n")
            .replacing(#""end":{"line":0,"character":0}"#, with: #""end":{"line":3,"character":0}"#)
        let path = try #require(ProjectPath("a.py"))
        let places = try RenameEdits.places(
            edits(change("file:///home/coder/a.py", whole)).files[path] ?? [],
            in: old
        )
        #expect(places.map(\.text) == ["yy\nyy", "yy"])
        var text = DocumentText("def f():\n    return x\nx = f(x)\n")
        try ChangeSet(replacing: places, in: text.utf16Length).apply(to: &text)
        #expect(text.string == "def f():\n    return yy\nyy = f(yy)\n")
    }

    @Test func `what touches other files, or does something else, is refused whole`() {
        let inside = change("file:///home/coder/a.py", edit(0, 0, 1, "y"))
        for path in ["/usr/lib/os.py", "/home/coder/../x.py", "/home/coder2/a.py"] {
            #expect(throws: RenameEdits.Fault.self) { try edits(change("file://\(path)", edit(0, 0, 1, "y"))) }
        }
        let odd = [
            #"{"documentChanges":[{"kind":"delete","uri":"file:///home/coder/a.py"}]}"#,
            #"{"documentChanges":[{"kind":"rename","oldUri":"file:///home/coder/a.py","newUri":"file:///etc/x"}]}"#,
            #"{"changes":{"file:///home/coder/a.py":5}}"#, inside.replacing("newText", with: "text"),
        ]
        for answer in odd { #expect(throws: RenameEdits.Fault.unreadable) { try edits(answer) } }
    }

    @Test func `edits that overlap or are not in the text are refused`() throws {
        let path = try #require(ProjectPath("a.py"))
        for list in [edit(0, 0, 3, "y") + "," + edit(0, 2, 4, "z"), edit(9, 0, 1, "y"), edit(0, 3, 1, "y")] {
            let found = try edits(change("file:///home/coder/a.py", list)).files[path] ?? []
            #expect(throws: RenameEdits.Fault.unreadable) {
                try RenameEdits.places(found, in: TextPositions("x = 1\n", columns: .units))
            }
        }
    }
}
