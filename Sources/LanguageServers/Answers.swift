import Languages
import RunProtocol
import Web

// What a server answered, in words of our own: nothing of its JSON reaches a page but the texts, numbers and places read
// here, each bounded. A server is a program in the person's own workspace; it may say whatever it likes.

/// A text of a server's for people: without control characters but line breaks and tabs, and not too long.
enum ServerText {
    static func plain(_ text: String, limit: Int) -> String {
        var scalars = String.UnicodeScalarView()
        var bytes = 0
        for scalar in text.unicodeScalars {
            bytes += UTF8.width(scalar)
            guard bytes <= limit else { return String(scalars) + "…" }
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            if !isControl || scalar == "\n" || scalar == "\t" { scalars.append(scalar) }
        }
        return String(scalars)
    }

    /// The same in one line.
    static func line(_ text: String, limit: Int) -> String {
        plain(text, limit: limit).replacing("\n", with: " ").replacing("\t", with: " ")
    }

    /// What is said about something, in whichever of the protocol's shapes: a text, `{value}`, or several of them.
    static func documentation(_ value: JSONValue?, limit: Int) -> String? {
        let texts: [String] =
            switch value {
            case .string(let text)?: [text]
            case .array(let parts)?: parts.prefix(20).compactMap { $0.text ?? $0["value"]?.text }
            case .object?: [value?["value"]?.text].compactMap { $0 }
            default: []
            }
        let text = plain(texts.joined(separator: "\n\n"), limit: limit).trimmingBlankLines()
        return text.isEmpty ? nil : text
    }
}

extension String {
    fileprivate func trimmingBlankLines() -> String {
        var lines = split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = lines.first, line.allSatisfy(\.isWhitespace) { lines = lines.dropFirst() }
        while let line = lines.last, line.allSatisfy(\.isWhitespace) { lines = lines.dropLast() }
        return lines.joined(separator: "\n")
    }
}

/// A stretch of a text, by its offsets.
struct Stretch: Encodable, Equatable {
    let from: Int
    let to: Int

    /// Nil for what is no range of this text.
    init?(_ range: JSONValue?, in text: TextPositions) {
        guard let start = ServerPlace(range?["start"]), let end = ServerPlace(range?["end"]),
            let from = text.offset(line: start.line, column: start.column),
            let to = text.offset(line: end.line, column: end.column), from <= to
        else { return nil }
        (self.from, self.to) = (from, to)
    }
}

/// A place as servers name it: line and column from 0.
struct ServerPlace: Equatable {
    let line: Int
    let column: Int

    init?(_ value: JSONValue?) {
        guard let line = value?["line"]?.number.flatMap({ Int(exactly: $0) }),
            let column = value?["character"]?.number.flatMap({ Int(exactly: $0) }),
            (0...1 << 30).contains(line), (0...1 << 30).contains(column)
        else { return nil }
        (self.line, self.column) = (line, column)
    }
}

/// One suggestion.
struct Suggestion: Encodable, Equatable {
    /// What the typed letters are compared with.
    let label: String
    /// What is shown for it, when that is something else.
    let shown: String?
    /// `function`, `variable` and so on, as the editor has drawings for.
    let kind: String
    /// What is put in.
    let insert: String
    /// What it takes the place of; nil for the word before the cursor.
    let place: Stretch?
    let detail: String?
    let info: String?
    /// What else has to be changed for it, such as a line that includes a file.
    let besides: [Change]
    /// Its place in the server's list, to ask for more of it.
    let number: Int

    struct Change: Encodable, Equatable {
        let place: Stretch
        let insert: String
    }

    /// More suggestions than this are left out: 300.
    static let most = 300
    private static let kinds = [
        1: "text", 2: "method", 3: "function", 4: "method", 5: "property", 6: "variable", 7: "class", 8: "interface",
        9: "namespace", 10: "property", 12: "constant", 13: "enum", 14: "keyword", 20: "constant", 21: "constant",
        22: "class", 25: "type",
    ]

    /// The suggestions of an answer in the server's order, whether there may be others when more is typed, and the items
    /// as the server wants them back.
    static func list(
        _ answer: JSONValue,
        in text: TextPositions
    ) -> (suggestions: [Suggestion], isIncomplete: Bool, items: [JSONValue]) {
        let items = answer.elements ?? answer["items"]?.elements ?? []
        let sorted = items.prefix(10_000).enumerated().sorted { left, right in
            let names = (left.element["sortText"]?.text ?? "", right.element["sortText"]?.text ?? "")
            return names.0 == names.1 ? left.offset < right.offset : names.0 < names.1
        }
        var suggestions: [Suggestion] = []
        var kept: [JSONValue] = []
        for (_, item) in sorted where suggestions.count < most {
            guard let suggestion = Suggestion(item, number: kept.count, in: text) else { continue }
            suggestions.append(suggestion)
            kept.append(item)
        }
        return (suggestions, answer["isIncomplete"] == .bool(true) || items.count > most, kept)
    }

