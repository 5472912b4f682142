extension HTMLContext {
    /// Elements whose content is not markup and where character references don't work either.
    private static let rawElements: Set<String> = ["style", "xmp", "iframe", "noembed", "noframes"]
    private static let plainElements: Set<String> = ["textarea", "title"]
    private static let jsonTypes: Set<String> = [
        "application/json", "application/ld+json", "importmap", "speculationrules",
    ]

    /// Takes the next literal byte.
    mutating func feed(_ byte: UInt8) throws(ContextProblem) {
        switch place {
        case .text:
            if byte == UInt8(ascii: "<") { place = .tagOpen }
        case .tagOpen, .endTagOpen, .markup: try feedOpening(byte)
        case .comment, .declaration: feedDeclaration(byte)
        case .plainText, .rawText, .json, .jsonString: try feedRaw(byte)
        case .tagName, .inTag, .attributeName, .afterAttributeName: try feedTag(byte)
        case .beforeValue, .unquotedValue, .value: try feedValue(byte)
        }
    }

    private mutating func feedOpening(_ byte: UInt8) throws(ContextProblem) {
        switch place {
        case .tagOpen where byte == UInt8(ascii: "/"): place = .endTagOpen
        case .tagOpen where byte == UInt8(ascii: "!"): place = .markup(dashes: 0)
        case .tagOpen where byte.isLetter, .endTagOpen where byte.isLetter:
            isEndTag = place == .endTagOpen
            isSelfClosing = false
            place = .tagName
            element = [byte.lowercased]
            scriptType = []
            hasHTTPEquiv = false
            hasDynamicContent = false
        case .tagOpen where byte == UInt8(ascii: "?"), .endTagOpen:
            throw ContextProblem("This is not a tag.", hint: "Write a \"<\" that is text as \"&lt;\".")
        case .tagOpen:
            place = byte == UInt8(ascii: "<") ? .tagOpen : .text
        case .markup(dashes: 0) where byte == UInt8(ascii: "-"): place = .markup(dashes: 1)
        case .markup(dashes: 1) where byte == UInt8(ascii: "-"): place = .comment(.opened)
        case .markup(dashes: 0) where byte.isLetter: place = .declaration
        default: throw ContextProblem("After \"<!\" only \"doctype\" or a comment can follow.")
        }
    }

    private mutating func feedDeclaration(_ byte: UInt8) {
        guard case .comment(let end) = place else {
            if byte == UInt8(ascii: ">") { place = .text }
            return
        }
        switch (byte, end) {
        case (UInt8(ascii: ">"), .opened), (UInt8(ascii: ">"), .openedDash), (UInt8(ascii: ">"), .dashes),
            (UInt8(ascii: ">"), .exclamation):
            place = .text
        case (UInt8(ascii: "-"), .opened): place = .comment(.openedDash)
        case (UInt8(ascii: "-"), .openedDash), (UInt8(ascii: "-"), .dash), (UInt8(ascii: "-"), .dashes):
            place = .comment(.dashes)
        case (UInt8(ascii: "-"), .none), (UInt8(ascii: "-"), .exclamation): place = .comment(.dash)
        case (UInt8(ascii: "!"), .dashes): place = .comment(.exclamation)
        default: place = .comment(.none)
        }
    }

    private mutating func feedRaw(_ byte: UInt8) throws(ContextProblem) {
        if try matchEnd(byte) { return }
        switch place {
        case .json where byte == UInt8(ascii: "\""): place = .jsonString(isEscaped: false)
        case .jsonString(isEscaped: true): place = .jsonString(isEscaped: false)
        case .jsonString where byte == UInt8(ascii: "\\"): place = .jsonString(isEscaped: true)
        case .jsonString where byte == UInt8(ascii: "\""): place = .json
        default: break
        }
    }

    /// Follows "</name" and what ends it; true when the byte was the one after the name.
    private mutating func matchEnd(_ byte: UInt8) throws(ContextProblem) -> Bool {
        let wanted = [UInt8(ascii: "<"), UInt8(ascii: "/")] + element
        if endMatch == wanted.count, byte.isSpace || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") {
            endMatch = 0
            isEndTag = true
            scriptType = []
            place = .inTag(needsSpace: false)
            try feedTag(byte)
            return true
        }
        if endMatch == 1, byte == UInt8(ascii: "!"), element.elementsEqual("script".utf8) {
            // "<!--" in a script changes where the script ends, in ways nobody remembers.
            throw ContextProblem("\"<!\" can't stand in a script.", hint: "Write \"\\x3C!\" inside a text.")
        }
        if endMatch > 0, !element.elementsEqual("script".utf8),
            endMatch == wanted.count || byte.lowercased != wanted[endMatch],
            endMatch > 1 || byte.isLetter || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
        {
            // Inside <svg> and <math> these elements are nothing special, and this would be a tag.
            let name = String(decoding: element, as: UTF8.self)
            throw ContextProblem("A tag can't stand inside <\(name)>.", hint: "Write a \"<\" that is text as \"&lt;\".")
        }
        if endMatch < wanted.count, byte.lowercased == wanted[endMatch] {
            endMatch += 1
        } else {
            endMatch = byte == UInt8(ascii: "<") ? 1 : 0
        }
        return false
    }

    mutating func feedTag(_ byte: UInt8) throws(ContextProblem) {
        if byte != UInt8(ascii: ">") { isSelfClosing = byte == UInt8(ascii: "/") }
        switch byte {
        case UInt8(ascii: ">"):
            finishAttribute()
            try closeTag()
        case UInt8(ascii: "/"):
            finishAttribute()
            place = .inTag(needsSpace: false)
        case _ where byte.isSpace:
            if place == .attributeName { place = .afterAttributeName }
            if place != .afterAttributeName { place = .inTag(needsSpace: false) }
        case UInt8(ascii: "=") where place == .attributeName || place == .afterAttributeName:
            place = .beforeValue
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: "="):
            let sign = String(Unicode.Scalar(byte))
            throw ContextProblem(
                "A \(sign == "\"" ? "double quote" : "\"\(sign)\"") can't stand here, \(words).",
                hint: "Is a quote or a \">\" missing before it?"
            )
        default:
            switch place {
            case .tagName: element.append(byte.lowercased)
            case .attributeName: attribute.append(byte.lowercased)
            case .inTag(needsSpace: true):
                throw ContextProblem("A space is missing here, \(words).", hint: "Attributes are kept apart by spaces.")
            default:
                finishAttribute()
                attribute = [byte.lowercased]
                place = .attributeName
            }
        }
    }

    private mutating func feedValue(_ byte: UInt8) throws(ContextProblem) {
        switch place {
        case .value(let quote) where byte == quote:
            finishAttribute()
            place = .inTag(needsSpace: true)
        case .unquotedValue where byte.isSpace || byte == UInt8(ascii: ">"):
            finishAttribute()
            place = .inTag(needsSpace: false)
            try feedTag(byte)
        case .beforeValue where byte.isSpace: break
        case .beforeValue where byte == UInt8(ascii: ">"):
            throw ContextProblem("The attribute's value is missing here.")
        case .beforeValue:
            value = []
            valueHasDynamicPart = false
            address = Address()
            isAddress = kind == .address
            isSelfClosing = false
            let isQuote = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
            place = isQuote ? .value(quote: byte) : .unquotedValue
            if !isQuote { value.append(byte.lowercased) }
        default:
            if value.count < Self.valueLimit, !valueHasDynamicPart { value.append(byte.lowercased) }
            if isAddress { address.feed(byte) }
        }
    }

    /// Keeps what later decisions need of the attribute that ends here.
    mutating func finishAttribute() {
        if attribute.elementsEqual("http-equiv".utf8) { hasHTTPEquiv = true }
        if attribute.elementsEqual("type".utf8), element.elementsEqual("script".utf8), scriptType.isEmpty {
            scriptType = value
        }
        attribute = []
        value = []
    }

    private mutating func closeTag() throws(ContextProblem) {
        let name = String(decoding: element, as: UTF8.self)
        if name == "meta", hasHTTPEquiv, hasDynamicContent {
            throw ContextProblem("The content of <meta http-equiv> can't hold a text.", hint: "Only numbers may.")
        }
        endMatch = 0
        place = .text
        if name == "svg" || name == "math" {
            foreignDepth = max(0, foreignDepth + (isEndTag ? -1 : isSelfClosing ? 0 : 1))
        }
        if isEndTag { return }
        if Self.plainElements.contains(name) {
            place = .plainText
        } else if Self.rawElements.contains(name) {
            place = .rawText
        } else if name == "script" {
            if foreignDepth > 0 {
                throw ContextProblem("A <script> can't stand inside <svg> or <math>.", hint: "Put it behind them.")
            }
            let type = String(decoding: scriptType, as: UTF8.self)
            place = Self.jsonTypes.contains(type) ? .json : .rawText
        } else if name == "plaintext" {
            throw ContextProblem("<plaintext> can't be used: it never ends.")
        }
    }
}
