import MariaDB
import Projects
import Quotas
import Site
import SiteTesting
import Testing
import Web

@Suite("Files of a project")
struct FileTests {
    @Test("A file is made, renamed, deleted and brought back; folders come and go with the paths in them")
    func story() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            #expect(
                try ada.submit("/projects/\(project)/files", ["path": "src/tools.py"]).location
                    == "/projects/\(project)/files/src/tools.py"
            )
            let tools = try #require(try ada.files(of: project).first { $0.path == "src/tools.py" })
            _ = try ada.submit("/files/\(tools.id)/path", ["path": "lib/deep/tools.py"])
            #expect(try ada.files(of: project).map(\.path) == ["lib/deep/tools.py", "main.py"])
            _ = try ada.submit("/projects/\(project)/arrangements", ["act": "move", "entry": "lib", "into": "src"])
            #expect(try ada.files(of: project).map(\.path) == ["main.py", "src/lib/deep/tools.py"])
            _ = try ada.submit("/projects/\(project)/arrangements", ["act": "delete", "entry": "src"])
            #expect(try ada.files(of: project).map(\.path) == ["main.py"])
            _ = try ada.submit("/files/\(tools.id)/restoration", [:])
            #expect(try ada.files(of: project).map(\.path) == ["main.py", "src/lib/deep/tools.py"])
        }
    }

    @Test("The list of projects tells how many files each has, whatever was done to them")
    func counting() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            func shown(_ count: String) -> Bool { ada.get("/projects").text.contains(", \(count)<") }
            #expect(shown("1 file"))
            for path in ["a.py", "lib/b.py", "lib/c.py"] {
                _ = try ada.submit("/projects/\(project)/files", ["path": path])
            }
            #expect(shown("4 files"))
            _ = try ada.submit("/projects/\(project)/arrangements", ["act": "move", "entry": "lib", "into": "src"])
            #expect(shown("4 files"))
            let file = try #require(try ada.files(of: project).first { $0.path == "src/lib/b.py" })
            _ = try ada.submit("/projects/\(project)/arrangements", ["act": "delete", "entry": "src"])
            #expect(shown("2 files"))
            _ = try ada.submit("/files/\(file.id)/restoration", [:])
            #expect(shown("3 files"))
            _ = try ada.submit("/files/\(file.id)/deletion", [:])
            #expect(shown("2 files"))
        }
    }

    @Test(
        "A path that leads out of the project or lies to its reader is refused at its field",
        arguments: [
            "", "/etc/passwd", "../x", "a/../../x", "a//b", "a/./b", "x\ny", "x\u{1B}[31m", "x\u{7F}",
            String(repeating: "a", count: 256), String(repeating: "d/", count: 40) + "x",
        ]
    )
    func badPaths(path: String) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let answer = try ada.post(json: json(["path": path]), to: "/projects/\(project)/files")
            #expect(answer.status == 422)
            struct Report: Decodable { let fields: [String: String] }
            #expect(try answer.json(Report.self).fields["path"] != nil)
            #expect(try ada.files(of: project).map(\.path) == ["main.py"])
        }
    }

    @Test("A refused form comes back with what was typed and what is wrong, at its field, once")
    func refusedForms() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            _ = try ada.submit("/projects/\(project)/files", ["path": "../<x>"])
            let page = ada.get("/projects/\(project)/files/main.py").text
            #expect(page.contains("value=\"../&lt;x&gt;\""))
            #expect(page.contains("id=\"new-path-error\""))
            #expect(!ada.get("/projects/\(project)/files/main.py").text.contains("new-path-error"))
            let main = try #require(try ada.files(of: project).first)
            let refused = try ada.submit("/files/\(main.id)/path", ["path": "a//b"])
            #expect(refused.location == "/projects/\(project)/files/main.py")
            let again = ada.get("/projects/\(project)/files/main.py").text
            #expect(again.contains("value=\"a//b\""))
            #expect(again.contains("id=\"rename-path-error\""))
        }
    }

    @Test("Names that only look like another are names of their own")
    func distinctNames() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            for path in ["Main.py", "main.PY", "é.py", "e\u{301}.py", "名前.py", "a b.py", "50%.py", "q?.py", "#1.py"] {
                let answer = try ada.post(json: json(["path": path]), to: "/projects/\(project)/files")
                #expect(answer.status == 201, "\(path)")
                #expect(ada.get("/projects/\(project)/files/\(Percent.encodePath(path))").status == 200, "\(path)")
            }
            #expect(try ada.files(of: project).count == 10)
        }
    }

    @Test("A file never takes another's place, nor lies below a file, nor where a folder is")
    func obstacles() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            _ = try ada.submit("/projects/\(project)/files", ["path": "src/a.py"])
            for (path, message) in [
                ("main.py", "There is a file main.py already."), ("main.py/x", "main.py is a file"),
                ("src", "src is a folder here."),
            ] {
                let answer = try ada.post(json: json(["path": path]), to: "/projects/\(project)/files")
                #expect(answer.status == 422)
                #expect(answer.text.contains(message))
            }
            // Beside, not below: "src0" and "src-" sort around "src/".
            for path in ["src0", "src-", "src.py"] {
                #expect(try ada.post(json: json(["path": path]), to: "/projects/\(project)/files").status == 201)
            }
            let main = try #require(try ada.files(of: project).first { $0.path == "main.py" })
            #expect(try ada.post(json: json(["path": "main.py/inner.py"]), to: "/files/\(main.id)/path").status == 200)
        }
    }

    @Test("A deleted file whose place was taken stays deleted and says why")
    func restorationIntoTakenPlace() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let main = try #require(try ada.files(of: project).first)
            _ = try ada.submit("/files/\(main.id)/deletion", [:])
            _ = try ada.submit("/projects/\(project)/files", ["path": "main.py"])
            let answer = try ada.post(json: "{}", to: "/files/\(main.id)/restoration")
            #expect(answer.status == 422)
            #expect(answer.text.contains("There is a file main.py already."))
        }
    }

    @Test("The number of files is limited, and the limit is named")
    func limit() throws {
        try TestSite.with(world: { $0.projectLimits = ProjectLimits(files: 3) }) { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            for path in ["a", "b"] { _ = try ada.submit("/projects/\(project)/files", ["path": path]) }
            let answer = try ada.post(json: json(["path": "c"]), to: "/projects/\(project)/files")
            #expect(answer.status == 422)
            #expect(answer.text.contains("3 files, which is the most"))
        }
    }

    @Test("All files of a project together are limited, whatever they are, and room that was made can be used again")
    func size() throws {
        try TestSite.with(world: { $0.projectLimits = ProjectLimits(size: 3_000) }) { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let main = try #require(try ada.files(of: project).first)
            func save(_ count: Int) throws -> Int {
                let version = try ada.document(main.document).version
                let text = String(repeating: "x", count: count)
                return try ada.submit("/documents/\(main.document)/text", ["text": text, "version": "\(version)"])
                    .status
            }
            site.clock.advance(by: 1)
            #expect(try save(2_900) == 303)
            site.clock.advance(by: 1)
            #expect(try save(4_500) == 422)
            #expect(try ada.document(main.document).text.utf8.count == 2_900)
            let copy = #"{"act":"copy","entries":["main.py"],"into":"copies"}"#
            let refused = try ada.post(json: copy, to: "/projects/\(project)/arrangements")
            #expect(refused.status == 422 && refused.text.contains("MB together"))
            #expect(try ada.files(of: project).count == 1)
            // One that was too large already, by typing that was not counted yet, can be arranged and made smaller.
            try site.site.database.write { db in try db.execute("UPDATE documents SET length = 4000") }
            #expect(try ada.submit("/files/\(main.id)/path", ["path": "other.py"]).status == 303)
            #expect(try ada.submit("/projects/\(project)/files", ["path": "empty.py"]).status == 303)
            let empty = try #require(try ada.files(of: project).first { $0.path == "empty.py" })
            #expect(try ada.submit("/files/\(empty.id)/deletion", [:]).status == 303)
            try site.site.database.write { db in try db.execute("UPDATE documents SET length = 2900") }
            #expect(try save(10) == 303)
            #expect(try save(2_000) == 303)
        }
    }

    @Test("A path that can't be is refused with every limit; 31 folders are the most")
    func depth() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            func make(_ folders: Int) throws -> TestAnswer {
                let path = String(repeating: "d/", count: folders) + "f"
                return try ada.post(json: json(["path": path]), to: "/projects/\(project)/files")
            }
            #expect(try make(31).status == 201)
            let refused = try make(32)
            #expect(refused.status == 422)
            #expect(refused.text.contains("255 bytes a name, 1024 in all, and 31 folders deep"))
            let turned = try ada.post(json: json(["path": "exe.\u{202E}txt.py"]), to: "/projects/\(project)/files")
            #expect(turned.status == 422 && turned.text.contains("characters that control others"))
            let page = ada.get("/projects/\(project)/transfer").text
            for words in ["31 folders deep", "5 MB", "256 MB", "128 MB", "8 MB", "5000"] {
                #expect(page.contains(words), "\(words)")
            }
        }
    }
}

/// A flat JSON object; only what these tests send.
private func json(_ object: [String: String]) -> String {
    let members = object.map { name, value in
        let escaped = value.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\u{0}"..."\u{1F}": "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }.joined()
        return "\"\(name)\":\"\(escaped)\""
    }
    return "{\(members.joined(separator: ","))}"
}
