import MariaDB
import Projects
import Quotas
import Site
import SiteTesting
import Testing
import Web

@Suite("Many files at once")
struct ArrangementTests {
    @Test("A folder that moves takes its files along: the same files, with the same texts and their histories")
    func movesKeepFiles() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["src/a.py", "src/deep/b.py"])
            let before = try ada.files(of: project)
            let file = try #require(before.first { $0.path == "src/a.py" })
            _ = try ada.push(#"[[0,"words"]]"#, to: file.document, at: 0)
            let answer = try ada.arrange(project, #"{"act":"move","moves":[{"from":"src","to":"lib/core"}]}"#)
            #expect(answer.status == 200)
            let after = try ada.files(of: project)
            #expect(after.map(\.path) == ["lib/core/a.py", "lib/core/deep/b.py", "main.py"])
            #expect(Set(after.map(\.id)) == Set(before.map(\.id)))
            #expect(Set(after.map(\.document)) == Set(before.map(\.document)))
            let text = try ada.document(file.document)
            #expect(text.version == 1 && text.text == "words")
        }
    }

    @Test("Files change places, swap names in a ring and take the places of their own folders in one go")
    func ring() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["a", "b", "c/d"])
            let ids = Dictionary(uniqueKeysWithValues: try ada.files(of: project).map { ($0.path, $0.id) })
            let ring = #"{"act":"move","moves":[{"from":"a","to":"b"},{"from":"b","to":"c"},{"from":"c/d","to":"a"}]}"#
            #expect(try ada.arrange(project, ring).status == 200)
            let after = Dictionary(uniqueKeysWithValues: try ada.files(of: project).map { ($0.path, $0.id) })
            #expect(after == ["b": ids["a"], "c": ids["b"], "a": ids["c/d"], "main.py": ids["main.py"]])
            #expect(try ada.arrange(project, #"{"act":"move","moves":[{"from":"a","to":"a/a"}]}"#).status == 200)
            #expect(try ada.paths(project) == ["a/a", "b", "c", "main.py"])
        }
    }

    @Test("What is chosen beside its own folder goes with that, once")
    func nested() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["src/a", "src/in/b"])
            let wish = #"{"act":"move","entries":["src/in/b","src/in","src","src/a"],"into":"lib"}"#
            #expect(try ada.arrange(project, wish).status == 200)
            #expect(try ada.paths(project) == ["lib/src/a", "lib/src/in/b", "main.py"])
            // Where it is already.
            let again = try ada.arrange(project, #"{"act":"move","entries":["lib/src"],"into":"lib"}"#)
            #expect(again.text == #"{"changes":[]}"#)
        }
    }

    @Test("Files of two folders that Unicode holds for the same keep their names when they move")
    func twinFolders() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["\u{E9}/a", "e\u{301}/main.py"])
            let wish = #"{"act":"move","entries":["\u00e9/a","e\u0301/main.py"],"into":"x"}"#
            #expect(try ada.arrange(project, wish).status == 200)
            #expect(try ada.paths(project) == ["main.py", "x/a", "x/main.py"])
        }
    }

    @Test("What is named many times is done once, and nothing goes to two places")
    func repeated() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["a", "b"])
            let names = Array(repeating: #""a""#, count: 4_000).joined(separator: ",")
            #expect(try ada.arrange(project, #"{"act":"copy","into":"","entries":[\#(names)]}"#).status == 200)
            #expect(try ada.paths(project) == ["a", "a-copy", "b", "main.py"])
            let both = #"{"act":"move","moves":[{"from":"a","to":"c"},{"from":"a","to":"d"}]}"#
            #expect(try ada.arrange(project, both).status == 422)
            #expect(try ada.arrange(project, #"{"act":"delete","entries":[\#(names)]}"#).status == 200)
            #expect(try ada.paths(project) == ["a-copy", "b", "main.py"])
        }
    }

    @Test("One that is in the way of one file keeps all where they are, and each is named")
    func clashes() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["a", "b", "c", "lib/b", "lib/c/d"])
            let before = try ada.files(of: project).map(\.path)
            struct Report: Decodable {
                let message: String
                let fields: [String: String]
            }
            for act in ["move", "copy"] {
                let answer = try ada.arrange(project, #"{"act":"\#(act)","entries":["a","b","c"],"into":"lib"}"#)
                #expect(answer.status == 422)
                let report = try answer.json(Report.self)
                #expect(report.fields == ["b": "There is a file lib/b already.", "c": "lib/c is a folder here."])
                #expect(report.message.contains("Nothing was \(act == "move" ? "moved" : "copied")."))
                #expect(try ada.files(of: project).map(\.path) == before)
            }
            let below = try ada.arrange(project, #"{"act":"move","entries":["a"],"into":"b/x"}"#)
            #expect(try below.json(Report.self).fields == ["a": "b is a file, so nothing can lie below it."])
            let both = #"{"act":"move","moves":[{"from":"a","to":"z"},{"from":"c","to":"z"}]}"#
            #expect(try ada.arrange(project, both).status == 422)
            let gone = try ada.arrange(project, #"{"act":"delete","entries":["a","never"]}"#)
            #expect(try gone.json(Report.self).fields == ["never": "never is not in the project any more."])
            #expect(try ada.files(of: project).map(\.path) == before)
        }
    }

    @Test("A folder does not go where another one is, whatever is in it, unless that one goes away")
    func taken() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["a/1", "b/2", "c/a/3"])
            let along = #"{"act":"move","entries":["c","c/a"],"into":"d"}"#
            #expect(try ada.arrange(project, along).status == 200)
            #expect(try ada.arrange(project, #"{"act":"move","entries":["d/c"],"into":""}"#).status == 200)
            for wish in [
                #"{"act":"move","moves":[{"from":"a","to":"b"}]}"#, #"{"act":"move","entries":["a"],"into":"c"}"#,
                #"{"act":"copy","entries":["a"],"into":"c"}"#, #"{"act":"move","entries":["a","c/a"],"into":"z"}"#,
            ] {
                let refused = try ada.arrange(project, wish)
                #expect(refused.status == 422 && refused.text.contains("There is a folder"), "\(wish)")
            }
            let swap = #"{"act":"move","moves":[{"from":"a","to":"b"},{"from":"b","to":"a"}]}"#
            #expect(try ada.arrange(project, swap).status == 200)
            #expect(try ada.paths(project) == ["a/2", "b/1", "c/a/3", "main.py"])
        }
    }

    @Test("A folder goes neither into itself nor below itself, as a move or as a copy")
    func intoItself() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["src/a", "src/in/b"])
            for (act, into) in [("move", "src"), ("move", "src/in"), ("copy", "src"), ("copy", "src/in/deep")] {
                let answer = try ada.arrange(project, #"{"act":"\#(act)","entries":["src"],"into":"\#(into)"}"#)
                #expect(answer.status == 422, "\(act) \(into)")
                #expect(answer.text.contains("src can't go into itself"))
            }
            #expect(try ada.arrange(project, #"{"act":"copy","entries":["src"],"into":""}"#).status == 200)
            #expect(try ada.paths(project) == ["main.py", "src-copy/a", "src-copy/in/b", "src/a", "src/in/b"])
        }
    }

    @Test("More text than can be copied in one go is refused, and nothing of it is copied")
    func tooMuchText() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["src/a", "src/b"])
            func setLengths(_ length: Int) throws {
                try site.site.database.write { db in
                    try db.execute("UPDATE documents SET length = \(length)")
                }
            }
            let copy = #"{"act":"copy","entries":["src"],"into":"x"}"#
            try setLengths(16 << 20 | 1)
            let refused = try ada.arrange(project, copy)
            #expect(refused.status == 422 && refused.text.contains("more than 32 MB of text"))
            #expect(try ada.paths(project) == ["main.py", "src/a", "src/b"])
            try setLengths(16 << 20)
            #expect(try ada.arrange(project, copy).status == 200)
        }
    }

    @Test("A copy has a text of its own, as it stands, and a name of its own beside what it is a copy of")
    func copies() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["lib/a.tar.gz", ".env"])
            let file = try #require(try ada.files(of: project).first { $0.path == "lib/a.tar.gz" })
            _ = try ada.push(#"[[0,"first"]]"#, to: file.document, at: 0)
            for entries in [#""lib/a.tar.gz""#, #""lib/a.tar.gz""#] {
                #expect(try ada.arrange(project, #"{"act":"copy","entries":[\#(entries)],"into":"lib"}"#).status == 200)
            }
            _ = try ada.arrange(project, #"{"act":"copy","entries":[".env","lib"],"into":""}"#)
            let paths = try ada.paths(project)
            #expect(
                paths.filter { $0.hasPrefix("lib/") } == [
                    "lib/a.tar-copy-2.gz", "lib/a.tar-copy.gz", "lib/a.tar.gz",
                ]
            )
            #expect(paths.contains(".env-copy") && paths.contains("lib-copy/a.tar.gz"))
            _ = try ada.push(#"[5,[0," then"]]"#, to: file.document, at: 1)
            let copy = try #require(try ada.files(of: project).first { $0.path == "lib-copy/a.tar.gz" })
            #expect(try ada.document(copy.document).text == "first")
            #expect(copy.document != file.document)
        }
    }

    @Test("What many files were deleted as is how they come back, all or none")
    func restoring() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["src/a", "src/b", "c"])
            let ids = try ada.files(of: project).filter { $0.path.hasPrefix("src") }.map(\.id)
            #expect(try ada.arrange(project, #"{"act":"delete","entries":["src"]}"#).status == 200)
            #expect(try ada.paths(project) == ["c", "main.py"])
            _ = try ada.submit("/projects/\(project)/files", ["path": "src/b"])
            let restore = #"{"act":"restore","files":[\#(ids.map(String.init).joined(separator: ","))]}"#
            let refused = try ada.arrange(project, restore)
            #expect(refused.status == 422 && refused.text.contains("There is a file src/b already."))
            #expect(try ada.paths(project) == ["c", "main.py", "src/b"])
            _ = try ada.arrange(project, #"{"act":"delete","entries":["src/b"]}"#)
            #expect(try ada.arrange(project, restore).status == 200)
            #expect(try ada.files(of: project).filter { $0.path.hasPrefix("src") }.map(\.id) == ids)
        }
    }

    @Test("As many files as a project may have, and not one more, whatever is copied or brought back")
    func limits() throws {
        try TestSite.with(world: { $0.projectLimits = ProjectLimits(files: 4) }) { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["lib/a", "lib/b"])
            let answer = try ada.arrange(project, #"{"act":"copy","entries":["lib"],"into":""}"#)
            #expect(answer.status == 422 && answer.text.contains("at most 4 files"))
            let file = try #require(try ada.files(of: project).first)
            _ = try ada.arrange(project, #"{"act":"delete","entries":["lib/a"]}"#)
            for path in ["x", "y"] { _ = try ada.submit("/projects/\(project)/files", ["path": path]) }
            #expect(try ada.arrange(project, #"{"act":"restore","files":[\#(file.id)]}"#).status == 422)
            #expect(try ada.post(json: "{}", to: "/files/\(file.id)/restoration").status == 422)
            #expect(try ada.paths(project) == ["lib/b", "main.py", "x", "y"])
            let many = (0...4).map { "\"f\($0)\"" }.joined(separator: ",")
            #expect(try ada.arrange(project, #"{"act":"delete","entries":[\#(many)]}"#).status == 422)
        }
    }

    @Test("Two accents that look alike are two files, wherever they go")
    func twins() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["a/é", "b/e\u{301}"])
            let moved = try ada.arrange(project, #"{"act":"move","entries":["a/é"],"into":"b"}"#)
            #expect(moved.status == 200)
            #expect(try ada.files(of: project).map { Array($0.path.utf8) }.contains(Array("b/e\u{301}".utf8)))
            #expect(try ada.files(of: project).map { Array($0.path.utf8) }.contains(Array("b/é".utf8)))
            let both = try ada.project(["a/é", "a/e\u{301}"])
            #expect(try ada.arrange(both, #"{"act":"move","entries":["a"],"into":"b"}"#).status == 200)
            #expect(try ada.files(of: both).filter { $0.path.hasPrefix("b/a/") }.count == 2)
            let cases = try ada.project(["Main.py"])
            #expect(
                try ada.arrange(cases, #"{"act":"move","moves":[{"from":"Main.py","to":"MAIN.py"}]}"#).status == 200
            )
            #expect(try ada.paths(cases) == ["MAIN.py", "main.py"])
        }
    }

    @Test(
        "What is no path leads nowhere",
        arguments: ["../x", "/etc", "a/../b", "a//b", "a\\u0000b", String(repeating: "d/", count: 40)]
    )
    func badPaths(path: String) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.project(["src/a"])
            for wish in [
                #"{"act":"move","entries":["src"],"into":"\#(path)"}"#, #"{"act":"delete","entries":["\#(path)"]}"#,
                #"{"act":"move","moves":[{"from":"src","to":"\#(path)"}]}"#,
                #"{"act":"copy","entries":["\#(path)"],"into":"x"}"#,
            ] {
                #expect(try ada.arrange(project, wish).status == 422, "\(wish)")
            }
            #expect(try ada.paths(project) == ["main.py", "src/a"])
        }
    }

    @Test("Nothing is done for readers and strangers, nor to the files of another project")
    func strangers() throws {
        try TestSite.with { site in
            let (ada, mallory) = (try site.member(.ada), try site.member(.mallory))
            let project = try ada.project(["src/a"])
            let file = try #require(try ada.files(of: project).first { $0.path == "src/a" })
            let own = try mallory.project([])
            for wish in [
                #"{"act":"delete","entries":["src"]}"#, #"{"act":"move","entries":["src"],"into":"x"}"#,
                #"{"act":"copy","entries":["src"],"into":"x"}"#, #"{"act":"nonsense"}"#,
            ] {
                #expect(try mallory.arrange(project, wish).status == 404)
            }
            _ = try ada.arrange(project, #"{"act":"delete","entries":["src"]}"#)
            let restore = #"{"act":"restore","files":[\#(file.id)]}"#
            #expect(try mallory.arrange(own, restore).status == 404)
            #expect(try mallory.arrange(project, restore).status == 404)
            #expect(try ada.paths(project) == ["main.py"])
        }
    }
}

extension TestClient {
    fileprivate func project(_ paths: [String]) throws -> Int {
        let project = try makeProject()
        for path in paths { _ = try submit("/projects/\(project)/files", ["path": path]) }
        return project
    }

    fileprivate func arrange(_ project: Int, _ json: String) throws -> TestAnswer {
        try post(json: json, to: "/projects/\(project)/arrangements")
    }

    fileprivate func paths(_ project: Int) throws -> [String] { try files(of: project).map(\.path) }
}
