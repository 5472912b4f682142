/// How a language finds problems in a project's files without running them: a command, and what its output looks like.
public struct Check: Sendable, Equatable {
    /// What is started in the project's home, with the placeholders of `Language`. It writes nothing but below `/tmp`,
    /// and not what a run reads there: the two may happen at the same time.
    public let command: [String]
    /// The number of the first column, as the tool counts.
    let firstColumn: Int
    /// What the tool counts as a column.
    public let columnUnit: ColumnUnit
    private let forms: [Form]

    /// What one column is.
    public enum ColumnUnit: String, Sendable, Decodable {
        /// A byte of UTF-8.
        case bytes
        /// A character, as Unicode counts them.
        case characters
        /// A unit of UTF-16, as the editor counts.
        case units
    }

    /// Whether it looks at the whole project, and not at one file only: what it doesn't find then is not there.
    public var looksAtAll: Bool { command.contains("{sources}") }

    /// The most problems that are read of one output: 1,000.
    public static let maximumProblems = 1_000
    /// How many lines of the program's text a tool may quote between two lines of a problem: 12.
    static let maximumQuoted = 12
    /// The longest line that is looked at: 4,096 bytes.
    static let maximumLine = 4_096

    /// One way in which a problem is printed: one line or several.
    private struct Form: Sendable, Equatable {
        var lines: [LinePattern]
        /// Whether other lines may come before the line with the same place.
        var mayWait: [Bool]
    }

    /// Nil for a command without words, and for a form that is none: each is a list of patterns for lines (see
    /// `LinePattern`), where `…` stands for lines that quote the program. Together they find a line number and a
    /// message, and nothing twice. The first form that fits is taken.
    public init?(command: [String], problems: [[String]], firstColumn: Int = 1, columnUnit: ColumnUnit = .characters) {
        guard !command.isEmpty, !problems.isEmpty, (0...1).contains(firstColumn) else { return nil }
        var forms: [Form] = []
        for texts in problems {
            var form = Form(lines: [], mayWait: [])
            for (place, text) in texts.enumerated() where text != "…" {
                guard let pattern = LinePattern(text) else { return nil }
                form.lines.append(pattern)
                form.mayWait.append(place > 0 && texts[place - 1] == "…")
            }
            let holes = form.lines.flatMap(\.holes)
            guard texts.first != "…", texts.last != "…", Set(holes).count == holes.count, holes.contains(.line),
                holes.contains(.message)
            else { return nil }
            forms.append(form)
        }
        self.command = command
        self.firstColumn = firstColumn
        self.columnUnit = columnUnit
        self.forms = forms
    }

    /// The problems that the command's output tells of, without repetitions, in its order.
    ///
    /// `main` is the file that was checked, for tools that don't name it. A problem in a file outside of the project's
    /// home is left out: nobody can go there.
    public func problems(in output: [UInt8], main: String) -> [Diagnostic] {
        let lines = output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            (line.last == UInt8(ascii: "\r") ? line.dropLast() : line).prefix(Self.maximumLine)
        }
        var problems: [Diagnostic] = []
        var seen: Set<Diagnostic> = []
        var place = 0
        while place < lines.count, problems.count < Self.maximumProblems {
            guard let (found, end) = first(at: place, of: lines) else {
                place += 1
                continue
            }
            place = end
            if let problem = problem(found, main: main), seen.insert(problem).inserted { problems.append(problem) }
        }
        return problems
    }

    /// What the first form that fits finds from this line on, and the line behind it.
    private func first(at place: Int, of lines: [ArraySlice<UInt8>]) -> (LinePattern.Found, Int)? {
        for form in forms {
            var found: LinePattern.Found = [:]
            var next = place
            let isWhole = zip(form.lines, form.mayWait).allSatisfy { pattern, mayWait in
                let last = min(next + (mayWait ? Self.maximumQuoted : 0), lines.count - 1)
                guard next <= last else { return false }
                for index in next...last {
                    guard let part = pattern.match(lines[index]) else {
                        // What begins another problem is not a part of this one.
                        if form.lines[0].match(lines[index]) != nil { return false }
                        continue
                    }
                    found.merge(part) { _, new in new }
                    next = index + 1
                    return true
                }
                return false
            }
            if isWhole { return (found, next) }
        }
        return nil
    }

    private func problem(_ found: LinePattern.Found, main: String) -> Diagnostic? {
        func number(_ hole: LinePattern.Hole) -> Int? { found[hole].flatMap { Int($0) } }
        func column(_ hole: LinePattern.Hole) -> Int? { number(hole).map { max($0 + 1 - firstColumn, 1) } }
        guard let line = number(.line), let message = found[.message],
            let file = Self.file(named: found[.file] ?? main)
        else { return nil }
        return Diagnostic(
            file: file,
            // Some tools say 0 of what is about the whole file.
            line: max(line, 1),
            column: column(.column),
            endColumn: column(.endColumn),
            severity: found[.severity].flatMap { Diagnostic.Severity(word: $0) } ?? .error,
            code: found[.code],
            message: message
        )
    }

    /// A tool's name for a file as a path from the project's home; nil for what is not below it.
    private static func file(named name: String) -> String? {
        var path = name[...]
        if path.hasPrefix(Language.home + "/") { path = path.dropFirst(Language.home.count + 1) }
        while path.hasPrefix("./") { path = path.dropFirst(2) }
        let steps = path.split(separator: "/", omittingEmptySubsequences: false)
        let isBelow = steps.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
        return isBelow ? String(path) : nil
    }
}

extension Diagnostic.Severity {
    /// A tool's word for it, in any case; nil for another word.
    init?(word: String) {
        switch word.lowercased() {
        case "error", "fatal error", "fatal": self = .error
        case "warning": self = .warning
        case "note", "hint", "info": self = .note
        default: return nil
        }
    }
}
