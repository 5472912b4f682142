/// A page of a text that is too long to be edited: whole lines, as far as they fit.
struct LongText {
    /// Bytes of one page. A longer line is cut where a page ends.
    static let pageLength = 65_536

    /// Which page this is, from 1; the nearest one for a number that there is none of.
    let page: Int
    let pageCount: Int
    let text: String
    /// The number of the first line of the page, from 1.
    let firstLine: Int

    /// - Parameter bytes: of the text; what is no UTF-8 in it is shown as missing
    init(_ bytes: [UInt8], page wanted: Int) {
        var starts = [0]
        var lines = [1]
        while let start = starts.last, start + Self.pageLength < bytes.count {
            let window = bytes[start..<(start + Self.pageLength)]
            let end = window.lastIndex(of: 10).map { $0 + 1 } ?? Self.boundary(in: bytes, before: window.endIndex)
            starts.append(end)
            lines.append((lines.last ?? 1) + bytes[start..<end].count { $0 == 10 })
        }
        pageCount = starts.count
        page = min(max(wanted, 1), pageCount)
        let end = page < pageCount ? starts[page] : bytes.count
        text = String(decoding: bytes[starts[page - 1]..<end], as: UTF8.self)
        firstLine = lines[page - 1]
    }

    /// Whether these bytes are a text: UTF-8 without a NUL.
    static func isText(_ bytes: [UInt8]) -> Bool {
        !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
    }

    /// The nearest place before `index` that cuts no character.
    private static func boundary(in bytes: [UInt8], before index: Int) -> Int {
        (index - 3...index).last { bytes[$0] & 0xC0 != 0x80 } ?? index
    }
}
