extension Compiler {
    /// Every branch begins where the `if` stands and ends there again; after it the state is the sum of all ways.
    mutating func conditional(_ branches: [Node.Branch], _ otherwise: [Node]) throws(TemplateError) {
        let offset = branches.first?.offset ?? 0
        try settle(at: offset)
        let before = context
        var after: HTMLContext?
        let wasMuted = draft.isMuted
        let end = draft.label()
        var isDecided = false
        for (index, branch) in branches.enumerated() {
            let question = try question(branch.condition).simplified
            let next = draft.label()
            jump(to: next, unless: question)
            if case .constant(false) = question { draft.isMuted = true }
            after = try way(branch.body, from: before, joining: after, at: branch.offset)
            if index + 1 < branches.count || !otherwise.isEmpty { draft.jump(to: end) }
            draft.isMuted = wasMuted || isDecided
            draft.place(next)
            if case .constant(true) = question {
                isDecided = true
                draft.isMuted = true
            }
        }
        after = try way(otherwise, from: before, joining: after, at: offset)
        draft.isMuted = wasMuted
        draft.place(end)
        context = after ?? before
    }

    /// Walks one way of an `if` and joins its end with those of the others.
    private mutating func way(
        _ nodes: [Node],
        from before: HTMLContext,
        joining others: HTMLContext?,
        at offset: Int
    ) throws(TemplateError) -> HTMLContext {
        context = before
        try walk(nodes)
        try settle(at: offset)
        _ = try merged(before, context, at: offset)
        guard let others else { return context }
        return try merged(others, context, at: offset)
    }

    mutating func loop(
        _ variable: String,
        _ list: Value,
        _ body: [Node],
        _ otherwise: [Node],
        _ offset: Int
    ) throws(TemplateError) {
        if variable == shared.name || variable == "loop" {
            throw failure(at: offset, "The name \"\(variable)\" is taken.")
        }
        guard case .field(let source, let frame) = try meaning(of: list) else {
            throw notAList(list, try meaning(of: list).words)
        }
        let rowFrame = nextFrame
        let row: Meaning
        let reader: FieldSource.ListReader
        let stride: Int
        switch source {
        case .list(let read, let rowStride, let shape):
            (reader, stride) = (read, rowStride)
            try checkFields(of: shape, at: list.offset)
            row = .instance(shape, frame: rowFrame)
        case .texts(let read):
            (reader, stride) = (read, MemoryLayout<String>.stride)
            let text: FieldSource.TextReader = { $0.assumingMemoryBound(to: String.self).pointee }
            row = .field(.text(text, isOptional: false), frame: rowFrame)
        default: throw notAList(list, source.words)
        }
        try settle(at: offset)
        if context.isInTag, !context.isInValue {
            throw failure(at: offset, "A loop can't stand between attributes.", hint: "Put it around the tag.")
        }
        let labels = (bodyEnd: draft.label(), otherwise: draft.label(), end: draft.label())
        draft.loop(
            Loop(frame: frame, list: reader, stride: stride, rowFrame: rowFrame),
            bodyEnd: labels.bodyEnd,
            otherwise: labels.otherwise,
            end: labels.end
        )
        let before = context
        let outer = scope
        nextFrame += 2
        scope.locals.append((variable, row))
        scope.locals.append(("loop", .instance(RecordShape(LoopState.self), frame: rowFrame + 1)))
        var after = try way(body, from: before, joining: before, at: offset)
        if context.isInValue {
            // The second row begins where the first ended, so the body is checked from there as well.
            let wasMuted = draft.isMuted
            draft.isMuted = true
            after = try way(body, from: after, joining: after, at: offset)
            draft.isMuted = wasMuted
        }
        scope = outer
        nextFrame -= 2
        draft.place(labels.bodyEnd)
        draft.place(labels.otherwise)
        context = try merged(after, try way(otherwise, from: before, joining: nil, at: offset), at: offset)
        draft.place(labels.end)
    }

    private func notAList(_ list: Value, _ words: String) -> TemplateError {
        failure(at: list.offset, "A \"for\" needs a list, but this is \(words).")
    }
}
