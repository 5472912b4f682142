import FoundationEssentials
import Site
import SiteTesting
import Testing
import Web

@testable import Administration

@Suite("The administration of languages")
struct LanguagesAdministrationTests {
    /// The text of a language's row.
    private func row(_ name: String, in page: String) -> String {
        page.between("<th scope=\"row\">\(name)</th>", "</tr>") ?? ""
    }

    private func setAvailability(_ client: TestClient, _ language: String, _ enabled: String) throws -> TestAnswer {
        try client.submit("/admin/languages/\(language)/availability", ["enabled": enabled])
    }

    @Test("is there for administrators only: others find nothing, and visitors sign in first")
    func strangers() throws {
        try TestSite.with { site in
            let ada = try site.administrator(.ada)
            #expect(ada.get("/admin/languages").status == 200)
            #expect(ada.get("/projects").text.contains("/admin/languages"))
            for person in [Cast.grace, .mallory] {
                let client = try site.member(person)
                #expect(client.get("/admin/languages").status == 404)
                #expect(try setAvailability(client, "python", "no").status == 404)
                #expect(!client.get("/projects").text.contains("/admin/languages"))
            }
            let visitor = site.visitor()
            #expect(visitor.get("/admin/languages").location?.hasPrefix("/sign-in") == true)
            #expect(try setAvailability(visitor, "python", "no").status == 401)
            #expect(!row("Python", in: ada.get("/admin/languages").text).contains("Switch on"))
        }
    }

    @Test("a form without its token changes nothing")
    func forgery() throws {
        try TestSite.with { site in
            let ada = try site.administrator(.ada)
            let path = "/admin/languages/python/availability"
            #expect(try ada.submit(path, ["enabled": "no", "_csrf": "x"]).status == 403)
            #expect(row("Python", in: ada.get("/admin/languages").text).contains("Switch off"))
        }
    }

    @Test("tells of every language its version, its image and how many projects use it")
    func list() throws {
        let runner = try StandInRunner(images: ["python": "Python 3.11.2", "rust": nil])
        try TestSite.with(runnerSocket: runner.socket) { site in
            let ada = try site.administrator(.ada)
            for name in ["One", "Two"] { _ = try ada.makeProject(name) }
            let grace = try site.member(.grace)
            _ = try grace.makeProject("Three")
            #expect(try grace.submit("/projects/\(try grace.makeProject("Gone"))/deletion", [:]).status == 303)
            let page = ada.get("/admin/languages").text
            let python = row("Python", in: page)
            #expect(python.contains("Python 3.11.2") && python.contains("123 MB") && python.contains(">Ready<"))
            #expect(python.contains("<td data-label=\"Projects\">3</td>"))
            let rust = row("Rust", in: page)
            #expect(rust.contains(">No image<") && rust.contains("Projects\">0<"))
        }
    }

    @Test("says that the helper does not answer, instead of guessing")
    func away() throws {
        try TestSite.with { site in
            let page = try site.administrator(.ada).get("/admin/languages").text
            #expect(row("Python", in: page).contains("The helper does not answer"))
        }
    }

    @Test("a language that is switched off is offered to nobody and run by nobody, at once and in every site process")
    func switchedOff() throws {
        let runner = try StandInRunner()
        try TestSite.with(runnerSocket: runner.socket) { site in
            let other = try site.startedAgain()
            let ada = try site.administrator(.ada)
            let grace = try site.member(.grace)
            let project = try grace.makeProject()
            let answer = try setAvailability(ada, "python", "no")
            #expect(answer.location == "/admin/languages")
            #expect(ada.get("/admin/languages").text.contains("Python is switched off"))

            let elsewhere = other.visitor()
            elsewhere.cookies = grace.cookies
            for client in [grace, elsewhere] {
                #expect(!client.get("/projects/new").text.contains(">Python</option>"))
                #expect(try client.submit("/projects", ["name": "X", "language": "python"]).status == 422)
                let run = try client.post(json: #"{"file":"main.py"}"#, to: "/projects/\(project)/runs")
                #expect(run.status == 409 && run.text.contains("An administrator has switched off Python."))
                #expect(try client.post(json: "{}", to: "/projects/\(project)/terminals").status == 409)
                let form = try client.submit("/projects/\(project)/runs", ["file": "main.py"])
                #expect(form.location == "/projects/\(project)/files/main.py")
                #expect(client.get("/projects/\(project)/files/main.py").text.contains("has switched off Python"))
                // Files can be edited all the same.
                let file = try #require(try client.files(of: project).first)
                let version = try client.document(file.document).version
                let edit = ["text": "print(\(version))\n", "version": "\(version)"]
                #expect(try client.submit("/documents/\(file.document)/text", edit).status == 303)
                #expect(client.get("/projects/\(project)/settings").text.contains("Python"))
            }

            #expect(try setAvailability(ada, "python", "yes").location == "/admin/languages")
            #expect(elsewhere.get("/projects/new").text.contains(">Python</option>"))
            // A run is begun again; that there is no place for it is the helper's word.
            let again = try grace.post(json: #"{"file":"main.py"}"#, to: "/projects/\(project)/runs")
            #expect(again.status == 201)
        }
    }

    @Test("switching twice is switching once, and what is no language or no answer is refused")
    func strange() throws {
        try TestSite.with { site in
            let ada = try site.administrator(.ada)
            for _ in 0..<2 { #expect(try setAvailability(ada, "python", "no").status == 303) }
            for _ in 0..<2 { #expect(try setAvailability(ada, "python", "yes").status == 303) }
            for language in ["cobol", "Python", "..", "python%00", "'; DROP TABLE users; --"] {
                #expect(try setAvailability(ada, Percent.encode(language), "no").status == 404, "\(language)")
            }
            for answer in ["", "maybe", "YES"] {
                #expect(try setAvailability(ada, "python", answer).status == 400, "\(answer)")
            }
            #expect(try ada.submit("/admin/languages/python/availability", [:]).status == 400)
        }
    }

    @Test("tells how far an image is, and why one could not be built")
    func builds() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "builds-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let files = [
            "python": "building\n1764000000\nstep 2 of 5\n", "rust": "building\n1764000000\nstep 3 of 7\n",
            "go": "waiting\n1764000000\n\n", "java": "failed\n1764000000\nE: no space <b>left</b>\n",
            "ruby": "dancing\n1764000000\n\n",
        ]
        for (name, text) in files { try Data(text.utf8).write(to: directory.appending(path: name)) }
        let runner = try StandInRunner()
        try TestSite.with(runnerSocket: runner.socket, imageBuilds: directory.path) { site in
            let page = try site.administrator(.ada).get("/admin/languages").text
            #expect(row("Python", in: page).contains("Ready; a newer image is being built: step 2 of 5"))
            #expect(row("Rust", in: page).contains("Being prepared: step 3 of 7"))
            #expect(row("Rust", in: page).contains("2025-11-24 16:00 UTC"))
            #expect(row("Go", in: page).contains("Being prepared: others come first"))
            #expect(row("Java", in: page).contains("Failed: E: no space &lt;b&gt;left&lt;/b&gt;"))
            #expect(row("Ruby", in: page).contains("No image"))
            #expect(page.contains("Look again"))
        }
    }

    @Test(
        "what a build writes down is three lines, and anything else is nothing",
        arguments: ["", "building", "building\nsoon\nwords", "building\nnan\n", "\u{0}", "ready\n1\n"]
    )
    func notABuild(text: String) {
        #expect(ImageBuild(text) == nil)
        #expect(ImageBuild("failed\n1764000000\n" + String(repeating: "x", count: 4_000))?.words.count == 300)
    }
}
