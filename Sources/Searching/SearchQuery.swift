import RE2
import RunProtocol
import Web

/// What a person looks for, as they typed it.
struct SearchForm: Sendable {
    var text: String
    var matchesCase: Bool
    var wholeWord: Bool
    var isExpression: Bool
    /// Patterns of paths, parted by commas; empty for all.
    var include: String
    var exclude: String
    /// What matches are to be replaced by; nil when they are only looked for.
    var replacement: String?

    /// Reads the fields of a query or a form, which `replaces` or only looks.
    init(replaces: Bool, _ field: (String) -> String?) {
        text = field("q") ?? ""
        matchesCase = field("case") != nil
        wholeWord = field("word") != nil
        isExpression = field("expression") != nil
        include = field("include") ?? ""
        exclude = field("exclude") ?? ""
        replacement = replaces ? field("replacement") ?? "" : nil
    }

    /// The query string that leads to the same search.
    var query: String {
        var pairs = [("q", text), ("include", include), ("exclude", exclude)].filter { !$0.1.isEmpty }
        for (name, isSet) in [("case", matchesCase), ("word", wholeWord), ("expression", isExpression)] where isSet {
            pairs.append((name, "on"))
        }
        if let replacement { pairs += [("replacement", replacement), ("replace", "on")] }
        return pairs.map { "\($0.0)=\(Percent.encode($0.1))" }.joined(separator: "&")
    }
}

/// A search that can be made.
struct SearchQuery: Sendable {
    let pattern: Pattern
    let wholeWord: Bool
    let isExpression: Bool
    let replacement: Replacement?
    private let include: [Pattern]
    private let exclude: [Pattern]

    /// Reads a form. Throws `Problem` with what is wrong at which field.
    init(_ form: SearchForm, limits: SearchLimits) throws {
        var faults: [String: String] = [:]
        func pattern(_ text: String) -> Pattern? {
            if text.isEmpty {
                faults["q"] = "Say what to look for."
            } else if text.count > limits.query {
                faults["q"] = "Look for at most \(limits.query) characters."
            } else if text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" || $0 == "\0" }) {
                faults["q"] = "A match lies within one line, so there can be no line break in what is looked for."
            } else {
                do {
                    return try Pattern(text, isExpression: form.isExpression, ignoresCase: !form.matchesCase)
                } catch {
                    faults["q"] = error.words
                }
            }
            return nil
        }
        func paths(_ field: String, _ text: String) -> [Pattern] {
            do {
                return try PathPatterns.read(text, limits: limits)
            } catch let problem as Problem {
                faults[field] = problem.message
            } catch {
                faults[field] = "These are no paths."
            }
            return []
        }
        let found = pattern(form.text)
        include = paths("include", form.include)
        exclude = paths("exclude", form.exclude)
        if let text = form.replacement, text.count > limits.query {
            faults["replacement"] = "Replace by at most \(limits.query) characters."
        } else if form.replacement?.utf8.contains(0) == true {
            faults["replacement"] = "A text can't hold a NUL character."
        }
        guard let found, faults.isEmpty else {
            throw Problem(.unprocessable, "This can’t be searched for.", fields: faults)
        }
        self.pattern = found
        wholeWord = form.wholeWord
        isExpression = form.isExpression
        replacement = form.replacement.map { Replacement($0, hasGroups: form.isExpression) }
    }

    /// Whether a file is to be looked through at all.
    func covers(_ path: ProjectPath) -> Bool {
        (include.isEmpty || include.contains { $0.matches(path.text) })
            && !exclude.contains { $0.matches(path.text) }
    }
}

/// Patterns of paths as people write them: `*.py`, `src`, `lib/**/test_*.c`.
enum PathPatterns {
    /// Reads a list. Throws `Problem`.
    static func read(_ text: String, limits: SearchLimits) throws -> [Pattern] {
        guard text.count <= limits.query else {
            throw Problem(.unprocessable, "Give at most \(limits.query) characters of paths.")
        }
        let globs = text.split(separator: ",").map { String($0).trimmingWhitespace() }.filter { !$0.isEmpty }
        guard globs.count <= limits.pathPatterns else {
            throw Problem(.unprocessable, "Give at most \(limits.pathPatterns) paths.")
        }
        return try globs.map { glob in
            do {
                return try Pattern(expression(for: glob), isExpression: true, ignoresCase: true)
            } catch {
                throw Problem(.unprocessable, "“\(glob)” is too long for a path.")
            }
        }
    }

    /// A glob as an expression for whole paths. One without a slash means a name, wherever it is; and a folder means all
    /// that is in it.
    static func expression(for glob: String) -> String {
        var rest = Substring(glob)
        while rest.last == "/" { rest.removeLast() }
        let isRooted = rest.contains("/")
        if rest.first == "/" { rest.removeFirst() }
        var expression = isRooted ? "^" : "^(?:.*/)?"
        while let character = rest.first {
            if rest.hasPrefix("**/") {
                expression += "(?:.*/)?"
                rest.removeFirst(3)
                continue
            }
            if rest.hasPrefix("**") {
                expression += ".*"
                rest.removeFirst(2)
                continue
            }
            rest.removeFirst()
            switch character {
            case "*": expression += "[^/]*"
            case "?": expression += "[^/]"
            case _ where character.isASCII && !character.isLetter && !character.isNumber && character != "_":
                expression += "\\\(character)"
            default: expression.append(character)
            }
        }
        return expression + "(?:/.*)?$"
    }
}

extension Pattern {
    /// Whether there is a match in a short text.
    func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { firstMatch(in: $0, within: 0..<$0.count) != nil }
    }
}

extension PatternError {
    fileprivate var words: String {
        switch self {
        case .malformed(let words): "This is no expression: \(words)."
        case .tooLarge: "This expression is too large. Repeat less in it."
        }
    }
}

/// What stands in the place of a match.
struct Replacement: Sendable {
    private enum Part: Sendable {
        case text(String)
        /// What a group of the expression matched; 0 is the whole match.
        case group(Int)
    }

    private let parts: [Part]

    /// Reads a replacement. With groups, `$1` to `$9` stand for what they matched, `$0` for the whole match, `$$` for a
    /// dollar.
    init(_ text: String, hasGroups: Bool) {
        guard hasGroups else {
            parts = [.text(text)]
            return
        }
        var parts: [Part] = []
        var plain = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            guard character == "$", let next = rest.first else {
                plain.append(character)
                continue
            }
            if next == "$" {
                plain.append("$")
                rest.removeFirst()
            } else if next.isASCII, let group = next.wholeNumberValue {
                parts += [.text(plain), .group(group)]
                plain = ""
                rest.removeFirst()
            } else {
                plain.append("$")
            }
        }
        self.parts = parts + [.text(plain)]
    }

    /// Whether it has to know what the groups matched.
    var needsGroups: Bool {
        parts.contains { if case .group = $0 { true } else { false } }
    }

    /// The text for a match; a group that is not there, or took no part, is empty.
    func text(_ groups: (Int) -> String) -> String {
        parts.reduce(into: "") { text, part in
            switch part {
            case .text(let plain): text += plain
            case .group(let number): text += groups(number)
            }
        }
    }
}
