import Projects
import RunProtocol
import Web

/// Where the links and pictures of a text lead that lies in a project.
struct TextLinks {
    private let file: ProjectFile
    private let files: [ProjectPath: ProjectFile]

    init(of file: ProjectFile, among files: [ProjectFile]) {
        self.file = file
        self.files = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
    }

    /// What a link leads to.
    enum Target: Equatable {
        /// An address elsewhere.
        case elsewhere(String)
        /// A file of the project.
        case file(ProjectFile.ID, ProjectPath)
    }

    /// Where a written address leads; nil for nowhere, or somewhere that a page is not to lead.
    func target(of written: String) -> Target? {
        guard written.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else { return nil }
        let lower = written.lowercased()
        if ["http://", "https://", "mailto:"].contains(where: lower.hasPrefix) { return .elsewhere(written) }
        let path = written.prefix { $0 != "#" && $0 != "?" }
        // Another scheme, another host, or a place on this site that the text has nothing to say about.
        guard !path.isEmpty, !path.contains(":"), !path.hasPrefix("/"), let decoded = Percent.decode(path.utf8) else {
            return nil
        }
        var names = file.path.names.dropLast().map(String.init)
        for name in decoded.split(separator: "/") where name != "." {
            if name != ".." {
                names.append(String(name))
            } else if names.popLast() == nil {
                return nil
            }
        }
        guard let found = ProjectPath(names.joined(separator: "/")).flatMap({ files[$0] }) else { return nil }
        return .file(found.id, found.path)
    }

    /// The picture of the project that a written address means; nil for anything else.
    func picture(_ written: String) -> (ProjectFile.ID, ProjectPath)? {
        guard case .file(let id, let path)? = target(of: written), Media(path: path)?.showing == .picture else {
            return nil
        }
        return (id, path)
    }
}
