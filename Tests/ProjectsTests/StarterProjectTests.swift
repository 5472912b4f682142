import Foundation
import Languages
import SiteTesting
import Testing
import Web

@Suite("Projects from starters")
struct StarterProjectTests {
    private static let catalogue = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/Languages/Catalogue").path

    private func make(_ starter: String, _ language: String, by ada: TestClient) throws -> Int {
        let fields = ["name": "Anagrams", "language": language, "starter": starter]
        let answer = try ada.submit("/projects", fields)
        return try #require(answer.location?.split(separator: "/").last.flatMap { Int($0) }, "\(language) \(starter)")
    }

    @Test("Each starter of each language makes a project of exactly its files, with its main file and arguments")
    func all() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            for language in try LanguageCatalogue(directory: Self.catalogue).languages {
                for starter in language.starters {
                    let project = try make(starter.name, language.id, by: ada)
                    let files = try ada.files(of: project)
                    #expect(files.map(\.path) == starter.files.map(\.path), "\(language.id) \(starter.name)")
                    for (file, wanted) in zip(files, starter.files) {
                        #expect(try ada.document(file.document).text == wanted.text)
                    }
                    let settings = ada.get("/projects/\(project)/run-settings").text
                    let main = files.first { $0.path == starter.main }
                    #expect(settings.contains("selected>") == (main != nil))
                    if let main { #expect(settings.contains("selected>\(main.path)</option>")) }
                    #expect(settings.contains("\n\(starter.arguments.joined(separator: " "))</textarea>"))
                }
            }
        }
    }

    @Test("An empty project has no file and opens")
    func empty() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try make("empty", "python", by: ada)
            #expect(try ada.files(of: project).isEmpty)
            let page = ada.get("/projects/\(project)/files/")
            #expect(page.status == 200 && page.text.contains("No files yet"))
            // The address stays in a window while another one makes the first file.
            _ = try ada.submit("/projects/\(project)/files", ["path": "main.py"])
            #expect(ada.get("/projects/\(project)/files/").location == "/projects/\(project)")
        }
    }

    @Test(
        "A starter that the language does not have is refused at its field, and nothing is made",
        arguments: ["nonsense", "", "../../c/starters/dice", "Hello", "hello "]
    )
    func refused(starter: String) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let fields = ["name": "Anagrams", "language": "python", "starter": starter]
            let answer = try ada.submit("/projects", fields)
            #expect(answer.status == 422)
            #expect(answer.text.contains("Python has no such starter. Choose one of these."))
            #expect(answer.text.contains("value=\"Anagrams\""))
            #expect(!ada.get("/projects").text.contains("/projects/1"))
        }
    }

    @Test("Show starters shows those of the language with what was typed, and makes nothing")
    func show() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let fields = ["name": "A & B", "language": "c", "starter": "empty", "show": "starters"]
            let page = try ada.submit("/projects", fields)
            #expect(page.status == 200)
            #expect(page.text.contains("value=\"A &amp; B\"") && page.text.contains("Begin with, in C<"))
            #expect(page.text.contains("value=\"empty\" checked"))
            #expect(!ada.get("/projects").text.contains("/projects/1"))
            // What the page's script asks for when a language is chosen.
            let other = ada.get("/projects/new?language=go&starter=empty").text
            #expect(other.contains("Begin with, in Go<") && other.contains("value=\"empty\" checked"))
            #expect(ada.get("/projects/new?language=<b>&starter=<b>").text.contains("value=\"hello\" checked"))
        }
    }

    @Test("Who has no project is one click from a first program, and who has one is not offered it again")
    func first() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let list = ada.get("/projects").text
            #expect(list.contains("Start with a first program in Python"))
            let fields = ["name": "My first program", "language": "python"]
            for (field, value) in fields { #expect(list.contains("name=\"\(field)\" value=\"\(value)\"")) }
            let location = try #require(try ada.submit("/projects", fields).location)
            #expect(try #require(ada.get(location).location).hasSuffix("/files/main.py"))
            #expect(!ada.get("/projects").text.contains("Start with a first program"))
        }
    }
}
