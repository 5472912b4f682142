/// Cuts a template file into literal HTML and tags, and the tags into tokens.
///
/// The language's own delimiters are looked for everywhere, also inside scripts and attributes: what is literal HTML
/// is decided here, what it means (`HTMLContext`) later. A text in quotes may hold delimiters: `{{ "{{" }}`.
struct Lexer {
    private let bytes: [UInt8]
    private var index = 0
    private var pieces: [Piece] = []

    static func pieces(of source: Source) throws(Complaint) -> [Piece] {
        var lexer = Lexer(bytes: source.bytes)
        try lexer.cut()
        return dropLinesOfTags(in: lexer.pieces, of: source.bytes)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private func byte(_ offset: Int) -> UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    private mutating func cut() throws(Complaint) {
        var literal = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "{"), let kind = Self.opening(byte(index + 1)) else {
                index += 1
                continue
            }
            if literal < index { pieces.append(Piece(kind: .literal, range: literal..<index)) }
            let start = index
            index += 2
            let tokens = kind == .comment ? [] : try tokens(of: kind, from: start)
            if kind == .comment { try skipComment(from: start) }
            pieces.append(Piece(kind: kind, range: start..<index, tokens: tokens))
            literal = index
        }
        if literal < bytes.count { pieces.append(Piece(kind: .literal, range: literal..<bytes.count)) }
    }

    private static func opening(_ second: UInt8?) -> Piece.Kind? {
        switch second {
        case UInt8(ascii: "{"): .output
        case UInt8(ascii: "%"): .tag
        case UInt8(ascii: "#"): .comment
        default: nil
        }
    }

    private mutating func skipComment(from start: Int) throws(Complaint) {
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "#"), bytes[index + 1] == UInt8(ascii: "}") {
                index += 2
                return
            }
            index += 1
        }
        throw Complaint(at: start, "This comment is never closed.", hint: "Close it with \"#}\".")
    }

    private mutating func tokens(of kind: Piece.Kind, from start: Int) throws(Complaint) -> [Token] {
        let end = kind == .output ? UInt8(ascii: "}") : UInt8(ascii: "%")
        let closing = kind == .output ? "}}" : "%}"
        var tokens: [Token] = []
        while let next = byte(index) {
            if next == end, byte(index + 1) == UInt8(ascii: "}") {
                index += 2
                return tokens
            }
            if next.isSpace {
                index += 1
            } else if let token = try token(startingWith: next) {
                tokens.append(token)
            } else {
                throw Complaint(
                    at: index,
                    "The character \(quoted(at: index)) has no meaning inside a tag.",
                    hint: "Is the \"\(closing)\" missing?"
                )
            }
        }
        throw Complaint(at: start, "This tag is never closed.", hint: "Close it with \"\(closing)\".")
    }

    private mutating func token(startingWith next: UInt8) throws(Complaint) -> Token? {
        let start = index
        switch next {
        case UInt8(ascii: "\""):
            return Token(kind: .text(try text()), offset: start)
        case UInt8(ascii: "'"):
            throw Complaint(at: index, "A text is written in double quotes here.", hint: "Write \"…\" instead of '…'.")
        case UInt8(ascii: "="), UInt8(ascii: "!"):
            let isDouble = byte(index + 1) == UInt8(ascii: "=")
            guard isDouble || next == UInt8(ascii: "=") else { return nil }
            index += isDouble ? 2 : 1
            return Token(kind: .sign((next == UInt8(ascii: "!") ? "!" : "=") + (isDouble ? "=" : "")), offset: start)
        case UInt8(ascii: "."), UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","):
            index += 1
            return Token(kind: .sign(String(Unicode.Scalar(next))), offset: start)
        case UInt8(ascii: "-") where byte(index + 1)?.isDigit == true, _ where next.isDigit:
            index += 1
            while byte(index)?.isDigit == true { index += 1 }
            let digits = String(decoding: bytes[start..<index], as: UTF8.self)
            guard let number = Int(digits) else { throw Complaint(at: start, "This number is too large.") }
            return Token(kind: .number(number), offset: start)
        case _ where next.isLetter || next == UInt8(ascii: "_"):
            while let more = byte(index), more.isLetter || more.isDigit || more == UInt8(ascii: "_") { index += 1 }
            return Token(kind: .word(String(decoding: bytes[start..<index], as: UTF8.self)), offset: start)
        default:
            return nil
        }
    }

    /// A text in double quotes; `\"` and `\\` stand for a quote and a backslash.
    private mutating func text() throws(Complaint) -> String {
        let start = index
        var content: [UInt8] = []
        index += 1
        while let next = byte(index), next != .newline {
            switch next {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = byte(index + 1), escaped == next || escaped == UInt8(ascii: "\"") else {
                    throw Complaint(at: index, "Only \\\" and \\\\ can be written with a backslash.")
                }
                content.append(escaped)
                index += 2
            default:
                content.append(next)
                index += 1
            }
        }
        throw Complaint(at: start, "This text is never closed.", hint: "Close it with a double quote on the same line.")
    }

    private func quoted(at offset: Int) -> String {
        let text = String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self)
        return text.unicodeScalars.first.map { "\"\($0)\"" } ?? "here"
    }
}
