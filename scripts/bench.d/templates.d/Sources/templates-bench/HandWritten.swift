import Foundation

/// The table as a careful programmer would write it without any template engine: bytes appended to an array, runs
/// without special characters copied whole.
func handWritten(_ rows: [Row]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(32_768)
    out.append(contentsOf: "<table>".utf8)
    for row in rows {
        out.append(contentsOf: "<tr><td>".utf8)
        out.append(contentsOf: String(row.id).utf8)
        out.append(contentsOf: "</td><td>".utf8)
        appendEscaped(row.name, to: &out)
        out.append(contentsOf: "</td><td>".utf8)
        appendEscaped(row.note, to: &out)
        out.append(contentsOf: "</td><td><a href=\"".utf8)
        appendEscaped(row.link, to: &out)
        out.append(contentsOf: "\">open</a></td><td>".utf8)
        appendDate(row.changed, to: &out)
        out.append(contentsOf: "</td></tr>\n".utf8)
    }
    out.append(contentsOf: "</table>\n".utf8)
    return out
}

private func appendEscaped(_ text: String, to out: inout [UInt8]) {
    var text = text
    text.withUTF8 { bytes in
        var start = 0
        for index in bytes.indices {
            let escape: StaticString
            switch bytes[index] {
            case UInt8(ascii: "&"): escape = "&amp;"
            case UInt8(ascii: "<"): escape = "&lt;"
            case UInt8(ascii: ">"): escape = "&gt;"
            case UInt8(ascii: "\""): escape = "&quot;"
            case UInt8(ascii: "'"): escape = "&#39;"
            default: continue
            }
            out.append(contentsOf: bytes[start..<index])
            escape.withUTF8Buffer { out.append(contentsOf: $0) }
            start = index + 1
        }
        out.append(contentsOf: bytes[start...])
    }
}

private func appendDate(_ date: Date, to out: inout [UInt8]) {
    let seconds = Int(date.timeIntervalSince1970.rounded(.down))
    let days = seconds / 86_400 + 719_468
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let year = yearOfEra + era * 400 + (month < 10 ? 0 : 1)
    appendTwo(year / 100, to: &out)
    appendTwo(year % 100, to: &out)
    out.append(UInt8(ascii: "-"))
    appendTwo(month < 10 ? month + 3 : month - 9, to: &out)
    out.append(UInt8(ascii: "-"))
    appendTwo(dayOfYear - (153 * month + 2) / 5 + 1, to: &out)
    out.append(UInt8(ascii: " "))
    appendTwo(seconds / 3600 % 24, to: &out)
    out.append(UInt8(ascii: ":"))
    appendTwo(seconds / 60 % 60, to: &out)
    out.append(contentsOf: " UTC".utf8)
}

private func appendTwo(_ number: Int, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "0") + UInt8(number / 10))
    out.append(UInt8(ascii: "0") + UInt8(number % 10))
}
