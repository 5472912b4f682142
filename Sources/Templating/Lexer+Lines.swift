/// Marks the tags and comments that have a line (or several) to themselves and takes that line's whitespace and end
/// out of the literals beside them, so that the output has no empty lines where the template had its own business.
func dropLinesOfTags(in pieces: [Piece], of bytes: [UInt8]) -> [Piece] {
    var result = pieces
    var first = 0
    while first < pieces.count {
        guard pieces[first].isTag else {
            first += 1
            continue
        }
        let last = endOfRun(from: first, in: pieces, bytes)
        if let lines = wholeLines(around: pieces[first].range.lowerBound..<pieces[last].range.upperBound, bytes) {
            for index in first...last { result[index].isAlone = result[index].isTag }
            for index in max(first - 1, 0)...min(last + 1, pieces.count - 1) where pieces[index].kind == .literal {
                result[index].range = result[index].range.without(lines)
            }
        }
        first = last + 1
    }
    return result
}

/// The last of the tags that follow each other with nothing but blanks between them: they share their line's fate.
private func endOfRun(from first: Int, in pieces: [Piece], _ bytes: [UInt8]) -> Int {
    var last = first
    while last + 1 < pieces.count {
        if pieces[last + 1].isTag {
            last += 1
        } else if last + 2 < pieces.count, pieces[last + 2].isTag, pieces[last + 1].kind == .literal,
            bytes[pieces[last + 1].range].allSatisfy(\.isBlank)
        {
            last += 2
        } else {
            break
        }
    }
    return last
}

/// The lines that these bytes are on, their ends included; nil when something else than blanks is on them too.
private func wholeLines(around range: Range<Int>, _ bytes: [UInt8]) -> Range<Int>? {
    var start = range.lowerBound
    while start > 0, bytes[start - 1].isBlank { start -= 1 }
    var end = range.upperBound
    while end < bytes.count, bytes[end].isBlank { end += 1 }
    guard start == 0 || bytes[start - 1] == .newline, end == bytes.count || bytes[end] == .newline else { return nil }
    return start..<min(end + 1, bytes.count)
}

extension Range<Int> {
    /// What is left of a stretch when another, which covers its start, its end or all of it, is taken out.
    fileprivate func without(_ other: Range<Int>) -> Range<Int> {
        if lowerBound < other.lowerBound { return lowerBound..<Swift.min(upperBound, other.lowerBound) }
        return Swift.min(Swift.max(lowerBound, other.upperBound), upperBound)..<upperBound
    }
}

extension Piece {
    fileprivate var isTag: Bool { kind == .tag || kind == .comment }
}

extension UInt8 {
    /// Whitespace that does not end a line.
    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
}
