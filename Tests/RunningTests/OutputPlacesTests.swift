import Glibc
import SiteTesting
import Testing

@testable import Running

@Suite("Lines of files that an output names, on a page without scripts")
struct OutputPlacesTests {
    private let files: Set = ["main.py", "src/a b.c", "src/tree.c", "Main.java", "main.pl"]

    private func draw(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return OutputPlaces(has: files.contains).places(in: bytes).map { place in
            "\(String(decoding: bytes[place.range], as: UTF8.self)) → \(place.path) \(place.line)"
        }
    }

    @Test(
        "compilers and tracebacks name them in their own ways",
        arguments: [
            ("src/tree.c:4:26: error: expected ‘;’", "src/tree.c:4 → src/tree.c 4"),
            ("  File \"/home/coder/main.py\", line 12, in <module>", "\"/home/coder/main.py\", line 12 → main.py 12"),
            ("\tat Main.main(Main.java:3)", "Main.java:3 → Main.java 3"),
            ("src/tree.c(7,22): error CS0029: no", "src/tree.c(7, → src/tree.c 7"),
            ("Died at main.pl line 3.", "main.pl line 3 → main.pl 3"),
            ("syntax error in main.pl on line 3", "main.pl on line 3 → main.pl 3"),
            ("main.pl: line 3: syntax error", "main.pl: line 3 → main.pl 3"),
            ("vet: ./main.py:6:2: unused", "./main.py:6 → main.py 6"),
            ("File \"src/a b.c\", line 2:", "\"src/a b.c\", line 2 → src/a b.c 2"),
        ]
    )
    func forms(output: String, place: String) {
        #expect(draw(output) == [place])
        #expect(draw("x\n\(output)\r\n") == [place])
    }

    @Test("A line may name several, which come in their order")
    func several() {
        let names = draw("main.py:2, then src/tree.c(9) and main.py:4\nmain.py:5")
        #expect(names.map { $0.split(separator: " → ")[1] } == ["main.py 2", "src/tree.c 9", "main.py 4", "main.py 5"])
    }

    @Test(
        "Only files of the project are places",
        arguments: [
            "/usr/include/stdio.h:3:1", "other.py:3", "../main.py:3", "/main.py:3", "main.py", "main.py:", "main.py:0",
            "main.py:x", "https://example.org/main.py:3", "12:30:45", "xmain.py:3", "main.py:12345678", "main.py:3x",
        ]
    )
    func others(output: String) {
        #expect(draw(output) == [])
    }

    @Test("Output that is made to be slow isn't")
    func slow() {
        for piece in ["a", "a:1", "\"", "\", line 1", "main.py ", "a line 1", "a(1", "1(", "1"] {
            let line = String(repeating: piece, count: 1_900 / piece.utf8.count)
            #expect(draw(String(repeating: line + "\n", count: 34)).isEmpty)
        }
        #expect(draw("main.py:1 " + String(repeating: " ", count: 2_000)).isEmpty)
    }

    @Test("The page of a run has them as links, and what programs print is never more than text")
    func page() throws {
        let text = "<b>main.py:1</b>\nmain.py:3\nbye"
        let pieces = OutputPiece.pieces(of: text, ["main.py": "/x/main.py"])
        #expect(pieces.map(\.text).joined() == text)
        #expect(pieces.compactMap(\.href) == ["/x/main.py?line=1#line", "/x/main.py?line=3#line"])
        let runner = try StandInRunner(.last)
        try TestSite.with(basePath: "/carrel", runnerSocket: runner.socket) { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let started = try ada.post(json: #"{"file":"main.py"}"#, to: "/projects/\(project)/runs")
            _ = try #require(runner.next())
            runner.print("<b>main.py:1</b> and gone.py:1\r\n")
            runner.finish([])
            let id = try #require(started.text.between("\"id\":", ","))
            while !ada.get("/runs/\(id)/output?from=0").text.contains("\"state\":\"finished\"") { usleep(5_000) }
            let link = "<a href=\"/carrel/projects/\(project)/files/main.py?line=1#line\">main.py:1</a>"
            for page in ["/runs/\(id)", "/projects/\(project)/files/main.py?run=\(id)"] {
                #expect(ada.get(page).text.contains("&lt;b&gt;\(link)&lt;/b&gt; and gone.py:1"))
            }
        }
    }
}
