import Projects
import Site
import SiteTesting
import Testing
import Web

@Suite("The list of projects")
struct ProjectListTests {
    /// The names in the list at this address, in their order.
    private func names(_ client: TestClient, _ query: String = "") throws -> [String] {
        let page = client.get("/projects" + query)
        #expect(page.status == 200)
        return page.text.split(separator: "class=\"row-link\"").dropFirst().compactMap {
            String($0).between(">", "</a>")
        }
    }

    @Test("The one that changed last comes first, or they stand by name")
    func order() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            for name in ["Words", "Anagrams", "Maps"] {
                _ = try ada.makeProject(name)
                site.clock.advance(by: 1)
            }
            #expect(try names(ada) == ["Maps", "Anagrams", "Words"])
            #expect(try names(ada, "?order=name") == ["Anagrams", "Maps", "Words"])
            #expect(try names(ada, "?order=rubbish") == ["Maps", "Anagrams", "Words"])
        }
    }

    @Test("Leads back to the three that changed last, where there are more and nothing else was asked for")
    func continuing() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            func shown(_ query: String = "") -> [String] {
                let part = ada.get("/projects" + query).text.between("id=\"continuing\"", "</section>") ?? ""
                return part.split(separator: "<a ").dropFirst().compactMap { String($0).between(">", "</a>") }
            }
            for name in ["Words", "Anagrams", "Maps"] {
                _ = try ada.makeProject(name)
                site.clock.advance(by: 1)
            }
            #expect(shown() == [])
            _ = try ada.makeProject("<b>Trees</b>")
            #expect(shown() == ["&lt;b&gt;Trees&lt;/b&gt;", "Maps", "Anagrams"])
            for query in ["?order=name", "?q=a", "?starred=1", "?language=python"] { #expect(shown(query) == []) }
        }
    }

    @Test("Found by a part of the name, which means nothing but itself, and by language")
    func found() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            _ = try ada.makeProject("100% words")
            _ = try ada.makeProject("1000 words", language: "c")
            _ = try ada.makeProject("A_b!")
            #expect(try names(ada, "?q=WORDS&order=name") == ["100% words", "1000 words"])
            #expect(try names(ada, "?q=0%25+w") == ["100% words"])
            #expect(try names(ada, "?q=a_b!") == ["A_b!"])
            #expect(try names(ada, "?q=a.b") == [])
            #expect(try names(ada, "?language=c") == ["1000 words"])
            #expect(ada.get("/projects?q=nothing").text.contains("No project is like this"))
        }
    }

    @Test("Page by page, each project once, whatever the order", arguments: ["changed", "name", "created"])
    func pages(order: String) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            // Several of one name, and made at one moment.
            for number in 0..<120 { _ = try ada.makeProject("Project \(number / 3)") }
            var address: String? = "/projects?order=\(order)"
            var seen: [String] = []
            var count = 0
            while let path = address, count < 10 {
                let page = ada.get(path)
                seen += page.text.split(separator: "class=\"row-link\"").dropFirst().compactMap {
                    String($0).between("href=\"", "\"")
                }
                address = page.text.between("<a class=\"button secondary\" href=\"", "\"")?.replacing(
                    "&amp;",
                    with: "&"
                )
                count += 1
            }
            #expect(count == 3 && seen.count == 120 && Set(seen).count == 120)
        }
    }

    @Test("Says how large a project is: at once when much was pasted or a file went, else a minute later")
    func size() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let words = try ada.makeProject("Words")
            let begun = try #require(try ada.files(of: words).first)
            func size() throws -> String {
                try #require(ada.get("/projects").text.between("<td data-label=\"Size\">", "</td>"))
            }
            func save(_ text: String, in document: Int) throws {
                let version = try ada.document(document).version
                let form = ["text": text, "version": "\(version)"]
                #expect(try ada.submit("/documents/\(document)/text", form).status == 303)
            }
            site.clock.advance(by: 1)
            try save(String(repeating: "x", count: 2048), in: begun.document)
            #expect(try size() == "2 KB, 1 file")
            try save(String(repeating: "x", count: 2900), in: begun.document)
            #expect(try size() == "2 KB, 1 file")
            site.clock.advance(by: 61)
            try save(String(repeating: "x", count: 2901), in: begun.document)
            #expect(try size() == "2.8 KB, 1 file")
            #expect(try ada.submit("/files/\(begun.id)/deletion", [:]).status == 303)
            #expect(try size() == "0 bytes, 0 files")
        }
    }

    @Test("A star is the reader's own; only what may be seen can be starred")
    func stars() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let mallory = try site.member(.mallory)
            let words = try ada.makeProject("Words")
            _ = try ada.makeProject("Maps")
            let answer = try ada.submit("/projects/\(words)/star", ["list": "order=name&starred=1&after=9.x"])
            #expect(answer.location?.hasSuffix("/projects?starred=1&order=name#star-\(words)") == true)
            #expect(try ada.submit("/projects/\(words)/star", [:]).status == 303, "a second time changes nothing")
            #expect(try names(ada, "?starred=1") == ["Words"])
            #expect(try mallory.submit("/projects/\(words)/star", [:]).status == 404)
            #expect(
                try ada.submit("/projects/\(words)/star/deletion", [:]).location?.hasSuffix("/projects#star-\(words)")
                    == true
            )
            #expect(try names(ada, "?starred=1") == [])
        }
    }

    @Test(
        "An address that was made up is a list like any other",
        arguments: [
            "?after=x", "?after=1.", "?after=1.99999999999999999999", "?after=0.a", "?q=%ff", "?language=%2e%2e",
            "?starred=2",
        ]
    )
    func madeUp(query: String) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            _ = try ada.makeProject("Words")
            #expect(ada.get("/projects" + query).status < 500)
        }
    }
}
