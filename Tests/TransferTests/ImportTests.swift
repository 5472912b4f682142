import ArchiveTesting
import Projects
import Quotas
import Site
import SiteTesting
import Testing

@Suite("Archives that come into projects")
struct ImportTests {
    @Test("A zip comes into a project; what is there already is left alone, or replaced as an edit when asked")
    func story() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let before = try ada.text(of: "main.py", in: project)
            let zip = CraftedZip.archive([
                .init("main.py", "print(2)\r\n"), .init("src/a.py", "a = 1\n"), .init(Array("p.bin".utf8), [0, 1, 2]),
            ])
            let first = try ada.report([.archive(zip)], to: "/projects/\(project)/imports")
            #expect(first.added == 2 && first.replaced == 0)
            #expect(first.leftOut.map(\.name) == ["main.py"] && first.leftOut.allSatisfy(\.exists))
            #expect(try ada.text(of: "main.py", in: project) == before)
            let second = try ada.report(
                [.archive(zip)],
                ["existing": "replace"],
                to: "/projects/\(project)/imports"
            )
            #expect(second.added == 0 && second.replaced == 1 && second.unchanged == 2)
            #expect(try ada.text(of: "main.py", in: project) == "print(2)\n")
            let main = try #require(try ada.files(of: project).first { $0.path == "main.py" })
            #expect(try ada.document(main.document).version == 1)
        }
    }

    @Test("What comes in goes into a folder where one is named, whatever its own names say")
    func folder() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let zip = CraftedZip.archive([.init("a.py", "a = 1\n"), .init("../main.py", "stolen\n")])
            let report = try ada.report([.archive(zip)], ["into": " lib/old/ "], to: "/projects/\(project)/imports")
            #expect(report.added == 1 && report.leftOut.map(\.name) == ["../main.py"])
            #expect(try ada.files(of: project).map(\.path) == ["lib/old/a.py", "main.py"])
            let deep = Array(repeating: "d", count: 31).joined(separator: "/")
            let tooDeep = CraftedZip.archive([.init("a/b/c.py", "a = 1\n")])
            let left = try ada.report([.archive(tooDeep)], ["into": deep], to: "/projects/\(project)/imports")
            #expect(left.added == 0 && left.leftOut.first?.reason.contains("too deep") == true)
            for folder in ["..", "a/../..", "/etc", "a//b", "a\nb", "a\u{202E}b"] {
                let refused = try ada.send([.archive(zip)], ["into": folder], to: "/projects/\(project)/imports")
                #expect(refused.status == 422 && refused.text.contains("id=\"import-into-error\""), "\(folder)")
            }
            #expect(try ada.files(of: project).count == 2)
        }
    }

    @Test("A new project is made of an archive, or none at all")
    func newProject() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let tar = CraftedTar.archive([
                .init("./src/a.py", "a = 1\n"), .init("link", kind: "2", link: "/etc/passwd"),
            ])
            let made = try ada.send([.archive(tar)], ["name": "Owls", "language": "python"], to: "/projects/imports")
            #expect(made.status == 201)
            #expect(made.text.contains("it is a link"))
            let id = try #require(made.text.between("/projects/", "\"").flatMap { Int($0) } ?? lastProject(of: ada))
            #expect(try ada.files(of: id).map(\.path) == ["src/a.py"])
            // Where all came in, the page that says so can be loaded again without a second project.
            let whole = CraftedTar.archive([.init("a.py", "a = 1\n")])
            let more = try ada.send([.archive(whole)], ["name": "More", "language": "python"], to: "/projects/imports")
            #expect(more.status == 303 && more.location == "/projects/\(id + 1)")
            let again = try ada.send([.archive(whole)], to: "/projects/\(id)/imports")
            #expect(again.status == 303 && again.location == "/projects/\(id)/transfer")
            let refusals: [([Sent], [String: String])] = [
                ([.archive(Array("no archive".utf8))], ["name": "B", "language": "python"]),
                ([.archive(CraftedTar.archive([.init("x", kind: "2")]))], ["name": "B", "language": "python"]),
                ([.archive(tar)], ["name": "", "language": "python"]),
                ([.archive(tar)], ["name": "B", "language": "x"]),
                ([], ["name": "B", "language": "python"]),
            ]
            for (files, fields) in refusals {
                #expect(try ada.send(files, fields, to: "/projects/imports").status == 422)
            }
            #expect(!ada.get("/projects").text.contains(">B<"))
        }
    }

    private func lastProject(of client: TestClient) -> Int? {
        client.get("/projects").text.between("row-link\" href=\"/projects/", "\"").flatMap { Int($0) }
    }

    @Test(
        "Names that lead out of the project, lie, or are nobody's to have stay out and are told",
        arguments: [
            "/etc/passwd", "../x", "a/../../x", "..", "a//b", "a/./b", "C:\\x", "..\\x", "x\ny", "x\u{1B}[31m",
            "x\u{7F}",
            " /../x", String(repeating: "d/", count: 40) + "x", "",
        ]
    )
    func paths(name: String) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            for archive in [
                CraftedTar.archive([.init(name, "x"), .init("good", "y")]),
                CraftedZip.archive([.init(name, "x"), .init("good", "y")]),
            ] {
                let report = try ada.report(
                    [.archive(archive)],
                    ["existing": "replace"],
                    to: "/projects/\(project)/imports"
                )
                #expect(report.added + report.unchanged == 1)
                #expect(report.leftOut.allSatisfy { !$0.name.unicodeScalars.contains { $0.value < 32 } })
            }
            #expect(try ada.files(of: project).map(\.path) == ["good", "main.py"])
        }
    }

    @Test("Links, devices, doubles, names that are no text and files in folders' places stay out; the rest comes in")
    func kinds() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let tar = CraftedTar.archive([
                .init("soft", kind: "2", link: "/etc/shadow"), .init("soft/inside", "through a link"),
                .init("hard", kind: "1", link: "main.py"), .init("tty", kind: "3"), .init("pipe", kind: "6"),
                .init("twice", "1"), .init("twice", "2"), .init("e\u{301}", "1"), .init("\u{E9}", "2"),
                .init("Case", "1"), .init("case", "2"), .init([0x66, 0xFF], content: [1]), .init("twice/below", "x"),
                .init("main.py/below", "x"), .init("empty/", kind: "5"),
            ])
            let report = try ada.report([.archive(tar)], to: "/projects/\(project)/imports")
            #expect(report.added == 6)
            let reasons = Dictionary(report.leftOut.map { ($0.name, $0.reason) }) { first, _ in first }
            #expect(reasons["soft"] == "it is a link" && reasons["hard"] == "it is a link")
            #expect(reasons["tty"]?.contains("device") == true && reasons["pipe"]?.contains("pipe") == true)
            #expect(reasons["twice"] == "there is another of this name before it")
            #expect(reasons["f\u{FFFD}"] == "its name is not UTF-8")
            #expect(reasons["twice/below"]?.contains("twice is a file") == true)
            #expect(reasons["main.py/below"]?.contains("main.py is a file") == true)
            #expect(try ada.text(of: "twice", in: project) == "1")
            #expect(try ada.text(of: "soft/inside", in: project) == "through a link")
            #expect(try ada.files(of: project).count == 7)
        }
    }

    @Test("A zip that says one name outside and another inside is taken by one of them only, and checked by it")
    func contradiction() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let zip = CraftedZip.archive([
                .init(Array("harmless".utf8), [65], outerName: Array("../out".utf8)),
                .init(Array("../in".utf8), [66], outerName: Array("harmless2".utf8)),
            ])
            _ = try ada.report([.archive(zip)], to: "/projects/\(project)/imports")
            #expect(try ada.files(of: project).allSatisfy { !$0.path.contains("..") })
        }
    }

    @Test("An archive that breaks a limit in its middle leaves nothing behind and names the limit")
    func limits() throws {
        try TestSite.with(
            world: {
                $0.projectLimits = ProjectLimits(files: 3, blobSize: 100, blobsSize: 150)
            },
            { site in
                let ada = try site.member(.ada)
                let project = try ada.makeProject()
                let blob = [UInt8](repeating: 0, count: 80)
                for (tar, message) in [
                    (CraftedTar.archive((0..<5).map { .init("f\($0)", "x") }), "3 files, which is the most"),
                    (CraftedTar.archive([.init([97], content: blob), .init([98], content: blob)]), "in all"),
                ] {
                    let answer = try ada.send([.archive(tar)], to: "/projects/\(project)/imports")
                    #expect(answer.status == 422 && answer.text.contains(message))
                    #expect(try ada.files(of: project).map(\.path) == ["main.py"])
                }
                let tooLarge = CraftedTar.archive([
                    .init(Array("big".utf8), content: blob + blob), .init("small", "x"),
                ])
                let report = try ada.report([.archive(tooLarge)], to: "/projects/\(project)/imports")
                #expect(report.added == 1 && report.leftOut.map(\.name) == ["big"])
            }
        )
    }

    @Test("A bomb is refused, told as one, and leaves nothing")
    func bomb() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let bomb = CraftedZip.overlapping(depth: 600, core: [UInt8](repeating: 65, count: 30_000))
            let answer = try ada.send([.archive(bomb)], to: "/projects/\(project)/imports")
            #expect(answer.status == 422)
            #expect(answer.text.contains("unpacks to more than 250 times its size"))
            #expect(try ada.files(of: project).map(\.path) == ["main.py"])
        }
    }

    @Test("Nobody puts anything into another's project, and a report can't speak for itself")
    func strangers() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let mallory = try site.member(.mallory)
            let zip = CraftedZip.archive([.init("a", "x")])
            for path in ["imports", "uploads"] {
                let file = path == "imports" ? Sent.archive(zip) : Sent("a", "x")
                #expect(try mallory.send([file], to: "/projects/\(project)/\(path)").status == 404)
                #expect(try site.visitor().send([file], to: "/projects/\(project)/\(path)").status != 200)
                #expect(try ada.send([file], ["_csrf": "forged"], to: "/projects/\(project)/\(path)").status == 403)
            }
            #expect(mallory.get("/projects/\(project)/transfer").status == 404)
            #expect(try ada.files(of: project).map(\.path) == ["main.py"])
            let script = CraftedTar.archive([.init("<script>alert(1)</script>\\", "x")])
            let page = try ada.send([.archive(script)], to: "/projects/\(project)/imports").text
            #expect(page.contains("&lt;script&gt;") && !page.contains("<script>alert"))
        }
    }
}
