/// Where in the HTML the compiler is, so that each value is escaped for the place it lands in.
///
/// Theory of operation. The compiler feeds the literal bytes of a page in the order in which they will be written, and
/// asks before every value and every `if` or `for`. The states are those of the HTML standard's tokenizer ("13.2.5
/// Tokenization"), reduced to what matters for escaping; where the standard is lenient about broken markup this is
/// strict, because a template is written once and a guess that differs from the browser's is a hole.
///
/// Invariants:
/// 1. The state after a literal is the same for every way through the template that leads there: both branches of an
///    `if` and the body of a `for` end where they began (`merge`), so a state need not be a set of states.
/// 2. A value is only let in where its escaped form can't end the place it stands in (`place(forValue:)`): text,
///    textarea and title, quoted attributes, and JSON.
struct HTMLContext: Sendable {
    enum Place: Sendable, Equatable {
        case text
        /// In a textarea or title: no tags, but character references work.
        case plainText
        /// In a script, style or the like: neither tags nor character references.
        case rawText
        case json
        case jsonString(isEscaped: Bool)
        case comment(CommentEnd)
        /// `<!doctype …>` and other things that end at the next ">".
        case declaration
        /// After `<`, `</` or `<!`.
        case tagOpen, endTagOpen, markup(dashes: Int)
        case tagName
        /// Between attributes; `needsSpace` when a name or value has just ended and the next one must keep apart.
        case inTag(needsSpace: Bool)
        case attributeName, afterAttributeName, beforeValue
        case unquotedValue
        case value(quote: UInt8)
    }

    /// How far the last bytes of a comment could be its end: "-->" or "--!>", and right after "<!--" also ">" or "->".
    enum CommentEnd: Sendable, Equatable {
        case none, opened, openedDash, dash, dashes, exclamation
    }

    var place = Place.text
    /// The lowercased name of the tag being read, or of the element whose text this is.
    var element: [UInt8] = []
    var isEndTag = false
    /// The lowercased name of the attribute being read.
    var attribute: [UInt8] = []
    /// The literal start of the attribute's value, lowercased, as far as it matters; see `Attribute`.
    var value: [UInt8] = []
    var valueHasDynamicPart = false
    /// Whether the attribute whose value is being read holds an address; `address` follows it.
    var isAddress = false
    var address = Address()
    /// The value of a script's `type`, lowercased.
    var scriptType: [UInt8] = []
    /// For `<meta http-equiv=…>`, whose `content` may be an address in disguise.
    var hasHTTPEquiv = false
    var hasDynamicContent = false
    var isSelfClosing = false
    /// How many `<svg>` and `<math>` are open, at most. Scripts are not scripts to a browser's parser in there.
    var foreignDepth = 0
    /// How much of `</name` the last bytes of a raw text are.
    var endMatch = 0

    /// How many bytes of a value are kept for `type` and `content`.
    static let valueLimit = 64
}

extension HTMLContext {
    /// The state at a place where ways part and meet again: what must be equal for them to meet.
    private struct Junction: Equatable {
        var place: Place
        var element: [UInt8]
        var isEndTag: Bool
        var attribute: [UInt8]
        var scriptType: [UInt8]
    }

    /// Comes to rest before an `if`, `for`, `block` or `include`, or at the end of one; says what is unfinished if it
    /// can't.
    mutating func settle() throws(ContextProblem) {
        switch place {
        case .tagName, .attributeName, .afterAttributeName:
            finishAttribute()
            place = .inTag(needsSpace: true)
        case .tagOpen, .endTagOpen, .markup:
            throw ContextProblem("The \"<\" before this tag is not finished.")
        case .beforeValue, .unquotedValue:
            throw ContextProblem("An attribute's value with a tag in it needs quotes.", hint: "Write name=\"…\".")
        case .plainText where endMatch > 0, .rawText where endMatch > 0, .json where endMatch > 0:
            throw ContextProblem("The \"<\" before this tag is not finished.")
        case .jsonString(isEscaped: true):
            throw ContextProblem("The \"\\\" before this tag is not finished.")
        case .text, .plainText, .rawText, .json, .jsonString, .comment, .declaration, .inTag, .value: break
        }
    }

    /// Joins the state at the end of another way; both are settled. Says where they differ if they do.
    mutating func merge(_ other: HTMLContext) throws(ContextProblem) {
        var here = junction
        var there = other.junction
        if case .inTag(let hereNeeds) = here.place, case .inTag(let thereNeeds) = there.place {
            place = .inTag(needsSpace: hereNeeds || thereNeeds)
            here.place = place
            there.place = place
        }
        if here != there {
            throw ContextProblem("This part ends \(other.words), but began \(words).")
        }
        valueHasDynamicPart = valueHasDynamicPart || other.valueHasDynamicPart
        hasHTTPEquiv = hasHTTPEquiv || other.hasHTTPEquiv
        hasDynamicContent = hasDynamicContent || other.hasDynamicContent
        if value != other.value { value = Array(zip(value, other.value).prefix { $0 == $1 }.map(\.0)) }
        address.merge(other.address)
        foreignDepth = max(foreignDepth, other.foreignDepth)
    }

    private var junction: Junction {
        var place = place
        if case .comment = place { place = .comment(.none) }
        return Junction(
            place: place,
            element: isElementKnown ? element : [],
            isEndTag: isInTag && isEndTag,
            attribute: isInValue ? attribute : [],
            scriptType: isInTag ? scriptType : []
        )
    }

    var isInTag: Bool {
        switch place {
        case .inTag, .tagName, .attributeName, .afterAttributeName, .beforeValue, .unquotedValue, .value: true
        default: false
        }
    }

    var isInValue: Bool {
        if case .value = place { true } else { false }
    }

    private var isElementKnown: Bool {
        switch place {
        case .plainText, .rawText, .json, .jsonString: true
        default: isInTag
        }
    }

    /// The place as an error message names it.
    var words: String {
        let name = String(decoding: element, as: UTF8.self)
        switch place {
        case .text: return "in text"
        case .plainText, .rawText, .json, .jsonString: return "inside <\(name)>"
        case .comment: return "inside an HTML comment"
        case .declaration, .markup: return "inside a \"<!\" declaration"
        case .tagOpen, .endTagOpen: return "after a \"<\""
        case .value, .beforeValue, .unquotedValue:
            return "inside the attribute \"\(String(decoding: attribute, as: UTF8.self))\""
        case .tagName, .inTag, .attributeName, .afterAttributeName:
            return "inside the tag <\(isEndTag ? "/" : "")\(name)>"
        }
    }
}

/// Why a literal or a value can't stand where it does.
struct ContextProblem: Error, Equatable {
    var message: String
    var hint: String?

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}
