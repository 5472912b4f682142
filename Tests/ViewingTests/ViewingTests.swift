import Quotas
import Site
import SiteTesting
import Testing

@testable import Viewing

@Suite("Views of files")
struct ViewingTests {
    @Test("Separated values are read with quotes, line breaks in them, and whatever breaks the rules")
    func values() {
        func rows(_ text: String) -> [[String]] {
            let page = SeparatedValues(text).page(1)
            return [page.head] + page.rows
        }
        #expect(rows("a,b\n1,2\n") == [["a", "b"], ["1", "2"]])
        #expect(rows("a,b\n\"x,\ny\",\"say \"\"hi\"\"\"") == [["a", "b"], ["x,\ny", "say \"hi\""]])
        #expect(rows("a;b;c\n1,5;2;") == [["a", "b", "c"], ["1,5", "2", ""]])
        #expect(rows("a\tb\n\n,") == [["a", "b"], [""], [","]])
        #expect(rows("a,\"never closed\nb") == [["a", "never closed\nb"]])
        #expect(rows("a\"b,\"c\"d\n") == [["a\"b", "cd"]])
        #expect(rows("\"\"\n\"\"\"\"") == [[""], ["\""]])
        #expect(rows("") == [[]])
    }

    @Test("Many rows are paged, long values and wide rows are cut, and it is said")
    func limits() {
        let long = SeparatedValues("n\n" + (1...450).map(String.init).joined(separator: "\n"))
        let last = long.page(99)
        #expect(last.number == 3 && last.count == 3 && last.firstRow == 401)
        #expect(last.rows.first == ["401"] && last.rows.count == 50 && !last.isCut)
        #expect(long.page(-5).number == 1)
        #expect(SeparatedValues(String(repeating: ",", count: 1_000_000)).page(1).head.count == 100)
        #expect(SeparatedValues(String(repeating: ",", count: 1_000_000)).page(1).isCut)
        #expect(SeparatedValues(String(repeating: "x", count: 1_000_000)).page(1).head[0].utf8.count == 1_000)
    }

    @Test("Bytes are shown by offset, value and letter, a page at a time")
    func hex() {
        let dump = HexDump([0, 65, 255, 60], page: 7)
        #expect(dump.rows == [.init(offset: "00000000", values: "00 41 ff 3c", letters: ".A.<")])
        let large = HexDump([UInt8](repeating: 0, count: 4_100), page: 2)
        #expect(large.pageCount == 2 && large.rows.map(\.offset) == ["00001000"])
        #expect(HexDump([], page: 1).rows.isEmpty)
    }

    @Test("What a file holds is shown as letters, not obeyed, and only to whom it belongs")
    func safety() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let mallory = try site.member(.mallory)
            let project = try ada.makeProject()
            let main = try #require(try ada.files(of: project).first)
            let text =
                #"<img src=x onerror=alert(1)>,\"=HYPERLINK(\"\"http://e.example\"\")\",</td><script>alert(1)</script>"#
            _ = try ada.submit("/documents/\(main.document)/text", ["text": text, "version": "0"])
            for view in ["table", "hex"] {
                let page = ada.get("/files/\(main.id)/\(view)")
                #expect(page.status == 200)
                #expect(!page.text.contains("<img src=x") && !page.text.contains("<script>alert"))
                #expect(mallory.get("/files/\(main.id)/\(view)").status == 404)
            }
            #expect(ada.get("/files/\(main.id)/table").text.contains("&lt;img src=x onerror=alert(1)&gt;"))
        }
    }

    @Test("A text that is too long to be edited is read in pages of whole lines, nothing lost between them")
    func longText() {
        let lines = (1...20_000).map { "line \($0) é🦉" }.joined(separator: "\n")
        let bytes = Array(lines.utf8)
        let count = LongText(bytes, page: 1).pageCount
        let parts = (1...count).map { LongText(bytes, page: $0) }
        #expect(count > 3 && parts.map(\.text).joined() == lines)
        #expect(parts.allSatisfy { $0.text.hasPrefix("line \($0.firstLine) ") })
        let oneLine = [UInt8](String(repeating: "🦉", count: 50_000).utf8)
        let cut = (1...LongText(oneLine, page: 1).pageCount).map { LongText(oneLine, page: $0).text }
        #expect(cut.joined().utf8.elementsEqual(oneLine) && cut.allSatisfy { !$0.contains("\u{FFFD}") })
        #expect(LongText([], page: 3).text == "")
        #expect(LongText([UInt8](repeating: 0x80, count: 200_000), page: 2).pageCount == 4)
    }

    @Test("A text that is too long to be edited opens in pages, for members and visitors; what is no text does not")
    func openedLongText() throws {
        try TestSite.with(world: { $0.projectLimits = ProjectLimits(textLength: 50_000) }) { site in
            let ada = try site.member(.ada)
            let mallory = try site.member(.mallory)
            let project = try ada.makeProject()
            let lines = (1...20_000).map { "line \($0) <b>" }.joined(separator: "\n")
            let sent = [Sent("log.txt", Array(lines.utf8)), Sent("bytes.bin", [0] + Array(lines.utf8))]
            _ = try ada.send(sent, to: "/projects/\(project)/uploads", accept: "application/json")
            let first = ada.get("/projects/\(project)/files/log.txt").text
            #expect(first.contains("\nline 1 &lt;b&gt;\n") && first.contains("at most 49 KB"))
            #expect(!first.contains("is not text") && first.contains("href=\"?part=2\""))
            let second = ada.get("/projects/\(project)/files/log.txt?part=2").text
            #expect(second.contains("from line 4761") && !second.contains("line 1 &lt;b&gt;\n"))
            #expect(ada.get("/projects/\(project)/files/bytes.bin").text.contains("is not text"))
            _ = try ada.submit("/projects/\(project)/visibility", ["visibility": "public"])
            let seen = mallory.get("/@ada/anagrams/files/log.txt?part=2").text
            #expect(seen.contains("from line 4761") && seen.contains("rel=\"next\""))
        }
    }

    @Test("Markdown is drawn beside its source; its links and pictures stay in the project or lead to the web")
    func markdown() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            _ = try ada.submit("/projects/\(project)/files", ["path": "docs/README.md"])
            let file = try #require(try ada.files(of: project).first { $0.path == "docs/README.md" })
            let text = """
                # Owls
                [main](../main.py) [web](https://example.org/?a=1&b=2) [up](../../../projects/1) [root](/account/tokens)
                [host](//e.example/x) [script](javascript:alert(1)) [none](nowhere.md)
                ![web](https://e.example/track.png) ![self](../main.py) <script>alert(1)</script>
                """
            _ = try ada.submit("/documents/\(file.document)/text", ["text": text, "version": "0"])
            let page = ada.get("/files/\(file.id)/rendered").text
            #expect(page.contains("<h1>Owls</h1>"))
            #expect(page.contains("<a href=\"/projects/\(project)/files/main.py\">main</a>"))
            #expect(page.contains("<a href=\"https://example.org/?a=1&amp;b=2\">web</a>"))
            let article = try #require(page.between("<article", "</article>"))
            for outside in ["<img", "<script", "href=\"/account", "e.example/x\"", "javascript", "nowhere.md"] {
                #expect(!article.contains(outside), "\(outside)")
            }
            #expect(article.contains("<a href=\"https://e.example/track.png\">web</a>"))
            let mallory = try site.member(.mallory)
            #expect(mallory.get("/files/\(file.id)/rendered").status == 404)
        }
    }
}
