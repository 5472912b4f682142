import Site
import SiteTesting
import Testing
import Web

@testable import Searching

@Suite("What a project has to suggest")
struct SymbolsTests {
    private struct Answer: Decodable {
        let isWhole: Bool
        let files: [String]
        let words: [String]
    }

    private func symbols(_ text: String, _ fileExtension: String) -> [String] {
        SymbolScanner(fileExtension: fileExtension).scan(text).symbols.map { "\($0.line) \($0.kind) \($0.name)" }
    }

    @Test(
        "is what its texts give names, by their languages' words",
        arguments: [
            (
                "py", "import os\nclass Owl(Bird):\n    async def fly(self):\n  x = 1",
                ["2 class Owl", "3 function fly"]
            ),
            (
                "js", "export default async function* go() {}\nconst A = 1\nif (x) y()",
                ["1 function go", "2 constant A"]
            ),
            ("ts", "export interface P<T> {\ntype Q = 1", ["1 type P", "2 type Q"]),
            ("go", "func (o *Owl) Fly(x int) {\ntype T struct", ["1 function Fly", "2 type T"]),
            ("rs", "pub(crate) unsafe fn fly() {\nimpl X {\nmacro_rules! m", ["1 function fly", "3 function m"]),
            (
                "c", "static int fly(int x)\n{\n  fly(2);\n  return f(1);\n}\nint g(void);\nstruct owl {",
                [
                    "1 function fly", "7 type owl",
                ]
            ),
            (
                "cpp", "std::vector<int> fly(int x) {\n#define MAX 3\nclass Owl : public Bird {",
                [
                    "1 function fly", "2 function MAX", "3 class Owl",
                ]
            ),
            (
                "java", "public final class Owl {\n  private int fly(int x) {\n    if (x) y(1);\n",
                [
                    "1 class Owl", "2 function fly",
                ]
            ),
            ("kt", "suspend fun fly() {\ndata class Owl(val x: Int)", ["1 function fly", "2 class Owl"]),
            ("swift", "public func fly() {\nprivate struct Owl {", ["1 function fly", "2 type Owl"]),
            ("rb", "def self.fly\nmodule Nest", ["1 function fly", "2 namespace Nest"]),
            ("php", "abstract class Owl {\n  public static function &fly() {", ["1 class Owl", "2 function fly"]),
            ("pl", "sub fly {\npackage Owl::Nest;", ["1 function fly", "2 namespace Owl"]),
            ("lua", "local function fly()", ["1 function fly"]),
            ("sh", "fly() {\nfunction hoot {\necho $(x)", ["1 function fly", "2 function hoot"]),
            ("hs", "fly :: Int -> Int\nfly x = x\ndata Owl = Owl", ["1 function fly", "3 type Owl"]),
            ("ml", "let rec fly x = 1\ntype owl = A", ["1 function fly", "2 type owl"]),
            ("ex", "defmodule Owl do\n  defp fly(x), do: x", ["1 namespace Owl", "2 function fly"]),
            ("r", "fly <- function(x) x\ny <- 1", ["1 function fly"]),
            ("m", "function fly(x)", ["1 function fly"]),
            ("pas", "PROCEDURE Fly(x: Integer);", ["1 function Fly"]),
            ("f90", "pure integer function fly(x)\nend function", ["1 function fly"]),
            ("sql", "CREATE TABLE IF NOT EXISTS owl (a INT);", ["1 type owl"]),
            ("lisp", "(defun fly-high (x)\n(defvar *nest* 1)", ["1 function fly-high", "2 constant nest"]),
            ("pro", "fly(X) :- owl(X).\nowl :- true.", ["1 function fly", "2 function owl"]),
            ("asm", "_start:\n    mov rax, 1", ["1 function _start"]),
            ("txt", "def nothing", []),
        ]
    )
    func names(fileExtension: String, text: String, expected: [String]) {
        #expect(symbols(text, fileExtension) == expected)
    }

    @Test("is bounded, whatever a text is")
    func bounds() {
        let words = (0..<5_000).map { "word\($0)" }.joined(separator: " ")
        #expect(SymbolScanner(fileExtension: "py").scan(words).words.count == TextSymbols.mostWords)
        let names = (0..<2_000).map { "def f\($0)" }.joined(separator: "\n")
        #expect(symbols(names, "py").count == TextSymbols.mostSymbols)
        let long = String(repeating: "a", count: 100_000)
        let odd = SymbolScanner(fileExtension: "c").scan("def \(long)\nint \(long)(\n((((\n12 3x é ab abc\r\n")
        #expect(odd.words.sorted() == ["abc", "def", "int"])
        #expect(SymbolScanner(fileExtension: "c").scan("int \(String(repeating: "(", count: 50_000))").symbols.isEmpty)
    }

    @Test("comes from all its texts, is the same until one is edited, and is nobody else's")
    func answer() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let document = try ada.write("lib/owl.py", "def constellation():\n    pass\n", to: project)
            let address = "/projects/\(project)/symbols.json"
            let first = ada.get(address, headers: ["Accept": "application/json"])
            let answer = try first.json(Answer.self)
            #expect(answer.isWhole && answer.files.contains("lib/owl.py") && answer.words.contains("constellation"))
            #expect(first.text.contains(#"["constellation","function","#))
            let tag = try #require(first.header("ETag"))
            func again() -> TestAnswer {
                ada.get(address, headers: ["Accept": "application/json", "If-None-Match": tag])
            }
            #expect(again().status == 304)
            let version = try ada.document(document).version
            _ = try ada.submit(
                "/documents/\(document)/text",
                ["text": "def nebula(): pass\n", "version": "\(version)"]
            )
            let second = again()
            #expect(second.status == 200 && second.text.contains("nebula") && !second.text.contains("constellation"))
            #expect(try site.member(.mallory).get(address, headers: ["Accept": "application/json"]).status == 404)
        }
    }
}
