/// Turns the templates of one page into a program for one view model.
///
/// Theory of operation. The compiler walks the tree of the outermost layout in the order in which the page will be
/// written. At a block it walks the body that the innermost template gives it; at an include it walks the partial on
/// the spot, with the arguments as names for what they stand for, so that the finished program has neither layouts nor
/// partials nor names. On the way it
/// - feeds all literal HTML to `HTMLContext`, which says how each value must be escaped, or that it can't stand there;
/// - looks every name up in the fields of its view model and checks the type against its use;
/// - emits instructions and slots into `ProgramDraft`.
///
/// Invariants:
/// 1. A slot's reader was made for the type of the instance that its frame holds whenever the instruction runs. Frames
///    get their type in three places only: 0 the shared view and 1 the model (`Page` passes exactly these types), and
///    a loop's row and state (`Compiler.loop`). Names that stand for a frame are in scope inside that loop only.
/// 2. A branch that can never be taken is checked like any other but writes nothing.
/// 3. The work is bounded: by the depth of nesting and the number of nodes walked, whatever includes what.
struct Compiler {
    /// How deep layouts may extend each other, and partials include each other.
    static let layoutLimit = 8
    static let includeLimit = 16
    static let depthLimit = 128
    /// How many nodes are walked in all; 256 bytes of literal HTML count as one.
    static let workLimit = 1 << 16
    /// How many questions the condition given as an argument may be made of.
    static let argumentLimit = 256

    let templates: [String: Template]
    let shared: (name: String, shape: RecordShape)
    var draft = ProgramDraft()
    var context = HTMLContext()
    var scope: Scope
    /// The file whose nodes are being walked.
    var template: Template
    var nextFrame = 2

    private var overrides: [String: (template: Template, body: [Node])] = [:]
    private var openBlocks: [String] = []
    private var openPartials: [(name: String, place: String)] = []
    private var depth = 0
    private var work = 0

    /// Compiles the page of this name for a model; `templates` are all files by name.
    static func compile(
        _ name: String,
        of templates: [String: Template],
        model: RecordShape,
        shared: (name: String, shape: RecordShape)
    ) throws(TemplateError) -> Program {
        guard let page = templates[name] else {
            let hint = nearNameHint(for: name, among: templates.keys, what: "There are")
            throw TemplateError(file: name + ".html", line: 1, column: 1, message: "There is no such file.", hint: hint)
        }
        var compiler = Compiler(templates: templates, shared: shared, scope: Scope(model: model), template: page)
        try compiler.checkFields(of: model, at: 0)
        try compiler.page(page)
        return compiler.draft.finished()
    }

    private init(
        templates: [String: Template],
        shared: (name: String, shape: RecordShape),
        scope: Scope,
        template: Template
    ) {
        self.templates = templates
        self.shared = shared
        self.scope = scope
        self.template = template
    }

    func failure(at offset: Int, _ message: String, hint: String? = nil) -> TemplateError {
        var error = template.source.error(Complaint(at: offset, message, hint: hint))
        error.includedFrom = openPartials.reversed().map(\.place)
        return error
    }

    private func failure(at offset: Int, _ problem: ContextProblem) -> TemplateError {
        failure(at: offset, problem.message, hint: problem.hint)
    }

    // MARK: - Layouts and blocks

    private mutating func page(_ page: Template) throws(TemplateError) {
        var chain = [page]
        while let layout = template.layout {
            guard let next = templates[layout.name] else {
                let hint = nearNameHint(for: layout.name, among: templates.keys, what: "There are")
                throw failure(at: layout.offset, "There is no template \"\(layout.name)\".", hint: hint)
            }
            if chain.contains(where: { $0.source.name == layout.name }) {
                throw failure(at: layout.offset, "The layouts extend each other in a circle.")
            }
            if chain.count > Self.layoutLimit {
                throw failure(at: layout.offset, "Layouts extend each other more than \(Self.layoutLimit) deep.")
            }
            chain.append(next)
            template = next
        }
        for (index, child) in chain.dropLast().enumerated() {
            let known = chain[(index + 1)...].flatMap(\.blocks.keys)
            for case .block(let name, let body, let offset) in child.nodes {
                template = child
                guard known.contains(name) else {
                    let layout = child.layout?.name ?? ""
                    let hint = nearNameHint(for: name, among: known, what: "Its blocks are")
                    throw failure(at: offset, "The layout \"\(layout)\" has no block \"\(name)\".", hint: hint)
                }
                if overrides[name] == nil { overrides[name] = (child, body) }
            }
        }
        template = chain[chain.count - 1]
        try walk(template.nodes)
        try checkEnd()
    }

