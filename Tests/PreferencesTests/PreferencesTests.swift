import MariaDB
import Site
import SiteTesting
import Testing

@Suite("Preferences")
struct PreferencesTests {
    private static let chosen = [
        "theme": "dark", "codeSize": "18", "tabWidth": "8", "wrapLines": "on", "keys": "emacs",
    ]

    @Test("Every page of a person is drawn as they like it, on every device; visitors see the system's")
    func dressed() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            #expect(ada.get("/projects").text.contains("data-theme=\"system\" data-code-size=\"14\" data-reader=\"ada"))
            let answer = try ada.submit("/account/preferences", Self.chosen)
            #expect(answer.location == "/account/preferences")
            #expect(ada.get("/account/preferences").text.contains("Your preferences are saved."))
            #expect(ada.get("/projects").text.contains("data-theme=\"dark\" data-code-size=\"18\""))
            let bench = ada.get("/projects/\(try ada.makeProject())/files/main.py").text
            for attribute in [
                "theme=\"dark\"", "tab-width=\"8\"", "wrap-lines=\"on\"", "line-numbers=\"off\"",
                "close-brackets=\"off\"", "keys=\"emacs\"",
            ] {
                #expect(bench.contains("data-\(attribute)"))
            }
            let grace = try site.member(.grace)
            #expect(grace.get("/projects").text.contains("data-theme=\"system\""))
            let visitor = site.visitor()
            #expect(visitor.get("/").text.contains("data-theme=\"system\" data-code-size=\"14\">"))
            _ = try visitor.submit("/sign-in", ["login": "ada", "password": Cast.ada.password])
            #expect(visitor.get("/projects").text.contains("data-theme=\"dark\""))
        }
    }

    @Test(
        "The form shows what is chosen, and a theme switches its style sheets on",
        arguments: [
            ("light", "not all", "not all"), ("dark", "all", "not all"), ("contrast", "not all", "all"),
            ("system", "(prefers-color-scheme: dark)", "(prefers-contrast: more)"),
        ]
    )
    func themes(theme: String, dark: String, contrast: String) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            _ = try ada.submit("/account/preferences", ["theme": theme])
            let page = ada.get("/account/preferences").text
            #expect(page.contains("name=\"theme\" value=\"\(theme)\" checked>"))
            #expect(page.ranges(of: "\" checked>").count == 1, "no box is ticked")
            #expect(page.between("shared/dark.css\"", ">")?.contains("media=\"\(dark)\"") == true)
            #expect(page.between("shared/contrast.css\"", ">")?.contains("media=\"\(contrast)\"") == true)
        }
    }

    @Test("A script saves the same in JSON, and other people's pages are as they were")
    func json() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let grace = try site.member(.grace)
            let json = #"{"theme":"contrast","codeSize":"24","tabWidth":"auto","lineNumbers":"on"}"#
            #expect(try ada.post(json: json, to: "/account/preferences").status == 204)
            #expect(ada.get("/projects").text.contains("data-theme=\"contrast\" data-code-size=\"24\""))
            #expect(!grace.get("/projects").text.contains("contrast\" data-code-size"))
        }
    }

    @Test(
        "What nobody offers is refused, told at its field, and changes nothing",
        arguments: [
            ["theme": "pink"], ["theme": "dark\" onload=\"alert(1)"], ["codeSize": "13.5"], ["codeSize": "9999"],
            ["codeSize": ""], ["tabWidth": "-1"], ["tabWidth": "0"], ["keys": "vim"], ["wrapLines": "perhaps"],
        ]
    )
    func refused(form: [String: String]) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            _ = try ada.submit("/account/preferences", Self.chosen)
            let answer = try ada.submit("/account/preferences", form)
            #expect(answer.status == 422)
            #expect(answer.text.contains("Choose one of these.") || form["wrapLines"] != nil)
            #expect(!answer.text.contains("alert(1)"))
            #expect(ada.get("/projects").text.contains("data-theme=\"dark\" data-code-size=\"18\""))
        }
    }

    @Test("A visitor has none to change, and without the page's token nobody has")
    func strangers() throws {
        try TestSite.with { site in
            #expect(site.visitor().get("/account/preferences").location?.hasPrefix("/sign-in") == true)
            let ada = try site.member(.ada)
            #expect(try ada.submit("/account/preferences", ["theme": "dark", "_csrf": "made up"]).status == 403)
            #expect(ada.get("/projects").text.contains("data-theme=\"system\""))
        }
    }

    @Test(
        "What is stored and makes no sense to this Carrel counts as never said",
        arguments: [
            "not JSON", "{}", #"{"theme":"sepia","codeSize":"18"}"#, #"{"theme":7}"#, "[]",
        ]
    )
    func damaged(stored: String) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            try site.site.database.write { db in try db.execute("UPDATE users SET preferences = \(stored)") }
            let page = ada.get("/projects")
            #expect(page.status == 200 && page.text.contains("data-theme=\"system\""))
            #expect(page.text.contains("data-code-size=\"18\"") == stored.contains("sepia"))
        }
    }

    @Test("They cost a page no question of its own to the database")
    func questions() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            func questions() throws -> Int {
                try site.site.database.read { db in
                    try db.first("SHOW SESSION STATUS LIKE 'Questions'") { Int(try $0[1] as String) ?? 0 } ?? 0
                }
            }
            _ = try questions()
            let start = try questions()
            let bare = try questions() - start
            _ = ada.get("/account/preferences")
            #expect(try questions() - start - bare * 2 == 1, "the one that recognises the session")
        }
    }
}
