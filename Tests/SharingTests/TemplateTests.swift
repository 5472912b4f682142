import Projects
import Quotas
import Site
import SiteTesting
import Testing

@Suite("Templates")
struct TemplateTests {
    private func mark(_ project: Int, _ client: TestClient, summary: String = "For the first week") throws -> TestAnswer
    {
        try client.submit("/admin/templates", ["project": "\(project)", "summary": summary])
    }

    private func make(_ template: Int, _ client: TestClient, language: String = "python") throws -> TestAnswer {
        try client.submit("/projects", ["name": "Mine", "language": language, "starter": "template:\(template)"])
    }

    @Test("An administrator's private project is offered to everybody, who get its files and none of the rest")
    func offered() throws {
        try TestSite.with { site in
            let (ada, grace) = (try site.administrator(.ada), try site.member(.grace))
            let project = try ada.makeProject("Week one")
            let main = try #require(try ada.files(of: project).first)
            _ = try ada.submit("/documents/\(main.document)/text", ["text": "print('begin')\n", "version": "0"])
            _ = try ada.send([Sent("data/owl.bin", [0, 255, 1])], to: "/projects/\(project)/uploads")
            _ = try ada.submit("/projects/\(project)/secrets", ["name": "OWL", "value": "nine"])
            _ = try ada.submit(
                "/projects/\(project)/run-settings",
                ["command": "", "main": "\(main.id)", "arguments": "--quiet", "variables": "TOKEN=kestrel"]
            )
            #expect(!grace.get("/projects/new?language=python").text.contains("Week one"))
            #expect(try mark(project, ada).location == "/admin/templates")
            let page = grace.get("/projects/new?language=python").text
            #expect(page.contains("Week one") && page.contains("For the first week") && page.contains("by ada"))
            #expect(!grace.get("/projects/new?language=javascript").text.contains("Week one"))

            let copy = try #require(try make(project, grace).location?.split(separator: "/").last.flatMap { Int($0) })
            let files = try grace.files(of: copy)
            #expect(files.map(\.path) == ["data/owl.bin", "main.py"])
            #expect(try grace.document(files[1].document).text == "print('begin')\n")
            #expect(grace.get("/files/\(files[0].id)/content").bytes == [0, 255, 1])
            let settings = grace.get("/projects/\(copy)/run-settings").text
            #expect(settings.contains("--quiet") && !settings.contains("kestrel") && !settings.contains("OWL"))
            // The template itself is as closed as before.
            for path in ["/projects/\(project)", "/projects/\(project)/files.json", "/files/\(main.id)/content"] {
                #expect(grace.get(path).status == 404, "\(path)")
            }
            #expect(try grace.submit("/projects/\(project)/forks", [:]).status == 404)
            #expect(!grace.get("/projects/\(copy)/settings").text.contains("/@ada/"))
            // What its owner changes later is in later copies.
            _ = try ada.submit("/documents/\(main.document)/text", ["text": "print('more')\n", "version": "1"])
            let later = try #require(try make(project, grace).location?.split(separator: "/").last.flatMap { Int($0) })
            #expect(try grace.document(grace.files(of: later)[1].document).text == "print('more')\n")
        }
    }

    @Test("An administrator marks what they can read; its owner is told in the settings and can end it")
    func ofOthers() throws {
        try TestSite.with { site in
            let (ada, grace) = (try site.administrator(.ada), try site.member(.grace))
            let project = try grace.makeProject("Night sky")
            let refused = try mark(project, ada)
            #expect(refused.status == 422 && refused.text.contains("no project there that you can read"))
            #expect(!refused.text.contains("Night sky"))
            try site.share(project, with: .ada, as: "reader")
            #expect(try mark(project, ada, summary: " ").status == 422)
            #expect(
                try ada.submit("/admin/templates", ["project": "http://x/@grace/night-sky", "summary": "s"]).status
                    == 303
            )
            #expect(grace.get("/projects/\(project)/settings").text.contains("marked by ada"))
            #expect(try grace.submit("/projects/\(project)/template/deletion", [:]).status == 303)
            ada.forgetFlash()
            #expect(!ada.get("/admin/templates").text.contains("Night sky"))
            #expect(try make(project, grace).status == 422)
        }
    }

    @Test("Archiving, deleting and removing end it, and bringing the project back does not bring it back")
    func ends() throws {
        try TestSite.with { site in
            let (ada, grace) = (try site.administrator(.ada), try site.member(.grace))
            for (ending, undoing) in [
                ("archive", "archive/deletion"), ("deletion", "restoration"), ("template/deletion", "star"),
            ] {
                let project = try ada.makeProject("Week \(ending)")
                #expect(try mark(project, ada).status == 303)
                #expect(try make(project, grace).status == 303)
                #expect(try ada.submit("/projects/\(project)/\(ending)", [:]).status == 303)
                #expect(try make(project, grace).status == 422, "\(ending)")
                #expect(try ada.submit("/projects/\(project)/\(undoing)", [:]).status == 303)
                #expect(try make(project, grace).status == 422, "\(undoing)")
                ada.forgetFlash()
                #expect(!ada.get("/admin/templates").text.contains("Week \(ending)"))
            }
            let project = try ada.makeProject("Old")
            _ = try ada.submit("/projects/\(project)/archive", [:])
            #expect(try mark(project, ada).text.contains("is archived"))
        }
    }

    @Test("Nobody else can mark, unmark or copy what is none, by whatever name or number")
    func attacks() throws {
        try TestSite.with { site in
            let (ada, mallory) = (try site.administrator(.ada), try site.member(.mallory))
            let project = try ada.makeProject("Secret plans")
            #expect(try mark(project, mallory).status == 404)
            for path in ["/admin/templates/\(project)/deletion", "/projects/\(project)/template/deletion"] {
                #expect(try mallory.submit(path, [:]).status == 404)
            }
            for name in [
                "template:\(project)", "template:", "template:0", "template:-1", "template:x", "template:1 OR 1=1",
            ] {
                let answer = try mallory.submit("/projects", ["name": "x", "language": "python", "starter": name])
                #expect(answer.status == 422 && !answer.text.contains("Secret plans"), "\(name)")
            }
            _ = try mark(project, ada)
            #expect(try make(project, mallory, language: "javascript").status == 422)
            #expect(try mallory.submit("/admin/templates/\(project)/deletion", [:]).status == 404)
            #expect(ada.get("/admin/templates").text.contains("Secret plans"))
            let own = try mallory.makeProject("<script>alert(1)</script>")
            try site.share(own, with: .ada, as: "reader")
            #expect(try mark(own, ada, summary: "\"><img src=x>").status == 303)
            let page = mallory.get("/projects/new?language=python").text
            #expect(!page.contains("<script>alert") && !page.contains("<img src=x>"))
        }
    }

    @Test("A template counts against the limit like any project, and its copies are named by whoever makes them")
    func limits() throws {
        try TestSite.with { world in
            world.projectLimits = ProjectLimits(projects: 1)
        } _: { site in
            let (ada, grace) = (try site.administrator(.ada), try site.member(.grace))
            let project = try ada.makeProject()
            _ = try mark(project, ada)
            let nameless = try grace.submit(
                "/projects",
                ["name": "", "language": "python", "starter": "template:\(project)"]
            )
            #expect(nameless.status == 422 && nameless.text.contains("Give the project a name."))
            #expect(try make(project, grace).status == 303)
            #expect(try make(project, grace).text.contains("which is the most"))
        }
    }
}
