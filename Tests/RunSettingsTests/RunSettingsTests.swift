import RunProtocol
import SiteTesting
import Testing

@Suite("Run settings")
struct RunSettingsTests {
    /// A site with ada and a project of hers, and a helper that writes down what is started.
    private func withProject(
        _ body: (_ site: TestSite, _ ada: TestClient, _ project: Int, _ runner: StandInRunner) throws -> Void
    ) throws {
        let runner = try StandInRunner(.end)
        try TestSite.with(runnerSocket: runner.socket) { site in
            let ada = try site.member(.ada)
            try body(site, ada, try ada.makeProject(), runner)
        }
    }

    /// Presses Run in a file, and says what the helper was asked to start.
    private func run(_ ada: TestClient, _ project: Int, _ runner: StandInRunner) throws -> RunRequest {
        let answer = try ada.submit("/projects/\(project)/runs", ["file": "main.py"])
        try #require(answer.location?.contains("?run=") == true, "\(answer.text)")
        return try #require(runner.next())
    }

    @Test("Where nothing is set, a program starts as its language has it")
    func nothing() throws {
        try withProject { _, ada, project, runner in
            let page = ada.get("/projects/\(project)/run-settings")
            #expect(page.status == 200 && page.text.contains("No secrets yet."))
            #expect(
                page.text.contains("At most 64 arguments in 8 KB, the same for a command, and 64 variables and secrets")
            )
            let request = try run(ada, project, runner)
            #expect(request.program == .file(try #require(ProjectPath("main.py"))))
            #expect(request.arguments.isEmpty && request.variables.isEmpty)
        }
    }

    @Test("What is set is shown again, and told to the helper at every start")
    func saved() throws {
        try withProject { _, ada, project, runner in
            _ = try ada.submit("/projects/\(project)/files", ["path": "app/start.py"])
            let file = try #require(try ada.files(of: project).first { $0.path == "app/start.py" })
            let form = [
                "main": "\(file.id)", "arguments": "--n 5\r\n'two words'", "command": "",
                "variables": "GREETING=good day\r\n\r\n MOOD =a=b <i>\r\n",
            ]
            let answer = try ada.submit("/projects/\(project)/run-settings", form)
            #expect(answer.location == "/projects/\(project)/run-settings")
            let page = ada.get("/projects/\(project)/run-settings").text
            #expect(page.contains("value=\"\(file.id)\" selected>app/start.py"))
            #expect(page.contains(">\n--n 5 &#39;two words&#39;</textarea>"))
            #expect(page.contains(">\nGREETING=good day\nMOOD=a=b &lt;i&gt;</textarea>"))
            #expect(page.contains("The run settings are saved."))
            let request = try run(ada, project, runner)
            #expect(request.program == .file(try #require(ProjectPath("app/start.py"))))
            #expect(request.arguments == ["--n", "5", "two words"])
            #expect(request.variables.map(\.name) == ["GREETING", "MOOD"])
            #expect(request.variables.map(\.value) == ["good day", "a=b <i>"])
        }
    }

    @Test("A command stands in the place of the language's, arguments behind it; a terminal stays a shell")
    func command() throws {
        try withProject { _, ada, project, runner in
            let form = ["command": "python3 -m 'my app'", "arguments": "-v", "variables": "A=1"]
            _ = try ada.submit("/projects/\(project)/run-settings", form)
            let request = try run(ada, project, runner)
            #expect(request.program == .command(["python3", "-m", "my app"]) && request.arguments == ["-v"])
            _ = try ada.post(json: "{}", to: "/projects/\(project)/terminals")
            let terminal = try #require(runner.next())
            #expect(terminal.program == .shell && terminal.arguments.isEmpty)
            #expect(terminal.variables.map(\.name) == ["A"])
            // Everything is taken back by saving an empty form.
            _ = try ada.submit("/projects/\(project)/run-settings", [:])
            #expect(try run(ada, project, runner).variables.isEmpty)
        }
    }

    /// What somebody typed into a field, and what is said to that.
    struct Slip: Sendable, CustomTestStringConvertible {
        let field: String
        let typed: String
        let words: String

        init(_ field: String, _ typed: String, _ words: String) {
            (self.field, self.typed, self.words) = (field, typed, words)
        }

        var testDescription: String { "\(field): \(words)" }

        private static func long(_ count: Int) -> String { String(repeating: "x", count: count) }

        static let all = [
            Slip("main", "999999", "no longer in the project"), Slip("main", "x", "no longer in the project"),
            Slip("arguments", "a 'b", "A quote (&#39;) is opened and not closed"),
            Slip("arguments", "a\\", "The last \\ has nothing after it"),
            Slip("arguments", String(repeating: "x ", count: 65), "These are 65 words; 64 are the most."),
            Slip("arguments", long(4_097), "A word is longer than 4 KB."),
            Slip("arguments", long(8_193), "This is longer than 8 KB."),
            Slip("command", "make \"x", "A quote (&quot;) is opened"),
            Slip("command", "A=1 make", "“A=1” sets a variable"),
            Slip("command", "'' x", "begins with an empty word"),
            Slip("variables", "A=1\nB", "Line 2: there is no = in it"),
            Slip("variables", "=1", "Line 1: give the variable a name"),
            Slip("variables", "A B=1", "Line 1: a name has the letters"),
            Slip("variables", "1A=1", "Line 1: a name has the letters"),
            Slip("variables", "\n\nPATH=/tmp", "Line 3: PATH is set for every program"),
            Slip("variables", "HOME=/tmp", "Line 1: HOME is set for every program"),
            Slip("variables", "CARREL_X=1", "kept for the site&#39;s own use"),
            Slip("variables", "A=1\nA=2", "Line 2: A is set twice."),
            Slip("variables", "A=" + long(16_385), "the value is longer than 16 KB"),
            Slip(
                "variables",
                (0..<65).map { "N\($0)=x" }.joined(separator: "\n"),
                "Line 65: 64 variables are the most."
            ),
            Slip(
                "variables",
                (0..<5).map { "N\($0)=" + long(16_000) }.joined(separator: "\n"),
                "are 79 KB together; 64 KB are the most."
            ),
        ]
    }

    @Test("What can't be is told at its field; nothing is saved, and what was typed stays", arguments: Slip.all)
    func faults(slip: Slip) throws {
        try withProject { _, ada, project, runner in
            var form = ["main": "", "arguments": "kept one", "command": "kept two", "variables": "KEPT=three"]
            form[slip.field] = slip.typed
            let answer = try ada.submit("/projects/\(project)/run-settings", form)
            #expect(answer.status == 422)
            let error = answer.text.between("id=\"error-\(slip.field)\">", "</p>")
            #expect(error?.contains(slip.words) == true, "\(error ?? "none")")
            #expect(answer.text.ranges(of: "class=\"error\"").count == 1, "one fault, told once")
            // A textarea's first line break is the browser's to drop.
            let typed = slip.typed.replacing("'", with: "&#39;").replacing("\"", with: "&quot;")
            if slip.field != "main" { #expect(answer.text.contains(">\n\(typed)</textarea>")) }
            for (field, kept) in [("arguments", "kept one"), ("command", "kept two"), ("variables", "KEPT=three")]
            where field != slip.field {
                #expect(answer.text.contains(">\n\(kept)</textarea>"))
            }
            #expect(!ada.get("/projects/\(project)/run-settings").text.lowercased().contains("kept"))
            #expect(try run(ada, project, runner).variables.isEmpty)
        }
    }

    @Test("Several faults are told at once, each at its field")
    func several() throws {
        try withProject { _, ada, project, _ in
            let form = ["main": "7", "arguments": "'", "command": "\"", "variables": "x"]
            let answer = try ada.submit("/projects/\(project)/run-settings", form)
            for field in form.keys { #expect(answer.text.contains("id=\"error-\(field)\"")) }
        }
    }

    @Test("The main file keeps being it under another name; deleted, nothing starts in its place until it is back")
    func mainFile() throws {
        try withProject { _, ada, project, runner in
            _ = try ada.submit("/projects/\(project)/files", ["path": "start.py"])
            let file = try #require(try ada.files(of: project).first { $0.path == "start.py" })
            _ = try ada.submit("/projects/\(project)/run-settings", ["main": "\(file.id)"])
            _ = try ada.submit("/files/\(file.id)/path", ["path": "begin.py"])
            #expect(try run(ada, project, runner).program == .file(try #require(ProjectPath("begin.py"))))
            _ = try ada.submit("/files/\(file.id)/deletion", [:])
            let refused = try ada.post(json: #"{"file":"main.py"}"#, to: "/projects/\(project)/runs")
            #expect(refused.status == 422 && refused.text.contains("The main file of this project is deleted."))
            let form = try ada.submit("/projects/\(project)/runs", ["file": "main.py"])
            #expect(form.location == "/projects/\(project)/files/main.py")
            #expect(
                ada.get("/projects/\(project)/files/main.py").text.contains("The main file of this project is deleted.")
            )
            #expect(ada.get("/projects/\(project)/run-settings").text.contains("The main file is deleted"))
            #expect(
                try ada.post(json: "{}", to: "/projects/\(project)/terminals").status == 201,
                "a shell needs no file"
            )
            #expect(try #require(runner.next()).program == .shell)
            _ = try ada.submit("/files/\(file.id)/restoration", [:])
            #expect(try run(ada, project, runner).program == .file(try #require(ProjectPath("begin.py"))))
            #expect(runner.waiting == 0)
        }
    }

    @Test("Nobody else sees or changes anything of it, and nobody's file is the main file of another's project")
    func authority() throws {
        try withProject { site, ada, project, runner in
            let mallory = try site.member(.mallory)
            let own = try mallory.makeProject()
            _ = try ada.submit("/projects/\(project)/secrets", ["name": "API_KEY", "value": "nine owls"])
            let page = ada.get("/projects/\(project)/run-settings").text
            let secret = try #require(page.between("/secrets/", "/deletion"))
            #expect(mallory.get("/projects/\(project)/run-settings").status == 404)
            let fields = ["variables": "A=1", "name": "API_KEY", "value": "mine"]
            for path in [
                "/projects/\(project)/run-settings", "/projects/\(project)/secrets", "/secrets/\(secret)/deletion",
            ] {
                #expect(try mallory.submit(path, fields).status == 404, "\(path)")
                // A form that is wrong gets no other answer, which would tell that there is something.
                #expect(try mallory.submit(path, ["variables": "x", "name": "", "value": ""]).status == 404, "\(path)")
                #expect(try site.visitor().submit(path, fields).status == 401, "\(path)")
            }
            let file = try #require(try ada.files(of: project).first)
            #expect(try mallory.submit("/projects/\(own)/run-settings", ["main": "\(file.id)"]).status == 422)
            #expect(ada.get("/projects/\(project)/run-settings").text.contains("/secrets/\(secret)/deletion"))
            #expect(try run(ada, project, runner).variables == [try RunVariable(name: "API_KEY", value: "nine owls")])
            // What was deleted with its project is gone for its owner, too.
            _ = try ada.submit("/projects/\(project)/deletion", [:])
            #expect(ada.get("/projects/\(project)/run-settings").status == 404)
            #expect(try ada.submit("/secrets/\(secret)/deletion", [:]).status == 404)
        }
    }
}
