import Projects
import Site
import SiteTesting
import Testing
import Web

@Suite("A project's page without scripts")
struct FolderTests {
    @Test("Shows the folder of the open file, its folders as links, and the way up")
    func folders() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            for path in ["src/a.py", "src/in/b.py", "src/in/deep/c.py", "src0", "tests/x & y.py"] {
                _ = try ada.submit("/projects/\(project)/files", ["path": path])
            }
            let top = ada.get("/projects/\(project)/files/main.py").text.beforeScripts
            #expect(top.contains("/files/main.py?folder=src\"") && top.contains("3 files"))
            #expect(top.contains("files/src0\"") && !top.contains("a.py") && !top.contains("Up, out of"))
            let inner = ada.get("/projects/\(project)/files/src/in/b.py").text.beforeScripts
            #expect(inner.contains("/b.py?folder=src\"") && inner.contains("/b.py?folder=src%2Fin%2Fdeep\""))
            #expect(!inner.contains("c.py") && !inner.contains("src0"))
            let other = ada.get("/projects/\(project)/files/main.py?folder=tests").text.beforeScripts
            #expect(other.contains("files/tests/x%20%26%20y.py") && other.contains(">main.py</span>"))
        }
    }

    @Test("What an address makes up is not shown: whoever chooses a part of a compressed page could guess the rest")
    func madeUp() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            for query in [
                "folder=guess7", "folder=../guess7", "folder=&page=4711", "folder=guess7&page=2", "page=guess7",
            ] {
                let page = ada.get("/projects/\(project)/files/main.py?\(query)")
                #expect(page.status == 200)
                #expect(!page.text.contains("guess7") && !page.text.contains("471"), "\(query)")
                #expect(page.text.beforeScripts.contains("files/main.py\""))
            }
        }
    }

    @Test("A folder of many files has pages, and scripts ask for the list themselves")
    func pages() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            for number in 100..<350 { _ = try ada.submit("/projects/\(project)/files", ["path": "f\(number)"]) }
            let first = ada.get("/projects/\(project)/files/f349").text
            #expect(first.contains("Those after") && !first.contains("Those before"))
            #expect(first.beforeScripts.contains("files/f298\"") && !first.beforeScripts.contains("files/f300\""))
            #expect(first.contains(#""fileCount":251"#) && !first.contains(#""files":["#))
            let second = ada.get("/projects/\(project)/files/f349?folder=&page=2").text
            #expect(second.contains("Those before") && second.beforeScripts.contains("files/f300\""))
            let past = ada.get("/projects/\(project)/files/f349?folder=&page=99999999999")
            #expect(past.status == 200)
        }
    }

    @Test("What is chosen there is moved, copied, deleted and brought back by forms")
    func forms() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            for path in ["a", "b"] { _ = try ada.submit("/projects/\(project)/files", ["path": path]) }
            let address = "/projects/\(project)/arrangements"
            let moved = try ada.submit(
                address,
                ["act": "move", "entry": "a", "into": "lib/", "file": "a", "folder": ""]
            )
            #expect(moved.location == "/projects/\(project)/files/lib/a?folder=")
            #expect(ada.get(moved.location ?? "").text.contains("Moved 1 file."))
            let refused = try ada.submit(address, ["act": "move", "entry": "b", "into": "main.py", "file": "b"])
            let page = ada.get(refused.location ?? "").text
            #expect(page.contains("id=\"folder-fault\"") && page.contains("value=\"main.py\""))
            #expect(page.contains("form=\"arrange\" checked aria-label=\"Choose b\""))
            #expect(!page.contains("checked aria-label=\"Choose main.py\""))
            _ = try ada.submit(address, ["act": "copy", "entry": "b", "into": "", "file": "b"])
            #expect(try ada.files(of: project).map(\.path) == ["b", "b-copy", "lib/a", "main.py"])
            let deleted = try ada.submit(address, ["act": "delete", "entry": "lib", "file": "b", "folder": ""])
            let said = ada.get(deleted.location ?? "").text
            let id = try #require(said.firstMatch(of: /arrangements\?restore=(\d+)/)?.1)
            _ = try ada.submit("\(address)?restore=\(id)", [:])
            #expect(try ada.files(of: project).map(\.path) == ["b", "b-copy", "lib/a", "main.py"])
            #expect(try ada.submit(address, ["act": "delete", "file": "b"]).status == 303)
            #expect(ada.get("/projects/\(project)/files/b").text.contains("Choose files or folders first."))
        }
    }

    @Test("Deleted files are listed by pages, and several come back at once or none")
    func deleted() throws {
        try TestSite.with { site in
            let (ada, mallory) = (try site.member(.ada), try site.member(.mallory))
            let project = try ada.makeProject()
            let sent = (1...230).map { Sent("old/\($0).txt", "\($0)") }
            _ = try ada.send(sent, to: "/projects/\(project)/uploads")
            let address = "/projects/\(project)/arrangements"
            _ = try ada.submit(address, ["act": "delete", "entry": "old", "file": "main.py"])
            let list = "/projects/\(project)/deleted-files"
            let first = ada.get(list).text
            let next = try #require(first.firstMatch(of: /href="(\?from=[0-9.]+)"/)?.1)
            let second = ada.get("\(list)\(next)").text
            let rows = [first, second].map { page in page.matches(of: /name="deleted" value="(\d+)"/).map { $0.1 } }
            #expect(rows.map(\.count) == [200, 30] && Set(rows.joined()).count == 230)
            #expect(!second.contains("?from="))
            #expect(ada.get("\(list)?from=1.0").text.contains("There are no more"))
            for odd in ["x", "1", "1.x", "1.2.3"] {
                #expect(ada.get("\(list)?from=\(odd)").text.matches(of: /name="deleted"/).count == 200)
            }
            #expect(mallory.get("\(list)\(next)").status == 404)

            _ = try ada.submit(address, ["act": "restore", "deleted": String(rows[1][0])])
            #expect(try ada.files(of: project).count == 2)
            let refused = try ada.submit(address, ["act": "restore"])
            #expect(refused.location == list)
            #expect(ada.get(list).text.contains("Say which files are to come back."))
        }
    }
}

extension String {
    /// A page without what its scripts begin with, which names files as well.
    fileprivate var beforeScripts: String {
        replacing(/<script type="application\/json".*?<\/script>/.dotMatchesNewlines(), with: "")
    }
}
