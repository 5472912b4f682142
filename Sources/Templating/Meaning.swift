/// What a name or a whole expression of a template stands for once it has been looked up.
enum Meaning: Sendable {
    case text(String)
    case int(Int)
    /// A literal, or a condition given to an `include` as an argument.
    case question(Question)
    /// A value read from the instance in a frame.
    case field(FieldSource, frame: Int)
    /// The instance in a frame itself: the shared view, the model, a row, or `loop`.
    case instance(RecordShape, frame: Int)

    /// The type as error messages name it.
    var words: String {
        switch self {
        case .text: "a text"
        case .int: "a number"
        case .question: "a yes or no"
        case .field(let source, _): source.words
        case .instance: "a record"
        }
    }
}

/// A condition whose names have been looked up.
indirect enum Question: Sendable {
    case constant(Bool)
    case test(Test)
    case not(Question)
    case all([Question])
    case any([Question])

    /// The same with what is known at compile time worked out.
    var simplified: Question {
        switch self {
        case .constant, .test: return self
        case .not(let inner):
            let inner = inner.simplified
            if case .constant(let value) = inner { return .constant(!value) }
            return .not(inner)
        case .all(let parts): return Self.joined(parts, neutral: true, Question.all)
        case .any(let parts): return Self.joined(parts, neutral: false, Question.any)
        }
    }

    /// How many questions it is made of.
    var size: Int {
        switch self {
        case .constant, .test: 1
        case .not(let inner): 1 + inner.size
        case .all(let parts), .any(let parts): parts.reduce(1) { $0 + $1.size }
        }
    }

    private static func joined(_ parts: [Question], neutral: Bool, _ join: ([Question]) -> Question) -> Question {
        var open: [Question] = []
        for part in parts.map(\.simplified) {
            if case .constant(let value) = part {
                if value != neutral { return part }
            } else {
                open.append(part)
            }
        }
        if open.count == 1 { return open[0] }
        return open.isEmpty ? .constant(neutral) : join(open)
    }
}

/// The names that a stretch of template can use.
struct Scope: Sendable {
    /// Loop variables and a partial's arguments, the innermost last.
    var locals: [(name: String, meaning: Meaning)] = []
    /// The page's model; nil inside a partial, which sees its arguments only.
    var model: RecordShape?

    func local(_ name: String) -> Meaning? {
        locals.last { $0.name == name }?.meaning
    }
}

extension FieldSource {
    /// The reader of this field when its record must first be reached through another: `owner.name`.
    func reached(through outer: @escaping RecordReader, isOptional: Bool) -> FieldSource {
        switch self {
        case .text(let read, let wasOptional):
            return .text(Self.text(read, outer), isOptional: isOptional || wasOptional)
        case .html(let read): return .html(Self.text(read, outer))
        case .json(let read): return .json(Self.text(read, outer))
        case .int(let read, let wasOptional):
            let reader: IntReader = { instance in
                var value: Int?
                outer(instance) { value = read($0) }
                return value
            }
            // Where the record is missing the number is, too, but one that is there is asked as it is elsewhere.
            return .int(reader, isOptional: wasOptional)
        case .bool(let read):
            return .bool { instance in
                var value = false
                outer(instance) { value = read($0) }
                return value
            }
        case .date(let read, let wasOptional):
            let reader: DateReader = { instance in
                var value: Double?
                outer(instance) { value = read($0) }
                return value
            }
            return .date(reader, isOptional: isOptional || wasOptional)
        case .record(let read, let wasOptional, let shape):
            let reader: RecordReader = { instance, body in outer(instance) { read($0, body) } }
            return .record(reader, isOptional: isOptional || wasOptional, shape)
        case .list(let read, let stride, let shape):
            return .list({ instance, body in outer(instance) { read($0, body) } }, stride: stride, shape)
        case .texts(let read):
            return .texts { instance, body in outer(instance) { read($0, body) } }
        }
    }

    private static func text(_ read: @escaping TextReader, _ outer: @escaping RecordReader) -> TextReader {
        { instance in
            var value: String?
            outer(instance) { value = read($0) }
            return value
        }
    }
}
