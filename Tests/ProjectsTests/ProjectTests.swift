import SiteTesting
import Testing
import Web

@Suite("Projects")
struct ProjectTests {
    @Test("A new project opens on a first program in its language")
    func create() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject("Anagrams", language: "python")
            #expect(ada.get("/projects/\(project)").location == "/projects/\(project)/files/main.py")
            let page = ada.get("/projects/\(project)/files/main.py")
            #expect(page.status == 200)
            #expect(page.text.contains("Anagrams"))
            #expect(page.text.contains("What is your name?"))
            #expect(ada.get("/projects").text.contains("Anagrams"))
        }
    }

    @Test(
        "A project without a name or with an unknown language is not made, and what was typed stays",
        arguments: [
            ("", "python", "Give the project a name."), ("   ", "python", "Give the project a name."),
            ("Anagrams", "klingon", "Choose one of the languages."), ("a\nb", "python", "one line"),
            (String(repeating: "x", count: 81), "python", "at most 80 characters"),
        ]
    )
    func faults(name: String, language: String, message: String) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let answer = try ada.submit("/projects", ["name": name, "language": language])
            #expect(answer.status == 422)
            #expect(answer.text.contains(message))
            #expect(!ada.get("/projects").text.contains("/projects/1"))
        }
    }

    @Test("A name is text wherever it is shown")
    func escaping() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let name = "</script><script>alert('1')</script>"
            let project = try ada.makeProject(name)
            for path in ["/projects", "/projects/\(project)/settings", "/projects/\(project)/files/main.py"] {
                let text = ada.get(path).text
                #expect(!text.contains("<script>alert"), "\(path)")
                #expect(text.contains("&lt;/script&gt;"), "\(path)")
            }
        }
    }

    @Test("A deleted project is gone from everywhere and comes back with Undo, for thirty days")
    func deletion() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject("Anagrams")
            #expect(try ada.submit("/projects/\(project)/deletion", [:]).location == "/projects")
            let list = ada.get("/projects").text
            #expect(list.contains("/projects/\(project)/restoration"))
            #expect(ada.get("/projects/\(project)/files/main.py").status == 404)
            #expect(ada.get("/projects/deleted").text.contains("/projects/\(project)/restoration"))
            #expect(try ada.submit("/projects/\(project)/restoration", [:]).status == 303)
            #expect(!ada.get("/projects/deleted").text.contains("/projects/\(project)/restoration"))
            #expect(ada.get("/projects/\(project)/files/main.py").status == 200)
            _ = try ada.submit("/projects/\(project)/deletion", [:])
            site.clock.advance(by: 10 * 86_400)
            _ = ada.get("/projects")
            site.clock.advance(by: 13 * 86_400)
            _ = ada.get("/projects")
            site.clock.advance(by: 8 * 86_400)
            #expect(try ada.submit("/projects/\(project)/restoration", [:]).status == 404)
        }
    }

    @Test("Somebody else's project is not there, by any address and any verb")
    func authority() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let mallory = try site.member(.mallory)
            let project = try ada.makeProject("Private plans")
            let file = try #require(try ada.files(of: project).first)
            for path in [
                "/projects/\(project)", "/projects/\(project)/settings", "/projects/\(project)/files/main.py",
                "/projects/\(project)/files.json", "/documents/\(file.document)",
                "/documents/\(file.document)/updates?since=0", "/live?c=document/\(file.document)",
                "/live?c=project/\(project)",
            ] {
                let answer = mallory.get(path)
                #expect(answer.status == 404, "\(path)")
                #expect(!answer.text.contains("Private plans"), "\(path)")
            }
            for (path, fields) in [
                ("/projects/\(project)/name", ["name": "Mine"]), ("/projects/\(project)/deletion", [:]),
                ("/projects/\(project)/restoration", [:]), ("/projects/\(project)/files", ["path": "x.py"]),
                ("/projects/\(project)/arrangements", ["act": "move", "entry": "main.py", "into": "b"]),
                ("/projects/\(project)/arrangements", ["act": "delete", "entry": "main.py"]),
                ("/projects/\(project)/runs", ["file": "main.py"]), ("/files/\(file.id)/path", ["path": "y.py"]),
                ("/files/\(file.id)/deletion", [:]), ("/files/\(file.id)/restoration", [:]),
                ("/documents/\(file.document)/text", ["text": "mine", "version": "0"]),
            ] {
                #expect(try mallory.submit(path, fields).status == 404, "\(path)")
            }
            #expect(try mallory.push("[[0,\"x\"]]", to: file.document, at: 0).status == 404)
            let text = try ada.document(file.document)
            #expect(text.version == 0)
            #expect(ada.get("/projects").text.contains("Private plans"))
        }
    }

    @Test("A visitor is led to the sign-in page, a script is told 401")
    func visitors() throws {
        try TestSite.with { site in
            let visitor = site.visitor()
            #expect(visitor.get("/projects").location == "/sign-in?return=%2Fprojects")
            #expect(visitor.get("/projects/1/files.json", headers: ["Accept": "application/json"]).status == 401)
            let answer = try visitor.submit("/projects", ["name": "x", "language": "python"])
            #expect(answer.status == 401)
        }
    }

    @Test("Under a base path every address, link and redirect has it")
    func basePath() throws {
        try TestSite.with(basePath: "/ide/carrel") { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject("Anagrams")
            let page = ada.get("/projects/\(project)/files/main.py")
            #expect(page.status == 200)
            for mark in ["href=\"", "action=\"", "src=\"", "formaction=\""] {
                for piece in page.text.split(separator: mark).dropFirst() {
                    let address = piece.prefix { $0 != "\"" }
                    #expect(address.hasPrefix("/ide/carrel") || address.hasPrefix("#"), "\(mark)\(address)")
                }
            }
        }
    }
}
