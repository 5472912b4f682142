// The JSON form, as CodeMirror's `ChangeSet.toJSON` writes it: an array with, for every section,
//   n                       n units kept
//   [n]                     n units deleted
//   [n, "line", "line"]     n units replaced by these lines, joined by "\n"
// Reading is strict, and brings what others may write differently into the one form of `ChangeSet`'s invariant 2.
// What is written is the same bytes as `JSON.stringify` gives, and `init(json:)` reads back an equal value, except that
// a lone surrogate (half of a pair that a later change deleted) is written as U+FFFD.

extension ChangeSet {
    /// The longest JSON that is read, in bytes.
    public static let maximumBytes = 1 << 20

    /// Reads CodeMirror's JSON form from UTF-8 bytes.
    ///
    /// Throws `tooManyBytes`, `tooLong`, or `malformed` with the offset of the byte that broke a rule: numbers that
    /// aren't whole, not negative and below `maximumLength`, lone surrogates, bytes that aren't UTF-8, line breaks
    /// inside a line, anything after the end.
    public init(json: [UInt8]) throws(ChangeSetError) {
        guard json.count <= Self.maximumBytes else { throw .tooManyBytes }
        try self.init(stored: json)
    }

    /// Reads what `json` wrote and the database kept. However long it is: a whole text that a form saved is longer than
    /// what an editor may send.
    init(stored json: [UInt8]) throws(ChangeSetError) {
        var cursor = ChangeSetJSONCursor(json)
        try self.init(json: &cursor)
        try cursor.expectEnd()
    }

    /// Reads the change set at the cursor, which stands behind it afterwards. The caller has bounded the bytes.
    init(json cursor: inout ChangeSetJSONCursor) throws(ChangeSetError) {
        var builder = ChangeBuilder()
        try cursor.array { cursor throws(ChangeSetError) in
            guard cursor.isAtArray() else {
                builder.keep(try cursor.integer(maximum: Self.maximumLength))
                return
            }
            var count: Int?
            var text: [UInt16] = []
            var lines = 0
            try cursor.array { cursor throws(ChangeSetError) in
                if count == nil {
                    count = try cursor.integer(maximum: Self.maximumLength)
                } else {
                    if lines > 0 { text.append(0x0A) }
                    try cursor.appendLine(to: &text)
                    lines += 1
                }
            }
            guard let count else { throw cursor.fault(.unexpectedByte) }
            builder.replace(count, with: text[...])
        }
        guard builder.length <= Self.maximumLength, builder.newLength <= Self.maximumLength else { throw .tooLong }
        self.init(builder)
    }

    /// CodeMirror's JSON form as UTF-8, without white space.
    public var json: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16 + sections.count * 8 + units.count)
        bytes.append(UInt8(ascii: "["))
        var offset = 0
        for (index, section) in sections.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if section.isKept {
                bytes.append(contentsOf: String(section.length).utf8)
                continue
            }
            bytes.append(UInt8(ascii: "["))
            bytes.append(contentsOf: String(section.length).utf8)
            if section.inserted > 0 {
                let text = units[offset..<(offset + section.inserted)]
                offset += section.inserted
                for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
                    bytes.append(UInt8(ascii: ","))
                    Self.appendQuoted(line, to: &bytes)
                }
            }
            bytes.append(UInt8(ascii: "]"))
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }

    private static func appendQuoted(_ line: ArraySlice<UInt16>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var start = line.startIndex
        for (index, unit) in zip(line.indices, line) where unit < 0x20 || unit == 0x22 || unit == 0x5C {
            UTF16Units.appendUTF8(of: line[start..<index], to: &bytes)
            start = index + 1
            bytes.append(UInt8(ascii: "\\"))
            switch unit {
            case 0x08: bytes.append(UInt8(ascii: "b"))
            case 0x09: bytes.append(UInt8(ascii: "t"))
            case 0x0C: bytes.append(UInt8(ascii: "f"))
            case 0x0D: bytes.append(UInt8(ascii: "r"))
            case 0x22, 0x5C: bytes.append(UInt8(unit))
            default:
                let digits = String(unit, radix: 16)
                bytes.append(contentsOf: "u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
            }
        }
        UTF16Units.appendUTF8(of: line[start...], to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }
}
