import FoundationEssentials

/// Why the catalogue could not be read: which file, and what is wrong in it.
public struct CatalogueError: Error, Equatable, CustomStringConvertible {
    /// The file or folder.
    public let path: String
    /// What is wrong, in words for the operator.
    public let reason: String

    /// Path and reason.
    public var description: String { "\(path): \(reason)" }
}

/// All languages, read once from a folder with one folder for each.
public struct LanguageCatalogue: Sendable {
    /// By name for people.
    public let languages: [Language]
    private let byID: [String: Language]

    /// Reads every folder in `directory` that has a `language.json`.
    ///
    /// One bad file refuses the whole catalogue: an operator who adds a language should hear of a slip at once, not
    /// find the language missing.
    public init(directory: String) throws(CatalogueError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw CatalogueError(path: directory, reason: "can't be listed")
        }
        var languages: [Language] = []
        for name in names.sorted() where !name.hasPrefix(".") {
            let folder = "\(directory)/\(name)"
            guard FileManager.default.fileExists(atPath: "\(folder)/language.json") else { continue }
            languages.append(try LanguageFile.read(folder: folder, name: name))
        }
        self.init(languages)
    }

    /// A catalogue of these languages, for tests.
    public init(_ languages: [Language]) {
        self.languages = languages.sorted { ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id) }
        byID = Dictionary(languages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The language with this id, or nil.
    public subscript(id: String) -> Language? { byID[id] }

    /// The first language, by name, that files with this path belong to by their extension, or nil.
    public func language(ofFile path: String) -> Language? {
        let found = Language.extension(of: path)
        return found.isEmpty ? nil : languages.first { $0.extensions.contains(found) }
    }
}

/// `language.json` as it is written.
private struct LanguageFile: Decodable {
    struct Limits: Decodable {
        var memoryMiB: Int?
        var processes: Int?
        var compileSeconds: Int?
    }

    struct Waiting: Decodable {
        var environment: [String: String]
        var unless: [String]
        var needsMain: Bool?

        var value: Language.Waiting {
            Language.Waiting(environment: environment, unless: unless, needsMain: needsMain ?? false)
        }
    }

    struct Check: Decodable {
        var command: [String]
        var problems: [[String]]
        var firstColumn: Int?
        var columnUnit: Languages.Check.ColumnUnit?

        var value: Languages.Check? {
            Languages.Check(
                command: command,
                problems: problems,
                firstColumn: firstColumn ?? 1,
                columnUnit: columnUnit ?? .characters
            )
        }
    }

    struct Formatter: Decodable {
        var command: [String]
        var problems: [[String]]?
        var firstColumn: Int?

        var value: Languages.Formatter? {
            Languages.Formatter(command: command, problems: problems ?? [], firstColumn: firstColumn ?? 1)
        }
    }

    struct Server: Decodable {
        var command: [String]
        var environment: [String: String]?
        var needsAllOpen: Bool?
        var columns: Language.Server.Columns?

        var value: Language.Server {
            Language.Server(
                command: command,
                environment: environment ?? [:],
                needsAllOpen: needsAllOpen ?? false,
                columns: columns ?? .units
            )
        }
    }

    var id: String
    var name: String
    var aliases: [String]?
    var extensions: [String]
    var main: String
    var editorMode: String?
    var compile: [String]?
    var run: [String]
    var check: Check?
    var format: Formatter?
    var server: Server?
    var version: [String]
    var environment: [String: String]?
    var waiting: Waiting?
    var starter: String
    var limits: Limits?
    var runtime: String?

    static func read(folder: String, name: String) throws(CatalogueError) -> Language {
        let path = "\(folder)/language.json"
        let file: LanguageFile
        do {
            file = try JSONDecoder().decode(LanguageFile.self, from: Data(contentsOf: URL(filePath: path)))
        } catch let error as DecodingError {
            throw CatalogueError(path: path, reason: error.words)
        } catch {
            throw CatalogueError(path: path, reason: "can't be read")
        }
        try file.check(path: path, folder: name)
        guard let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(file.starter)")),
            let starter = String(data: data, encoding: .utf8)
        else {
            throw CatalogueError(path: path, reason: "its starter \(file.starter) is missing or not UTF-8")
        }
        let limits = Language.Limits(
            memoryMiB: file.limits?.memoryMiB,
            processes: file.limits?.processes,
            compileSeconds: file.limits?.compileSeconds
        )
        return Language(
            id: file.id,
            name: file.name,
            aliases: (file.aliases ?? []).map { $0.lowercased() },
            extensions: file.extensions.map { $0.lowercased() },
            main: file.main,
            editorMode: file.editorMode ?? "",
            compile: file.compile,
            run: file.run,
            check: file.check?.value,
            format: file.format?.value,
            server: file.server?.value,
            version: file.version,
            environment: file.environment ?? [:],
            waiting: file.waiting?.value,
            starters: [.hello(path: file.main, text: starter)] + (try StarterFolder.read(language: folder)),
            limits: limits,
            runtime: file.runtime
        )
    }

    private func check(path: String, folder: String) throws(CatalogueError) {
        func require(_ condition: Bool, _ reason: String) throws(CatalogueError) {
            if !condition { throw CatalogueError(path: path, reason: reason) }
        }
        let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
        try require(id == folder, "its id \(id) is not the name of its folder")
        try require((1...32).contains(id.count) && id.allSatisfy(allowed.contains), "its id has other characters")
        try require(id.first?.isLetter == true, "its id does not begin with a letter")
        try require(runtime?.allSatisfy(allowed.contains) ?? true, "its runtime has other characters than an id")
        try require(!name.isEmpty && !extensions.isEmpty, "it has no name or no extension")
        try require(!main.isEmpty && !main.contains("/"), "main must be a plain file name")
        try require(!starter.isEmpty && !starter.contains("/"), "starter must be a plain file name")
        try require(!run.isEmpty && !version.isEmpty && compile?.isEmpty != true, "a command has no words")
        try require(server?.command.isEmpty != true, "its server has no words")
        let commands = [run, version, compile, check?.command, format?.command, server?.command].compactMap(\.self)
        for word in commands.joined() {
            try require(!word.utf8.contains(0), "a command has a NUL in it")
        }
        try require(check == nil || check?.value != nil, "its check has no words, or a pattern that is none")
        try require(format == nil || format?.value != nil, "its formatter has no words, or a pattern that is none")
        try require(waiting == nil || compile == nil, "what is compiled first can't wait")
        try require(waiting?.environment.isEmpty != true, "nothing tells it to wait")
        for key in (waiting?.environment ?? [:]).keys {
            try require(environment?[key] == nil, "its environment has the name that tells it to wait")
        }
        let all = [environment, waiting?.environment, server?.environment].compactMap { $0 }.joined()
        for (key, value) in all {
            let isName = !key.isEmpty && !key.contains("=") && !key.utf8.contains(0)
            try require(isName && !value.utf8.contains(0), "its environment has a name or value that can't be set")
        }
        for number in [limits?.memoryMiB, limits?.processes, limits?.compileSeconds] {
            try require(number.map { $0 > 0 } ?? true, "a limit is not a positive number")
        }
    }
}

extension DecodingError {
    /// What is wrong with a file of JSON, for the operator.
    var words: String {
        switch self {
        case .keyNotFound(let key, _): return "the field \(key.stringValue) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "the field \(context.codingPath.map(\.stringValue).joined(separator: ".")) has the wrong type"
        case .dataCorrupted: return "it is not JSON"
        @unknown default: return "it can't be decoded"
        }
    }
}
