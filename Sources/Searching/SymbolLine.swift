/// A line that is read from left to right.
struct Line {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0
    /// Whether words have hyphens in them.
    var hyphens = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case 65...90, 95, 97...122, 36, 128...: true
        default: false
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

    var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    mutating func skip(_ isSkipped: (UInt8) -> Bool) {
        while let byte = next, isSkipped(byte) { place += 1 }
    }

    /// Skips space, and what is in round brackets if they come next.
    mutating func skipSpaceAndBrackets() {
        skip(Self.isSpace)
        guard next == UInt8(ascii: "(") else { return }
        skip { $0 != UInt8(ascii: ")") }
        skip { $0 == UInt8(ascii: ")") || Self.isSpace($0) }
    }

    /// The word that begins here; nil, and nothing is skipped, where there is none.
    mutating func word() -> String? {
        guard let first = next, Self.isLetter(first) else { return nil }
        let (start, hyphens) = (place, hyphens)
        skip { Self.isWord($0) || (hyphens && $0 == UInt8(ascii: "-")) }
        defer { skip(Self.isSpace) }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    /// The name that a line of this shape gives.
    mutating func name(of shape: SymbolRules.Shape) -> String? {
        switch shape {
        case .definition: return definedName()
        case .shell:
            skip(Self.isSpace)
            return word().flatMap { follows("()") ? $0 : nil }
        case .assignment: return word().flatMap { follows("<- function") || follows("= function") ? $0 : nil }
        case .signature: return word().flatMap { follows("::") ? $0 : nil }
        case .label: return word().flatMap { follows(":") ? $0 : nil }
        case .clause: return word().flatMap { follows("(") || follows(":-") ? $0 : nil }
        }
    }

    private func follows(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

    /// `type name(`: two words at least, no other signs before the bracket than those of types, no semicolon at the end.
    private mutating func definedName() -> String? {
        var words = 0
        skip(Self.isSpace)
        while let word = word() {
            guard !Self.beginStatements.contains(word) else { return nil }
            words += 1
            if next == UInt8(ascii: "(") {
                return words > 1 && bytes.last(where: { !Self.isSpace($0) }) != UInt8(ascii: ";") ? word : nil
            }
            skip { "*&:<>,[]~".utf8.contains($0) || Self.isSpace($0) }
        }
        return nil
    }

    private static let beginStatements: Set<String> = [
        "return", "else", "new", "throw", "case", "if", "while", "for", "switch", "catch", "delete", "goto", "using",
        "await", "yield", "do", "import", "sizeof", "assert",
    ]
}
