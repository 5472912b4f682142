import Projects
import Quotas
import Site
import SiteTesting
import Testing
import Web

@Suite("Documents and their versions")
struct DocumentTests {
    /// Ada's project with one empty document.
    private func withDocument(
        world change: (inout Site.World) -> Void = { _ in },
        _ body: (_ site: TestSite, _ ada: TestClient, _ document: Int) throws -> Void
    ) throws {
        try TestSite.with(world: change) { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            _ = try ada.submit("/projects/\(project)/files", ["path": "notes.txt"])
            let file = try ada.files(of: project).first { $0.path == "notes.txt" }
            try body(site, ada, #require(file).document)
        }
    }

    private struct Answer: Decodable {
        struct Update: Decodable {
            let version: Int
            let client: String
            let sequence: Int
            let author: String
        }
        let version: Int
        let updates: [Update]
    }

    @Test("A whole text that a form saves may be longer than what an editor may send, and can be read again")
    func longForm() throws {
        try withDocument { _, ada, document throws in
            let text = String(repeating: "twelve bytes", count: 100_000)
            _ = try ada.submit("/documents/\(document)/text", ["text": text, "version": "0"])
            #expect(try ada.document(document) == (1, text))
        }
    }

    @Test("An edit becomes the next version")
    func push() throws {
        try withDocument { _, ada, document throws in
            let answer = try ada.push("[[0,\"one\",\"two\"]]", to: document, at: 0)
            #expect(answer.status == 200)
            #expect(try answer.json(Answer.self).version == 1)
            #expect(try ada.document(document) == (1, "one\ntwo"))
        }
    }

    @Test("A stale edit changes nothing and brings what was missed; moved over that, it is taken")
    func stale() throws {
        try withDocument { _, ada, document throws in
            _ = try ada.push("[[0,\"abc\"]]", to: document, at: 0, client: "tab-0000000a")
            let stale = try ada.push("[[0,\"xyz\"]]", to: document, at: 0, client: "tab-0000000b")
            #expect(stale.status == 409)
            let missed = try stale.json(Answer.self)
            #expect(missed.version == 1)
            #expect(missed.updates.map(\.client) == ["tab-0000000a"])
            #expect(missed.updates.map(\.author) == ["ada"])
            #expect(try ada.document(document) == (1, "abc"))
            #expect(try ada.push("[3,[0,\"xyz\"]]", to: document, at: 1, client: "tab-0000000b").status == 200)
            #expect(try ada.document(document) == (2, "abcxyz"))
        }
    }

    @Test("The longest text can be put in at once, in any script, and be read again", arguments: ["a", "字"])
    func longest(letter: String) throws {
        try withDocument { _, ada, document throws in
            let text = String(repeating: letter, count: ProjectLimits().textLength - 1) + "\n"
            let edit = "[[0,\"\(text.dropLast())\",\"\"]]"
            #expect(try ada.push(edit, to: document, at: 0).status == 200)
            #expect(try ada.document(document) == (1, text))
        }
    }

    @Test("An edit that could not be kept is refused and harms nothing")
    func unkeepable() throws {
        try withDocument { _, ada, document throws in
            _ = try ada.push("[[0,\"abc\"]]", to: document, at: 0)
            // Six bytes each in JSON.
            func save(_ count: Int) throws -> Int {
                let text = String(repeating: "\u{1}", count: count)
                return try ada.submit("/documents/\(document)/text", ["text": text, "version": "1"]).status
            }
            #expect(try save(3_000_000) == 422)
            #expect(try ada.document(document) == (1, "abc"))
            #expect(try save(2_700_000) == 303)
            #expect(try ada.document(document).text.utf8.count == 2_700_000)
        }
    }

    @Test("The same edit sent again, as after a lost answer, is in the text once")
    func repeated() throws {
        try withDocument { _, ada, document throws in
            _ = try ada.push("[[0,\"a\"]]", to: document, at: 0, client: "tab-0000000a", sequence: 1)
            _ = try ada.push("[1,[0,\"b\"]]", to: document, at: 1, client: "tab-0000000b", sequence: 1)
            let again = try ada.push("[[0,\"a\"]]", to: document, at: 0, client: "tab-0000000a", sequence: 1)
            #expect(again.status == 200)
            #expect(try again.json(Answer.self).updates.map(\.client) == ["tab-0000000a", "tab-0000000b"])
            #expect(try ada.document(document) == (2, "ab"))
        }
    }

    @Test(
        "What is no edit, or does not fit the text, is refused and changes nothing",
        arguments: [
            "", "null", "7", "\"\"", "{}", "[-1]", "[1.5]", "[1e99]", "[[0,7]]", "[[0,\"a\\nb\"]]", "[[0,\"\\ud83d\"]]",
            "[3]", "[[5]]", "[99999999999]", "[[0,\"x\"]", "[[[]]]", "[[0,\"x\"]],\"extra\":1",
        ]
    )
    func malformed(changes: String) throws {
        try withDocument { _, ada, document throws in
            let answer = try ada.push(changes, to: document, at: 0)
            #expect(answer.status == 400 || answer.status == 422)
            #expect(try ada.document(document) == (0, ""))
        }
    }

    @Test("Versions that do not exist and names that are no client's are refused")
    func malformedEnvelope() throws {
        try withDocument { _, ada, document throws in
            #expect(try ada.push("[[0,\"x\"]]", to: document, at: 5).status == 400)
            #expect(try ada.push("[[0,\"x\"]]", to: document, at: 0, client: "short").status == 400)
            #expect(try ada.push("[[0,\"x\"]]", to: document, at: 0, client: "tab 00000001").status == 400)
            #expect(try ada.post(json: "\u{FFFD}", to: "/documents/\(document)/updates").status == 400)
            #expect(try ada.document(document) == (0, ""))
        }
    }

    @Test("A text that would grow past its limit is refused with the limit")
    func limit() throws {
        try withDocument(world: { $0.projectLimits = ProjectLimits(textLength: 10) }) { _, ada, document throws in
            #expect(try ada.push("[[0,\"0123456789\"]]", to: document, at: 0).status == 200)
            #expect(try ada.push("[10,[0,\"x\"]]", to: document, at: 1, sequence: 2).status == 422)
            #expect(try ada.document(document).text == "0123456789")
        }
    }

    @Test("Emoji count as two, as in the browser")
    func surrogates() throws {
        try withDocument { _, ada, document throws in
            #expect(try ada.push("[[0,\"a😀b\"]]", to: document, at: 0).status == 200)
            #expect(try ada.push("[3,[0,\"!\"],1]", to: document, at: 1, sequence: 2).status == 200)
            #expect(try ada.document(document).text == "a😀!b")
        }
    }

    @Test("Saving a whole text without scripts merges with what was typed meanwhile")
    func plainSave() throws {
        try withDocument { _, ada, document throws in
            _ = try ada.push("[[0,\"one\",\"two\",\"three\"]]", to: document, at: 0)
            _ = try ada.push("[[3,\"ONE\"],10]", to: document, at: 1, sequence: 2)
            let answer = try ada.submit(
                "/documents/\(document)/text",
                ["text": "one\r\ntwo\r\nthree and a half", "version": "1"]
            )
            #expect(answer.status == 303)
            #expect(try ada.document(document) == (3, "ONE\ntwo\nthree and a half"))
        }
    }

    @Test("Saving without scripts what somebody else changed in the same line asks first, and then saves")
    func conflict() throws {
        try withDocument { _, ada, document throws in
            _ = try ada.push("[[0,\"rate = 10\",\"\",\"end\"]]", to: document, at: 0)
            _ = try ada.push("[[9,\"rate = 20\"],5]", to: document, at: 1, sequence: 2)
            let asked = try ada.submit(
                "/documents/\(document)/text",
                ["text": "rate = 15\n\n<b>end", "version": "1"]
            )
            #expect(asked.status == 409)
            #expect(try ada.document(document) == (2, "rate = 20\n\nend"))
            for words in ["ada changed lines", "\nrate = 20\n", "\nrate = 15\n\n&lt;b&gt;end</textarea>"] {
                #expect(asked.text.contains(words), "\(words)")
            }
            #expect(asked.text.contains("name=\"version\" value=\"2\""))
            let answer = try ada.submit(
                "/documents/\(document)/text",
                ["text": "rate = 25\n\n<b>end", "version": "2"]
            )
            #expect(answer.status == 303)
            #expect(try ada.document(document) == (3, "rate = 25\n\n<b>end"))
        }
    }

    @Test("A text stays right over many edits and the snapshots between them")
    func snapshots() throws {
        try withDocument { _, ada, document throws in
            var expected = ""
            for number in 0..<450 {
                let word = "\(number % 10)"
                _ = try ada.push(
                    number == 0 ? "[[0,\"\(word)\",\"\"]]" : "[\(2 * number),[0,\"\(word)\",\"\"]]",
                    to: document,
                    at: number,
                    sequence: number
                )
                expected += "\(word)\n"
            }
            #expect(try ada.document(document) == (450, expected))
            // A save based on a version before the newest snapshot.
            _ = try ada.submit(
                "/documents/\(document)/text",
                ["text": "!\n" + String(expected.prefix(200)), "version": "100"]
            )
            #expect(try ada.document(document) == (451, "!\n" + expected))
        }
    }

    @Test("Whoever missed some hundred edits gets the text")
    func longCatchUp() throws {
        try withDocument { _, ada, document throws in
            for number in 0..<402 {
                _ = try ada.push(
                    number == 0 ? "[[0,\"x\"]]" : "[\(number),[0,\"x\"]]",
                    to: document,
                    at: number,
                    sequence: number
                )
            }
            let few = ada.get("/documents/\(document)/updates?since=400")
            #expect(try few.json(Answer.self).updates.map(\.version) == [401, 402])
            #expect(ada.get("/documents/\(document)/updates?since=0").text.contains("\"text\":\"xxx"))
        }
    }
}
