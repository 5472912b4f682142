/// A text of separated values (RFC 4180): a field may be quoted, and then hold separators, line breaks and doubled
/// quotes. What breaks the rules is taken as it stands, and nothing in it is ever computed.
///
/// Only the fields that are shown are kept: a text of five million separators costs no more memory than its own.
struct SeparatedValues {
    /// A page of rows.
    struct Page: Equatable {
        /// Which page this is, from 1; the nearest one for a number that there is none of.
        let number: Int
        let count: Int
        /// The first row of all, which most files use for names.
        let head: [String]
        let rows: [[String]]
        /// The number of the first of `rows`, from 1, the head not counted.
        let firstRow: Int
        /// Whether some fields or rows are not shown to their end.
        let isCut: Bool
    }

    /// Rows of a page.
    static let pageLength = 200
    /// Fields of a row, and bytes of a field, that are shown.
    private static let widest = 100
    private static let longest = 1_000

    private let bytes: [UInt8]
    private let separator: UInt8

    /// The separator is what the first line has most of: comma, semicolon or tabulator.
    init(_ text: String) {
        bytes = Array(text.utf8)
        let line = bytes.prefix { $0 != 10 }
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 9].map { byte in (byte, line.count { $0 == byte }) }
        separator = candidates.reduce(candidates[0]) { $1.1 > $0.1 ? $1 : $0 }.0
    }

    /// A page of the rows after the head.
    func page(_ wanted: Int) -> Page {
        let rowCount = scan(keeping: { _ in false }).count
        let count = max(1, (rowCount - 1 + Self.pageLength - 1) / Self.pageLength)
        let number = min(max(wanted, 1), count)
        let first = 1 + (number - 1) * Self.pageLength
        let found = scan(keeping: { $0 == 0 || (first..<(first + Self.pageLength)).contains($0) })
        return Page(
            number: number,
            count: count,
            head: found.rows.first ?? [],
            rows: Array(found.rows.dropFirst()),
            firstRow: first,
            isCut: found.isCut
        )
    }

    /// Goes through all rows: how many there are, and the fields of those that are to be kept.
    private func scan(keeping isKept: (Int) -> Bool) -> (count: Int, rows: [[String]], isCut: Bool) {
        let quote = UInt8(ascii: "\"")
        var (count, rows, isCut) = (0, [[String]](), false)
        var (row, field, column) = ([String](), [UInt8](), 0)
        var (isInQuotes, isAtStart, keeps) = (false, true, isKept(0))
        func endField() {
            if keeps {
                if column < Self.widest { row.append(String(decoding: field, as: UTF8.self)) } else { isCut = true }
                field.removeAll(keepingCapacity: true)
            }
            column += 1
            isAtStart = true
        }
        func endRow() {
            endField()
            if keeps { rows.append(row) }
            row = []
            column = 0
            count += 1
            keeps = isKept(count)
        }
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == quote, isAtStart {
                (isInQuotes, isAtStart) = (true, false)
                continue
            }
            if byte == quote, isInQuotes {
                let isDoubled = index < bytes.count && bytes[index] == quote
                isInQuotes = isDoubled
                guard isDoubled else { continue }
                index += 1
            } else if !isInQuotes, byte == separator {
                endField()
                continue
            } else if !isInQuotes, byte == 10 {
                endRow()
                continue
            }
            isAtStart = false
            guard keeps else { continue }
            if field.count < Self.longest { field.append(byte) } else { isCut = true }
        }
        if !isAtStart || column > 0 { endRow() }
        return (count, rows, isCut)
    }
}
