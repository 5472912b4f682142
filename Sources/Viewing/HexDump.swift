/// A page of bytes as a table: their offset, their values, and the letters that they would be in ASCII.
struct HexDump {
    /// Bytes of one row.
    static let width = 16
    /// Bytes of one page.
    static let pageLength = 4_096

    struct Row: Equatable {
        let offset: String
        let values: String
        let letters: String
    }

    /// Which page this is, from 1; the nearest one for a number that there is none of.
    let page: Int
    let pageCount: Int
    let rows: [Row]

    init(_ bytes: [UInt8], page wanted: Int) {
        pageCount = max(1, (bytes.count + Self.pageLength - 1) / Self.pageLength)
        page = min(max(wanted, 1), pageCount)
        let start = (page - 1) * Self.pageLength
        let end = min(start + Self.pageLength, bytes.count)
        rows = stride(from: start, to: end, by: Self.width).map { offset in
            let row = bytes[offset..<min(offset + Self.width, end)]
            return Row(
                offset: Self.hex(offset, 8),
                values: row.map { Self.hex(Int($0), 2) }.joined(separator: " "),
                letters: String(
                    decoding: row.map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: ".") },
                    as: UTF8.self
                )
            )
        }
    }

    private static func hex(_ number: Int, _ width: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
