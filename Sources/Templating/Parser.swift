/// Builds the tree of one template file from its pieces: a recursive descent, at most `depthLimit` deep.
struct Parser {
    /// How deep `if`, `for`, `block`, `not` and parentheses may be nested together.
    static let depthLimit = 64

    private let source: Source
    private let pieces: [Piece]
    private var index = 0
    private var depth = 0
    private var layout: (name: String, offset: Int)?
    private var blocks: [String: Int] = [:]

    static func parse(_ source: Source) throws(TemplateError) -> Template {
        do {
            var parser = Parser(source: source, pieces: try Lexer.pieces(of: source))
            return try parser.template()
        } catch {
            throw source.error(error)
        }
    }

    private init(source: Source, pieces: [Piece]) {
        self.source = source
        self.pieces = pieces
    }

    private mutating func template() throws(Complaint) -> Template {
        var nodes = try nodes(endingWith: [], opened: nil).nodes
        if layout != nil {
            nodes = try blocksOnly(nodes)
        }
        return Template(source: source, layout: layout, nodes: nodes, blocks: blocks)
    }

    private func blocksOnly(_ nodes: [Node]) throws(Complaint) -> [Node] {
        var kept: [Node] = []
        for node in nodes {
            switch node {
            case .block: kept.append(node)
            case .literal(let range):
                if let offset = range.first(where: { !source.bytes[$0].isSpace }) {
                    throw Self.outsideBlocks(offset)
                }
            case .output(let value, _): throw Self.outsideBlocks(value.offset)
            case .conditional(let branches, _): throw Self.outsideBlocks(branches.first?.offset ?? 0)
            case .loop(_, _, _, _, let offset): throw Self.outsideBlocks(offset)
            case .include(_, _, _, let offset): throw Self.outsideBlocks(offset)
            }
        }
        return kept
    }

    private static func outsideBlocks(_ offset: Int) -> Complaint {
        Complaint(
            at: offset,
            "A template that extends a layout says everything inside blocks.",
            hint: "Put this between {% block … %} and {% endblock %}."
        )
    }

    /// The tag that ended a run of nodes.
    private struct Ending {
        var word: String
        var tokens: TokenReader
        var offset: Int
    }

    /// Reads nodes up to a tag whose word is one of `endings`, or to the end of the file when `opened` is nil.
    private mutating func nodes(
        endingWith endings: Set<String>,
        opened: (word: String, offset: Int)?
    ) throws(Complaint) -> (nodes: [Node], ending: Ending?) {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.depthLimit {
            throw Complaint(at: opened?.offset ?? 0, "Tags are nested more than \(Self.depthLimit) deep.")
        }
        var nodes: [Node] = []
        while index < pieces.count {
            let piece = pieces[index]
            index += 1
            switch piece.kind {
            case .comment: break
            case .literal:
                if !piece.range.isEmpty { nodes.append(.literal(piece.range)) }
            case .output:
                var tokens = TokenReader(piece, depth: depth)
                nodes.append(try tokens.output())
            case .tag:
                var tokens = TokenReader(piece, depth: depth)
                let word = try tokens.keyword()
                if endings.contains(word) {
                    return (nodes, Ending(word: word, tokens: tokens, offset: piece.range.lowerBound))
                }
                try tag(word, tokens, piece, into: &nodes)
            }
        }
        if let opened {
            throw Complaint(
                at: opened.offset,
                "This \"\(opened.word)\" is never closed.",
                hint: "Close it with {% end\(opened.word) %}."
            )
        }
        return (nodes, nil)
    }

    private mutating func tag(
        _ word: String,
        _ reader: TokenReader,
        _ piece: Piece,
        into nodes: inout [Node]
    ) throws(Complaint) {
        var tokens = reader
        let offset = piece.range.lowerBound
        switch word {
        case "if": nodes.append(try conditional(&tokens, offset))
        case "for": nodes.append(try loop(&tokens, offset))
        case "block": nodes.append(try block(&tokens, offset))
        case "include":
            nodes.append(try tokens.include(isInline: !piece.isAlone))
        case "extends":
            let name = try tokens.text("the layout's name")
            try tokens.end()
            let isFirst = nodes.allSatisfy {
                if case .literal(let range) = $0 { source.bytes[range].allSatisfy(\.isSpace) } else { false }
            }
            guard depth == 1, layout == nil, isFirst else {
                throw Complaint(at: offset, "\"extends\" stands once, before everything else in the file.")
            }
            layout = (name, offset)
        case "elif", "else", "endif", "endfor", "endblock":
            throw Complaint(at: offset, "There is nothing open that \"\(word)\" could belong to.")
        default:
            let words = ["if", "elif", "else", "endif", "for", "endfor", "block", "endblock", "include", "extends"]
            let hint = nearNameHint(for: word, among: words, what: "The tags are")
            throw Complaint(at: tokens.offset, "There is no tag \"\(word)\".", hint: hint)
        }
    }

    private mutating func conditional(_ tokens: inout TokenReader, _ offset: Int) throws(Complaint) -> Node {
        var branches: [Node.Branch] = []
        var condition = try tokens.wholeCondition()
        var start = offset
        while true {
            let (body, ending) = try nodes(endingWith: ["elif", "else", "endif"], opened: ("if", offset))
            branches.append(Node.Branch(condition: condition, body: body, offset: start))
            guard var ending else { break }
            if ending.word == "elif" {
                condition = try ending.tokens.wholeCondition()
                start = ending.offset
                continue
            }
            try ending.tokens.end()
            return .conditional(branches, otherwise: ending.word == "else" ? try rest(of: "if", offset) : [])
        }
        return .conditional(branches, otherwise: [])
    }

    private mutating func loop(_ tokens: inout TokenReader, _ offset: Int) throws(Complaint) -> Node {
        let variable = try tokens.name("a name for each row")
        try tokens.word("in")
        let list = try tokens.value()
        try tokens.end()
        let (body, ending) = try nodes(endingWith: ["else", "endfor"], opened: ("for", offset))
        var otherwise: [Node] = []
        if var ending {
            try ending.tokens.end()
            if ending.word == "else" { otherwise = try rest(of: "for", offset) }
        }
        return .loop(variable: variable, list: list, body: body, otherwise: otherwise, offset: offset)
    }

    private mutating func block(_ tokens: inout TokenReader, _ offset: Int) throws(Complaint) -> Node {
        let name = try tokens.name("a name for the block")
        try tokens.end()
        if let first = blocks.updateValue(offset, forKey: name) {
            let line = source.place(of: first).line
            throw Complaint(at: offset, "There is a block \"\(name)\" already, on line \(line).")
        }
        return .block(name, body: try rest(of: "block", offset), offset: offset)
    }

    /// The nodes up to the end tag that closes `word`.
    private mutating func rest(of word: String, _ offset: Int) throws(Complaint) -> [Node] {
        let (body, ending) = try nodes(endingWith: ["end\(word)"], opened: (word, offset))
        if var ending { try ending.tokens.end() }
        return body
    }
}
