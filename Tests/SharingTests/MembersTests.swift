import Sharing
import Site
import SiteTesting
import Testing
import Web

@Suite("Members")
struct MembersTests {
    private func push(_ client: TestClient, _ document: Int, _ version: Int) throws -> Int {
        let length = try client.document(document).text.utf16.count
        return try client.push(#"[[0,"x"],\#(length)]"#, to: document, at: version, client: "tab-\(version)0000000")
            .status
    }

    @Test("A person is added by name, works along by the role, and is out at once when removed")
    func life() throws {
        try TestSite.with { site in
            let (ada, grace) = (try site.member(.ada), try site.member(.grace))
            let project = try ada.makeProject("Night sky")
            let document = try #require(try ada.files(of: project).first).document
            let added = try ada.submit("/projects/\(project)/members", ["username": " GRACE ", "role": "editor"])
            #expect(added.location == "/projects/\(project)/members")
            #expect(ada.get("/projects/\(project)/members").text.contains("grace is a member now."))

            let list = grace.get("/projects").text
            #expect(list.contains("Night sky") && list.contains("ada <span class=\"badge\">editor</span>"))
            #expect(try push(grace, document, 0) == 200)

            let member = try site.number(of: .grace)
            #expect(try ada.submit("/projects/\(project)/members/\(member)/role", ["role": "runner"]).status == 303)
            #expect(try push(grace, document, 1) == 403)
            #expect(grace.get("/live?c=document/\(document)&c=project/\(project)").status == 200)

            #expect(try ada.submit("/projects/\(project)/members/\(member)/removal", [:]).status == 303)
            #expect(try push(ada, document, 1) == 200)
            #expect(grace.get("/documents/\(document)").status == 404)
            #expect(grace.get("/live?c=document/\(document)").status == 404)
            #expect(grace.get("/live?c=project/\(project)").status == 404)
            #expect(!grace.get("/projects").text.contains("Night sky"))
        }
    }

    @Test(
        "What can't be is told at its field, and what was typed stays",
        arguments: [
            ("nobody-here", "editor", "There is no account of this name."), ("", "editor", "There is no account"),
            ("göran", "editor", "There is no account"), ("ada", "editor", "You own this project already."),
            ("grace", "reader", "grace is a member already."), ("edsger", "owner", "Choose one of the roles."),
            ("edsger", "", "Choose one of the roles."), ("edsger", "editor", "This project has 1 members"),
        ]
    )
    func faults(username: String, role: String, message: String) throws {
        try TestSite.with { world in
            world.sharingLimits.members = 1
        } _: { site in
            let ada = try site.member(.ada)
            _ = (try site.member(.grace), try site.member(.edsger))
            let project = try ada.makeProject()
            try site.share(project, with: .grace, as: "editor")
            let answer = try ada.submit("/projects/\(project)/members", ["username": username, "role": role])
            #expect(answer.status == 422 && answer.text.contains(message))
            #expect(answer.text.contains("name=\"username\" type=\"text\" value=\"\(username)\""))
        }
    }

    @Test("A member can leave, an owner only after giving the project away")
    func leaving() throws {
        try TestSite.with { site in
            let (ada, grace) = (try site.member(.ada), try site.member(.grace))
            let project = try ada.makeProject("Night sky")
            try site.share(project, with: .grace, as: "reader")
            #expect(grace.get("/projects/\(project)/membership").text.contains("You may read it."))
            #expect(try ada.submit("/projects/\(project)/membership/deletion", [:]).status == 409)
            #expect(try grace.submit("/projects/\(project)/membership/deletion", [:]).location == "/projects")
            #expect(grace.get("/projects/\(project)/files.json").status == 404)
        }
    }

    @Test("The page of a reader has nothing on it that would be refused")
    func noDeadButtons() throws {
        try TestSite.with { site in
            let (ada, grace) = (try site.member(.ada), try site.member(.grace))
            let project = try ada.makeProject("Night sky")
            try site.share(project, with: .grace, as: "reader")
            let page = "/projects/\(project)/files/main.py"
            let mine = ada.get(page).text
            for mark in ["id=\"run\"", "id=\"save\"", "Create file", "name=\"text\"", "/settings\"", "Stop workspace"] {
                #expect(mine.contains(mark) && !grace.get(page).text.contains(mark), "\(mark)")
            }
            let reading = grace.get(page).text
            #expect(reading.contains("readonly") && reading.contains("Read only"))
            let member = try site.number(of: .grace)
            _ = try ada.submit("/projects/\(project)/members/\(member)/role", ["role": "runner"])
            let running = grace.get(page).text
            #expect(running.contains("id=\"run\"") && !running.contains("id=\"save\"") && running.contains("readonly"))
        }
    }

    @Test("What another window has done already is told where it was to be done")
    func twice() throws {
        try TestSite.with { site in
            let (ada, grace) = (try site.member(.ada), try site.member(.grace))
            let project = try ada.makeProject("Night sky")
            let invited = try ada.submit(
                "/projects/\(project)/invitations",
                ["role": "editor", "days": "7", "uses": "3"]
            )
            let link = try #require(invited.text.between("\"/invitations/", "/revocation\""))
            for _ in 1...2 { #expect(try ada.submit("/invitations/\(link)/revocation", [:]).status == 303) }
            try site.share(project, with: .grace, as: "runner")
            let member = "/projects/\(project)/members/\(try site.number(of: .grace))"
            #expect(try ada.submit("\(member)/removal", [:]).status == 303)
            for (act, form) in [("removal", [:]), ("role", ["role": "editor"])] {
                let again = try ada.submit("\(member)/\(act)", form)
                #expect(again.status == 422 && again.text.contains("no member of this project any more"))
            }
            for (act, words) in [("deletion", "It is deleted already."), ("restoration", "is back.")] {
                for _ in 1...2 { #expect(try ada.submit("/projects/\(project)/\(act)", [:]).status == 303) }
                #expect(ada.get("/projects").text.contains(words))
            }
            #expect(try grace.submit("/projects/\(project)/restoration", [:]).status == 404)
        }
    }

    @Test("A form of another site adds nobody")
    func forgery() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            _ = try site.member(.mallory)
            let project = try ada.makeProject()
            let fields = ["username": "mallory", "role": "editor", "_csrf": "forged"]
            #expect(try ada.submit("/projects/\(project)/members", fields).status == 403)
            #expect(!ada.get("/projects/\(project)/members").text.contains("mallory"))
        }
    }

    @Test("A project is given to a member who accepts; the giver goes on as an editor, and their links end")
    func transfer() throws {
        try TestSite.with { site in
            let (ada, grace) = (try site.member(.ada), try site.member(.grace))
            let project = try ada.makeProject("Night sky")
            _ = try grace.makeProject("Night sky")
            let invited = try ada.submit(
                "/projects/\(project)/invitations",
                ["role": "editor", "days": "7", "uses": "3"]
            )
            let link = try #require(invited.text.between("http://carrel.test/invitations/", "<"))
            try site.share(project, with: .grace, as: "runner")
            let member = try site.number(of: .grace)
            #expect(try grace.submit("/projects/\(project)/transfer", ["member": "\(member)"]).status == 403)
            #expect(try ada.submit("/projects/\(project)/transfer", ["member": "\(member)"]).status == 303)
            #expect(grace.get("/projects").text.contains("Offered to you"))

            #expect(try grace.submit("/projects/\(project)/transfer/deletion", [:]).status == 303)
            let late = try grace.submit("/projects/\(project)/transfer/acceptance", [:])
            #expect(late.location == "/projects/\(project)/membership")
            #expect(grace.get("/projects/\(project)/membership").text.contains("not offered to you any more"))
            #expect(grace.get("/projects/\(project)/settings").status == 403)
            #expect(try ada.submit("/projects/\(project)/transfer", ["member": "\(member)"]).status == 303)
            #expect(try grace.submit("/projects/\(project)/transfer/acceptance", [:]).status == 303)

            #expect(grace.get("/projects/\(project)/settings").status == 200)
            #expect(ada.get("/projects/\(project)/settings").status == 403)
            #expect(try ada.submit("/projects/\(project)/files", ["path": "new.py"]).status == 303)
            #expect(grace.get("/invitations/\(link)").status == 404)
            // At grace's address, which had to be another than that of her own; the old one leads there.
            #expect(ada.get("/@grace/night-sky-2").location == "/projects/\(project)")
            #expect(ada.get("/@ada/night-sky").location == "/projects/\(project)")
        }
    }
}
