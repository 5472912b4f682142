import MariaDB
import RunProtocol
import RunSettings
import Site
import SiteTesting
import Testing
import Web

@Suite("Secrets")
struct SecretsTests {
    private static let value = "nine owls\nand a heron"

    private func withSecret(
        _ body: (_ site: TestSite, _ ada: TestClient, _ project: Int, _ runner: StandInRunner) throws -> Void
    ) throws {
        let runner = try StandInRunner(.end)
        try TestSite.with(runnerSocket: runner.socket) { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let fields = ["name": " API_KEY ", "value": Self.value.replacing("\n", with: "\r\n")]
            let answer = try ada.submit("/projects/\(project)/secrets", fields)
            try #require(answer.location == "/projects/\(project)/run-settings", "\(answer.text)")
            try body(site, ada, project, runner)
        }
    }

    private func start(_ ada: TestClient, _ project: Int) throws -> TestAnswer {
        try ada.post(json: #"{"file":"main.py"}"#, to: "/projects/\(project)/runs")
    }

    @Test("reach a run and a terminal, and are on no page, in no plain row and in no answer")
    func kept() throws {
        try withSecret { site, ada, project, runner in
            let page = ada.get("/projects/\(project)/run-settings")
            #expect(page.text.contains("<code>API_KEY</code>") && page.text.contains("The secret API_KEY is stored."))
            let run = try start(ada, project)
            #expect(run.status == 201)
            let told = [try RunVariable(name: "API_KEY", value: Self.value)]
            #expect(try #require(runner.next()).variables == told)
            let terminal = try ada.post(json: "{}", to: "/projects/\(project)/terminals")
            #expect(try #require(runner.next()).variables == told)
            let prefilled = ada.get("/projects/\(project)/run-settings?secret=API_KEY")
            #expect(prefilled.text.contains("value=\"API_KEY\""))
            #expect(!ada.get("/projects/\(project)/run-settings?secret=OTHER").text.contains("OTHER"))
            for answer in [page, prefilled, run, terminal, ada.get("/projects/\(project)/files/main.py")] {
                #expect(!answer.text.contains("owls"))
            }
            let rows = try site.site.database.read { db in
                try db.all("SELECT sealed FROM secrets") { try $0[0] as [UInt8] }
            }
            let found = try site.site.database.read { db in
                try db.first(
                    """
                    SELECT (SELECT COUNT(*) FROM run_settings WHERE variables LIKE '%owls%')
                        + (SELECT COUNT(*) FROM secrets WHERE sealed LIKE '%owls%' OR sealed LIKE '%API%')
                        + (SELECT COUNT(*) FROM runs WHERE CONCAT_WS(' ', file, message) LIKE '%owls%')
                    """
                ) { try $0[0] as Int }
            }
            #expect(rows.count == 1 && rows[0].count == Self.value.utf8.count + 40 && found == 0)
        }
    }

    @Test("get a new value or are deleted, each by its name")
    func changed() throws {
        try withSecret { _, ada, project, runner in
            _ = try ada.submit("/projects/\(project)/secrets", ["name": "OTHER", "value": "x"])
            _ = try ada.submit("/projects/\(project)/secrets", ["name": "API_KEY", "value": "ten owls"])
            #expect(ada.get("/projects/\(project)/run-settings").text.contains("The secret API_KEY has a new value."))
            _ = try start(ada, project)
            #expect(try #require(runner.next()).variables.map(\.value) == ["ten owls", "x"])
            let page = ada.get("/projects/\(project)/run-settings").text
            let number = try #require(page.between("/secrets/", "/deletion"))
            let deleted = try ada.submit("/secrets/\(number)/deletion", [:])
            #expect(deleted.location == "/projects/\(project)/run-settings")
            #expect(ada.get("/projects/\(project)/run-settings").text.contains("The secret API_KEY is deleted."))
            #expect(try ada.submit("/secrets/\(number)/deletion", [:]).status == 404)
            _ = try start(ada, project)
            #expect(try #require(runner.next()).variables.map(\.name) == ["OTHER"])
        }
    }

    @Test(
        "that can't be are told at their field, the name stays and the value does not",
        arguments: [
            ("", 4, "name", "Give the variable a name."), ("A B", 4, "name", "A name has the letters"),
            ("PATH", 4, "name", "PATH is set for every program"), ("CARREL_KEY", 4, "name", "kept for the site"),
            ("PLAIN", 4, "name", "There is a variable PLAIN already."), ("A", 0, "value", "Give the value."),
            ("A", 16_385, "value", "longer than 16 KB"),
        ]
    )
    func faults(name: String, length: Int, field: String, words: String) throws {
        try withSecret { _, ada, project, _ in
            _ = try ada.submit("/projects/\(project)/run-settings", ["variables": "PLAIN=1"])
            let fields = ["name": name, "value": String(repeating: "q", count: length)]
            let answer = try ada.submit("/projects/\(project)/secrets", fields)
            #expect(answer.status == 422)
            let error = answer.text.between("id=\"error-\(field)\">", "</p>")
            #expect(error?.contains(words) == true, "\(error ?? "none")")
            #expect(answer.text.contains("name=\"name\" type=\"text\" value=\"\(name)\""))
            #expect(answer.text.contains(">\nPLAIN=1</textarea>"), "the other form is as it was")
            #expect(!answer.text.contains("qqqq"))
        }
    }

    @Test("are counted together with variables, and no name is both")
    func together() throws {
        try withSecret { _, ada, project, _ in
            let clash = try ada.submit("/projects/\(project)/run-settings", ["variables": "API_KEY=x"])
            #expect(clash.status == 422 && clash.text.contains("There is a secret API_KEY already."))
            let many = (0..<63).map { "N\($0)=x" }.joined(separator: "\n")
            #expect(try ada.submit("/projects/\(project)/run-settings", ["variables": many + "\nM=x"]).status == 422)
            #expect(try ada.submit("/projects/\(project)/run-settings", ["variables": many]).status == 303)
            let more = try ada.submit("/projects/\(project)/secrets", ["name": "MORE", "value": "x"])
            #expect(more.status == 422 && more.text.contains("there are 65 variables and secrets; 64 are the most."))
            let again = try ada.submit("/projects/\(project)/secrets", ["name": "API_KEY", "value": "x"])
            #expect(again.status == 303, "another value is no other secret")
            let long = String(repeating: "x", count: 16_000)
            let large = (0..<4).map { "N\($0)=\(long)" }.joined(separator: "\n")
            #expect(try ada.submit("/projects/\(project)/run-settings", ["variables": large]).status == 303)
            let full = try ada.submit("/projects/\(project)/secrets", ["name": "MORE", "value": long])
            #expect(full.status == 422 && full.text.contains("64 KB are the most."))
        }
    }

    @Test("reach no job of the execute API")
    func jobs() throws {
        try withSecret { site, ada, _, runner in
            let page = try ada.submit("/account/tokens", ["name": "for tests"]).text
            let token = try #require(page.between("<code>carrel_", "</code>"))
            let answer = site.visitor().send(
                .post,
                "/api/v2/execute",
                headers: ["Content-Type": "application/json", "Authorization": "Bearer carrel_\(token)"],
                body: Array(#"{"language":"python","version":"*","files":[{"content":"print(1)"}]}"#.utf8)
            )
            #expect(answer.status == 200)
            let request = try #require(runner.next())
            #expect(request.workspace == nil && request.variables.isEmpty)
        }
    }

    @Test(
        "that somebody moved or changed in the database are not opened: nothing starts, and it is told",
        arguments: [
            "UPDATE secrets SET name = 'PRINTED'", "UPDATE secrets SET sealed = CONCAT(sealed, 'x')",
            "UPDATE secrets SET sealed = 'x'",
            "UPDATE secrets SET project = (SELECT MAX(id) FROM projects)",
        ] as [String]
    )
    func moved(change: String) throws {
        try withSecret { site, ada, project, runner in
            let mallory = try site.member(.mallory)
            let own = try mallory.makeProject()
            try site.site.database.write { db in try db.execute(SQL(stringLiteral: change)) }
            let (who, place) = change.contains("project =") ? (mallory, own) : (ada, project)
            let answer = try start(who, place)
            #expect(answer.status == 500 && answer.text.contains("can't be opened with this site's key"))
            #expect(try who.post(json: "{}", to: "/projects/\(place)/terminals").status == 500)
            #expect(!answer.text.contains("owls"))
            let page = try who.submit("/projects/\(place)/runs", ["file": "main.py"])
            #expect(
                page.location == "/projects/\(place)/files/main.py",
                "without scripts, too, one is back at the code"
            )
            #expect(runner.waiting == 0)
            #expect(who.get("/projects/\(place)/run-settings").status == 200)
        }
    }

    @Test("of a site with another key wait for the right one; meanwhile they can be given again")
    func otherKey() throws {
        try withSecret { site, _, project, runner in
            func ada(on site: TestSite) throws -> TestClient {
                let client = site.visitor()
                let login = ["login": Cast.ada.username, "password": Cast.ada.password]
                try #require(try client.submit("/sign-in", login).status == 303)
                return client
            }
            let other = try site.startedAgain(secret: [UInt8](repeating: 1, count: 32))
            let stranger = try ada(on: other)
            #expect(try start(stranger, project).status == 500)
            #expect(try !other.site.settings.areSecretsReadable())
            let right = try site.startedAgain()
            #expect(try start(try ada(on: right), project).status == 201)
            #expect(try #require(runner.next()).variables.map(\.value) == [Self.value])
            #expect(try right.site.settings.areSecretsReadable())
            _ = try stranger.submit("/projects/\(project)/secrets", ["name": "API_KEY", "value": "ten owls"])
            #expect(try start(stranger, project).status == 201)
            #expect(try #require(runner.next()).variables.map(\.value) == ["ten owls"])
        }
    }
}
