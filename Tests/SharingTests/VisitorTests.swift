import RunProtocol
import Site
import SiteTesting
import Testing
import Web

@testable import Projects

@Suite("Visitors, addresses and copies")
struct VisitorTests {
    private func show(_ project: Int, _ visibility: String, _ ada: TestClient) throws -> String? {
        #expect(try ada.submit("/projects/\(project)/visibility", ["visibility": visibility]).status == 303)
        return ada.get("/projects/\(project)/members").text.between("class=\"address\">http://carrel.test", "<")
    }

    @Test("A visitor is shown Markdown as a page whose links and pictures lead to what visitors may see")
    func drawn() throws {
        try TestSite.with { site in
            let (ada, visitor) = (try site.member(.ada), site.visitor())
            let project = try ada.makeProject("Night sky")
            let text = "# Owls\n\n![o](a.svg) [m](main.py) <script>1</script>\n"
            _ = try ada.send([Sent("README.md", text), Sent("a.svg", "<svg/>")], to: "/projects/\(project)/uploads")
            _ = try ada.submit("/projects/\(project)/visibility", ["visibility": "public"])
            let page = visitor.get("/@ada/night-sky/files/README.md").text
            #expect(page.contains("<h1>Owls</h1>") && !page.contains("<script>1"))
            #expect(page.contains("src=\"/@ada/night-sky/content/a.svg\""))
            #expect(page.contains("href=\"/@ada/night-sky/files/main.py\""))
            #expect(visitor.get("/@ada/night-sky/content/a.svg").header("Content-Type") == "image/svg+xml")
            #expect(visitor.get("/@ada/night-sky/content/README.md").status == 404)
            #expect(visitor.get("/@ada/night-sky/content/nothing.png").status == 404)
        }
    }

    @Test("A visitor is shown separated values as a table and what is no text byte by byte, in pages")
    func tablesAndBytes() throws {
        try TestSite.with { site in
            let (ada, visitor) = (try site.member(.ada), site.visitor())
            let project = try ada.makeProject("Night sky")
            let rows = (1...450).map { "owl \($0),<b>\($0)</b>\n" }.joined()
            let bytes = [UInt8](repeating: 0, count: 5_000) + [0xFF]
            let sent = [Sent("owls.csv", "name,count\n\(rows)"), Sent("night.bin", bytes)]
            _ = try ada.send(sent, to: "/projects/\(project)/uploads")
            #expect(visitor.get("/@ada/night-sky/files/owls.csv").status == 404)
            _ = try ada.submit("/projects/\(project)/visibility", ["visibility": "public"])
            let table = visitor.get("/@ada/night-sky/files/owls.csv").text
            #expect(table.contains("<th scope=\"col\">count</th>") && table.contains("&lt;b&gt;200&lt;/b&gt;</td>"))
            #expect(!table.contains("<td>owl 201</td>") && table.contains("href=\"?part=2\""))
            let last = visitor.get("/@ada/night-sky/files/owls.csv?part=3").text
            #expect(last.contains("<td>owl 450</td>") && !last.contains("<td>owl 400</td>"))
            #expect(visitor.get("/@ada/night-sky/files/night.bin").text.contains("00000ff0"))
            #expect(visitor.get("/@ada/night-sky/files/night.bin?part=2").text.contains("ff</td>"))
            #expect(visitor.get("/@ada/night-sky/files/night.bin?part=x").status == 200)
        }
    }

