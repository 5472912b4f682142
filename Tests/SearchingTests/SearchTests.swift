import SiteTesting
import Testing

@Suite("Searching a project")
struct SearchTests {
    private func withProject(_ body: (_ ada: TestClient, _ project: Int, _ site: TestSite) throws -> Void) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            try ada.write("main.py", "", to: project)
            try body(ada, project, site)
        }
    }

    @Test("A text is found in every file, with its line, whatever its case")
    func literal() throws {
        try withProject { ada, project, _ in
            try ada.write("lib/owl.py", "def owl():\n    return 'An Owl.*'\n", to: project)
            try ada.write("notes.txt", "no bird\nOWL\n", to: project)
            #expect(
                try ada.search("owl", in: project) == ["lib/owl.py:1:owl", "lib/owl.py:2:Owl", "notes.txt:2:OWL"]
            )
            #expect(try ada.search("owl", ["case": "on"], in: project) == ["lib/owl.py:1:owl"])
            #expect(try ada.search("Owl.*", in: project) == ["lib/owl.py:2:Owl.*"])
            #expect(try ada.search("heron", in: project).isEmpty)
            #expect(try ada.slice(["q": "owl"], in: project).names == ["lib/owl.py"])
        }
    }

    @Test("Whole words, and words are of any language")
    func words() throws {
        try withProject { ada, project, _ in
            try ada.write("a.txt", "cat concat cat_1 (cat) écat cat", to: project)
            let found = try ada.slice(["q": "cat", "word": "on"], in: project).matches
            #expect(found.map(\.column) == [0, 18, 28])
        }
    }

    @Test("Expressions, line by line")
    func expressions() throws {
        try withProject { ada, project, _ in
            try ada.write("a.txt", "one two\nthree\n\nfour 44", to: project)
            let options = ["expression": "on"]
            #expect(try ada.search("^\\w+$", options, in: project) == ["a.txt:2:three"])
            #expect(try ada.search("\\d+", options, in: project) == ["a.txt:4:44"])
            #expect(try ada.search("x*", options, in: project).isEmpty, "nothing is not found")
            #expect(try ada.search("T", options.merging(["case": "on"]) { $1 }, in: project).isEmpty)
        }
    }

    @Test("Positions count as editors in the browser do, and what is shown is cut")
    func positions() throws {
        try withProject { ada, project, _ in
            let long = String(repeating: "é", count: 5_000)
            try ada.write("a.txt", "\t😀 owl 😀\n\(long)owl\(long)", to: project)
            let found = try ada.slice(["q": "owl"], in: project).matches
            #expect(found.map(\.column) == [4, 5_000] && found.map(\.length) == [3, 3])
            #expect(found[0].before == "😀 " && found[0].after == " 😀")
            #expect(found[1].before == "…" + String(repeating: "é", count: 120))
            #expect(found[1].after == String(repeating: "é", count: 120) + "…")
        }
    }

    @Test(
        "Only in some paths, and not in others",
        arguments: [
            ("*.py", "", ["lib/a.py", "lib/deep/b.py", "main.py"]),
            ("lib", "", ["lib/a.py", "lib/c.txt", "lib/deep/b.py"]),
            ("lib/*.py", "", ["lib/a.py"]), ("lib/**/*.py", "", ["lib/a.py", "lib/deep/b.py"]),
            ("/main.py, *.txt", "", ["lib/c.txt", "main.py"]), ("", "lib", ["main.py"]),
            ("deep/", "", ["lib/deep/b.py"]),
            ("*.PY", "deep", ["lib/a.py", "main.py"]), ("?.py", "", ["lib/a.py", "lib/deep/b.py"]),
            ("(a|b).py", "", []),
        ]
    )
    func paths(include: String, exclude: String, expected: [String]) throws {
        try withProject { ada, project, _ in
            for path in ["main.py", "lib/a.py", "lib/deep/b.py", "lib/c.txt"] {
                try ada.write(path, "owl", to: project)
            }
            let slice = try ada.slice(["q": "owl", "include": include, "exclude": exclude], in: project)
            #expect(slice.files.map(\.path) == expected)
        }
    }

    @Test("What is much comes in slices: every match once, none left out")
    func slices() throws {
        try withProject { ada, project, _ in
            try ada.write("a.txt", String(repeating: "owl\n", count: 1_203), to: project)
            try ada.write("b.txt", String(repeating: "owl owl\n", count: 2), to: project)
            var found: [String] = []
            var fields = ["q": "owl"]
            var slices = 0
            while true {
                let slice = try ada.slice(fields, in: project)
                slices += 1
                #expect(slice.matches.count <= 500)
                found += slice.files.flatMap { file in file.matches.map { "\(file.path) \($0.line) \($0.column)" } }
                guard let next = slice.next else { break }
                fields["from"] = next.from
                fields["skip"] = "\(next.skip)"
            }
            #expect(slices == 3 && found.count == 1_207 && Set(found).count == 1_207)
        }
    }

    @Test("The page shows all that without scripts: each match a link to its line, and the way on")
    func page() throws {
        try withProject { ada, project, _ in
            try ada.write(
                "a <b>.txt",
                "x\n<script>alert('owl')</script>\n" + String(repeating: "owl\n", count: 600),
                to: project
            )
            let form = ada.get("/projects/\(project)/search").text
            #expect(form.contains("name=\"q\"") && !form.contains("No matches"))
            let page = ada.get("/projects/\(project)/search?q=owl").text
            #expect(page.contains("500 matches in 1 file so far."))
            #expect(page.contains("href=\"/projects/\(project)/files/a%20%3Cb%3E.txt?line=2#line\""))
            #expect(page.contains("&lt;script&gt;alert(&#39;<mark>owl</mark>&#39;)&lt;/script&gt;"))
            let next = try #require(page.between("<a class=\"button secondary\" href=\"", "\""))
            #expect(ada.get(next.replacing("&amp;", with: "&")).text.contains("101 matches in 1 file."))
            let file = ada.get("/projects/\(project)/files/a%20%3Cb%3E.txt?line=2")
            #expect(file.text.contains(">1\n<a id=\"line\" class=\"source-line\">2</a>\n3\n"))
        }
    }

    @Test(
        "What can't be looked for is told at its field, and what was typed stays",
        arguments: [
            ["q": "", "case": "on"], ["q": "(owl", "expression": "on"], ["q": "a{999}{999}", "expression": "on"],
            ["q": String(repeating: "x", count: 1_001)], ["q": "two\nlines"],
            ["q": "owl", "include": String(repeating: "a,", count: 21)],
            ["q": "owl", "exclude": String(repeating: "x", count: 1_001)],
            ["q": "owl", "replace": "on", "replacement": String(repeating: "x", count: 1_001)],
        ]
    )
    func faults(fields: [String: String]) throws {
        try withProject { ada, project, _ in
            let query = fields.map { "\($0.key)=\($0.value.replacing("\n", with: "%0A"))" }.joined(separator: "&")
            let answer = ada.get("/projects/\(project)/search?\(query)")
            #expect(answer.status == 422)
            #expect(answer.text.ranges(of: "class=\"error\"").count == 1)
            #expect(
                answer.text.contains("value=\"\(fields["q"]?.replacing("\n", with: "&#10;") ?? "")\"")
                    || fields["q"]?.contains("\n") == true
            )
        }
    }
}
