extension Compiler {
    /// Looks up the names of a condition and says what it asks.
    mutating func question(_ condition: Condition) throws(TemplateError) -> Question {
        switch condition {
        case .value(let value): return truth(of: try meaning(of: value))
        case .not(let inner): return .not(try question(inner))
        case .all(let parts): return .all(try questions(parts))
        case .any(let parts): return .any(try questions(parts))
        case .equal(let left, let right, let offset):
            return try equality(try meaning(of: left), try meaning(of: right), at: offset)
        }
    }

    private mutating func questions(_ conditions: [Condition]) throws(TemplateError) -> [Question] {
        var result: [Question] = []
        for condition in conditions { result.append(try question(condition)) }
        return result
    }

    /// A text and a list are true when they hold something, a number when it is not 0, an optional value when it is
    /// there (an optional text: and holds something); what is always there is always true.
    private mutating func truth(of meaning: Meaning) -> Question {
        switch meaning {
        case .text(let text): return .constant(!text.isEmpty)
        case .int(let number): return .constant(number != 0)
        case .question(let question): return question
        case .instance: return .constant(true)
        case .field(let source, let frame):
            switch source {
            case .text(let read, _), .html(let read), .json(let read):
                return .test(.textIsFilled(draft.slot(read, frame: frame)))
            case .int(let read, let isOptional):
                let slot = draft.slot(read, frame: frame)
                return .test(isOptional ? .intIsPresent(slot) : .intIsNotZero(slot))
            case .bool(let read): return .test(.bool(draft.slot(read, frame: frame)))
            case .date(_, isOptional: false), .record(_, isOptional: false, _): return .constant(true)
            case .date(let read, isOptional: true): return .test(.dateIsPresent(draft.slot(read, frame: frame)))
            case .record(let read, isOptional: true, _): return .test(.recordIsPresent(frame: frame, read))
            case .list(let read, _, _), .texts(let read): return .test(.listHasRows(frame: frame, read))
            }
        }
    }

    private mutating func equality(
        _ left: Meaning,
        _ right: Meaning,
        at offset: Int
    ) throws(TemplateError) -> Question {
        switch (left, right) {
        case (.text(let left), .text(let right)): return .constant(left == right)
        case (.int(let left), .int(let right)): return .constant(left == right)
        case (.field(.text(let read, _), let frame), .text(let literal)),
            (.text(let literal), .field(.text(let read, _), let frame)):
            return .test(.textEquals(draft.slot(read, frame: frame), literal))
        case (.field(.int(let read, _), let frame), .int(let literal)),
            (.int(let literal), .field(.int(let read, _), let frame)):
            return .test(.intEquals(draft.slot(read, frame: frame), literal))
        case (.field(.text(let left, _), let leftFrame), .field(.text(let right, _), let rightFrame)):
            return .test(.textsAreEqual(draft.slot(left, frame: leftFrame), draft.slot(right, frame: rightFrame)))
        case (.field(.int(let left, _), let leftFrame), .field(.int(let right, _), let rightFrame)):
            return .test(.intsAreEqual(draft.slot(left, frame: leftFrame), draft.slot(right, frame: rightFrame)))
        default:
            throw failure(
                at: offset,
                "\(left.words.capitalizedFirst) can't be compared with \(right.words).",
                hint: "Texts are compared with texts and numbers with numbers."
            )
        }
    }

    /// Emits a jump that is taken when the answer is no. A constant emits nothing: the caller mutes what is never run.
    mutating func jump(to label: ProgramDraft.Label, unless question: Question) {
        switch question {
        case .constant: break
        case .test(let test): draft.jump(to: label, if: test, is: false)
        case .not(let inner): jump(to: label, when: inner)
        case .all(let parts):
            for part in parts { jump(to: label, unless: part) }
        case .any(let parts):
            let holds = draft.label()
            for part in parts.dropLast() { jump(to: holds, when: part) }
            if let last = parts.last { jump(to: label, unless: last) }
            draft.place(holds)
        }
    }

    private mutating func jump(to label: ProgramDraft.Label, when question: Question) {
        switch question {
        case .constant: break
        case .test(let test): draft.jump(to: label, if: test, is: true)
        case .not(let inner): jump(to: label, unless: inner)
        case .any(let parts):
            for part in parts { jump(to: label, when: part) }
        case .all(let parts):
            let fails = draft.label()
            for part in parts.dropLast() { jump(to: fails, unless: part) }
            if let last = parts.last { jump(to: label, when: last) }
            draft.place(fails)
        }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
