/// The part of an answer's bytes that a request asks for (RFC 9110, 14): one range, as players do that seek.
public enum ByteRange: Sendable, Equatable {
    /// All of them: none is asked for, or it is asked in a way that need not be heeded.
    case all
    /// These, counted from 0.
    case part(Range<Int>)
    /// None that there are.
    case none

    /// What `request` asks for of `size` bytes that are known as `tag`, a strong entity tag.
    ///
    /// Several ranges at once are answered with everything: many small ones would make an answer larger than what it is
    /// about. A range of a version that is gone (`If-Range`) is no range.
    public init(of request: Request, size: Int, tag: String) {
        self = .all
        guard request.method == .get, let header = request.headers["range"], request.headers["if-none-match"] == nil
        else { return }
        if let version = request.headers["if-range"], version.trimmingWhitespace() != tag { return }
        let unit = Array("bytes=".utf8)
        guard header.utf8.count > unit.count, header.prefix(unit.count).lowercased().utf8.elementsEqual(unit) else {
            return
        }
        let ends = header.utf8.dropFirst(unit.count).split(
            separator: UInt8(ascii: "-"),
            omittingEmptySubsequences: false
        )
        guard ends.count == 2, let first = Self.number(ends[0]), let last = Self.number(ends[1]) else { return }
        switch (first, last) {
        case (nil, nil): return
        case (let first?, let last?) where last < first: return
        case (let first?, let last): self = first < size ? .part(first..<min(last ?? size, size - 1) + 1) : .none
        case (nil, let count?): self = count > 0 && size > 0 ? .part(size - min(count, size)..<size) : .none
        }
    }

    /// The number that digits stand for, the largest there is for longer ones; nil inside when there are no digits, and
    /// nil when there is anything else.
    private static func number(_ text: Substring.UTF8View) -> Int?? {
        var number = 0
        for byte in text {
            guard (48...57).contains(byte) else { return nil }
            let (tens, isLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, isLarger) = tens.addingReportingOverflow(Int(byte - 48))
            number = isLarge || isLarger ? .max : sum
        }
        return .some(text.isEmpty ? nil : number)
    }
}
