// The text of a document while it is being edited: UTF-16 units in a gap buffer.
//
// People type where they typed last, so the free space stays where the last edit was: an edit there costs what it
// inserts, an edit elsewhere moves the units between the two places (one memmove). A value: copies share the storage
// until one of them changes.
//
// Invariants
//  1. The text is storage[0..<gap.lowerBound] followed by storage[gap.upperBound...]; what stands in the gap is noise.
//  2. Lone surrogates (somebody deleted half of a pair) are kept as they are, so that an edit that joins the halves
//     again gives what it gives in the browser. Every way out (`string`, `utf8`) writes each as one U+FFFD, which is
//     also one unit: no position after it moves.

/// A text with quick edits in the middle, its positions counted in UTF-16 code units and its line breaks "\n".
public struct DocumentText: Sendable, Equatable {
    private var storage: [UInt16]
    private var gap: Range<Int>

    /// The text of a string, with "\r\n" and "\r" made "\n".
    public init(_ string: String = "") {
        self.init(units: Self.normalisedUnits(of: string))
    }

    init(units: [UInt16]) {
        storage = units
        gap = units.count..<units.count
    }

    /// The length in UTF-16 code units; a line break is one.
    public var utf16Length: Int { storage.count - gap.count }

    /// The length in bytes of the text as UTF-8. Costs a walk over the text.
    public var utf8Length: Int {
        utf8.count
    }

    /// The text as a string; each lone surrogate is U+FFFD.
    public var string: String {
        String(decoding: utf8, as: UTF8.self)
    }

    /// The text as UTF-8; each lone surrogate is U+FFFD.
    public var utf8: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf16Length + utf16Length / 8)
        UTF16Units.appendUTF8(of: units[...], to: &bytes)
        return bytes
    }

    /// The part of the text between two positions, in UTF-16 units; cut to the text where the range exceeds it.
    public func substring(_ range: Range<Int>) -> String {
        var bytes: [UInt8] = []
        UTF16Units.appendUTF8(of: units(in: range.clamped(to: 0..<utf16Length))[...], to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether two texts have the same units, wherever their gaps are.
    public static func == (left: DocumentText, right: DocumentText) -> Bool {
        left.utf16Length == right.utf16Length && left.units == right.units
    }

    /// All units, in one piece.
    var units: [UInt16] { units(in: 0..<utf16Length) }

    func units(in range: Range<Int>) -> [UInt16] {
        let start = gap.lowerBound
        if range.upperBound <= start { return Array(storage[range]) }
        if range.lowerBound >= start {
            return Array(storage[(range.lowerBound + gap.count)..<(range.upperBound + gap.count)])
        }
        return Array(storage[range.lowerBound..<start] + storage[gap.upperBound..<(range.upperBound + gap.count)])
    }

    /// Replaces `count` units at `position`, which the caller has checked, by `text`.
    mutating func replace(at position: Int, count: Int, with text: ArraySlice<UInt16>) {
        if gap.count + count < text.count { grow(by: text.count) }
        moveGap(to: position)
        gap = gap.lowerBound..<(gap.upperBound + count)
        storage.withUnsafeMutableBufferPointer { storage in
            text.withUnsafeBufferPointer { text in
                guard let from = text.baseAddress, let to = storage.baseAddress else { return }
                (to + gap.lowerBound).update(from: from, count: text.count)
            }
        }
        gap = (gap.lowerBound + text.count)..<gap.upperBound
    }

    private mutating func moveGap(to position: Int) {
        let distance = position - gap.lowerBound
        if distance == 0 { return }
        storage.withUnsafeMutableBufferPointer { storage in
            guard let base = storage.baseAddress else { return }
            if distance < 0 {
                (base + gap.upperBound + distance).update(from: base + position, count: -distance)
            } else {
                (base + gap.lowerBound).update(from: base + gap.upperBound, count: distance)
            }
        }
        gap = position..<(gap.upperBound + distance)
    }

    /// Makes the gap at least `count` wide, and wide enough that growing stays rare.
    private mutating func grow(by count: Int) {
        let width = count + 64 + utf16Length / 4
        var wider: [UInt16] = []
        wider.reserveCapacity(utf16Length + width)
        wider.append(contentsOf: storage[..<gap.lowerBound])
        wider.append(contentsOf: repeatElement(0, count: width))
        wider.append(contentsOf: storage[gap.upperBound...])
        gap = gap.lowerBound..<(gap.lowerBound + width)
        storage = wider
    }
}

extension DocumentText {
    /// How lines end in a file outside; inside a document they always end in "\n".
    public enum LineEnding: String, Sendable, CaseIterable {
        /// "\n", Unix.
        case lf
        /// "\r\n", Windows and most protocols.
        case crlf
        /// "\r", old Mac OS.
        case cr
    }

    /// The line ending that a string uses most (of equals `lf`, then `crlf`); nil when it has no line break.
    public static func lineEnding(of string: String) -> LineEnding? {
        var counts: [LineEnding: Int] = [:]
        var afterReturn = false
        for byte in string.utf8 {
            if byte == 0x0A {
                counts[afterReturn ? .crlf : .lf, default: 0] += 1
            } else if afterReturn {
                counts[.cr, default: 0] += 1
            }
            afterReturn = byte == 0x0D
        }
        if afterReturn { counts[.cr, default: 0] += 1 }
        let most = counts.values.max()
        return LineEnding.allCases.first { most != nil && counts[$0] == most }
    }

    /// The UTF-16 units of a string, with "\r\n" and "\r" made "\n".
    static func normalisedUnits(of string: String) -> [UInt16] {
        var string = string
        return string.withUTF8 { UTF16Units.decode($0) }
    }
}
