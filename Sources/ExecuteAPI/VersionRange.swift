/// A version of three numbers (Semantic Versioning 2.0.0, without labels); what a text leaves out is 0.
struct SemanticVersion: Hashable, Comparable, CustomStringConvertible {
    let numbers: [Int]

    init(_ major: Int, _ minor: Int, _ patch: Int) {
        numbers = [major, minor, patch]
    }

    /// The first three numbers of a text like `3.11.2`; nil when it does not begin with one.
    init?(_ text: String) {
        let parts = text.split(separator: ".").prefix(3).map { Int($0.prefix { $0.isASCII && $0.isNumber }) }
        guard let first = parts.first, let major = first else { return nil }
        self.init(major, parts.count > 1 ? parts[1] ?? 0 : 0, parts.count > 2 ? parts[2] ?? 0 : 0)
    }

    /// What an image reports; 0.0.0 when that is no version.
    init(reported text: String?) {
        self = text.flatMap { SemanticVersion($0) } ?? SemanticVersion(0, 0, 0)
    }

    var description: String { numbers.map(String.init).joined(separator: ".") }

    /// The version with one more at this place and nothing behind it.
    func next(_ place: Int) -> SemanticVersion {
        SemanticVersion(
            numbers[0] + (place == 0 ? 1 : 0),
            place == 0 ? 0 : numbers[1] + (place == 1 ? 1 : 0),
            place < 2 ? 0 : numbers[2] + 1
        )
    }

    static func < (left: Self, right: Self) -> Bool { left.numbers.lexicographicallyPrecedes(right.numbers) }
}

/// Which versions somebody takes, written as npm's packages do (node-semver: `*`, `3`, `3.x`, `^3.1`, `~3.11.2`,
/// `>=3 <4`, `3 || 5`), without labels and hyphen ranges.
struct VersionRange {
    private struct Interval {
        var from = SemanticVersion(0, 0, 0)
        /// Not this one any more; nil for no end.
        var below: SemanticVersion?
    }

    /// One of these, all of whose intervals hold.
    private let alternatives: [[Interval]]

    /// Nil when the text is none.
    init?(_ text: String) {
        var alternatives: [[Interval]] = []
        for part in Self.split(text) {
            var intervals: [Interval] = []
            for word in part.split(separator: " ") {
                guard let interval = Self.interval(word) else { return nil }
                intervals.append(interval)
            }
            alternatives.append(intervals)
        }
        self.alternatives = alternatives
    }

    func contains(_ version: SemanticVersion) -> Bool {
        alternatives.contains { intervals in
            intervals.allSatisfy { interval in
                version >= interval.from && interval.below.map { version < $0 } ?? true
            }
        }
    }

    private static func split(_ text: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = text[...]
        while let bars = rest.firstRange(of: "||") {
            parts.append(rest[..<bars.lowerBound])
            rest = rest[bars.upperBound...]
        }
        return parts + [rest]
    }

    private static func interval(_ word: Substring) -> Interval? {
        let sign = word.prefix { "^~<>=v".contains($0) }
        guard let (version, count) = partial(word.dropFirst(sign.count)) else { return nil }
        // How far what was written reaches: `3.11` is every 3.11.
        let end = count == 0 ? nil : version.next(count - 1)
        switch sign {
        case "", "=", "v": return Interval(from: version, below: end)
        case "~": return Interval(from: version, below: count == 0 ? nil : version.next(min(1, count - 1)))
        case "^":
            // Up to the next change of the first number that is not 0.
            let place = version.numbers.firstIndex { $0 > 0 } ?? 2
            return Interval(from: version, below: count == 0 ? nil : version.next(min(place, count - 1)))
        case ">=": return Interval(from: version)
        case ">": return end.map { Interval(from: $0) }
        case "<": return Interval(below: version)
        case "<=": return Interval(below: end)
        default: return nil
        }
    }

    /// A version with how many of its numbers were written before an `x`.
    private static func partial(_ text: Substring) -> (SemanticVersion, count: Int)? {
        var numbers: [Int] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false).prefix(3) {
            if ["x", "X", "*"].contains(part) { break }
            guard let number = Int(part), number >= 0 else { return nil }
            numbers.append(number)
        }
        let padded = numbers + [0, 0, 0]
        return (SemanticVersion(padded[0], padded[1], padded[2]), numbers.count)
    }
}
