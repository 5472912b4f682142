import Foundation
import Testing

/// A program of `Tests/Hostile` and what its first lines say.
struct HostileProgram: Sendable {
    static let folder = RunnerFixture.repository.appending(path: "Tests/Hostile")

    /// The names of all of them.
    static let names: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { !$0.hasSuffix(".md") }.sorted()

    let name: String
    let text: String
    /// Its language, and the name that its file has in a project.
    let language: String
    let file: String
    private let comment: String

    init(_ name: String) throws {
        self.name = name
        text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        switch name.split(separator: ".").last {
        case "py": (language, file, comment) = ("python", "main.py", "# ")
        case "sh": (language, file, comment) = ("bash", "main.sh", "# ")
        case "c": (language, file, comment) = ("c", "main.c", "// ")
        case "cpp": (language, file, comment) = ("cpp", "main.cpp", "// ")
        default: throw CancellationError()
        }
    }

    /// What stands behind a word and a colon.
    func line(_ key: String) -> String? {
        let start = "\(comment)\(key): "
        return text.split(separator: "\n").first { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
    }

    /// The ends that it may have.
    var endings: [String] { line("Expect")?.components(separatedBy: " or ") ?? [] }

    /// The program's arguments.
    func arguments() throws -> [String] {
        guard let line = line("Arguments") else { return [] }
        return try JSONDecoder().decode([String].self, from: Data(line.utf8))
    }

    /// What is taken from the container of its positive control; empty where there is none.
    var removals: [String] {
        guard let words = line("Weak"), !words.hasPrefix("none because ") else { return [] }
        return words.split(separator: " ").map(String.init)
    }

    /// Whether its positive control is that it outlives the time that a run has.
    var outlives: Bool { line("Succeeds") == Self.outlives }

    static let outlives = "still running"
}
