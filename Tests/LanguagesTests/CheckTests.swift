import Foundation
import Testing

@testable import Languages

@Suite("Problems in what a tool prints")
struct CheckTests {
    private static let gnu = "{file}:{line}:{column}: {severity}: {message}"

    private func problems(_ text: String, _ forms: [[String]], main: String = "main.t") throws -> [Diagnostic] {
        try #require(Check(command: ["t"], problems: forms)).problems(in: Array(text.utf8), main: main)
    }

    @Test("are read hole by hole")
    func holes() throws {
        #expect(
            try problems("a b/c.t:3:9: fatal error: it's ‘odd’: [-x]\r\n", [[Self.gnu]]) == [
                Diagnostic(file: "a b/c.t", line: 3, column: 9, message: "it's ‘odd’: [-x]")
            ]
        )
        #expect(
            try problems("x.t(7): Warning W1: no [-Wz] [-Wy]", [["{file}({line}): {severity} {code}: {message} [{}]"]])
                == [Diagnostic(file: "x.t", line: 7, severity: .warning, code: "W1", message: "no [-Wz]")]
        )
    }

    @Test(
        "are none where a line looks otherwise",
        arguments: [
            "", "x.t:3:9: oops: word", "x.t:3: error: word", "x.t:a:9: error: word", "x.t:3:9: error: ",
            ":3:9: error: w", "x.t:-3:9: error: word", "x.t:1234567890:9: error: word", "x.t:٣:9: error: word",
        ]
    )
    func otherwise(line: String) throws {
        #expect(try problems(line, [[Self.gnu]]).isEmpty)
    }

    @Test("may take several lines, with some of the program between them, but not too many")
    func severalLines() throws {
        let forms = [["File {file}, line {line}:", "…", "Error: {message}"]]
        func text(_ quoted: Int) -> String {
            "File x.t, line 2:\n" + String(repeating: "quoted\n", count: quoted) + "Error: no\nError: alone\n"
        }
        let problem = Diagnostic(file: "x.t", line: 2, message: "no")
        #expect(try problems(text(0), forms) == [problem])
        #expect(try problems(text(Check.maximumQuoted), forms) == [problem])
        #expect(try problems(text(Check.maximumQuoted + 1), forms).isEmpty)
        #expect(try problems("File y.t, line 1:\nquoted\n" + text(0), forms) == [problem], "the first says no word")
        #expect(try problems("x.t:4:\n    why\n", [["{file}:{line}:", "    {message}"]]).count == 1)
        #expect(try problems("x.t:4:\n\n    why\n", [["{file}:{line}:", "    {message}"]]).isEmpty)
    }

    @Test(
        "are in the project, whatever a program prints",
        arguments: [
            ("/home/coder/a/b.t", "a/b.t"), ("./x.t", "x.t"), ("/usr/include/stdio.h", nil), ("../x.t", nil),
            ("a/../../x.t", nil), ("/home/coder/../x", nil), ("a//b", nil), ("/home/coder/", nil),
        ]
    )
    func places(name: String, file: String?) throws {
        #expect(try problems("\(name):1:1: error: e", [[Self.gnu]]).first?.file == file)
    }

    @Test("are told once, count from 1, and belong to the file that was checked when none is named")
    func details() throws {
        #expect(try problems("line 0: a\nline 0: a\n", [["line {line}: {message}"]]).map(\.file) == ["main.t"])
        let check = try #require(Check(command: ["t"], problems: [["{line},{column}: {message}"]], firstColumn: 0))
        let problem = Diagnostic(file: "m", line: 1, column: 1, message: "a")
        #expect(check.problems(in: Array("0,0: a".utf8), main: "m") == [problem])
    }

    @Test("are bounded in number and length, and cost no time that a program could make long")
    func bounds() throws {
        let many = (1...5_000).map { "x.t:\($0):1: error: e" }.joined(separator: "\n")
        #expect(try problems(many, [[Self.gnu]]).count == Check.maximumProblems)
        let long = "x.t:1:1: error: " + String(repeating: "é", count: 3_000)
        #expect(try problems(long, [[Self.gnu]]).first?.message.utf8.count == Diagnostic.maximumMessage)
        // Lines that nearly fit, over and over: what makes a regular expression go back and forth.
        let nearly = String(repeating: String(repeating: " at x line ", count: 300) + "\n", count: 100)
        let forms = [["{message} at {file} line {line}.", "…", "{message}"], ["{} at {file} line {line}, {message}"]]
        #expect(Check(command: ["t"], problems: [forms[0]]) == nil)
        let started = ContinuousClock.now
        #expect(try problems(nearly, [forms[1]]).isEmpty)
        #expect(ContinuousClock.now - started < .seconds(5))
    }

    @Test(
        "need patterns that find a line and a message",
        arguments: [
            [], ["{line}"], ["{message}"], ["{line}{message}"], ["{line}: {word}"], ["{line}: {message"],
            ["{line}", "{line}: {message}"], ["…", "{line}: {message}"], ["{line}: {message}", "…"],
        ]
    )
    func slips(form: [String]) {
        #expect(Check(command: ["t"], problems: [form]) == nil)
    }

    /// Where each language's tool finds the mistake of its `samples/broken`: the line and the column, as kept in
    /// `samples/check.out`, which is what the tool printed.
    private static let places: [String: (line: Int, column: Int?)] = [
        "assembly": (5, nil), "bash": (3, nil), "c": (4, 26), "commonlisp": (1, 1), "cpp": (4, 18), "csharp": (7, 22),
        "elixir": (5, 1), "fortran": (3, 14), "go": (6, 2), "haskell": (2, 18), "java": (3, nil),
        "javascript": (2, nil), "kotlin": (2, 22), "lua": (2, nil), "ocaml": (1, 19), "octave": (4, nil),
        "pascal": (5, 13), "perl": (4, nil), "php": (3, nil), "prolog": (3, 4), "python": (2, 8), "r": (2, 1),
        "ruby": (3, nil), "rust": (4, 16), "sql": (1, nil), "swift": (1, 17), "typescript": (1, 7),
    ]

    @Test("are found by every language's check in what its tool really printed")
    func real() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Languages/Catalogue")
        let catalogue = try LanguageCatalogue(directory: root.path)
        #expect(Set(catalogue.languages.map(\.id)) == Set(Self.places.keys))
        for language in catalogue.languages {
            let check = try #require(language.check, "\(language.id) has no check")
            let output = try Data(contentsOf: root.appending(path: "\(language.id)/samples/check.out"))
            let found = check.problems(in: Array(output), main: language.main)
            #expect(found.count == 1, "\(language.id): \(found)")
            let (line, column) = try #require(Self.places[language.id])
            #expect(found.first?.line == line && found.first?.column == column, "\(language.id): \(found)")
            #expect(found.first?.file == language.main && found.first?.severity == .error, "\(language.id): \(found)")
        }
    }
}
