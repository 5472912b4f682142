import SiteTesting
import Testing

@testable import Running

@Suite("What the helper knows of languages")
struct LanguageStatesTests {
    @Test(
        "A version is the first number in what a language's command prints",
        arguments: [
            ("Python 3.11.2", "3.11.2"), ("v18.20.4", "18.20.4"), ("gcc (Debian 12.2.0-14+deb12u1) 12.2.0", "12.2.0"),
            ("GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)", "5.2.15"),
            ("go version go1.19.8 linux", "1.19.8"),
            ("SWI-Prolog version 9 for x86_64-linux", nil), ("no number.", nil), ("", nil),
        ] as [(String, String?)]
    )
    func version(text: String, number: String?) {
        #expect(LanguageStates.number(in: text) == number)
    }

    @Test("Without a helper the new project page offers every language all the same, and claims nothing of any")
    func noHelper() throws {
        try TestSite.with { site in
            let page = try site.member(.ada).get("/projects/new")
            #expect(page.status == 200)
            #expect(page.text.contains(">Python</option>"))
            #expect(!page.text.contains("being prepared"))
            #expect(try site.member(.grace).submit("/projects", ["name": "X", "language": "python"]).status == 303)
        }
    }
}
