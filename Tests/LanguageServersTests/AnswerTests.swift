import Editing
import Languages
import RunProtocol
import Testing
import Web

@testable import LanguageServers

@Suite struct AnswerTests {
    private func json(_ text: String) -> JSONValue { JSONValue(parsing: Array(text.utf8)) ?? .null }
    private let text = TextPositions("import os\nos.pa\n𝒳 = 1\n", columns: .units)

    private func range(_ line: Int, _ from: Int, _ to: Int) -> String {
        #"{"start":{"line":\#(line),"character":\#(from)},"end":{"line":\#(line),"character":\#(to)}}"#
    }

    @Test func `places count units of UTF-16, and lines as the protocol does`() {
        #expect(text.place(at: 12).map { [$0.line, $0.column] } == [1, 2])
        #expect(text.place(at: 0).map { [$0.line, $0.column] } == [0, 0])
        #expect(text.offset(line: 2, column: 2) == 18)
        #expect(text.offset(line: 1, column: 500) == 15)
        #expect(text.offset(line: 4, column: 0) == 23 && text.offset(line: 5, column: 0) == nil)
        #expect(text.place(at: 24) == nil && text.place(at: -1) == nil)
    }

    @Test func `suggestions come in the server's order, with what they replace`() {
        let answer = json(
            """
            {"isIncomplete":true,"items":[
            {"label":"path","kind":9,"sortText":"b","documentation":{"kind":"plaintext","value":"\\n Paths.\\u0007"}},
            {"label":" pardir()","filterText":"pardir","kind":3,"sortText":"a","detail":"str",
             "textEdit":{"range":\(range(1, 3, 5)),"newText":"pardir"},
             "additionalTextEdits":[{"range":\(range(0, 0, 0)),"newText":"import x\\n"}]},
            {"label":5},{"kind":1},{"label":"z","textEdit":{"range":\(range(90, 0, 0)),"newText":"z"}}]}
            """
        )
        let (list, isIncomplete, items) = Suggestion.list(answer, in: text)
        #expect(isIncomplete && list.map(\.label) == ["pardir", "path"] && items.count == 2)
        #expect(list[0].shown == "pardir()" && list[0].kind == "function" && list[0].place?.from == 13)
        #expect(list[0].besides.first?.insert == "import x\n" && list[1].info == " Paths.")
        #expect(list.map(\.number) == [0, 1])
    }

    @Test func `answers of any other shape say nothing`() {
        for odd in ["null", "5", "[]", #"{"items":5}"#, #"[{"label":{"a":1}}]"#, #"[[[]]]"#] {
            #expect(Suggestion.list(json(odd), in: text).suggestions.isEmpty)
            #expect(SignatureHelp(json(odd)) == nil)
            #expect(FoundPlace.list(json(odd), home: "/home/coder", limit: 9).isEmpty)
            #expect(FoundProblem.list(json(odd).elements ?? []).isEmpty)
        }
    }

    @Test func `no more is passed on than may be`() {
        let many = json("[" + Array(repeating: #"{"label":"abc"}"#, count: 2_000).joined(separator: ",") + "]")
        #expect(Suggestion.list(many, in: text).suggestions.count == Suggestion.most)
        let long = String(repeating: "é", count: 50_000)
        let help = SignatureHelp(json(#"{"signatures":[{"label":"\#(long)"}]}"#))
        #expect((help?.label.utf8.count ?? 0) <= 1_003)
        // What is not shown is not searched either: that would take days.
        let (label, name) = (String(repeating: "a", count: 2_000_000), "b" + String(repeating: "a", count: 1_000_000))
        let slow = SignatureHelp(json(#"{"signatures":[{"label":"\#(label)","parameters":[{"label":"\#(name)"}]}]}"#))
        #expect(slow?.parameter == nil && (slow?.label.utf8.count ?? 0) <= 1_003)
        let problem = FoundProblem.list([json(#"{"range":\#(range(0, 0, 1)),"message":"\#(long)"}"#)]).first
        #expect((problem?.message.utf8.count ?? 0) <= 1_003)
    }

    @Test func `the parameter of a call is found in its label`() {
        let answer = """
            {"signatures":[{"label":"f(a, 𝒳b)","parameters":[{"label":"a"},{"label":[5,8]}]}],"activeParameter":1}
            """
        #expect(SignatureHelp(json(answer))?.parameter == [5, 8])
        let outside = answer.replacing("[5,8]", with: "[5,80]")
        #expect(SignatureHelp(json(outside))?.parameter == nil)
    }

    @Test("Columns of a server that counts characters are those of the text all the same", arguments: [0, 2, 4, 5, 9])
    func characters(offset: Int) throws {
        let text = TextPositions("𝒳𝒴 = 1\né𝒳\n", columns: .characters)
        let columns = [0: 0, 2: 1, 4: 2, 5: 3, 9: 0]
        #expect(text.place(at: offset).map { $0.column } == columns[offset])
        #expect(text.offset(line: 0, column: 0) == 0 && text.offset(line: 0, column: 1) == 2)
        #expect(text.offset(line: 0, column: 2) == 4 && text.offset(line: 0, column: 3) == 5)
        #expect(text.offset(line: 1, column: 2) == 12 && text.offset(line: 1, column: 99) == 12)
        let start = try #require(ServerPlace(["line": 1, "character": 1]))
        let end = try #require(ServerPlace(["line": 1, "character": 2]))
        let found = try #require(text.unitColumn(start, to: end))
        #expect(found.column == 1 && found.length == 2)
        let behind = try #require(ServerPlace(["line": 9, "character": 0]))
        #expect(text.unitColumn(behind, to: behind) == nil)
    }

    @Test(
        arguments: [
            ("file:///home/coder/lib/a%20b.py", "lib/a b.py"), ("file:///home/coder/a.py", "a.py"),
            ("file:///home/coder/../root/a.py", "/home/coder/../root/a.py"),
            ("file:///home/coderx/a.py", "/home/coderx/a.py"),
            ("file:///usr/lib/os.py", "/usr/lib/os.py"), ("http://home/coder/a.py", nil), ("file:///a%00b", nil),
            ("file:///a%0Ab", nil), ("file:///%FF", nil), ("file:relative", nil), ("", nil),
        ] as [(String, String?)]
    )
    func `an address of a file is one of the project, one outside, or nothing`(_ uri: String, _ path: String?) {
        switch ProjectURI.meaning(of: uri, home: "/home/coder") {
        case .inside(let inside)?: #expect(inside.text == path && path?.hasPrefix("/") == false)
        case .outside(let outside)?: #expect(outside == path)
        case nil: #expect(path == nil)
        }
    }

    @Test func `an address is read as it was written`() throws {
        let path = try #require(ProjectPath("lib/ä b#?%.py"))
        let uri = ProjectURI.of(path, home: "/home/coder")
        #expect(ProjectURI.meaning(of: uri, home: "/home/coder") == .inside(path))
    }
}