    @Test("A public project is there for everybody at its address, to be read and nothing else")
    func visitors() throws {
        try TestSite.with { site in
            let (ada, mallory, visitor) = (try site.member(.ada), try site.member(.mallory), site.visitor())
            let project = try ada.makeProject("Night sky")
            for client in [mallory, visitor] { #expect(client.get("/@ada/night-sky").status == 404) }
            #expect(try show(project, "public", ada) == "/@ada/night-sky")
            for client in [mallory, visitor] {
                let page = client.get("/@ada/night-sky")
                #expect(page.status == 200 && page.text.contains("What is your name?"))
                let shown = client.get("/@ada/night-sky/files/main.py").text
                #expect(shown.contains("files/main.py\" aria-current=\"page\""))
                #expect(client.get("/@ada/night-sky/files/nothing.py").status == 404)
                #expect(client.get("/@ada/night-sky%C3%A9").status == 404)
                #expect(client.get("/@%C3%A9/night-sky").status == 404)
            }
            #expect(visitor.get("/@ada/night-sky").text.contains("Sign in to run or copy it"))
            #expect(mallory.get("/projects/\(project)").location == "/@ada/night-sky")
            #expect(try show(project, "private", ada) == nil)
            for client in [mallory, visitor] { #expect(client.get("/@ada/night-sky").status == 404) }
        }
    }

    @Test("An address in other letters is the same one, for those who may see what is there and nobody else")
    func otherLetters() throws {
        try TestSite.with { site in
            let (ada, mallory, visitor) = (try site.member(.ada), try site.member(.mallory), site.visitor())
            let project = try ada.makeProject("Dusk")
            _ = try ada.submit("/projects/\(project)/name", ["name": "Night sky"])
            let wrong = ["/@ADA/night-sky", "/@ada/Night-Sky", "/@Ada/NIGHT-SKY"]
            for client in [mallory, visitor] {
                for address in wrong + ["/@ada/Dusk", "/@ADA/no-sky"] {
                    let answer = client.get(address)
                    #expect(answer.status == 404 && answer.location == nil)
                }
            }
            for address in wrong {
                let answer = ada.get("\(address)/files/main.py?line=2")
                #expect(answer.status == 301 && answer.location == "/@ada/night-sky/files/main.py?line=2")
            }
            _ = try show(project, "public", ada)
            for client in [mallory, visitor] {
                for address in wrong {
                    let answer = client.get("\(address)?part=2")
                    #expect(answer.status == 301 && answer.location == "/@ada/night-sky?part=2")
                }
                #expect(client.get("/@ada/night-sky").status == 200)
                // Another project may be there one day, so this is not for good.
                #expect(client.get("/@ada/DUSK").status == 303)
                // Some capital letters are none of those that people type.
                #expect(client.get("/@ada/night-s%E2%84%AAy").status == 404)
            }
        }
    }

    @Test("An unlisted project is at its secret address only, and at another one each time it is opened")
    func unlisted() throws {
        try TestSite.with { site in
            let (ada, mallory, visitor) = (try site.member(.ada), try site.member(.mallory), site.visitor())
            let project = try ada.makeProject("Night sky")
            let address = try #require(try show(project, "unlisted", ada))
            #expect(address.hasPrefix("/shared/") && address.utf8.count == "/shared/".utf8.count + 22)
            for client in [mallory, visitor] {
                #expect(client.get(address).text.contains("What is your name?"))
                #expect(client.get("\(address)/files/main.py").status == 200)
                #expect(client.get("/@ada/night-sky").status == 404)
                #expect(client.get("/projects/\(project)").status != 200)
            }
            #expect(try mallory.submit("/projects/\(project)/forks", [:]).status == 404)
            #expect(try mallory.submit("\(address)/forks", [:]).status == 303)
            _ = try show(project, "private", ada)
            #expect(visitor.get(address).status == 404)
            let second = try #require(try show(project, "unlisted", ada))
            #expect(second != address && visitor.get(address).status == 404 && visitor.get(second).status == 200)
        }
    }

    @Test("A visitor who is signed in tries a public project out, as a job that knows nothing of the project")
    func tryingOut() throws {
        let runner = try StandInRunner(.end)
        try TestSite.with(runnerSocket: runner.socket) { site in
            let (ada, mallory) = (try site.member(.ada), try site.member(.mallory))
            let project = try ada.makeProject("Night sky")
            _ = try ada.submit("/projects/\(project)/files", ["path": "words.py"])
            _ = try ada.submit("/projects/\(project)/secrets", ["name": "OWL_KEY", "value": "nine"])
            _ = try show(project, "public", ada)
            #expect(mallory.get("/@ada/night-sky").text.contains("Try it out"))
            let answer = try mallory.submit("/@ada/night-sky/runs", ["file": "words.py", "stdin": "Mallory"])
            #expect(answer.status == 200 && answer.text.contains("Finished normally."))
            let request = try #require(runner.requests.last)
            #expect(request.workspace == nil && request.variables.isEmpty)
            #expect(request.files.map(\.path.text) == ["words.py", "main.py"])
            #expect(request.person == PersonID(UInt64(try site.number(of: .mallory))))
            #expect(try mallory.submit("/@ada/night-sky/runs", ["file": "../x"]).status == 404)
            #expect(try site.visitor().submit("/@ada/night-sky/runs", ["file": "main.py"]).status == 401)
            #expect(!ada.get("/projects/\(project)/runs").text.contains("mallory"))
            _ = try ada.submit("/projects/\(project)/archive", [:])
            #expect(try mallory.submit("/@ada/night-sky/runs", ["file": "main.py"]).status == 403)
            #expect(!mallory.get("/@ada/night-sky").text.contains("Try it out"))
        }
    }

    @Test("What is shown to visitors is text, whatever is in it")
    func escaping() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject("<script>alert(1)</script>")
            let document = try #require(try ada.files(of: project).first).document
            _ = try ada.submit(
                "/documents/\(document)/text",
                ["text": "</pre><script>alert(2)</script>", "version": "0"]
            )
            let address = try #require(try show(project, "public", ada))
            let page = site.visitor().get(address).text
            #expect(page.contains("&lt;script&gt;alert(2)") && page.contains("&lt;script&gt;alert(1)"))
            #expect(!page.contains("<script>alert"))
        }
    }

