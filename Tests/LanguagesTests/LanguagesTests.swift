import Foundation
import Languages
import Testing

@Suite("The language catalogue")
struct LanguagesTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "carrel-languages-\(UUID().uuidString)")

    private func catalogue(_ json: String, id: String = "toy", starter: String? = "hi") throws -> LanguageCatalogue {
        let language = folder.appending(path: id)
        try FileManager.default.createDirectory(at: language, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try json.write(to: language.appending(path: "language.json"), atomically: true, encoding: .utf8)
        if let starter { try starter.write(to: language.appending(path: "s.t"), atomically: true, encoding: .utf8) }
        return try LanguageCatalogue(directory: folder.path)
    }

    private func json(_ replacing: String = "", _ with: String = "") -> String {
        let text = #"""
            {"id":"toy","name":"Toy","extensions":["t","TT"],"main":"main.t",
             "compile":["tc","{sources}","-o","{main}.out"],
             "run":["t","-f{main}","{main}"],"version":["t","-v"],"environment":{"A":"b"},"starter":"s.t",
             "limits":{"memoryMiB":900}}
            """#
        return replacing.isEmpty ? text : text.replacing(replacing, with: with)
    }

    @Test("is read from a folder, starter included")
    func read() throws {
        let language = try #require(try catalogue(json())["toy"])
        #expect(language.name == "Toy" && language.editorMode == "")
        #expect(language.starters.map(\.name) == ["hello"])
        #expect(language.starters[0].files == [Starter.File(path: "main.t", text: "hi")])
        #expect(language.environment == ["A": "b"] && language.limits == .init(memoryMiB: 900))
        #expect(try catalogue(json()).language(ofFile: "x/y.tt")?.id == "toy")
        #expect(try catalogue(json()).language(ofFile: "t") == nil)
    }

    @Test("fills commands without a shell: every path one word, and none that could be an option")
    func commands() throws {
        let language = try #require(try catalogue(json())["toy"])
        let commands = language.commands(
            main: "-main.t",
            files: ["z.t", "-main.t", "a b/c.t", "h.tt", "n.txt"],
            arguments: ["{main}", "$(x)"]
        )
        #expect(commands.compile == ["tc", "./-main.t", "a b/c.t", "z.t", "-o", "./-main.t.out"])
        #expect(commands.run == ["t", "-f-main.t", "./-main.t", "{main}", "$(x)"])
    }

    @Test(
        "names the file and the slip",
        arguments: [
            (#""id":"toy""#, #""id":"other""#, "its id other is not the name of its folder"),
            (#""name":"Toy","#, "", "the field name is missing"),
            (#""name":"Toy""#, #""name":7"#, "the field name has the wrong type"),
            (#""name":"Toy""#, #""name":"Toy","runtime":"/x""#, "its runtime has other characters than an id"),
            (#""main":"main.t""#, #""main":"../x""#, "main must be a plain file name"),
            (#"["t","-v"]"#, "[]", "a command has no words"),
            ("900", "-1", "a limit is not a positive number"),
            (
                #""starter""#, #""waiting":{"environment":{"W":"1"},"unless":[]},"starter""#,
                "what is compiled first can't wait"
            ),
            (#""A":"b""#, #""A=":"b""#, "its environment has a name or value that can't be set"),
            ("{", "", "it is not JSON"),
            (
                #""starter""#, #""check":{"command":["t"],"problems":[["{line}: {oops}"]]},"starter""#,
                "its check has no words, or a pattern that is none"
            ),
            (
                #""starter""#, #""format":{"command":[]},"starter""#,
                "its formatter has no words, or a pattern that is none"
            ),
            ("s.t", "none.t", "its starter none.t is missing or not UTF-8"),
        ]
    )
    func slips(from: String, to: String, reason: String) throws {
        do {
            _ = try catalogue(json(from, to))
            Issue.record("the slip was not seen")
        } catch let error as CatalogueError {
            #expect(error.reason == reason)
            #expect(error.path.hasSuffix("/toy/language.json"))
        }
    }

    @Test("says how a program waits that is started ahead, and beside which variables none is")
    func waiting() throws {
        let plain = json(#""compile":["tc","{sources}","-o","{main}.out"],"#, "")
        func catalogue(_ waiting: String) throws -> LanguageCatalogue {
            try self.catalogue(plain.replacing(#""starter""#, with: "\(waiting),\"starter\""))
        }
        #expect(try self.catalogue(plain)["toy"]?.waiting == nil)
        let toy = try catalogue(#""waiting":{"environment":{"W":"1"},"unless":["TOY","LD_"]}"#)["toy"]
        let waiting = try #require(toy?.waiting)
        #expect(waiting.environment == ["W": "1"])
        #expect(waiting.allows(variables: ["A", "OTHER_TOY", "L"]))
        #expect(!waiting.allows(variables: ["A", "TOYPATH"]) && !waiting.allows(variables: ["W"]))
        for slip in [#""environment":{},"unless":[]"#, #""environment":{"A":"1"},"unless":[]"#, #""unless":[]"#] {
            #expect(throws: CatalogueError.self) { try catalogue("\"waiting\":{\(slip)}") }
        }
    }

    @Test("a folder that is not there is an error, one without language.json is no language")
    func folders() throws {
        #expect(throws: CatalogueError.self) { try LanguageCatalogue(directory: "/nowhere") }
        try FileManager.default.createDirectory(at: folder.appending(path: "base"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try LanguageCatalogue(directory: folder.path).languages.isEmpty)
    }

    @Test("the real one can be read, and each language brings what the site and the runner need")
    func real() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Languages/Catalogue")
        let catalogue = try LanguageCatalogue(directory: root.path)
        #expect(Set(catalogue.languages.map(\.id)).isSuperset(of: ["bash", "c", "javascript", "python"]))
        let names = catalogue.languages.flatMap { [$0.id] + $0.aliases }
        #expect(Set(names).count == names.count, "two languages share a name")
        for language in catalogue.languages {
            #expect(language.starters.count >= 3, "\(language.id)")
            #expect(language.starters.allSatisfy { $0.files.allSatisfy { !$0.text.isEmpty } })
            #expect(language.main.hasSuffix("." + language.extensions[0]))
            #expect(catalogue.language(ofFile: language.main)?.id == language.id)
        }
    }
}
