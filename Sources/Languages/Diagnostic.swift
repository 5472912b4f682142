/// One thing that a language's check found in a file of the project.
public struct Diagnostic: Hashable, Sendable {
    /// How bad it is.
    public enum Severity: String, Sendable, CaseIterable {
        /// The program can't be run so.
        case error
        /// It can, but is likely not what was meant.
        case warning
        /// What the tool says beside another problem.
        case note
    }

    /// The file, as a path from the project's home.
    public let file: String
    /// The line, from 1.
    public let line: Int
    /// The column from 1, as the tool counts it (bytes, characters or what it shows); nil when it names none.
    public let column: Int?
    /// The column after the last one that is meant, in the same line; nil when the tool names none.
    public let endColumn: Int?
    /// How bad it is.
    public let severity: Severity
    /// The tool's own name for this kind of problem (`E0382`, `-Wunused-variable`), or nil.
    public let code: String?
    /// What is wrong, in the tool's words, at most `maximumMessage` bytes.
    public let message: String

    /// The most bytes of a message: 1,000.
    public static let maximumMessage = 1_000

    /// A problem; a longer message is cut between characters.
    public init(
        file: String,
        line: Int,
        column: Int? = nil,
        endColumn: Int? = nil,
        severity: Severity = .error,
        code: String? = nil,
        message: String
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.endColumn = endColumn
        self.severity = severity
        self.code = code
        self.message = Self.cut(message)
    }

    private static func cut(_ message: String) -> String {
        guard message.utf8.count > maximumMessage else { return message }
        var bytes = 0
        return String(
            message.prefix { character in
                bytes += character.utf8.count
                return bytes <= maximumMessage
            }
        )
    }
}