    private mutating func block(_ name: String, _ body: [Node], _ offset: Int) throws(TemplateError) {
        if !openPartials.isEmpty {
            throw failure(at: offset, "A partial has no blocks.", hint: "Give it an argument instead.")
        }
        if openBlocks.contains(name) {
            throw failure(at: offset, "The block \"\(name)\" contains itself.")
        }
        openBlocks.append(name)
        defer { openBlocks.removeLast() }
        let outer = template
        let chosen = overrides[name] ?? (template, body)
        try unchanged(at: offset) { compiler throws(TemplateError) in
            compiler.template = chosen.template
            try compiler.walk(chosen.body)
            compiler.template = outer
        }
    }

    // MARK: - Nodes

    mutating func walk(_ nodes: [Node]) throws(TemplateError) {
        depth += 1
        defer { depth -= 1 }
        for node in nodes {
            work += 1
            if case .literal(let range) = node { work += range.count / 256 }
            if work > Self.workLimit || depth > Self.depthLimit || draft.isTooLarge {
                throw failure(at: 0, "The page is too large once everything is included.")
            }
            switch node {
            case .literal(let range): try literal(range)
            case .output(let value, let filter): try output(value, filter)
            case .conditional(let branches, let otherwise): try conditional(branches, otherwise)
            case .loop(let variable, let list, let body, let otherwise, let offset):
                try loop(variable, list, body, otherwise, offset)
            case .include(let name, let arguments, let isInline, let offset):
                try include(name, arguments, isInline, offset)
            case .block(let name, let body, let offset): try block(name, body, offset)
            }
        }
    }

    private mutating func literal(_ range: Range<Int>) throws(TemplateError) {
        let bytes = template.source.bytes
        var start = range.lowerBound
        for index in range {
            if context.isAddress, context.address.isChecked, context.place == .value(quote: bytes[index]) {
                draft.literal(bytes[start..<index])
                draft.emit(.addressEnd)
                start = index
            }
            do {
                try context.feed(bytes[index])
            } catch {
                throw failure(at: index, error)
            }
        }
        draft.literal(bytes[start..<range.upperBound])
    }

    private mutating func include(
        _ name: String,
        _ arguments: [Node.Argument],
        _ isInline: Bool,
        _ offset: Int
    ) throws(TemplateError) {
        guard let partial = templates[name] else {
            let hint = nearNameHint(for: name, among: templates.keys, what: "There are")
            throw failure(at: offset, "There is no template \"\(name)\".", hint: hint)
        }
        try settle(at: offset)
        if context.place != .text {
            throw failure(at: offset, "A partial can't be included \(context.words).", hint: "Only in text.")
        }
        if partial.layout != nil {
            throw failure(at: offset, "\"\(name)\" extends a layout and so can't be included.")
        }
        let line = template.source.place(of: offset)
        let isOpen = openPartials.contains { $0.name == name } || template.source.name == name
        if isOpen || openPartials.count >= Self.includeLimit {
            let problem = isOpen ? "\"\(name)\" includes itself." : "Partials include each other too deep."
            throw failure(at: offset, problem, hint: isOpen ? "Use a \"for\" over a flat list." : nil)
        }
        var inner = Scope()
        for argument in arguments {
            if argument.name == shared.name || argument.name == "loop" {
                throw failure(at: argument.offset, "The name \"\(argument.name)\" is taken.")
            }
            inner.locals.append((argument.name, try meaning(of: argument)))
        }
        let outer = (template, scope)
        openPartials.append((name, "\(template.source.file):\(line.line):\(line.column)"))
        (template, scope) = (partial, inner)
        var nodes = partial.nodes
        if isInline, case .literal(let range)? = nodes.last, partial.source.bytes[range].last == .newline {
            nodes[nodes.count - 1] = .literal(range.dropLast())
        }
        try walk(nodes)
        try checkEnd()
        openPartials.removeLast()
        (template, scope) = outer
    }

    /// A file must end in text: anything else was opened and never closed.
    private func checkEnd() throws(TemplateError) {
        if context.place != .text {
            throw failure(at: template.source.bytes.count, "The file ends \(context.words).")
        }
    }

    // MARK: - Junctions

    /// Comes to rest before a tag, and marks the start of an address whose scheme is still open.
    mutating func settle(at offset: Int) throws(TemplateError) {
        do {
            try context.settle()
        } catch {
            throw failure(at: offset, error)
        }
        markAddress()
    }

    func merged(_ first: HTMLContext, _ second: HTMLContext, at offset: Int) throws(TemplateError) -> HTMLContext {
        do {
            var result = first
            try result.merge(second)
            return result
        } catch {
            throw failure(at: offset, error)
        }
    }

    mutating func markAddress() {
        guard context.isInValue, context.isAddress, context.address.needsCheck else { return }
        draft.emit(.addressStart(back: UInt32(context.address.length)))
        context.address.isChecked = true
    }

    /// Walks a part that must end in the HTML state in which it began.
    mutating func unchanged(
        at offset: Int,
        _ body: (inout Compiler) throws(TemplateError) -> Void
    ) throws(TemplateError) {
        try settle(at: offset)
        let before = context
        try body(&self)
        try settle(at: offset)
        _ = try merged(before, context, at: offset)
    }
}
