import Crypto
import FoundationEssentials
import Languages
import RunProtocol
import Site
import SiteTesting
import Testing

@testable import Running

@Suite("Problems that a language's check finds")
struct CheckTests {
    private struct Report: Decodable {
        struct Found: Decodable, Equatable {
            var path: String
            var line: Int
            var column: Int?
            var severity: String
            var code: String?
            var message: String
        }

        var kind: String
        var words: String
        var problems: [Found]
        var looksAtAll: Bool
        var versions: [String: Int]
        var output: String?
    }

    private func check(
        _ client: TestClient,
        _ project: Int,
        _ file: String = "main.py",
        isAutomatic: Bool = false
    ) throws -> TestAnswer {
        try client.post(json: #"{"file":"\#(file)","isAutomatic":\#(isAutomatic)}"#, to: "/projects/\(project)/checks")
    }

    private func report(
        _ client: TestClient,
        _ project: Int,
        _ file: String = "main.py",
        isAutomatic: Bool = false
    ) throws -> Report {
        try check(client, project, file, isAutomatic: isAutomatic).json(Report.self)
    }

    private func withSite(
        language: String = "python",
        world change: @escaping (inout Site.World) -> Void = { _ in },
        _ body: (_ runner: StandInRunner, _ site: TestSite, _ ada: TestClient, _ project: Int) throws -> Void
    ) throws {
        let runner = try StandInRunner(.last)
        try TestSite.with(runnerSocket: runner.socket, world: change) { site in
            let ada = try site.member(.ada)
            try body(runner, site, ada, try ada.makeProject(language: language))
        }
    }

    private func write(_ text: String, to path: String, _ client: TestClient, _ project: Int) throws {
        if try !client.files(of: project).contains(where: { $0.path == path }) {
            _ = try client.submit("/projects/\(project)/files", ["path": path])
        }
        let file = try #require(try client.files(of: project).first { $0.path == path })
        let version = try client.document(file.document).version
        let answer = try client.submit("/documents/\(file.document)/text", ["text": text, "version": "\(version)"])
        #expect(answer.status == 303)
    }

    @Test("are told with their places as the editor counts, and with the versions of the texts that were looked at")
    func places() throws {
        try withSite(language: "c") { runner, _, ada, project in
            try write("/* größe 😀 */ int x\n", to: "main.c", ada, project)
            try write("int y\n", to: "lib/y.h", ada, project)
            runner.answerChecks(
                """
                main.c:1:24: error: expected ‘;’ [-Wsome]
                /home/coder/lib/y.h:1:5: warning: no
                lib/gone.h:1:1: error: nobody can go there
                /usr/include/stdio.h:1:1: error: nor there
                """
            )
            let report = try report(ada, project, "main.c")
            #expect(report.kind == "done" && report.words.isEmpty && report.looksAtAll && report.output == nil)
            #expect(
                report.problems == [
                    .init(
                        path: "main.c",
                        line: 1,
                        column: 20,
                        severity: "error",
                        code: "-Wsome",
                        message: "expected ‘;’"
                    ),
                    .init(path: "lib/y.h", line: 1, column: 5, severity: "warning", code: nil, message: "no"),
                ]
            )
            #expect(report.versions == ["main.c": 1, "lib/y.h": 1])
            let request = try #require(runner.next())
            let main = try #require(ProjectPath("main.c"))
            #expect(request.program == .check(main))
            #expect(request.workspace != nil && request.variables.isEmpty && request.arguments.isEmpty)
            #expect(request.limits.wall == .seconds(20) && request.files.count == 2)
            #expect(!ada.get("/projects/\(project)/runs").text.contains("main.c"))
        }
    }

    @Test(
        "A column is converted from what the tool counts",
        arguments: [
            (1, 1), (3, 3), (5, 4), (6, 5), (9, 5), (10, 7), (12, 9),
        ]
    )
    func bytes(column: Int, units: Int) {
        #expect(FoundProblem.units(column, in: "xyö_😀!"[...].unicodeScalars, .bytes) == units)
    }

    @Test("A column is converted from characters, and units are left as they are")
    func characters() {
        let line = "xy😀!"[...].unicodeScalars
        #expect([1, 3, 4, 5].map { FoundProblem.units($0, in: line, .characters) } == [1, 3, 5, 6])
        #expect([1, 3, 5, 6].map { FoundProblem.units($0, in: line, .units) } == [1, 3, 5, 6])
    }

