extension JSONValue {
    /// Reads a JSON text (RFC 8259) from somebody who is not trusted. Nil for what is none, for more than `maximumDepth`
    /// values within one another or `maximumCount` in all, and for text that is not UTF-8.
    ///
    /// Beside `JSONDecoder`, which tries one type after the other for a value of any type, this is quick.
    public init?(parsing bytes: some Collection<UInt8>) {
        var cursor = JSONCursor(bytes: Array(bytes))
        guard let value = cursor.value(depth: 0), cursor.isAtEnd else { return nil }
        self = value
    }

    /// More values within one another than this are refused: 64.
    public static let maximumDepth = 64
    /// More values than this are refused, which take far more room than their text: 300,000.
    public static let maximumCount = 300_000
}

private struct JSONCursor {
    let bytes: [UInt8]
    var place = 0
    private var count = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Whether only blanks are left.
    var isAtEnd: Bool {
        mutating get {
            skipBlanks()
            return place == bytes.count
        }
    }

    private mutating func skipBlanks() {
        while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func take(_ word: StaticString) -> Bool {
        let end = place + word.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        let isThere = word.withUTF8Buffer { bytes[place..<end].elementsEqual($0) }
        if isThere { place = end }
        return isThere
    }

    mutating func value(depth: Int) -> JSONValue? {
        count += 1
        guard depth < JSONValue.maximumDepth, count <= JSONValue.maximumCount else { return nil }
        skipBlanks()
        guard place < bytes.count else { return nil }
        switch bytes[place] {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string().map { .string($0) }
        case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        default: return number()
        }
    }

    private mutating func object(depth: Int) -> JSONValue? {
        place += 1
        var members: [String: JSONValue] = [:]
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipBlanks()
            guard let name = string() else { return nil }
            skipBlanks()
            guard take(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
            members[name] = value
            skipBlanks()
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}")) ? .object(members) : nil
    }

    private mutating func array(depth: Int) -> JSONValue? {
        place += 1
        var elements: [JSONValue] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            guard let value = value(depth: depth + 1) else { return nil }
            elements.append(value)
            skipBlanks()
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "]")) ? .array(elements) : nil
    }

    private static let ofNumbers = Set("0123456789+-.eE".utf8)

    private mutating func number() -> JSONValue? {
        let start = place
        while place < bytes.count, Self.ofNumbers.contains(bytes[place]) { place += 1 }
        // A number of JSON begins with a digit or a minus; what Swift reads besides has other letters or a plus.
        guard place - start <= 64, start < place, bytes[start] != 0x2B, bytes[start] != 0x2E else { return nil }
        return Double(String(decoding: bytes[start..<place], as: UTF8.self)).map { .number($0) }
    }

    private mutating func string() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\") {
            guard bytes[place] >= 0x20 else { return nil }
            place += 1
        }
        guard place < bytes.count else { return nil }
        if bytes[place] == UInt8(ascii: "\"") {
            defer { place += 1 }
            return String(validating: bytes[start..<place], as: UTF8.self)
        }
        return escapedString(Array(bytes[start..<place]))
    }

    /// The rest of a string in which there are escapes.
    private mutating func escapedString(_ beginning: [UInt8]) -> String? {
        var text = beginning
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escape() else { return nil }
                text.append(contentsOf: String(scalar).utf8)
            case ..<0x20: return nil
            default: text.append(byte)
            }
        }
        return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
        guard place < bytes.count else { return nil }
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            guard let unit = unit() else { return nil }
            guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
            let behind = place
            if take("\\u"), let second = self.unit(), UTF16.isTrailSurrogate(second) {
                return UTF16.decode(UTF16.EncodedScalar([unit, second]))
            }
            // Half of a character, as some programs write it.
            place = behind
            return "\u{FFFD}"
        default: return nil
        }
    }

    private mutating func unit() -> UInt16? {
        guard place + 4 <= bytes.count else { return nil }
        var unit: UInt16 = 0
        for byte in bytes[place..<place + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        place += 4
        return unit
    }
}
