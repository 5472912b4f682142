import RunProtocol
import Site
import SiteTesting
import Testing
import Web

@Suite("Who has a text formatted")
struct FormattingAttackTests {
    private static let neat = FormattingTests.prints("y = 1\n")

    @Test("is who may edit it: a runner and a reader change nothing and start nothing, a stranger finds nothing")
    func rights() throws {
        try FormattingTests.with("y=1\n", Self.neat) { site, runner, ada, project, document in
            let version = try ada.document(document).version
            let address = "/documents/\(document)/formats"
            for (person, role) in [(Cast.grace, "runner"), (.barbara, "reader")] {
                let other = try site.member(person)
                try site.share(project, with: person, as: role)
                #expect(try other.post(json: "{}", to: address).status == 403)
                #expect(try other.submit(address, ["text": "mine", "version": "\(version)"]).status == 403)
                #expect(!other.get("/projects/\(project)/files/main.py").text.contains("Format</button>"))
            }
            let mallory = try site.member(.mallory)
            #expect(try mallory.post(json: "{}", to: address).status == 404)
            #expect(try mallory.submit(address, ["text": "mine", "version": "\(version)"]).status == 404)
            #expect(try site.visitor().submit(address, [:]).status == 401)
            #expect(try ada.document(document) == (version, "y=1\n"))
            #expect(runner.requests.isEmpty)
        }
    }

    @Test("An editor's own formatting is taken back by nobody else, and by its name only in its project")
    func takingBack() throws {
        try FormattingTests.with("y=1\n", Self.neat) { site, _, ada, project, document in
            let grace = try site.member(.grace)
            try site.share(project, with: .grace, as: "editor")
            let reversal = try #require(try FormattingTests.format(document, by: ada).reversal)
            #expect(try grace.post(json: "{}", to: reversal).status == 404)
            #expect(try site.member(.mallory).post(json: "{}", to: reversal).status == 404)
            let other = try ada.makeProject("Other")
            let stranger = try #require(try ada.files(of: other).first).document
            let moved = reversal.replacing("/documents/\(document)/", with: "/documents/\(stranger)/")
            #expect(try ada.post(json: "{}", to: moved).status == 404)
            #expect(try ada.document(document).text == "y = 1\n")
            for name in ["%27", "..%2f..", String(repeating: "a", count: 2_000)] {
                let answer = try ada.post(json: "{}", to: "/documents/\(document)/formats/\(name)/reversal")
                #expect(answer.status == 404)
            }
        }
    }

    @Test(
        "of another language than the project's there is no formatter, nor for a text that is too long, nor in an archive"
    )
    func elsewhere() throws {
        try FormattingTests.with("y=1\n", Self.neat) { _, runner, ada, project, document in
            _ = try ada.submit("/projects/\(project)/files", ["path": "notes.md"])
            let notes = try #require(try ada.files(of: project).first { $0.path == "notes.md" })
            let refused = try ada.post(json: "{}", to: "/documents/\(notes.document)/formats")
            #expect(refused.status == 422 && refused.text.contains("no formatter for notes.md"))
            #expect(!ada.get("/projects/\(project)/files/notes.md").text.contains("Format</button>"))
            let long = String(repeating: "x", count: 262_145)
            let version = try ada.document(document).version
            _ = try ada.submit("/documents/\(document)/text", ["text": long, "version": "\(version)"])
            #expect(try ada.post(json: "{}", to: "/documents/\(document)/formats").status == 422)
            #expect(runner.requests.isEmpty)
            _ = try ada.submit("/projects/\(project)/archive", [:])
            #expect(try ada.post(json: "{}", to: "/documents/\(document)/formats").status == 403)
        }
    }

    @Test("One person's formatters that never end keep nobody else from theirs")
    func crowd() throws {
        try FormattingTests.with("y=1\n", .busy) { site, runner, ada, _, document in
            let busy = try ada.post(json: "{}", to: "/documents/\(document)/formats")
            #expect(busy.status == 503 && busy.header("Retry-After") != nil)
            runner.runs = Self.neat
            #expect(try FormattingTests.format(document, by: ada).places > 0, "a refused one has left its place")
        }
    }
}
