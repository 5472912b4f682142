import Languages
import Web

/// What a server thinks of a place of a file. Lines and columns from 1, in UTF-16 code units; the end is behind the last
/// one that is meant.
struct FoundProblem: Encodable, Equatable {
    let line: Int
    let column: Int
    let endLine: Int
    let endColumn: Int
    /// As `Diagnostic.Severity` has it.
    let severity: String
    let code: String?
    let message: String

    /// More problems of one file than this are left out: 200.
    static let most = 200

    static func list(_ values: [JSONValue]) -> [FoundProblem] {
        values.lazy.compactMap { FoundProblem($0) }.prefix(most).map { $0 }
    }

    private init?(_ value: JSONValue) {
        guard let message = value["message"]?.text, !message.isEmpty, let start = ServerPlace(value["range"]?["start"]),
            let end = ServerPlace(value["range"]?["end"])
        else { return nil }
        (line, column) = (start.line + 1, start.column + 1)
        (endLine, endColumn) = (max(end.line, start.line) + 1, end.column + 1)
        let severity: Diagnostic.Severity =
            switch value["severity"]?.number {
            case 1: .error
            case 2: .warning
            case 3, 4: .note
            default: .error
            }
        self.severity = severity.rawValue
        let code = value["code"]?.text ?? value["code"]?.number.flatMap { Int(exactly: $0) }.map { "\($0)" }
        self.code = code.map { ServerText.line($0, limit: 80) }
        self.message = ServerText.plain(message, limit: Diagnostic.maximumMessage)
    }
}

extension [FoundProblem] {
    /// Bytes that they take, about.
    var size: Int { reduce(0) { $0 + $1.message.utf8.count + ($1.code?.utf8.count ?? 0) + 100 } }
}
