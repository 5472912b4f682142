import CRE2

/// An expression, or a text that is taken as it is, to be looked for in UTF-8.
///
/// The engine is RE2, which never goes back: the time it takes is bounded by the length of the text times the size of the
/// pattern, whatever somebody writes. That is why it has no back-references and no look-around. Lines are parted as
/// with `(?m)`, no match goes over a line break, and `\w`, `\d` and `\b` know ASCII only.
public final class Pattern: Sendable {
    /// The most instructions of a pattern's program.
    public static let largestSize = 4_000
    /// Bytes for the program and what running it keeps.
    private static let memory: Int64 = 8 * 1_048_576

    // RE2's objects may be asked by any number of threads; nothing here changes one.
    private nonisolated(unsafe) let handle: OpaquePointer

    /// How many groups it captures.
    public let groups: Int

    /// Compiles a pattern. Throws `PatternError`.
    public init(_ text: String, isExpression: Bool, ignoresCase: Bool) throws(PatternError) {
        var fault = [CChar](repeating: 0, count: 160)
        var text = text
        let made = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                carrel_pattern_make(
                    bytes.baseAddress,
                    bytes.count,
                    isExpression ? 0 : 1,
                    ignoresCase ? 1 : 0,
                    Self.memory,
                    &fault,
                    fault.count
                )
            }
        }
        guard let made else {
            throw .malformed(String(decoding: fault.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
        }
        guard carrel_pattern_size(made) <= Self.largestSize else {
            carrel_pattern_free(made)
            throw .tooLarge
        }
        handle = made
        groups = Int(carrel_pattern_groups(made))
    }

    deinit { carrel_pattern_free(handle) }

    /// The first match within a part of a text; nil when there is none. It may be empty. What stands around the part
    /// counts for `^`, `$` and `\b`.
    public func firstMatch(in text: UnsafeBufferPointer<UInt8>, within part: Range<Int>) -> Range<Int>? {
        var range = (0, 0)
        let found = withUnsafeMutableBytes(of: &range) { bytes in
            find(in: text, within: part, ranges: bytes.bindMemory(to: Int.self), count: 1)
        }
        return found ? range.0..<range.1 : nil
    }

    /// The first match within a part of a text with its first nine groups, nil for those that take no part in it.
    public func firstMatchWithGroups(
        in text: UnsafeBufferPointer<UInt8>,
        within part: Range<Int>
    ) -> [Range<Int>?]? {
        let count = 1 + min(groups, 9)
        var bounds = [Int](repeating: -1, count: 2 * count)
        let found = bounds.withUnsafeMutableBufferPointer { find(in: text, within: part, ranges: $0, count: count) }
        guard found else { return nil }
        return (0..<count).map { bounds[2 * $0] < 0 ? nil : bounds[2 * $0]..<bounds[2 * $0 + 1] }
    }

    private func find(
        in text: UnsafeBufferPointer<UInt8>,
        within part: Range<Int>,
        ranges: UnsafeMutableBufferPointer<Int>,
        count: Int
    ) -> Bool {
        guard let base = text.baseAddress else { return false }
        return UnsafeRawPointer(base).withMemoryRebound(to: CChar.self, capacity: text.count) { characters in
            carrel_pattern_find(
                handle,
                characters,
                text.count,
                part.lowerBound,
                part.upperBound,
                ranges.baseAddress,
                Int32(count)
            ) != 0
        }
    }
}

/// Why a pattern was refused.
public enum PatternError: Error, Sendable, Equatable {
    /// It is no expression; in the engine's words.
    case malformed(String)
    /// Its program would have more than `Pattern.largestSize` instructions.
    case tooLarge
}
