import FoundationEssentials
import Languages
import RunProtocol

/// What became of a check for problems.
struct CheckReport: Sendable {
    enum Kind: String, Sendable, Encodable {
        /// It looked, and these are the problems, if any.
        case done
        /// It failed, and what it says names no place: `output` is there to be read.
        case unclear
        /// It did not come to its end.
        case failed
        /// There is no room for it at the moment.
        case busy
        /// A newer one of the same person took its place.
        case superseded
        /// Nothing looks at such files.
        case unchecked
        /// Nobody asked for it, and there is no workspace that it could be done in.
        case absent
    }

    var kind: Kind
    /// What there is to say about it; an empty text where the problems say it.
    var words: String
    var problems: [FoundProblem] = []
    /// Whether a file without problems here has none; else that is known of the checked one only.
    var looksAtAll = false
    /// The versions of the texts that it looked at: the checked file's, and of those with problems.
    var versions: [String: Int] = [:]
    /// What it printed, for people; nil where the problems are all of it.
    var output: String?
}

/// A problem in a file of the project, as editors count: from 1, in units of UTF-16.
struct FoundProblem: Sendable, Encodable {
    let path: String
    let line: Int
    let column: Int?
    let endColumn: Int?
    let severity: String
    let code: String?
    let message: String

    /// - Parameter text: the text of its line, where there is one.
    init(_ problem: Diagnostic, line text: Substring.UnicodeScalarView?, unit: Check.ColumnUnit) {
        func units(_ column: Int?) -> Int? {
            guard let column, let text else { return column }
            return Self.units(column, in: text, unit)
        }
        path = problem.file
        line = problem.line
        column = units(problem.column)
        endColumn = units(problem.endColumn)
        severity = problem.severity.rawValue
        code = problem.code.map(Self.printable)
        message = Self.printable(problem.message)
    }

    /// The column in UTF-16; one within a character is that character's.
    static func units(_ column: Int, in line: Substring.UnicodeScalarView, _ unit: Check.ColumnUnit) -> Int {
        var (counted, units) = (1, 1)
        for scalar in line {
            let width =
                switch unit {
                case .bytes: UTF8.width(scalar)
                case .characters: 1
                case .units: UTF16.width(scalar)
                }
            guard counted + width <= column else { return units }
            counted += width
            units += UTF16.width(scalar)
        }
        // Behind the end there is nothing to convert.
        return units + (column - counted)
    }

    /// Tools quote what is in the files.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 })
        )
    }
}
