import FoundationEssentials

/// Moments as addresses of pages name them: to the microsecond, as the database keeps them.
extension Date {
    /// Microseconds since 1970.
    var microseconds: String { String(Int((timeIntervalSince1970 * 1_000_000).rounded())) }

    /// Nil for what names no moment.
    init?(microseconds: some StringProtocol) {
        guard let count = Int(microseconds), abs(count) < 1 << 53 else { return nil }
        self.init(timeIntervalSince1970: Double(count) / 1_000_000)
    }
}