    private init?(_ item: JSONValue, number: Int, in text: TextPositions) {
        guard let label = item["label"]?.text else { return nil }
        let edit = item["textEdit"]
        let insert = edit?["newText"]?.text ?? item["insertText"]?.text ?? label
        guard !insert.isEmpty, insert.utf8.count <= 4_096 else { return nil }
        self.number = number
        self.insert = ServerText.plain(insert, limit: 4_096)
        self.label = ServerText.line(item["filterText"]?.text ?? self.insert, limit: 200)
        let shown = ServerText.line(label, limit: 200).trimmingBlanks()
        self.shown = shown == self.label ? nil : shown
        kind = item["kind"]?.number.flatMap { Int(exactly: $0) }.flatMap { Self.kinds[$0] } ?? "text"
        if let edit {
            guard let place = Stretch(edit["range"], in: text) else { return nil }
            self.place = place
        } else {
            place = nil
        }
        detail = item["detail"]?.text.map { ServerText.line($0, limit: 200) }.flatMap { $0.isEmpty ? nil : $0 }
        info = ServerText.documentation(item["documentation"], limit: 8_192)
        let others = (item["additionalTextEdits"]?.elements ?? []).prefix(20)
        besides = others.compactMap { edit in
            guard let place = Stretch(edit["range"], in: text), let insert = edit["newText"]?.text,
                insert.utf8.count <= 4_096
            else { return nil }
            return Change(place: place, insert: ServerText.plain(insert, limit: 4_096))
        }
    }
}

extension JSONValue {
    /// Bytes that it takes, about.
    var size: Int {
        switch self {
        case .string(let text): text.utf8.count + 16
        case .array(let elements): elements.reduce(32) { $0 + $1.size }
        case .object(let members): members.reduce(32) { $0 + $1.key.utf8.count + $1.value.size + 16 }
        default: 16
        }
    }
}

extension String {
    fileprivate func trimmingBlanks() -> String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}

/// How a call is written, at the place of the cursor.
struct SignatureHelp: Encodable, Equatable {
    let label: String
    /// The parameter that the cursor is at: where it is in the label.
    let parameter: [Int]?
    let documentation: String?
    /// Which of how many ways, from 1.
    let number: Int
    let count: Int

    /// Nil when there is nothing to say.
    init?(_ answer: JSONValue) {
        let all = answer["signatures"]?.elements ?? []
        let wish = answer["activeSignature"]?.number.flatMap { Int(exactly: $0) } ?? 0
        let index = all.indices.contains(wish) ? wish : 0
        guard all.indices.contains(index), let whole = all[index]["label"]?.text, !whole.isEmpty else { return nil }
        // What is searched is what is shown: a longer text could be searched for hours.
        label = ServerText.line(whole, limit: 1_000)
        number = index + 1
        count = all.count
        let parameters = all[index]["parameters"]?.elements ?? []
        // Without a word it is the first.
        let said = all[index]["activeParameter"] ?? answer["activeParameter"] ?? 0
        let active = said.number.flatMap { Int(exactly: $0) }
        let current = active.flatMap { parameters.indices.contains($0) ? parameters[$0] : nil }
        parameter = current.flatMap { [label] in Self.place($0["label"], in: label) }
        let texts = [current?["documentation"], all[index]["documentation"]]
        documentation = texts.lazy.compactMap { ServerText.documentation($0, limit: 2_048) }.first
    }

    private static func place(_ value: JSONValue?, in label: String) -> [Int]? {
        let length = label.utf16.count
        if let ends = value?.elements, ends.count == 2, let from = ends[0].number.flatMap({ Int(exactly: $0) }),
            let to = ends[1].number.flatMap({ Int(exactly: $0) }), 0 <= from, from < to, to <= length
        {
            return [from, to]
        }
        guard let name = value?.text, !name.isEmpty, name.utf8.count <= label.utf8.count,
            let range = label.firstRange(of: name)
        else { return nil }
        return [range.lowerBound.utf16Offset(in: label), range.upperBound.utf16Offset(in: label)]
    }
}

/// A place that something is at: in a file of the project, or outside of it.
struct FoundPlace: Equatable {
    let meaning: ProjectURI.Meaning
    let start: ServerPlace
    let end: ServerPlace

    /// The places of an answer in its order, without repetitions; links are read as well as locations.
    static func list(_ answer: JSONValue, home: String, limit: Int) -> [FoundPlace] {
        let values: [JSONValue] = answer.elements ?? (answer["uri"] == nil ? [] : [answer])
        var places: [FoundPlace] = []
        for value in values where places.count < limit {
            let range = value["targetSelectionRange"] ?? value["range"]
            guard let uri = value["targetUri"]?.text ?? value["uri"]?.text,
                let meaning = ProjectURI.meaning(of: uri, home: home),
                let start = ServerPlace(range?["start"]), let end = ServerPlace(range?["end"])
            else { continue }
            let place = FoundPlace(meaning: meaning, start: start, end: end)
            if !places.contains(place) { places.append(place) }
        }
        return places
    }
}
