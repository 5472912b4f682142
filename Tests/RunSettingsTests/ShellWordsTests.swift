import Testing

@testable import RunSettings

@Suite("Words as a shell reads them")
struct ShellWordsTests {
    @Test(
        "A line falls into words",
        arguments: [
            ("", []), (" \t\n", []), ("a", ["a"]), ("  a  b ", ["a", "b"]), ("a\nb", ["a", "b"]),
            ("'a b' c", ["a b", "c"]), ("\"a b\"", ["a b"]), ("''", [""]), ("a '' b", ["a", "", "b"]),
            ("a'b'\"c\"d", ["abcd"]), (#"a\ b"#, ["a b"]), (#"\'"#, ["'"]), (#"'\'"#, [#"\"#]),
            (#""\" \\ \$ \` \n""#, [#"" \ $ ` \n"#]), ("\"it's\"", ["it's"]), ("'a\nb'", ["a\nb"]),
            ("$HOME *.py | x; y & # z", ["$HOME", "*.py", "|", "x;", "y", "&", "#", "z"]),
            ("é 'ü 😀'", ["é", "ü 😀"]), ("'\u{301}x'", ["\u{301}x"]), ("\u{A0}", ["\u{A0}"]),
        ] as [(String, [String])]
    )
    func split(line: String, words: [String]) throws {
        #expect(try ShellWords.split(line) == words)
    }

    @Test(
        "What is opened is closed",
        arguments: [
            ("'", .openQuote("'")), ("a \"b", .openQuote("\"")), ("\"a'", .openQuote("\"")),
            ("\"\\\"", .openQuote("\"")),
            ("'it's a'", .openQuote("'")), ("a\\", .lastBackslash), ("\"a\\", .openQuote("\"")),
        ] as [(String, ShellWords.Fault)]
    )
    func faults(line: String, fault: ShellWords.Fault) {
        #expect(throws: fault) { try ShellWords.split(line) }
    }

    @Test("Whatever the words are, they come back from the line that is made of them")
    func roundTrip() throws {
        var random = SystemRandomNumberGenerator()
        let pieces = ["a", "'", "\"", "\\", " ", "\n", "$", "=", "é", "😀", "\u{301}", "-", "*", "\t"]
        for _ in 0..<5_000 {
            let words = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                (0..<Int.random(in: 0...5, using: &random)).map { _ in
                    pieces[Int.random(in: 0..<pieces.count, using: &random)]
                }.joined()
            }
            let again = try ShellWords.split(ShellWords.joined(words))
            #expect(again.map { Array($0.utf8) } == words.map { Array($0.utf8) })
        }
        #expect(ShellWords.joined(["python3", "-m", "a b", ""]) == "python3 -m 'a b' ''", "plain words stay plain")
    }
}
