/// What can be suggested of a text: its words, and what has a name in it.
struct TextSymbols: Sendable {
    struct Symbol: Sendable, Equatable {
        let name: String
        let kind: SymbolRules.Kind
        /// Counted from 1.
        let line: Int
    }

    var words: [String] = []
    var symbols: [Symbol] = []

    /// What of one text is kept.
    static let mostWords = 2_000
    static let mostSymbols = 500
    /// Bytes of a word that is kept.
    static let wordLengths = 3...80
}

/// Reads a text once, byte by byte; a line costs at most a constant times its length.
struct SymbolScanner {
    private let rules: SymbolRules?
    private let isLisp: Bool

    init(fileExtension: String) {
        rules = SymbolRules.of(fileExtension)
        isLisp = ["lisp", "lsp", "cl"].contains(fileExtension)
    }

    func scan(_ text: String) -> TextSymbols {
        var found = TextSymbols()
        var seen = Set<String>()
        var text = text
        text.withUTF8 { bytes in
            var (start, number) = (0, 1)
            while start < bytes.count {
                var end = start
                while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
                let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
                if found.symbols.count < TextSymbols.mostSymbols, let symbol = symbol(in: Line(line), number) {
                    found.symbols.append(symbol)
                }
                addWords(of: line, &seen)
                start = end + 1
                number += 1
            }
        }
        found.words = Array(seen)
        return found
    }

    private func addWords(of line: UnsafeBufferPointer<UInt8>, _ words: inout Set<String>) {
        var place = 0
        while place < line.count, words.count < TextSymbols.mostWords {
            guard Line.isLetter(line[place]) else {
                // What begins with a digit is a number.
                while place < line.count, Line.isDigit(line[place]) { place += 1 }
                while place < line.count, !Line.isLetter(line[place]), !Line.isDigit(line[place]) { place += 1 }
                continue
            }
            let start = place
            while place < line.count, Line.isWord(line[place]) { place += 1 }
            if TextSymbols.wordLengths.contains(place - start) {
                words.insert(String(decoding: line[start..<place], as: UTF8.self))
            }
        }
    }

    /// What a line gives a name.
    private func symbol(in line: Line, _ number: Int) -> TextSymbols.Symbol? {
        guard let rules else { return nil }
        var line = line
        if isLisp { line.hyphens = true }
        var shaped = line
        line.skip { Line.isSpace($0) || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "#") }
        while let word = line.word() {
            let known = rules.ignoresCase ? word.lowercased() : word
            if let kind = rules.keywords[known] {
                return name(after: &line, rules).map { TextSymbols.Symbol(name: $0, kind: kind, line: number) }
            }
            guard rules.modifiers.contains(known) else { break }
            line.skipSpaceAndBrackets()
        }
        guard let shape = rules.shape, let name = shaped.name(of: shape) else { return nil }
        return TextSymbols.Symbol(name: name, kind: .function, line: number)
    }

    private func name(after line: inout Line, _ rules: SymbolRules) -> String? {
        line.skip { !Line.isWord($0) && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: "=") }
        line.skipSpaceAndBrackets()
        while let word = line.word() {
            if rules.modifiers.contains(rules.ignoresCase ? word.lowercased() : word) {
                line.skip(Line.isSpace)
            } else if word == "self", line.next == UInt8(ascii: ".") {
                line.skip { $0 == UInt8(ascii: ".") }
            } else {
                return TextSymbols.wordLengths.upperBound >= word.utf8.count ? word : nil
            }
        }
        return nil
    }
}
