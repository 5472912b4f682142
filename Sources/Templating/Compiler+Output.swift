extension Compiler {
    private static let filters = ["date", "datetime", "iso", "bytes", "plural", "url", "path", "json"]

    /// Emits one `{{ … }}`.
    mutating func output(_ value: Value, _ filter: Node.Filter?) throws(TemplateError) {
        let meaning = try meaning(of: value)
        markAddress()
        var isNumber = filter == nil
        switch meaning {
        case .int, .field(.int, _): break
        default: isNumber = false
        }
        let place: HTMLContext.ValuePlace
        do {
            place = try context.placeForValue(isNumber: isNumber)
        } catch {
            throw failure(at: value.offset, error.message, hint: error.hint)
        }
        guard let filter else { return try plain(meaning, place, value) }
        if filter.name != "plural", let first = filter.arguments.first {
            throw failure(at: filter.offset, "The filter \"\(filter.name)\" takes no arguments, such as \"\(first)\".")
        }
        switch filter.name {
        case "date": try date(meaning, .day, place, filter)
        case "datetime": try date(meaning, .minute, place, filter)
        case "iso": try date(meaning, .iso, place, filter)
        case "bytes": try size(meaning, place, filter)
        case "plural": try plural(meaning, place, filter)
        case "url": try encoded(meaning, .component, place, filter)
        case "path": try encoded(meaning, .path, place, filter)
        case "json": try json(meaning, place, filter)
        default:
            let hint = nearNameHint(for: filter.name, among: Self.filters, what: "There are")
            throw failure(at: filter.offset, "There is no filter \"\(filter.name)\".", hint: hint)
        }
    }

    private func mismatch(_ filter: Node.Filter, _ wanted: String, _ meaning: Meaning) -> TemplateError {
        failure(at: filter.offset, "The filter \"\(filter.name)\" needs \(wanted), but this is \(meaning.words).")
    }

    private func inJSON(_ offset: Int) -> TemplateError {
        failure(at: offset, "Inside JSON a value is printed by the filter \"json\".", hint: "Write {{ … | json }}.")
    }

    // MARK: - Without a filter

    private mutating func plain(
        _ meaning: Meaning,
        _ place: HTMLContext.ValuePlace,
        _ value: Value
    ) throws(TemplateError) {
        if place == .json { throw inJSON(value.offset) }
        switch meaning {
        case .text(let text): literal(text, Self.escaping(at: place))
        case .int(let number): draft.literal("\(number)".utf8)
        case .field(.text(let read, _), let frame):
            draft.emit(.text(UInt32(draft.slot(read, frame: frame)), Self.escaping(at: place)))
        case .field(.int(let read, _), let frame):
            draft.emit(.int(UInt32(draft.slot(read, frame: frame))))
        case .field(.html(let read), let frame):
            guard place == .text else {
                throw failure(at: value.offset, "HTML can't stand \(context.words).", hint: "Only in text.")
            }
            draft.emit(.html(UInt32(draft.slot(read, frame: frame))))
        case .field(.date, _):
            throw failure(at: value.offset, "A date needs a filter.", hint: "It is date, datetime or iso.")
        case .field(.json, _):
            throw failure(
                at: value.offset,
                "JSON can stand in a <script type=\"application/json\"> only.",
                hint: "Write {{ … | json }} there."
            )
        case .question, .field(.bool, _):
            throw failure(at: value.offset, "A yes or no can't be printed.", hint: "Use {% if … %}.")
        case .instance, .field(.record, _):
            throw failure(at: value.offset, "A record can't be printed.", hint: "Print one of its parts: name.part.")
        case .field(.list, _), .field(.texts, _):
            throw failure(at: value.offset, "A list can't be printed.", hint: "Use {% for … in … %}.")
        }
    }

    /// How a text is escaped at a place. In JSON (outside a string) the caller has refused it already.
    private static func escaping(at place: HTMLContext.ValuePlace) -> Escaping {
        switch place {
        case .text, .plain: .html
        case .address(.start): .address
        case .address(.path): .addressPath
        case .address(.query), .address(.unclear): .component
        case .json, .jsonString: .jsonString
        }
    }

    private mutating func literal(_ text: String, _ escaping: Escaping) {
        guard !draft.isMuted else { return }
        draft.literal(Output.build(capacity: text.utf8.count + 64) { $0.append(text, escaping: escaping) })
    }

    // MARK: - Filters

    private mutating func date(
        _ meaning: Meaning,
        _ style: DateStyle,
        _ place: HTMLContext.ValuePlace,
        _ filter: Node.Filter
    ) throws(TemplateError) {
        guard case .field(.date(let read, _), let frame) = meaning else { throw mismatch(filter, "a date", meaning) }
        if place == .json { throw inJSON(filter.offset) }
        if case .address = place, style == .minute {
            throw failure(at: filter.offset, "An address can't hold a date with spaces.", hint: "Use \"| iso\".")
        }
        // The digits and signs of a date mean nothing to HTML, to the later parts of an address or to JSON strings.
        draft.emit(.date(UInt32(draft.slot(read, frame: frame)), style))
    }

    private mutating func size(
        _ meaning: Meaning,
        _ place: HTMLContext.ValuePlace,
        _ filter: Node.Filter
    ) throws(TemplateError) {
        guard case .field(.int(let read, _), let frame) = meaning else { throw mismatch(filter, "a number", meaning) }
        try refuseWords(place, filter)
        draft.emit(.size(UInt32(draft.slot(read, frame: frame))))
    }

    private mutating func plural(
        _ meaning: Meaning,
        _ place: HTMLContext.ValuePlace,
        _ filter: Node.Filter
    ) throws(TemplateError) {
        guard filter.arguments.count == 2 else {
            throw failure(at: filter.offset, "\"plural\" needs two words.", hint: "Write plural(\"file\", \"files\").")
        }
        guard case .field(.int(let read, _), let frame) = meaning else { throw mismatch(filter, "a number", meaning) }
        try refuseWords(place, filter)
        let words = filter.arguments.map { word in
            draft.store(Output.build(capacity: 64) { $0.append(word, escaping: Self.escaping(at: place)) })
        }
        draft.emit(.plural(UInt32(draft.slot(read, frame: frame)), one: words[0], many: words[1]))
    }

    private func refuseWords(_ place: HTMLContext.ValuePlace, _ filter: Node.Filter) throws(TemplateError) {
        if place == .json { throw inJSON(filter.offset) }
        if case .address = place {
            throw failure(at: filter.offset, "The filter \"\(filter.name)\" makes words for people, not for addresses.")
        }
    }

    private mutating func encoded(
        _ meaning: Meaning,
        _ escaping: Escaping,
        _ place: HTMLContext.ValuePlace,
        _ filter: Node.Filter
    ) throws(TemplateError) {
        if place == .json { throw inJSON(filter.offset) }
        // What these filters leave (letters, digits, "-._~%" and "/") stands unharmed in every place that takes a text.
        switch meaning {
        case .text(let text): literal(text, escaping)
        case .int(let number): draft.literal("\(number)".utf8)
        case .field(.text(let read, _), let frame):
            draft.emit(.text(UInt32(draft.slot(read, frame: frame)), escaping))
        case .field(.int(let read, _), let frame):
            draft.emit(.int(UInt32(draft.slot(read, frame: frame))))
        default: throw mismatch(filter, "a text or a number", meaning)
        }
    }

    private mutating func json(
        _ meaning: Meaning,
        _ place: HTMLContext.ValuePlace,
        _ filter: Node.Filter
    ) throws(TemplateError) {
        guard place == .json else {
            let hint =
                place == .jsonString
                ? "Inside quotes the filter is not needed." : "Use it in a <script type=\"application/json\">."
            throw failure(at: filter.offset, "The filter \"json\" can't be used \(context.words).", hint: hint)
        }
        switch meaning {
        case .text(let text):
            draft.literal("\"".utf8)
            literal(text, .jsonString)
            draft.literal("\"".utf8)
        case .int(let number): draft.literal("\(number)".utf8)
        case .field(.text(let read, _), let frame): draft.emit(.jsonText(UInt32(draft.slot(read, frame: frame))))
        case .field(.int(let read, _), let frame): draft.emit(.jsonInt(UInt32(draft.slot(read, frame: frame))))
        case .field(.bool(let read), let frame): draft.emit(.jsonBool(UInt32(draft.slot(read, frame: frame))))
        case .field(.date(let read, _), let frame): draft.emit(.jsonDate(UInt32(draft.slot(read, frame: frame))))
        case .field(.json(let read), let frame):
            draft.emit(.text(UInt32(draft.slot(read, frame: frame)), .json))
        case .question(.constant(let isTrue)): draft.literal((isTrue ? "true" : "false").utf8)
        default: throw mismatch(filter, "a text, number, yes or no, date or JSON", meaning)
        }
    }
}
