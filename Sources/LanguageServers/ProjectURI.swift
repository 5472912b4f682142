import RunProtocol
import Web

/// A project's files as a language server names them: by `file:` addresses below its home.
enum ProjectURI {
    static func folder(_ home: String) -> String { "file://\(home)" }

    static func of(_ path: ProjectPath, home: String) -> String {
        "file://\(home)/\(Percent.encodePath(path.text))"
    }

    /// What an address of a server's means.
    enum Meaning: Equatable {
        /// A file that the project could have.
        case inside(ProjectPath)
        /// A file of the container's, by its path.
        case outside(String)
    }

    /// Nil for what is no address of a file.
    static func meaning(of uri: String, home: String) -> Meaning? {
        guard uri.utf8.count <= 8_192, uri.lowercased().hasPrefix("file:///"),
            let path = Percent.decode(uri.utf8.dropFirst("file://".utf8.count))
        else { return nil }
        let folder = home + "/"
        if path.hasPrefix(folder), let inside = ProjectPath(String(path.dropFirst(folder.count))) {
            return .inside(inside)
        }
        // A name that is shown to people: one line, no control characters.
        let isPlain = path.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        return isPlain && path.utf8.count <= 1_024 ? .outside(path) : nil
    }
}