    @Test("An end without problems is one; a failure that names no place shows what was printed, as far as it goes")
    func ends() throws {
        try withSite { runner, _, ada, project in
            runner.answerChecks("", ending: .exited(0))
            #expect(try report(ada, project).kind == "done")
            runner.answerChecks("\u{1B}[31mSegmentation <b>fault</b>\u{1B}[0m\n")
            let unclear = try report(ada, project)
            #expect(unclear.kind == "unclear" && unclear.output == "Segmentation <b>fault</b>\n")
            #expect(unclear.words.contains("failed with code 1"))
            for (ending, words) in [
                (.outOfTime, "too long"), (.outOfMemory, "memory"), (.tooMuchOutput, "printed more"),
                (.signalled(11), "SIGSEGV"), (.cancelled, "stopped"),
            ] as [(RunOutcome.Ending, String)] {
                runner.answerChecks("x", ending: ending)
                let report = try report(ada, project)
                #expect(report.kind == "failed" && report.words.contains(words) && report.problems.isEmpty)
            }
            runner.answerChecks("main.py:1:1: error: one\n", ending: .tooMuchOutput)
            let cut = try report(ada, project)
            #expect(cut.kind == "done" && cut.problems.count == 1 && cut.words.contains("Only its beginning"))
        }
    }

    @Test("Absurd output is bounded, and breaks neither JSON nor a page")
    func absurd() throws {
        try withSite { runner, _, ada, project in
            let line = "main.py:99999999:1: error: \u{0}\u{7}</script><b>&\"\u{202E}\r\n"
            runner.answerChecks(String(repeating: line, count: 40_000))
            let report = try report(ada, project)
            #expect(report.problems.count == 1 && report.problems[0].message.contains("</script><b>&\""))
            #expect(!report.problems[0].message.unicodeScalars.contains { $0.value < 0x20 })
            let page = try ada.submit("/projects/\(project)/checks", ["file": "main.py"])
            #expect(page.status == 200 && page.text.contains("&lt;/script&gt;&lt;b&gt;") && !page.text.contains("<b>&"))
            runner.answerChecks(String(repeating: "(", count: 1_000_000))
            let unclear = try self.report(ada, project)
            #expect((unclear.output ?? "").utf8.count < 70_000)
            #expect(unclear.output?.contains("more bytes are left out") == true)
            runner.answerChecks(String(repeating: "main.py:7:7: error: x \(1)\n", count: 2_000))
            #expect(try self.report(ada, project).problems.count == 1)
        }
    }

    @Test("What nobody asked for is checked only where there is a workspace")
    func automatic() throws {
        try withSite { runner, _, ada, project throws in
            runner.answerChecks("main.py:1:1: error: one\n")
            #expect(try report(ada, project, isAutomatic: true).kind == "absent")
            #expect(runner.requests.isEmpty)
            runner.life = .idle(.seconds(60))
            #expect(try report(ada, project, isAutomatic: true).problems.count == 1)
        }
    }

    @Test("A file of another kind, and a language without a check, say so and start nothing")
    func unchecked() throws {
        try withSite { runner, _, ada, project in
            try write("x", to: "notes.txt", ada, project)
            let report = try report(ada, project, "notes.txt")
            #expect(report.kind == "unchecked" && report.words.contains("no Python file"))
            #expect(runner.requests.isEmpty)
            #expect(try check(ada, project, "gone.py").status == 422)
            #expect(try check(ada, project, "../main.py").status == 422)
            #expect(try check(ada, project, "/etc/passwd").status == 422)
        }
    }

    @Test("When the helper has no room or is away that is said, and nothing else")
    func faults() throws {
        let busy = try StandInRunner(.busy)
        try TestSite.with(runnerSocket: busy.socket) { site in
            let ada = try site.member(.ada)
            #expect(try report(ada, try ada.makeProject()).kind == "busy")
        }
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let report = try report(ada, try ada.makeProject())
            #expect(report.kind == "failed" && report.words.contains("can't be run at the moment"))
        }
    }

    @Test("Without scripts a form saves, checks, and answers with links to the lines")
    func form() throws {
        try withSite { runner, _, ada, project in
            runner.answerChecks("main.py:2:5: error: <odd>\n")
            let page = ada.get("/projects/\(project)/files/main.py").text
            #expect(page.contains("formaction=\"/projects/\(project)/checks\""))
            let file = try #require(try ada.files(of: project).first)
            let version = try ada.document(file.document).version
            let answer = try ada.submit(
                "/projects/\(project)/checks",
                ["file": "main.py", "document": "\(file.document)", "version": "\(version)", "text": "x\ny\n"]
            )
            #expect(answer.status == 200 && answer.text.contains("1 error."))
            #expect(answer.text.contains("href=\"/projects/\(project)/files/main.py?line=2#line\""))
            #expect(answer.text.contains("&lt;odd&gt;"))
            #expect(try ada.document(file.document).text == "x\ny\n")
        }
    }
}
