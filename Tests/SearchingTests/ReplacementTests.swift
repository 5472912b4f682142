import Projects
import Quotas
import Site
import SiteTesting
import Testing

@Suite("Replacing what was found")
struct ReplacementTests {
    private func withProject(_ body: (_ ada: TestClient, _ project: Int) throws -> Void) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            try body(ada, try ada.makeProject())
        }
    }

    /// Previews, orders what `choose` leaves of it, and tells what that did.
    private func replace(
        _ fields: [String: String],
        in project: Int,
        by ada: TestClient,
        choose: ([FoundSlice.Match]) -> [FoundSlice.Match] = { $0 },
        meanwhile: () throws -> Void = {}
    ) throws -> ReplacementReport {
        let matches = try ada.slice(fields.merging(["replace": "on"]) { $1 }, in: project).matches
        try meanwhile()
        return try ada.replace(fields, choose(matches).map(\.name), in: project).json(ReplacementReport.self)
    }

    @Test("The preview shows what each match becomes; what is left out stays, in any file, and one undo takes all back")
    func chosen() throws {
        try withProject { ada, project in
            let one = try ada.write("a.txt", "owl owl\nOwl", to: project)
            let two = try ada.write("b.txt", "😀owl", to: project)
            let fields = ["q": "owl", "replacement": "heron"]
            let preview = try ada.slice(fields.merging(["replace": "on"]) { $1 }, in: project)
            #expect(preview.matches.map(\.replacement) == ["heron", "heron", "heron", "heron"])
            let report = try replace(fields, in: project, by: ada) { [$0[1], $0[3]] }
            #expect(report.places == 2 && report.files == 2 && report.left == 0)
            #expect(try ada.document(one).text == "owl heron\nOwl")
            #expect(try ada.document(two) == (2, "😀heron"))
            let reversal = try #require(report.reversal)
            #expect(try ada.post(json: "{}", to: reversal).status == 204)
            #expect(try ada.document(one).text == "owl owl\nOwl")
            #expect(try ada.document(two) == (3, "😀owl"))
            #expect(try ada.post(json: "{}", to: reversal).status == 409, "once")
        }
    }

    @Test(
        "Groups of an expression stand in the replacement; without one a dollar is a dollar",
        arguments: [
            (["expression": "on", "q": "(\\w+)=(\\w+)"], "$2:$1 $$$0$9$", "b:a $a=b$"),
            (["q": "a=b"], "$1", "$1"),
            (["expression": "on", "q": "(x)?a"], "[$1]", "[]=b"),
            (["expression": "on", "q": "b$"], "", "a="),
        ]
    )
    func groups(fields: [String: String], replacement: String, expected: String) throws {
        try withProject { ada, project in
            let document = try ada.write("a.txt", "a=b", to: project)
            _ = try replace(fields.merging(["replacement": replacement]) { $1 }, in: project, by: ada)
            #expect(try ada.document(document).text == expected)
        }
    }

    @Test("Edits made since the preview stay: places move with them, and one that was touched is left alone")
    func stale() throws {
        try withProject { ada, project in
            let document = try ada.write("a.txt", "owl\nowl\nowl", to: project)
            let report = try replace(
                ["q": "owl", "replacement": "heron"],
                in: project,
                by: ada,
                meanwhile: {
                    _ = try ada.push("[[0,\"An \"],11]", to: document, at: 1, sequence: 1)
                    _ = try ada.push("[8,[0,\"x\"],6]", to: document, at: 2, sequence: 2)
                }
            )
            #expect(report.places == 2 && report.left == 1)
            #expect(try ada.document(document).text == "An heron\noxwl\nheron")
        }
    }

    @Test("A file that was deleted since the preview is left alone, and the others are replaced")
    func deleted() throws {
        try withProject { ada, project in
            try ada.write("a.txt", "owl", to: project)
            let other = try ada.write("b.txt", "owl", to: project)
            let file = try #require(try ada.files(of: project).first { $0.path == "a.txt" })
            let report = try replace(
                ["q": "owl", "replacement": "heron"],
                in: project,
                by: ada,
                meanwhile: {
                    _ = try ada.submit("/files/\(file.id)/deletion", [:])
                }
            )
            #expect(report.places == 1 && report.left == 1)
            #expect(try ada.document(other).text == "heron")
        }
    }

    @Test("An undo takes back the replacement only, not what was typed after it")
    func undoMerges() throws {
        try withProject { ada, project in
            let document = try ada.write("a.txt", "owl owl", to: project)
            let report = try replace(["q": "owl", "replacement": "heron"], in: project, by: ada)
            _ = try ada.push("[11,[0,\" flies\"]]", to: document, at: 2)
            _ = try ada.post(json: "{}", to: try #require(report.reversal))
            #expect(try ada.document(document).text == "owl owl flies")
        }
    }

    @Test("A text that would get too long is refused, and then nothing is changed anywhere")
    func tooLong() throws {
        try TestSite.with(world: { $0.projectLimits = ProjectLimits(textLength: 20) }) { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let one = try ada.write("a.txt", "owl", to: project)
            let two = try ada.write("b.txt", "owl owl owl owl", to: project)
            let matches = try ada.slice(["q": "owl"], in: project).matches
            let answer = try ada.replace(["q": "owl", "replacement": "herons"], matches.map(\.name), in: project)
            #expect(answer.status == 422)
            #expect(try ada.document(one).text == "owl")
            #expect(try ada.document(two).text == "owl owl owl owl")
        }
    }

    @Test("The same with forms: the preview's boxes, a sentence about what was done, and a button that undoes it")
    func forms() throws {
        try withProject { ada, project in
            let document = try ada.write("a.txt", "owl <i>", to: project)
            let page = ada.get("/projects/\(project)/search?q=owl&replacement=%3Cb%3E&replace=on").text
            let name = try #require(page.between("name=\"match\" value=\"", "\""))
            #expect(page.contains("<del>owl</del><ins>&lt;b&gt;</ins> &lt;i&gt;"))
            let form = ["q": "owl", "replacement": "<b>", "replace": "on", "match": name]
            let answer = try ada.submit("/projects/\(project)/replacements", form)
            let back = try #require(answer.location)
            #expect(back.hasPrefix("/projects/\(project)/search?q=owl"))
            let after = ada.get(back).text
            #expect(after.contains("Replaced 1 match in 1 file.") && after.contains("No matches."))
            #expect(try ada.document(document).text == "<b> <i>")
            let undo = try #require(after.between("action=\"/projects/\(project)/replacements/", "\""))
            let undone = try ada.submit("/projects/\(project)/replacements/\(undo)", [:])
            #expect(ada.get(try #require(undone.location)).text.contains("1 file is as before the replacement."))
            #expect(try ada.document(document).text == "owl <i>")
        }
    }
}
