import MariaDB
import Site
import SiteTesting
import Testing
import Web

@Suite("Invitation links")
struct InvitationTests {
    private func invite(
        _ ada: TestClient,
        to project: Int,
        as role: String = "editor",
        days: String = "7",
        uses: String = "1"
    ) throws -> String {
        let answer = try ada.submit(
            "/projects/\(project)/invitations",
            ["role": role, "days": days, "uses": uses]
        )
        try #require(answer.status == 201, "\(answer.text)")
        return "/invitations/\(try #require(answer.text.between("http://carrel.test/invitations/", "<")))"
    }

    @Test("One says who invites to what, lets in whoever accepts, and nobody after its uses are used up")
    func uses() throws {
        try TestSite.with { site in
            let (ada, grace, edsger) = (try site.member(.ada), try site.member(.grace), try site.member(.edsger))
            let project = try ada.makeProject("Night sky")
            let link = try invite(ada, to: project)
            // Previewed as often as anybody likes.
            for _ in 1...3 {
                let page = grace.get(link)
                #expect(page.status == 200 && page.text.contains("ada invites you to the project “Night sky”."))
            }
            #expect(grace.get("/projects/\(project)/files.json").status == 404)
            #expect(try grace.submit("\(link)/acceptance", [:]).location == "/projects/\(project)")
            #expect(try grace.submit("/projects/\(project)/files", ["path": "new.py"]).status == 303)
            #expect(edsger.get(link).status == 404)
            #expect(try edsger.submit("\(link)/acceptance", [:]).status == 404)
            #expect(edsger.get("/projects/\(project)/files.json").status == 404)
        }
    }

    @Test("Its text is in the answer that made it, and nowhere else, the database not excepted")
    func kept() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let token = try invite(ada, to: project).dropFirst("/invitations/".count)
            #expect(token.utf8.count == 43)
            #expect(!ada.get("/projects/\(project)/members").text.contains(token))
            let found = try site.site.database.read { db in
                try db.first("SELECT COUNT(*) FROM invitations WHERE token_hash = \(String(token))") {
                    try $0[0] as Int
                }
            }
            #expect(found == 0)
        }
    }

    @Test("It leads a signed-out person through sign-in, or a new account, and back")
    func signedOut() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let link = try invite(ada, to: try ada.makeProject("Night sky"), uses: "2")
            let visitor = site.visitor()
            let signIn = try #require(visitor.get(link).location)
            #expect(signIn == "/sign-in?return=\(Percent.encode(link))")
            #expect(visitor.get(signIn).text.contains("/sign-up?return=\(Percent.encode(link))"))
            let fields = ["username": "grace", "email": "grace@example.org", "password": Cast.grace.password]
            #expect(try visitor.submit("/sign-up", fields.merging(["return": link]) { $1 }).location == link)
            #expect(visitor.get(link).text.contains("Night sky"))
            let elsewhere = ["username": "edsger", "email": "edsger@example.org", "password": Cast.edsger.password]
            let other = site.visitor()
            let answer = try other.submit("/sign-up", elsewhere.merging(["return": "//evil.example"]) { $1 })
            #expect(answer.location == "/projects")
        }
    }

    @Test("It ends when it expires and when it is revoked, and only the owner revokes it")
    func endings() throws {
        try TestSite.with { site in
            let (ada, grace, mallory) = (try site.member(.ada), try site.member(.grace), try site.member(.mallory))
            let project = try ada.makeProject()
            let first = try invite(ada, to: project, days: "2")
            site.clock.advance(by: 2 * 86_400)
            #expect(grace.get(first).status == 404)
            #expect(try grace.submit("\(first)/acceptance", [:]).status == 404)
            let second = try invite(ada, to: project)
            let number = try #require(
                ada.get("/projects/\(project)/members").text.between("/invitations/", "/revocation")
            )
            #expect(try mallory.submit("/invitations/\(number)/revocation", [:]).status == 404)
            #expect(grace.get(second).status == 200)
            #expect(try ada.submit("/invitations/\(number)/revocation", [:]).status == 303)
            #expect(grace.get(second).status == 404)
            #expect(try grace.submit("\(second)/acceptance", [:]).status == 404)
        }
    }

    @Test("A removed person's old link does not let them in again; a new one does")
    func removed() throws {
        try TestSite.with { site in
            let (ada, grace) = (try site.member(.ada), try site.member(.grace))
            let project = try ada.makeProject()
            let old = try invite(ada, to: project, uses: "9")
            _ = try grace.submit("\(old)/acceptance", [:])
            let other = try invite(ada, to: project, uses: "9")
            _ = try ada.submit("/projects/\(project)/members/\(try site.number(of: .grace))/removal", [:])
            for link in [old, other] {
                let answer = try grace.submit("\(link)/acceptance", [:])
                #expect(answer.status == 403 && answer.text.contains("You were removed from this project"))
            }
            #expect(grace.get("/projects/\(project)/files.json").status == 404)
            site.clock.advance(by: 1)
            let new = try invite(ada, to: project)
            #expect(try grace.submit("\(new)/acceptance", [:]).status == 303)
            #expect(try grace.files(of: project).count == 1)
        }
    }

    @Test("Whoever may do as much already uses nothing up; a link with more raises a member")
    func roles() throws {
        try TestSite.with { site in
            let (ada, grace) = (try site.member(.ada), try site.member(.grace))
            let project = try ada.makeProject()
            try site.share(project, with: .grace, as: "runner")
            let less = try invite(ada, to: project, as: "reader")
            #expect(try grace.submit("\(less)/acceptance", [:]).status == 303)
            #expect(try ada.submit("\(less)/acceptance", [:]).status == 303)
            #expect(ada.get("/projects/\(project)/members").text.contains("0 of 1"))
            #expect(grace.get("/projects/\(project)/membership").text.contains("You may run it, not edit."))
            let more = try invite(ada, to: project, as: "editor")
            #expect(try grace.submit("\(more)/acceptance", [:]).status == 303)
            #expect(grace.get("/projects/\(project)/membership").text.contains("You may edit and run it."))
            #expect(try ada.submit("/projects/\(project)/name", ["name": "Still mine"]).status == 303)
        }
    }

    @Test(
        "What can't be is told at its field, and what was typed stays",
        arguments: [
            ("owner", "7", "1", "Choose one of the roles."), ("editor", "0", "1", "Give a number from 1 to 30."),
            ("editor", "31", "1", "Give a number from 1 to 30."),
            ("editor", "soon", "1", "Give a number from 1 to 30."),
            ("editor", "7", "101", "Give a number from 1 to 100."),
            ("editor", "7", "-1", "Give a number from 1 to 100."),
        ]
    )
    func faults(role: String, days: String, uses: String, message: String) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let answer = try ada.submit(
                "/projects/\(project)/invitations",
                ["role": role, "days": days, "uses": uses]
            )
            #expect(answer.status == 422 && answer.text.contains(message))
            #expect(answer.text.contains("value=\"\(days)\"") && answer.text.contains("value=\"\(uses)\""))
        }
    }

    @Test("A deleted project lets nobody in")
    func deleted() throws {
        try TestSite.with { site in
            let (ada, grace) = (try site.member(.ada), try site.member(.grace))
            let project = try ada.makeProject("Night sky")
            let link = try invite(ada, to: project)
            _ = try ada.submit("/projects/\(project)/deletion", [:])
            let answer = grace.get(link)
            #expect(answer.status == 404 && !answer.text.contains("Night sky"))
            #expect(try grace.submit("\(link)/acceptance", [:]).status == 404)
        }
    }
}
