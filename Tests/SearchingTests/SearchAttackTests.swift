import SiteTesting
import Testing

@Suite("Attacks on searching")
struct SearchAttackTests {
    private func withProject(_ body: (_ ada: TestClient, _ project: Int, _ site: TestSite) throws -> Void) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            try body(ada, try ada.makeProject(), site)
        }
    }

    @Test(
        "No expression holds a thread: each answer comes within the time of a slice",
        arguments: [
            "(a+)+$", "(a|aa)+b", "(.*)*b", "(.*a){20}b", "((a?){20}){20}b", "(?i)(a|A|ab)*c", "[^b]*[^c]*[^d]*e",
            "(\\pL|\\pN|a)*(\\pL|b)*!", ".{0,100}.{0,100}b",
        ]
    )
    func catastrophic(expression: String) throws {
        try withProject { ada, project, _ in
            let line = String(repeating: "a", count: 60_000)
            for number in 0..<4 {
                try ada.write("\(number).txt", [line, line, line].joined(separator: "\n"), to: project)
            }
            let time = try ContinuousClock().measure {
                _ = try ada.slice(["q": expression, "expression": "on"], in: project)
            }
            #expect(time < .seconds(10), "\(expression): \(time)")
        }
    }

    @Test("A line of megabytes is searched for a text, and left out for an expression, which is said")
    func hugeLine() throws {
        try withProject { ada, project, _ in
            try ada.write("a.js", String(repeating: "😀x", count: 500_000) + "owl\nowl\n", to: project)
            #expect(try ada.search("owl", in: project) == ["a.js:1:owl", "a.js:2:owl"])
            let slice = try ada.slice(["q": "o.l", "expression": "on"], in: project)
            #expect(slice.matches.map(\.line) == [2])
            #expect(slice.notes == ["1 line of a.js longer than 64 KB left out."])
        }
    }

    @Test(
        "Bytes that are no text are no query",
        arguments: ["%FF", "%ED%A0%80", "%C0%AF", "a%80", "%F4%90%80%80", "%00"]
    )
    func notText(query: String) throws {
        try withProject { ada, project, _ in
            let answer = ada.get("/projects/\(project)/search?q=\(query)")
            #expect(answer.status == 200 && !answer.text.contains("matches"))
        }
    }

    @Test("Half of a pair and control characters are looked for like others")
    func strange() throws {
        try withProject { ada, project, _ in
            let document = try ada.write("a.txt", "x\u{1}y \u{FFFD} 😀", to: project)
            #expect(try ada.search("\u{1}", in: project).count == 1)
            // An editor may cut a pair in two; the half counts as one unit before and after.
            _ = try ada.push("[6,[1],1]", to: document, at: 1)
            let found = try ada.slice(["q": "\u{FFFD}", "replacement": "?", "replace": "on"], in: project)
            #expect(found.matches.map(\.column) == [4, 6])
            _ = try ada.replace(["q": "\u{FFFD}", "replacement": "?"], found.matches.map(\.name), in: project)
            #expect(try ada.document(document).text == "x\u{1}y ? ?")
        }
    }

    @Test("Somebody else's project is not there: to search, to replace in, or to take back")
    func strangers() throws {
        try withProject { ada, project, site in
            let document = try ada.write("a.txt", "owl", to: project)
            let name = try #require(try ada.slice(["q": "owl"], in: project).matches.first).name
            let done = try ada.replace(["q": "owl", "replacement": "heron"], [name], in: project)
            let reversal = try #require(try done.json(ReplacementReport.self).reversal)
            let mallory = try site.member(.mallory)
            let hers = try mallory.makeProject()
            for query in ["q=owl", "q=%28&expression=on", ""] {
                #expect(mallory.get("/projects/\(project)/search?\(query)").status == 404)
            }
            #expect(
                try mallory.replace(["q": "heron", "replacement": "x"], ["\(document).2.0"], in: project).status == 404
            )
            #expect(
                try mallory.submit("/projects/\(project)/replacements", ["q": "(", "expression": "on"]).status == 404
            )
            #expect(try mallory.post(json: "{}", to: reversal).status == 404)
            #expect(
                try mallory.post(json: "{}", to: reversal.replacing("/\(project)/", with: "/\(hers)/")).status == 404
            )
            // Her own project is no way to a document that is not in it.
            let stray = try mallory.replace(["q": "heron", "replacement": "x"], ["\(document).2.0"], in: hers)
            let report = try stray.json(ReplacementReport.self)
            #expect(report.places == 0 && report.left == 1 && report.reversal == nil)
            #expect(try ada.document(document).text == "heron")
            #expect(site.visitor().get("/projects/\(project)/search?q=owl").location?.hasPrefix("/sign-in") == true)
        }
    }

    @Test(
        "Names of matches that nobody gave are refused or mean nothing",
        arguments: [
            ("x", 400), ("1.2", 400), ("1.2.3.4", 400), ("-1.0.0", 400), ("1.-1.0", 400), ("0.0.0", 400),
            ("+1.0.0", 400),
            ("999999.0.0", 200), ("DOC.999.0", 200), ("DOC.1.999999999", 200), ("99999999999999999999.0.0", 400),
        ]
    )
    func forgedNames(name: String, status: Int) throws {
        try withProject { ada, project, _ in
            let document = try ada.write("a.txt", "owl", to: project)
            let name = name.replacing("DOC", with: "\(document)")
            let answer = try ada.replace(["q": "owl", "replacement": "heron"], [name], in: project)
            #expect(answer.status == status)
            #expect(try ada.document(document).text == "owl")
            if status == 200 { #expect(try answer.json(ReplacementReport.self).left == 1) }
        }
    }

    @Test("Without the page's token nothing is replaced")
    func forgery() throws {
        try withProject { ada, project, _ in
            let document = try ada.write("a.txt", "owl", to: project)
            let form = ["q": "owl", "replacement": "heron", "match": "\(document).1.0", "_csrf": "made up"]
            #expect(try ada.submit("/projects/\(project)/replacements", form).status == 403)
            #expect(try ada.document(document).text == "owl")
        }
    }
}
