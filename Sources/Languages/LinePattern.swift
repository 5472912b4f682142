/// What a line of a tool's output looks like: literal text with holes, such as
/// `{file}:{line}:{column}: {severity}: {message}`.
///
/// It is matched from left to right and no hole is ever tried a second time, so whatever a program prints, a line costs
/// at most its length times that of the pattern. A hole goes to the first place where the text behind it is, but
/// `{message}` goes to the last one: messages quote what they are about. The last hole goes to the line's end. `{}` is
/// text that isn't kept, a number takes digits only, `{severity}` a word that `Diagnostic.Severity` knows.
struct LinePattern: Sendable, Equatable {
    enum Hole: String, Sendable {
        case any = ""
        case file, line, column, endColumn, severity, code, message

        var isNumber: Bool { self == .line || self == .column || self == .endColumn }
    }

    /// What the holes of a line took.
    typealias Found = [Hole: String]

    private enum Part: Sendable, Equatable {
        case literal([UInt8])
        case hole(Hole)
    }

    private let parts: [Part]

    /// The holes that keep what they take, in order.
    var holes: [Hole] {
        parts.compactMap { part in
            if case .hole(let hole) = part, hole != .any { hole } else { nil }
        }
    }

    /// Nil for a hole of another name, a brace that isn't closed, and two holes with nothing between them.
    init?(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let brace = rest.firstIndex(of: "{") {
            if brace > rest.startIndex { parts.append(.literal(Array(rest[..<brace].utf8))) }
            guard let end = rest[brace...].firstIndex(of: "}"),
                let hole = Hole(rawValue: String(rest[rest.index(after: brace)..<end]))
            else { return nil }
            if case .hole = parts.last { return nil }
            parts.append(.hole(hole))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { parts.append(.literal(Array(rest.utf8))) }
        self.parts = parts
    }

    /// What the holes take of a whole line, or nil when it looks otherwise.
    func match(_ line: ArraySlice<UInt8>) -> Found? {
        var found: Found = [:]
        var rest = line
        for (place, part) in parts.enumerated() {
            switch part {
            case .literal(let text):
                guard rest.starts(with: text) else { return nil }
                rest = rest.dropFirst(text.count)
            case .hole(let hole):
                guard let end = end(of: hole, at: place, in: rest) else { return nil }
                let taken = String(decoding: rest[..<end], as: UTF8.self)
                if hole != .any {
                    guard Self.takes(hole, taken) else { return nil }
                    found[hole] = taken
                }
                rest = rest[end...]
            }
        }
        return rest.isEmpty ? found : nil
    }

    private func end(of hole: Hole, at place: Int, in rest: ArraySlice<UInt8>) -> Int? {
        guard place + 1 < parts.count, case .literal(let next) = parts[place + 1] else { return rest.endIndex }
        guard rest.count >= next.count else { return nil }
        let places = rest.startIndex...(rest.endIndex - next.count)
        func isThere(_ index: Int) -> Bool { rest[index...].starts(with: next) }
        return hole == .message ? places.last(where: isThere) : places.first(where: isThere)
    }

    private static func takes(_ hole: Hole, _ text: String) -> Bool {
        // Nine digits are more than any file has lines, and no number is too large for an Int then.
        if hole.isNumber {
            return (1...9).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        if hole == .severity { return Diagnostic.Severity(word: text) != nil }
        return !text.isEmpty
    }
}
