import RunProtocol
import Web

/// What a page asks about a place of a text.
struct Question: Decodable {
    /// What kinds of questions there are.
    enum Kind: String, Decodable {
        /// Nothing: the server is to know the text, and says what it thinks of it on the live channel.
        case sync
        case completion
        /// More of one of the suggestions that were given last.
        case suggestion
        case hover
        case signature
        case definition
        case references
        case rename

        /// The protocol's word for it.
        var method: String? {
            switch self {
            case .sync: nil
            case .completion: "textDocument/completion"
            case .suggestion: "completionItem/resolve"
            case .hover: "textDocument/hover"
            case .signature: "textDocument/signatureHelp"
            case .definition: "textDocument/definition"
            case .references: "textDocument/references"
            case .rename: "textDocument/rename"
            }
        }

        /// Whether who asks can wait a little.
        var isSlow: Bool { [.references, .rename, .definition].contains(self) }
    }

    let kind: Kind
    /// The file, as a path from the project's home.
    let path: String
    /// The version of the text that the page knows.
    let version: Int
    /// Where in it, in UTF-16 code units.
    let at: Int?
    /// Whether somebody asked by a key or a command, for which a workspace may be started.
    let start: Bool?
    /// The new name, to rename.
    let name: String?
    /// Which suggestion.
    let number: Int?

    /// The most bytes of a new name: 200.
    static let longestName = 200

    /// Throws `Problem` for what makes no sense.
    func checkedPath() throws -> ProjectPath {
        guard let path = ProjectPath(path), version >= 0 else { throw Problem.badRequest("This names no text.") }
        return path
    }

    /// The new name. Throws `Problem`.
    func checkedName() throws -> String {
        let name = (name ?? "").trimmingWhitespace()
        guard !name.isEmpty, name.utf8.count <= Self.longestName,
            name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
        else {
            throw Problem.invalid("name", "A name is one line of at most \(Self.longestName) bytes.")
        }
        // What no language with a server takes for a name: a server that is not strict would write it everywhere.
        let isName = name.unicodeScalars.allSatisfy { $0 == "_" || $0 == "$" || $0.properties.isIDContinue }
        guard isName, name.unicodeScalars.first?.properties.numericType == nil else {
            throw Problem.invalid("name", "A name has letters, digits and _, and begins with no digit.")
        }
        return name
    }
}