    @Test("A copy has the files as they are now, is its maker's alone, and says where it comes from")
    func forks() throws {
        try TestSite.with { site in
            let (ada, mallory) = (try site.member(.ada), try site.member(.mallory))
            let project = try ada.makeProject("Night sky")
            let document = try #require(try ada.files(of: project).first).document
            _ = try ada.submit("/documents/\(document)/text", ["text": "print('ours')\n", "version": "0"])
            _ = try ada.submit("/projects/\(project)/secrets", ["name": "OWL_KEY", "value": "nine"])
            _ = try show(project, "public", ada)
            let made = try #require(try mallory.submit("/projects/\(project)/forks", [:]).location)
            let copy = try #require(Int(made.split(separator: "/").last ?? ""))
            #expect(copy != project)
            let file = try #require(try mallory.files(of: copy).first)
            #expect(file.document != document)
            #expect(try mallory.document(file.document).text == "print('ours')\n")
            #expect(try mallory.push(#"[[0,"mine "],14]"#, to: file.document, at: 0).status == 200)
            #expect(try ada.document(document).text == "print('ours')\n")
            #expect(ada.get("/projects/\(copy)").status == 404)
            #expect(!mallory.get("/projects/\(copy)/run-settings").text.contains("OWL_KEY"))
            #expect(mallory.get("/projects/\(copy)/settings").text.contains("copy of <a href=\"/@ada/night-sky\">"))
            _ = try show(project, "private", ada)
            #expect(!mallory.get("/projects/\(copy)/settings").text.contains("/@ada/night-sky"))
            #expect(try mallory.submit("/projects/\(project)/forks", [:]).status == 404)
        }
    }

    @Test("A new name makes a new address, and the old one leads there until another project has it")
    func renaming() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject("Night sky")
            let twin = try ada.makeProject("Night  Sky!")
            #expect(ada.get("/@ada/night-sky").location == "/projects/\(project)")
            #expect(ada.get("/@ada/night-sky-2").location == "/projects/\(twin)")
            #expect(ada.get("/@ada/night-sky/files/main.py").location == "/projects/\(project)/files/main.py")
            _ = try ada.submit("/projects/\(project)/name", ["name": "Day sky"])
            _ = try show(project, "public", ada)
            let visitor = site.visitor()
            #expect(visitor.get("/@ada/night-sky").location == "/@ada/day-sky")
            #expect(visitor.get("/@ada/night-sky/files/main.py").location == "/@ada/day-sky/files/main.py")
            let third = try ada.makeProject("Night sky")
            #expect(ada.get("/@ada/night-sky").location == "/projects/\(third)")
            #expect(visitor.get("/@ada/night-sky").status == 404)
            _ = try ada.submit("/projects/\(project)/name", ["name": "Day sky"])
            #expect(visitor.get("/@ada/day-sky").status == 200)
        }
    }

    @Test(
        "An address is made of the letters and digits of a name",
        arguments: [
            ("Night sky", "night-sky"), ("  A–Z, 2nd ed.  ", "a-z-2nd-ed"), ("Übung für Ægir", "ubung-fur-gir"),
            ("U\u{308}bung", "ubung"), ("Łódź", "lodz"), ("İzmir", "izmir"), ("🦉", "project"),
            ("Мой маленький проект", "moj-malenkij-proekt"), ("Ελληνική άσκηση", "ellenike-askese"),
            ("はじめての コード", "hajimeteno-kodo"), ("我的项目 2", "wo-de-xiang-mu-2"), ("مشروع", "mshrw"),
            (String(repeating: "Щ", count: 80), String(repeating: "s", count: 60)),
            (String(repeating: "ab ", count: 26), "ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab"),
        ]
    )
    func slugs(name: String, slug: String) {
        #expect(Slug.text(of: name) == slug)
    }

    @Test("An archived project is read and copied, and neither changed nor run, until its owner says otherwise")
    func archive() throws {
        try TestSite.with { site in
            let (ada, grace) = (try site.member(.ada), try site.member(.grace))
            let project = try ada.makeProject("Night sky")
            try site.share(project, with: .grace, as: "editor")
            let document = try #require(try ada.files(of: project).first).document
            #expect(try ada.submit("/projects/\(project)/archive", [:]).status == 303)
            for client in [ada, grace] {
                let page = client.get("/projects/\(project)/files/main.py").text
                #expect(page.contains("Archived") && !page.contains("id=\"run\"") && !page.contains("id=\"save\""))
                #expect(try client.submit("/projects/\(project)/files", ["path": "new.py"]).status == 403)
                #expect(try client.push(#"[[0,"x"],1]"#, to: document, at: 0).status == 403)
                let run = try client.submit("/projects/\(project)/runs", ["file": "main.py"])
                #expect(run.status == 403 && run.text.contains("This project is archived"))
                #expect(try client.submit("/projects/\(project)/forks", [:]).status == 303)
            }
            #expect(try grace.submit("/projects/\(project)/archive/deletion", [:]).status == 403)
            #expect(try ada.submit("/projects/\(project)/archive/deletion", [:]).status == 303)
            #expect(try grace.submit("/projects/\(project)/files", ["path": "new.py"]).status == 303)
        }
    }
}
