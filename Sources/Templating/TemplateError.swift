/// What is wrong with a template, and where: thrown when a library or page is made (and, in reload mode, by a render).
public struct TemplateError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file below the templates directory, such as "accounts/sign-in.html".
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column in characters (Unicode scalars), from 1.
    public var column: Int
    /// What is wrong, as a plain sentence.
    public var message: String
    /// How to mend it, as a plain sentence; nil when the message says it all.
    public var hint: String?
    /// The places that included the file, the nearest first, each as "file:line:column".
    public var includedFrom: [String] = []

    /// The place, the message, the hint and the chain of includes on one line, as a compiler prints it.
    public var description: String {
        var words = "\(file):\(line):\(column): \(message)"
        if let hint { words += " \(hint)" }
        if !includedFrom.isEmpty { words += " (included from \(includedFrom.joined(separator: ", from ")))" }
        return words
    }
}

/// A complaint that knows only the byte it is about; the compiler adds file, line and column.
struct Complaint: Error, Equatable {
    var offset: Int
    var message: String
    var hint: String?

    init(at offset: Int, _ message: String, hint: String? = nil) {
        self.offset = offset
        self.message = message
        self.hint = hint
    }
}
