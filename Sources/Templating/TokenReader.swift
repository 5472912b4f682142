/// Reads the inside of one tag, token by token.
struct TokenReader {
    private let tokens: [Token]
    private let closing: Int
    private var index = 0
    private var depth: Int

    /// Words that are part of the language and so can't name anything.
    private static let reserved: Set<String> = ["and", "or", "not", "in", "with", "true", "false"]

    init(_ piece: Piece, depth: Int) {
        tokens = piece.tokens
        closing = max(piece.range.lowerBound, piece.range.upperBound - 2)
        self.depth = depth
    }

    /// Where the token read last starts.
    var offset: Int { index > 0 ? tokens[index - 1].offset : closing }

    private var next: Token? { index < tokens.count ? tokens[index] : nil }
    private var nextOffset: Int { next?.offset ?? closing }

    private func expected(_ what: String) -> Complaint {
        if let next { return Complaint(at: next.offset, "Here should be \(what), not \(next.quoted).") }
        return Complaint(at: closing, "Here should be \(what), but the tag ends.")
    }

    private mutating func take(sign: String) -> Bool {
        guard next?.kind == .sign(sign) else { return false }
        index += 1
        return true
    }

    private mutating func take(word: String) -> Bool {
        guard next?.kind == .word(word) else { return false }
        index += 1
        return true
    }

    mutating func keyword() throws(Complaint) -> String {
        guard case .word(let word)? = next?.kind else { throw expected("a tag's name") }
        index += 1
        return word
    }

    mutating func word(_ word: String) throws(Complaint) {
        guard take(word: word) else { throw expected("\"\(word)\"") }
    }

    mutating func name(_ what: String) throws(Complaint) -> String {
        guard case .word(let word)? = next?.kind else { throw expected(what) }
        if Self.reserved.contains(word) {
            throw Complaint(at: nextOffset, "\"\(word)\" is a word of the template language and can't be a name.")
        }
        index += 1
        return word
    }

    mutating func text(_ what: String) throws(Complaint) -> String {
        guard case .text(let text)? = next?.kind else { throw expected("\(what) in double quotes") }
        index += 1
        return text
    }

    mutating func end() throws(Complaint) {
        if let next {
            throw Complaint(at: next.offset, "The tag should end here, but \(next.quoted) follows.")
        }
    }

    /// The inside of `{{ … }}`: a value and at most one filter.
    mutating func output() throws(Complaint) -> Node {
        let value = try value()
        var filter: Node.Filter?
        if take(sign: "|") {
            let start = nextOffset
            let name = try name("a filter's name")
            var arguments: [String] = []
            if take(sign: "(") {
                repeat {
                    arguments.append(try text("an argument"))
                } while take(sign: ",")
                guard take(sign: ")") else { throw expected("\",\" or \")\"") }
            }
            filter = Node.Filter(name: name, arguments: arguments, offset: start)
            if next?.kind == .sign("|") {
                throw Complaint(at: nextOffset, "A value takes one filter only.")
            }
        }
        if let next, next.kind == .sign("==") || next.kind == .sign("!=") || isOperator(next) {
            throw Complaint(at: next.offset, "{{ … }} prints a value; it can't ask.", hint: "Use {% if … %}.")
        }
        try end()
        return .output(value, filter: filter)
    }

    private func isOperator(_ token: Token) -> Bool {
        token.kind == .word("and") || token.kind == .word("or")
    }

    /// The inside of an `include` after its first word: a name and arguments.
    mutating func include(isInline: Bool) throws(Complaint) -> Node {
        let start = nextOffset
        let partial = try text("the partial's name")
        var arguments: [Node.Argument] = []
        if take(word: "with") {
            repeat {
                let place = nextOffset
                let name = try name("an argument's name")
                guard take(sign: "=") else { throw expected("\"=\"") }
                if arguments.contains(where: { $0.name == name }) {
                    throw Complaint(at: place, "The argument \"\(name)\" is given twice.")
                }
                arguments.append(Node.Argument(name: name, value: try condition(), offset: place))
                if next?.kind == .sign("|") {
                    throw Complaint(at: nextOffset, "An argument takes no filter.", hint: "Filter it in the partial.")
                }
            } while next != nil
        }
        if next?.kind != nil, arguments.isEmpty { throw expected("\"with\" or the end of the tag") }
        return .include(partial, arguments: arguments, isInline: isInline, offset: start)
    }

    /// A condition that fills the rest of the tag.
    mutating func wholeCondition() throws(Complaint) -> Condition {
        let condition = try condition()
        if next?.kind == .sign("=") {
            throw Complaint(at: nextOffset, "Here should be a comparison.", hint: "Compare with \"==\".")
        }
        try end()
        return condition
    }

    private mutating func condition() throws(Complaint) -> Condition {
        var parts = [try conjunction()]
        while take(word: "or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws(Complaint) -> Condition {
        var parts = [try negation()]
        while take(word: "and") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func negation() throws(Complaint) -> Condition {
        depth += 1
        defer { depth -= 1 }
        if depth > Parser.depthLimit {
            throw Complaint(at: nextOffset, "This condition is nested more than \(Parser.depthLimit) deep.")
        }
        if take(word: "not") { return .not(try negation()) }
        if take(sign: "(") {
            let inner = try condition()
            guard take(sign: ")") else { throw expected("\")\"") }
            return inner
        }
        let left = try value()
        let place = nextOffset
        if take(sign: "==") { return .equal(left, try value(), offset: place) }
        if take(sign: "!=") { return .not(.equal(left, try value(), offset: place)) }
        return .value(left)
    }

    /// A text, a number, `true`, `false` or a dotted name.
    mutating func value() throws(Complaint) -> Value {
        let start = nextOffset
        switch next?.kind {
        case .text(let text):
            index += 1
            return Value(kind: .text(text), offset: start)
        case .number(let number):
            index += 1
            return Value(kind: .int(number), offset: start)
        case .word("true"), .word("false"):
            let isTrue = next?.kind == .word("true")
            index += 1
            return Value(kind: .bool(isTrue), offset: start)
        default:
            var path = [try name("a name or a literal")]
            while take(sign: ".") { path.append(try name("a name after the dot")) }
            return Value(kind: .path(path), offset: start)
        }
    }
}
