/// The text of one template file.
struct Source: Sendable {
    /// The name that `extends` and `include` use: the path below the templates directory without ".html".
    let name: String
    /// Valid UTF-8 without NUL bytes and without a byte order mark.
    let bytes: [UInt8]

    /// The largest template file, in bytes.
    static let limit = 1 << 20

    var file: String { name + ".html" }

    /// Takes the bytes of a file; throws when they are too many or not text.
    init(name: String, bytes: [UInt8]) throws(TemplateError) {
        self.name = name
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        self.bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
        if bytes.count > Self.limit {
            throw error(Complaint(at: 0, "The file is larger than 1 MiB.", hint: "Templates are text written by hand."))
        }
        if let offset = Self.firstFault(in: self.bytes) {
            throw error(Complaint(at: offset, "The file is not UTF-8 text at this place."))
        }
    }

    /// The complaint with this file's name, and its line and column, counted from 1 in Unicode scalars.
    func error(_ complaint: Complaint) -> TemplateError {
        let (line, column) = place(of: complaint.offset)
        return TemplateError(
            file: file,
            line: line,
            column: column,
            message: complaint.message,
            hint: complaint.hint
        )
    }

    func place(of offset: Int) -> (line: Int, column: Int) {
        let before = bytes[..<min(max(offset, 0), bytes.count)]
        let line = before.count { $0 == .newline } + 1
        let start = before.lastIndex(of: .newline).map { $0 + 1 } ?? 0
        let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
        return (line, column)
    }

    /// The offset of the first NUL or the first byte that is not part of well-formed UTF-8; nil when there is none.
    private static func firstFault(in bytes: [UInt8]) -> Int? {
        var decoder = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.parseScalar(from: &rest) {
            case .valid(let scalar):
                if scalar.first == 0 { return offset }
                offset += scalar.count
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")

    /// Space, tab, newline, carriage return or form feed: what HTML calls whitespace.
    var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D || self == 0x0C }
    var isLetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var lowercased: UInt8 { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self }
}
