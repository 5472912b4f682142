import CMariaDB
public import FoundationEssentials

/// A `Date` is a DATETIME(6) in UTC: microseconds, years 1 to 9999. What is finer is rounded.
extension Date: SQLValue {
    /// A DATETIME(6); years before 1 and after 9999 can't be bound.
    public var sqlParameter: SQLParameter {
        let seconds = timeIntervalSince1970
        guard seconds >= Self.earliest, seconds < Self.latest else { return .unbindable }
        return .instant(Int64((seconds * 1_000_000).rounded()))
    }

    /// Reads a DATETIME, TIMESTAMP or DATE.
    public init(cell: Cell) throws(DatabaseError) {
        self = Date(timeIntervalSince1970: Double(try cell.instant()) / 1_000_000)
    }

    /// 0001-01-01 and 10000-01-01, in seconds since 1970.
    private static let earliest = -62_135_596_800.0
    private static let latest = 253_402_300_800.0
}

extension MYSQL_TIME {
    /// The calendar form of microseconds since 1970 in UTC.
    init(instant: Int64) {
        let (day, time) = instant.flooredDivision(by: 86_400_000_000)
        let date = CivilDate(daysSince1970: day)
        let second = time / 1_000_000
        self.init()
        year = UInt32(date.year)
        month = UInt32(date.month)
        self.day = UInt32(date.day)
        hour = UInt32(second / 3600)
        minute = UInt32(second / 60 % 60)
        self.second = UInt32(second % 60)
        second_part = UInt(time % 1_000_000)
        time_type = MYSQL_TIMESTAMP_DATETIME
    }

    /// Microseconds since 1970, the calendar form read as UTC.
    var instant: Int64 {
        let days = CivilDate(year: Int64(year), month: Int64(month), day: Int64(day)).daysSince1970
        let seconds = days * 86400 + Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second)
        return seconds * 1_000_000 + Int64(second_part)
    }
}

/// A day of the proleptic Gregorian calendar, by Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms":
/// years start in March, so that the leap day is the last one, and 400 years (an era) always have 146,097 days.
private struct CivilDate {
    var year: Int64
    var month: Int64
    var day: Int64

    init(year: Int64, month: Int64, day: Int64) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSince1970 days: Int64) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSince1970: Int64 {
        let (era, yearOfEra) = (month <= 2 ? year - 1 : year).flooredDivision(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension Int64 {
    /// Division that rounds towards minus infinity, so that the remainder is never negative.
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
