/// One word, literal or sign inside `{{ … }}` or `{% … %}`.
struct Token: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case word(String)
        case text(String)
        case number(Int)
        /// One of `.` `|` `(` `)` `,` `=` `==` `!=`.
        case sign(String)
    }

    var kind: Kind
    /// Where it starts, in bytes from the start of the file.
    var offset: Int

    /// The token as an error message quotes it.
    var quoted: String {
        switch kind {
        case .word(let word): "\"\(word)\""
        case .text(let text): "the text \"\(text.prefix(40))\""
        case .number(let number): "\(number)"
        case .sign(let sign): "\"\(sign)\""
        }
    }
}

/// A stretch of a template file: literal HTML, or one tag of the template language.
struct Piece: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case literal
        /// `{{ … }}`
        case output
        /// `{% … %}`
        case tag
        /// `{# … #}`
        case comment
    }

    var kind: Kind
    /// The bytes of the file, delimiters included.
    var range: Range<Int>
    var tokens: [Token] = []
    /// True for a tag or comment whose line holds nothing else; that line's whitespace and end are dropped.
    var isAlone = false
}
