/// Words as a POSIX shell reads them from a line, and nothing else of a shell: no variables, patterns or pipes.
///
/// Spaces, tabs and line breaks part words. Single quotes take everything up to the next one as it is; double quotes
/// too, but in them a backslash takes away the meaning of `"`, `\`, `$` and a backtick. Outside of quotes a backslash
/// takes the next character as it is.
enum ShellWords {
    /// Why a line has no words.
    enum Fault: Error, Equatable {
        /// This quote is opened and not closed.
        case openQuote(Character)
        /// The line ends in a backslash.
        case lastBackslash
    }

    /// The words of a line.
    static func split(_ line: String) throws(Fault) -> [String] {
        var words: [String] = []
        // Nil between words: `''` is a word, too. Bytes, because a quote may be a character with what follows it.
        var word: [UInt8]?
        var rest = line.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D:
                if let bytes = word { words.append(String(decoding: bytes, as: UTF8.self)) }
                word = nil
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                word = (word ?? []) + (try quoted(by: byte, &rest))
            case UInt8(ascii: "\\"):
                guard let next = rest.popFirst() else { throw .lastBackslash }
                word = (word ?? []) + [next]
            default: word = (word ?? []) + [byte]
            }
        }
        if let bytes = word { words.append(String(decoding: bytes, as: UTF8.self)) }
        return words
    }

    /// What stands up to the closing quote, which is taken too.
    private static func quoted(by quote: UInt8, _ rest: inout Substring.UTF8View) throws(Fault) -> [UInt8] {
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == quote { return bytes }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), let next = rest.first,
                "\"\\$`".utf8.contains(next)
            {
                rest.removeFirst()
                bytes.append(next)
            } else {
                bytes.append(byte)
            }
        }
        throw .openQuote(Character(UnicodeScalar(quote)))
    }

    /// A line with these words.
    static func joined(_ words: [String]) -> String {
        words.map { word in
            if !word.isEmpty, word.utf8.allSatisfy({ isPlain($0) }) { return word }
            let parts = word.utf8.split(separator: UInt8(ascii: "'"), omittingEmptySubsequences: false)
            return "'" + parts.map { String(Substring($0)) }.joined(separator: #"'\''"#) + "'"
        }.joined(separator: " ")
    }

    /// Whether a shell takes this byte as it is wherever it stands.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
        default: "-_=+./,:@%^".utf8.contains(byte)
        }
    }
}
