import Accounts
import Site
import SiteTesting
import Testing
import Web

@Suite("Signing up, in and out")
struct SignInTests {
    @Test("A new account is signed in at once and lands on the projects")
    func signUp() throws {
        try TestSite.with { site in
            let ada = site.visitor()
            let answer = try ada.submit(
                "/sign-up",
                ["username": "ada", "email": "ada@example.org", "password": Cast.ada.password]
            )
            #expect(answer.status == 303)
            #expect(answer.location == "/projects")
            #expect(ada.get("/projects").status == 200)
        }
    }

    @Test("Every wrong field is named, what was typed is kept, and the password is not shown again")
    func faults() throws {
        try TestSite.with { site in
            let answer = try site.visitor().submit(
                "/sign-up",
                ["username": "<b>", "email": "nobody", "password": "short77"]
            )
            #expect(answer.status == 422)
            #expect(answer.text.contains("&lt;b&gt;"))
            #expect(!answer.text.contains("<b>"))
            #expect(answer.text.contains("begins with a letter or digit"))
            #expect(answer.text.contains("does not look like an email address"))
            #expect(answer.text.contains("at least 8 characters"))
            #expect(!answer.text.contains("short77"))
        }
    }

    @Test("A username is taken whatever its case, an email address too")
    func taken() throws {
        try TestSite.with { site in
            _ = try site.member(.ada)
            let name = try site.visitor().submit(
                "/sign-up",
                ["username": "ADA", "email": "other@example.org", "password": "nine quiet owls"]
            )
            #expect(name.status == 422)
            #expect(name.text.contains("This username is taken"))
            let email = try site.visitor().submit(
                "/sign-up",
                ["username": "other", "email": "Ada@Example.org", "password": "nine quiet owls"]
            )
            #expect(email.text.contains("an account with this email address already"))
        }
    }

    @Test("Username and email address both sign in, and lead to where the reader was going")
    func signIn() throws {
        try TestSite.with { site in
            _ = try site.member(.ada)
            for login in ["ada", "Ada@example.org"] {
                let browser = site.visitor()
                let wanted = browser.get("/account/sessions")
                #expect(wanted.location == "/sign-in?return=%2Faccount%2Fsessions")
                let answer = try browser.submit(
                    "/sign-in",
                    ["login": login, "password": Cast.ada.password, "return": "/account/sessions"]
                )
                #expect(answer.location == "/account/sessions")
                #expect(browser.get("/account/sessions").status == 200)
            }
        }
    }

    @Test(
        "An address of another site never becomes the place to return to",
        arguments: ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"]
    )
    func openRedirect(path: String) throws {
        try TestSite.with { site in
            _ = try site.member(.ada)
            let answer = try site.visitor().submit(
                "/sign-in",
                ["login": "ada", "password": Cast.ada.password, "return": path]
            )
            #expect(answer.location == "/projects")
        }
    }

    @Test("An unknown account and a wrong password are told apart by nothing")
    func sameWords() throws {
        try TestSite.with { site in
            _ = try site.member(.ada)
            let wrong = try site.visitor().submit("/sign-in", ["login": "ada", "password": "not it at all"])
            let unknown = try site.visitor().submit("/sign-in", ["login": "ida", "password": "not it at all"])
            #expect(wrong.status == 422)
            #expect(unknown.status == 422)
            #expect(wrong.text.contains("This username, email address or password is not right."))
            #expect(unknown.text.contains("This username, email address or password is not right."))
            #expect(wrong.text.contains("value=\"ada\""))
        }
    }

    @Test("After ten wrong passwords the right one has to wait, and only for that account")
    func guessing() throws {
        try TestSite.with { site in
            _ = try site.member(.ada)
            _ = try site.member(.grace)
            let mallory = site.visitor()
            for _ in 1...10 {
                #expect(try mallory.submit("/sign-in", ["login": "ada", "password": "a guess"]).status == 422)
            }
            let refused = try mallory.submit("/sign-in", ["login": "ada", "password": Cast.ada.password])
            #expect(refused.status == 429)
            #expect(refused.response.headers["Retry-After"] == "900")
            #expect(refused.text.contains("Try again in 15 minutes"))
            #expect(
                try site.visitor().submit("/sign-in", ["login": "grace", "password": Cast.grace.password]).status == 303
            )
            site.clock.advance(by: 16 * 60)
            #expect(
                try site.visitor().submit("/sign-in", ["login": "ada", "password": Cast.ada.password]).status == 303
            )
        }
    }

    @Test("Signing in gives a new session and ends the one the browser had")
    func rotation() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let before = ada.cookies
            _ = try ada.submit("/sign-in", ["login": "ada", "password": Cast.ada.password])
            #expect(ada.cookies != before)
            let thief = site.visitor()
            thief.cookies = before
            #expect(thief.get("/projects").location == "/sign-in?return=%2Fprojects")
        }
    }

    @Test("Signing out ends the session itself, not only the cookie")
    func signOut() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let before = ada.cookies
            #expect(try ada.submit("/sign-out", [:]).location == "/sign-in")
            let thief = site.visitor()
            thief.cookies = before
            #expect(thief.get("/projects").status == 303)
        }
    }

    @Test("A session ends when it is idle for two weeks, and after sixty days whatever happens")
    func lifetimes() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            for _ in 1...5 {
                site.clock.advance(by: 11 * 86_400)
                #expect(ada.get("/projects").status == 200)
            }
            site.clock.advance(by: 6 * 86_400)
            #expect(ada.get("/projects").status == 303)
            let grace = try site.member(.grace)
            site.clock.advance(by: 15 * 86_400)
            #expect(grace.get("/projects").status == 303)
        }
    }

    @Test("Sessions elsewhere are listed and can be signed out, one or all; nobody else's can")
    func elsewhere() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let phone = site.visitor()
            _ = try phone.submit("/sign-in", ["login": "ada", "password": Cast.ada.password])
            let mallory = try site.member(.mallory)
            let page = phone.get("/account/sessions").text
            let id = try #require(page.between("/account/sessions/", "/revocation"))
            #expect(try mallory.submit("/account/sessions/\(id)/revocation", [:]).status == 404)
            #expect(ada.get("/projects").status == 200)
            _ = try phone.submit("/account/sessions/revocations", [:])
            #expect(ada.get("/projects").status == 303)
            #expect(phone.get("/projects").status == 200)
        }
    }

    @Test("The first administrator is made once, at the address that was printed, and at no other")
    func setup() throws {
        try TestSite.with { site in
            let stale = try #require(try site.site.accounts.renewSetupToken())
            let token = try #require(try site.site.accounts.renewSetupToken())
            let fields = ["username": "ada", "email": "ada@example.org", "password": Cast.ada.password]
            #expect(site.visitor().get("/setup/\(stale)").status == 404)
            #expect(site.visitor().get("/setup/made-up").status == 404)
            #expect(site.visitor().get("/setup/\(token)").status == 200)
            let ada = site.visitor()
            #expect(try ada.submit("/setup/\(token)", fields).location == "/projects")
            #expect(try site.site.accounts.renewSetupToken() == nil)
            let late = try site.visitor().submit(
                "/setup/\(token)",
                ["username": "mallory", "email": "m@example.org", "password": Cast.mallory.password]
            )
            #expect(late.status == 404)
        }
    }
}
