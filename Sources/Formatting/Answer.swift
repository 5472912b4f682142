import Languages
import RunProtocol
import Running

/// What a formatter's run means for the text that it was given.
enum Answer: Equatable {
    /// This is the text formatted.
    case text(String)
    /// It stays as it is.
    case refused(String, line: Int?, column: Int?)

    /// The longest words of a tool that are passed on.
    static let longestWords = 300

    /// Nothing is believed that could cost somebody their text: a formatter that fails, or gives back no text or an
    /// empty one, has formatted nothing.
    init(_ result: QuietRuns.Result, to text: String, of path: String, from formatter: Formatter) {
        func refused(_ words: String) -> Self { .refused("\(words) Nothing was changed.", line: nil, column: nil) }
        switch result.outcome.ending {
        case .exited(0): break
        case .exited(let code):
            self = Self.refusal(code, result, of: path, from: formatter)
            return
        case .outOfTime:
            self = refused("The formatter took too long and was ended.")
            return
        case .outOfMemory:
            self = refused("The formatter needed more memory than there is.")
            return
        case .tooMuchOutput:
            self = refused("The formatter printed more than a text may have.")
            return
        case .signalled, .cancelled:
            self = refused("The formatter was ended before it was done.")
            return
        }
        guard !result.output.contains(0), let formatted = String(validating: result.output, as: UTF8.self) else {
            self = refused("What the formatter gave back is no text.")
            return
        }
        guard !formatted.isEmpty || text.allSatisfy(\.isWhitespace) else {
            self = refused("The formatter gave nothing back.")
            return
        }
        self = .text(formatted)
    }

    private static func refusal(
        _ code: Int,
        _ result: QuietRuns.Result,
        of path: String,
        from formatter: Formatter
    ) -> Self {
        let problems = formatter.problems(in: result.errors + result.output, main: path)
        if let problem = problems.first(where: { $0.file == path }) {
            return .refused(
                "Line \(problem.line): \(problem.message)",
                line: problem.line,
                column: problem.column
            )
        }
        if code == 127 {
            return refused("The formatter is not there yet: the language’s image is older than this site.", nil)
        }
        let words = String(decoding: result.errors.prefix(4_096), as: UTF8.self)
            .split(whereSeparator: \.isNewline)
            .first { !$0.allSatisfy(\.isWhitespace) }
        return refused(words.map { String($0.prefix(longestWords)) } ?? "The formatter could not read this.", nil)
    }

    private static func refused(_ words: String, _ line: Int?) -> Self { .refused(words, line: line, column: nil) }
}
