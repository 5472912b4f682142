import Foundation
import Languages
import Testing

@Suite("Starters of a language")
struct StarterTests {
    /// A catalogue with the language `toy`, into whose folder `starters` the closure writes.
    private func starters(_ write: (URL) throws -> Void) throws -> [Starter] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "carrel-starters-\(UUID().uuidString)")
        let toy = folder.appending(path: "toy")
        try FileManager.default.createDirectory(
            at: toy.appending(path: "starters"),
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        let json = #"""
            {"id":"toy","name":"Toy","extensions":["t"],"main":"main.t","run":["t"],"version":["t"],"starter":"s.t"}
            """#
        try json.write(to: toy.appending(path: "language.json"), atomically: true, encoding: .utf8)
        try "hi".write(to: toy.appending(path: "s.t"), atomically: true, encoding: .utf8)
        try write(toy.appending(path: "starters"))
        return try LanguageCatalogue(directory: folder.path)["toy"]?.starters ?? []
    }

    private static let manifest = #"{"title":"Dice","summary":"Throws two dice.","order":2}"#

    private func put(_ files: [String: Data], _ manifest: String = manifest, in folder: URL) throws {
        let root = folder.appending(path: "files")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        try Data(manifest.utf8).write(to: folder.appending(path: "starter.json"))
        for (path, data) in files {
            let file = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try data.write(to: file)
        }
    }

    private let one = ["main.t": Data("dice".utf8)]

    @Test("are read in their order, after the one that each language has, with files, main file and arguments")
    func read() throws {
        let read = try starters { folder in
            try put(one, in: folder.appending(path: "dice"))
            try put(
                ["main.t": Data("a".utf8), "lib/cards.t": Data("b".utf8)],
                #"{"title":"Cards","summary":"Deals.","order":1,"main":"lib/cards.t","arguments":["-n","5 7"]}"#,
                in: folder.appending(path: "cards")
            )
            // What tools leave is not in the way.
            try Data().write(to: folder.appending(path: ".DS_Store"))
            try Data("x".utf8).write(to: folder.appending(path: "dice/files/.swp"))
            try Data("x".utf8).write(to: folder.appending(path: "dice/check.out"))
        }
        #expect(read.map(\.name) == ["hello", "cards", "dice"])
        #expect(read[1].files.map(\.path) == ["lib/cards.t", "main.t"])
        #expect(read[1].main == "lib/cards.t" && read[1].arguments == ["-n", "5 7"])
        #expect(read[2].files == [Starter.File(path: "main.t", text: "dice")] && read[2].main == nil)
        #expect(read[2].title == "Dice" && read[2].summary == "Throws two dice.")
    }

    @Test(
        "with a slip in starter.json refuse the catalogue and name it",
        arguments: [
            ("{", "it is not JSON"), (#"{"summary":"s","order":1}"#, "the field title is missing"),
            (#"{"title":"t","summary":"s","order":"1"}"#, "the field order has the wrong type"),
            (#"{"title":"","summary":"s","order":1}"#, "its title is not a line of 1 to 40 characters"),
            (#"{"title":"a\nb","summary":"s","order":1}"#, "its title is not a line of 1 to 40 characters"),
            (
                #"{"title":"t","summary":"\#(String(repeating: "s", count: 161))","order":1}"#,
                "its summary is not a line of 1 to 160 characters"
            ),
            (#"{"title":"t","summary":"s","order":1,"main":"x.t"}"#, "its main is none of its files"),
            (#"{"title":"t","summary":"s","order":1,"main":"../dice/files/main.t"}"#, "its main is none of its files"),
            (
                #"{"title":"t","summary":"s","order":1,"arguments":["\u0000"]}"#,
                "an argument is longer than 1,000 bytes or has a NUL in it"
            ),
        ]
    )
    func slips(manifest: String, reason: String) throws {
        let error = #expect(throws: CatalogueError.self) {
            try starters { try put(one, manifest, in: $0.appending(path: "dice")) }
        }
        #expect(error?.reason == reason)
        #expect(error?.path.contains("/toy/starters/dice") == true)
    }

    @Test("with files that no project should get refuse the catalogue and name them")
    func files() throws {
        let cases: [(String, [String: Data], String)] = [
            ("dice", [:], "it has not between 1 and 20 files"),
            ("Dice", one, "its name has other characters"), ("hello", one, "its name means another starter"),
            ("empty", one, "its name means another starter"),
            ("dice", ["a b.t": Data()], "its file a b.t has other characters than A–Z, a–z, 0–9, ., _ and -"),
            ("dice", ["main.t": Data([0xC3, 0x28])], "its file main.t is no text in UTF-8"),
            ("dice", ["main.t": Data("a\0b".utf8)], "its file main.t is no text in UTF-8"),
            ("dice", ["main.t": Data(count: 32 * 1_024 + 1)], "its file main.t is larger than 32 KB"),
            ("dice", ["a/b/c/d/e.t": Data()], "its folders are more than 4 deep"),
            (
                "dice", Dictionary(uniqueKeysWithValues: (1...21).map { ("\($0).t", Data()) }),
                "it has more than 20 files"
            ),
        ]
        for (name, files, reason) in cases {
            let error = #expect(throws: CatalogueError.self) {
                try starters { try put(files, in: $0.appending(path: name)) }
            }
            #expect(error?.reason == reason)
        }
    }

    @Test("never follow a link out of their folder, and are bounded in number")
    func bounds() throws {
        let link = #expect(throws: CatalogueError.self) {
            try starters { folder in
                try put(one, in: folder.appending(path: "dice"))
                try FileManager.default.createSymbolicLink(
                    at: folder.appending(path: "dice/files/hosts.t"),
                    withDestinationURL: URL(filePath: "/etc/hosts")
                )
            }
        }
        #expect(link?.reason == "its file hosts.t is neither a file nor a folder")
        let many = #expect(throws: CatalogueError.self) {
            try starters { folder in
                for number in 1...13 { try put(one, in: folder.appending(path: "dice-\(number)")) }
            }
        }
        #expect(many?.reason == "12 starters are the most")
    }
}
