extension Compiler {
    /// Looks a literal or a dotted name up.
    func meaning(of value: Value) throws(TemplateError) -> Meaning {
        switch value.kind {
        case .text(let text): return .text(text)
        case .int(let number): return .int(number)
        case .bool(let isTrue): return .question(.constant(isTrue))
        case .path(let names):
            var found = try meaning(ofName: names[0], at: value.offset)
            for (index, name) in names.enumerated().dropFirst() {
                found = try member(name, of: found, called: names[..<index].joined(separator: "."), at: value.offset)
            }
            return found
        }
    }

    /// What an argument of an `include` stands for.
    mutating func meaning(of argument: Node.Argument) throws(TemplateError) -> Meaning {
        if case .value(let value) = argument.value { return try meaning(of: value) }
        let question = try question(argument.value).simplified
        // Each include could hand on a multiple of what it was given.
        if question.size > Self.argumentLimit {
            throw failure(at: argument.offset, "This condition is too long to be an argument.")
        }
        return .question(question)
    }

    private func meaning(ofName name: String, at offset: Int) throws(TemplateError) -> Meaning {
        if let local = scope.local(name) { return local }
        if name == shared.name { return .instance(shared.shape, frame: 0) }
        if let source = scope.model?.table.source(of: name) { return .field(source, frame: 1) }
        if name == "loop" {
            throw failure(at: offset, "\"loop\" has a meaning inside a \"for\" only.")
        }
        let names = scope.locals.map(\.name) + [shared.name] + (scope.model?.table.names ?? [])
        let what = scope.model == nil ? "A partial sees its arguments and \"\(shared.name)\"; here are" : "There are"
        throw failure(
            at: offset,
            "There is nothing called \"\(name)\" here.",
            hint: nearNameHint(for: name, among: names, what: what)
        )
    }

    private func member(
        _ name: String,
        of record: Meaning,
        called path: String,
        at offset: Int
    ) throws(TemplateError) -> Meaning {
        let shape: RecordShape
        switch record {
        case .instance(let its, _): shape = its
        case .field(.record(_, _, let its), _): shape = its
        default:
            throw failure(at: offset, "\"\(path)\" is \(record.words) and has no parts.")
        }
        let table = shape.table
        guard let source = table.source(of: name) else {
            let hint = nearNameHint(for: name, among: table.names, what: "It has")
            throw failure(at: offset, "\"\(path)\" has no \"\(name)\".", hint: hint)
        }
        try checkFields(of: shape, at: offset)
        switch record {
        case .field(.record(let reader, let isOptional, _), let frame):
            return .field(source.reached(through: reader, isOptional: isOptional), frame: frame)
        case .instance(_, let frame): return .field(source, frame: frame)
        default: return record
        }
    }

    /// Refuses a view model in which a field could never be reached.
    func checkFields(of shape: RecordShape, at offset: Int) throws(TemplateError) {
        let table = shape.table
        if let doubled = table.doubled {
            throw failure(at: offset, "The view model \(table.model) has two fields called \"\(doubled)\".")
        }
    }
}
