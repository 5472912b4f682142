import FoundationEssentials

/// The folder `starters` of a language: a folder for each starter, with `starter.json` and, in `files`, what the project
/// gets. Beside them `check.in` and `check.out` are what the language check gives it and wants to be told.
struct StarterFolder {
    /// What keeps a slip from filling the memory of every process that reads the catalogue.
    private enum Most {
        static let starters = 12
        static let files = 20
        static let fileSize = 32 * 1_024
        static let depth = 4
        static let title = 40
        static let summary = 160
        static let arguments = 16
    }

    /// `starter.json` as it is written.
    private struct Manifest: Decodable {
        var title: String
        var summary: String
        var order: Int
        var main: String?
        var arguments: [String]?
    }

    /// The folder of the one starter.
    private let path: String
    private let name: String

    /// The starters of a language that has its folder here, in their order; none when it has no `starters`.
    static func read(language folder: String) throws(CatalogueError) -> [Starter] {
        let path = "\(folder)/starters"
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let names = try list(path)
        guard names.count <= Most.starters else {
            throw CatalogueError(path: path, reason: "\(Most.starters) starters are the most")
        }
        var found: [(order: Int, starter: Starter)] = []
        for name in names {
            found.append(try StarterFolder(path: "\(path)/\(name)", name: name).read())
        }
        return found.sorted { ($0.order, $0.starter.name) < ($1.order, $1.starter.name) }.map(\.starter)
    }

    private func read() throws(CatalogueError) -> (order: Int, starter: Starter) {
        let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
        try require((1...32).contains(name.count) && name.allSatisfy(letters.contains), "its name has other characters")
        try require(name != "hello" && name != Starter.empty, "its name means another starter")
        let manifest = try manifest()
        let files = try files(in: "", depth: 1)
        try require((1...Most.files).contains(files.count), "it has not between 1 and \(Most.files) files")
        try require(Self.isLine(manifest.title, Most.title), "its title is not a line of 1 to \(Most.title) characters")
        try require(
            Self.isLine(manifest.summary, Most.summary),
            "its summary is not a line of 1 to \(Most.summary) characters"
        )
        let main = manifest.main
        try require(main == nil || files.contains { $0.path == main }, "its main is none of its files")
        let arguments = manifest.arguments ?? []
        try require(arguments.count <= Most.arguments, "\(Most.arguments) arguments are the most")
        try require(
            arguments.allSatisfy { $0.utf8.count <= 1_000 && !$0.utf8.contains(0) },
            "an argument is longer than 1,000 bytes or has a NUL in it"
        )
        let starter = Starter(
            name: name,
            title: manifest.title,
            summary: manifest.summary,
            files: files.sorted { $0.path < $1.path },
            main: main,
            arguments: arguments
        )
        return (manifest.order, starter)
    }

    private func manifest() throws(CatalogueError) -> Manifest {
        let path = "\(path)/starter.json"
        do {
            return try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: URL(filePath: path)))
        } catch let error as DecodingError {
            throw CatalogueError(path: path, reason: error.words)
        } catch {
            throw CatalogueError(path: path, reason: "can't be read")
        }
    }

    /// What lies below a folder of `files`, its path from there being this.
    private func files(in folder: String, depth: Int) throws(CatalogueError) -> [Starter.File] {
        try require(depth <= Most.depth, "its folders are more than \(Most.depth) deep")
        var files: [Starter.File] = []
        for name in try Self.list("\(path)/files/\(folder)") {
            let file = folder + name
            try require(Self.isName(name), "its file \(file) has other characters than A–Z, a–z, 0–9, ., _ and -")
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/files/\(file)")
            switch attributes?[.type] as? FileAttributeType {
            case .typeDirectory: files += try self.files(in: file + "/", depth: depth + 1)
            case .typeRegular: files.append(Starter.File(path: file, text: try text(of: file)))
            default: try require(false, "its file \(file) is neither a file nor a folder")
            }
            // Here and not only at the end: a folder with a million files is not read first.
            try require(files.count <= Most.files, "it has more than \(Most.files) files")
        }
        return files
    }

    private func text(of file: String) throws(CatalogueError) -> String {
        guard let data = try? Data(contentsOf: URL(filePath: "\(path)/files/\(file)")) else {
            throw fault("its file \(file) can't be read")
        }
        try require(data.count <= Most.fileSize, "its file \(file) is larger than \(Most.fileSize / 1_024) KB")
        guard let text = String(data: data, encoding: .utf8), !text.utf8.contains(0) else {
            throw fault("its file \(file) is no text in UTF-8")
        }
        return text
    }

    private func fault(_ reason: String) -> CatalogueError { CatalogueError(path: path, reason: reason) }

    private func require(_ condition: Bool, _ reason: String) throws(CatalogueError) {
        if !condition { throw fault(reason) }
    }

    /// Names in a folder; those that begin with a dot are an editor's or a file manager's.
    private static func list(_ path: String) throws(CatalogueError) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw CatalogueError(path: path, reason: "can't be listed")
        }
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    private static func isLine(_ text: String, _ most: Int) -> Bool {
        (1...most).contains(text.count) && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }

    private static func isName(_ name: String) -> Bool {
        name.utf8.count <= 64
            && name.unicodeScalars.allSatisfy { scalar in
                ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                    || scalar == "." || scalar == "_" || scalar == "-"
            }
    }
}
