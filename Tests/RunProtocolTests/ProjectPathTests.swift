import RunProtocol
import Testing

@Suite("A project path")
struct ProjectPathTests {
    @Test(
        "may be any plain name in any plain folder",
        arguments: [
            "a", "main.py", "a/b/c.txt", "..a", "a..", "a/..b/...", "ü/日本/🏔.md", "-rf", "a b", "~", "$(id)", "a\\b",
        ]
    )
    func allowed(text: String) {
        #expect(ProjectPath(text)?.text == text)
    }

    @Test(
        "never leaves the project, and never hides what it is",
        arguments: [
            "", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/.", "a/..", "../a", "a/../b", "a\0b", "a\nb",
            "a\u{1B}[2J",
            "\u{7F}", "a\u{85}b",
        ]
    )
    func refused(text: String) {
        #expect(ProjectPath(text) == nil)
    }

    @Test("is as long and as deep as stated, and not more")
    func limits() {
        let name = String(repeating: "n", count: 255)
        #expect(ProjectPath(name) != nil)
        #expect(ProjectPath(name + "n") == nil)
        #expect(ProjectPath(Array(repeating: name, count: 4).joined(separator: "/")) != nil)
        #expect(ProjectPath(Array(repeating: name, count: 4).joined(separator: "/") + "/x") == nil)
        #expect(ProjectPath(Array(repeating: "d", count: 32).joined(separator: "/")) != nil)
        #expect(ProjectPath(Array(repeating: "d", count: 33).joined(separator: "/")) == nil)
    }

    @Test(
        "tells the extension of its last name",
        arguments: [("a.PY", "py"), ("a.b/c", ""), (".py", ""), ("x/y.tar.gz", "gz")]
    )
    func extensions(text: String, expected: String) {
        #expect(ProjectPath(text)?.fileExtension == expected)
    }

    @Test("a language id is what can be part of an image's name", arguments: ["c", "python", "c-2", "objective-c"])
    func languages(text: String) {
        #expect(LanguageID(text)?.text == text)
    }

    @Test(
        "and nothing else",
        arguments: ["", "C", "2c", "-c", "a/b", "a:b", "../x", "ä", "a b", "a\n", String(repeating: "a", count: 33)]
    )
    func otherLanguages(text: String) {
        #expect(LanguageID(text) == nil)
    }
}
