/// How a date is written; always UTC.
enum DateStyle: UInt8, Sendable {
    /// 2026-11-23
    case day
    /// 2026-11-23 14:05 UTC
    case minute
    /// 2026-11-23T14:05:09Z
    case iso
}

extension Output {
    /// Appends a moment given in seconds since 1970, by the Gregorian calendar; beyond the years 0 to 9999 the nearest
    /// moment within them.
    mutating func append(date seconds: Double, style: DateStyle) {
        // 0000-01-01 and the last second of 9999. A value that is no number counts as 1970.
        let inRange = seconds.isNaN ? 0 : min(max(seconds, -62_167_219_200), 253_402_300_799)
        let whole = Int(inRange.rounded(.down))
        let (day, second) = whole.dividedDown(by: 86_400)
        let date = civilDate(day)
        let start = room(for: 24)
        var target = start
        target += writeTwo(date.year / 100, to: target)
        target += writeTwo(date.year % 100, "-", to: target)
        target += writeTwo(date.month, "-", to: target)
        switch style {
        case .day: target += writeTwo(date.day, to: target)
        case .minute:
            target += writeTwo(date.day, " ", to: target)
            target += writeTwo(second / 3600, ":", to: target)
            target += writeTwo(second / 60 % 60, to: target)
            target += write(" UTC", to: target)
        case .iso:
            target += writeTwo(date.day, "T", to: target)
            target += writeTwo(second / 3600, ":", to: target)
            target += writeTwo(second / 60 % 60, ":", to: target)
            target += writeTwo(second % 60, "Z", to: target)
        }
        advance(by: target - start)
    }

    /// Appends a number of bytes as people read it: "999 bytes", "1.2 KB", "31 MB"; a KB is 1,024 bytes.
    mutating func append(size bytes: Int) {
        if bytes < 0 { append(UInt8(ascii: "-")) }
        let magnitude = bytes.magnitude
        guard magnitude >= 1024 else {
            append(Int(magnitude))
            append(raw: magnitude == 1 ? " byte" : " bytes")
            return
        }
        let units = [" KB", " MB", " GB", " TB", " PB", " EB"]
        var unit = 0
        var scale: UInt = 1024
        // 1,023.5 KB and more would be rounded to "1024 KB", which is better said as "1 MB".
        while unit + 1 < units.count, magnitude >= (scale << 10) - scale / 2 {
            scale <<= 10
            unit += 1
        }
        let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: scale)
        // `rest` is under 2^60, so ten times it still fits.
        let tenths = whole * 10 + (rest * 10 + scale / 2) / scale
        if tenths < 100, tenths % 10 != 0 {
            append(Int(tenths / 10))
            append(UInt8(ascii: "."))
            append(Int(tenths % 10))
        } else {
            append(Int(tenths < 100 ? tenths / 10 : whole + (rest >= scale - rest ? 1 : 0)))
        }
        append(raw: units[unit])
    }
}

/// The Gregorian date of a day counted from 1970-01-01, after Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms", civil_from_days: years start in March, so that the leap day is the last of its year.
private func civilDate(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = (day + 719_468).dividedDown(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
}

extension Int {
    /// The quotient rounded down and the remainder from 0, also below zero.
    fileprivate func dividedDown(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

/// Writes two digits, and `sign` after them if given.
private func writeTwo(_ number: Int, _ sign: StaticString = "", to target: UnsafeMutablePointer<UInt8>) -> Int {
    target[0] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10)
    target[1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
    return 2 + write(sign, to: target + 2)
}
