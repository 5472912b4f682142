import RE2

// Looking through one text.
//
// Theory of operation
//
// The engine is asked for the first match in a *piece* of the text: some whole lines of together about 16 KB, or one
// longer line. It can't be interrupted, so a piece is what may pass between two looks at the clock. No match goes over a
// line break, so pieces lose none. A line so long that an expression could take seconds in it is left out, and counted;
// a plain text is found in it like anywhere.
//
// Positions are counted along: bytes for the engine, UTF-16 units for change sets, lines for people. Each byte is looked
// at once for that, however many matches there are.

/// One match in a text.
struct TextMatch: Sendable, Equatable {
    /// Counted from 1.
    let line: Int
    /// UTF-16 units from the line's start.
    let column: Int
    /// UTF-16 units from the text's start.
    let range: Range<Int>
    /// The line up to the match, the match, and the rest of the line; each cut to what is shown.
    let before: String
    let match: String
    let after: String
    /// What is to stand in its place; nil when the search replaces nothing.
    let replacement: String?
}

/// What was found in one text.
struct TextFindings: Sendable {
    enum End: Sendable {
        case whole
        /// There are more matches than were asked for.
        case enough
        /// The expression took too long.
        case late
    }

    var matches: [TextMatch] = []
    var end = End.whole
    /// Lines that were too long for an expression.
    var leftLines = 0
}

/// Finds a query's matches in texts.
struct TextSearch {
    let query: SearchQuery
    let limits: SearchLimits

    /// About as many bytes pass between two looks at the clock.
    private static let piece = 16_384

    /// The matches of a text, at most `limit`, after the first `skipped`.
    func findings(in text: String, skipping skipped: Int = 0, limit: Int) -> TextFindings {
        var text = text
        return text.withUTF8 { bytes in
            var scan = Scan(bytes: bytes)
            var findings = TextFindings()
            // A plain text is found in a time that its length alone says.
            let deadline = query.isExpression ? ContinuousClock.now + limits.timePerText : nil
            var start = 0
            while start < bytes.count {
                if let deadline, ContinuousClock.now >= deadline {
                    findings.end = .late
                    return findings
                }
                let end = scan.pieceEnd(from: start, length: Self.piece)
                if query.isExpression, end - start > max(limits.line, Self.piece) {
                    findings.leftLines += 1
                } else if !look(in: start..<end, &scan, &findings, skipped, limit, deadline) {
                    return findings
                }
                start = end
            }
            return findings
        }
    }

    /// Looks through one piece. False when the search of this text is over.
    private func look(
        in piece: Range<Int>,
        _ scan: inout Scan,
        _ findings: inout TextFindings,
        _ skipped: Int,
        _ limit: Int,
        _ deadline: ContinuousClock.Instant?
    ) -> Bool {
        var at = piece.lowerBound
        var tries = 0
        while at < piece.upperBound,
            let range = query.pattern.firstMatch(in: scan.bytes, within: at..<piece.upperBound)
        {
            tries += 1
            if let deadline, tries.isMultiple(of: 64), ContinuousClock.now >= deadline {
                findings.end = .late
                return false
            }
            guard !range.isEmpty, !query.wholeWord || scan.isWord(range) else {
                at = scan.next(after: range.lowerBound)
                continue
            }
            at = range.upperBound
            scan.found += 1
            guard scan.found > skipped else { continue }
            guard findings.matches.count < limit else {
                findings.end = .enough
                return false
            }
            findings.matches.append(match(at: range, in: piece, &scan))
        }
        return true
    }

    private func match(at range: Range<Int>, in piece: Range<Int>, _ scan: inout Scan) -> TextMatch {
        let (line, column, start) = scan.position(of: range.lowerBound)
        let (before, after) = scan.surroundings(of: range, width: limits.excerpt)
        let width = scan.units(in: range)
        return TextMatch(
            line: line,
            column: column,
            range: start..<(start + width),
            before: before,
            match: scan.cut(range, to: limits.excerpt),
            after: after,
            replacement: query.replacement.map { replacement in
                guard replacement.needsGroups else { return replacement.text { _ in "" } }
                // From the match's start, so that it is the same match; to the piece's end, which it may look at.
                let part = range.lowerBound..<piece.upperBound
                let groups = query.pattern.firstMatchWithGroups(in: scan.bytes, within: part) ?? []
                return replacement.text { number in
                    number < groups.count ? groups[number].map(scan.text) ?? "" : ""
                }
            }
        )
    }
}

/// A walk through the UTF-8 of a text, from its start to its end.
private struct Scan {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Matches so far, those that were skipped too.
    var found = 0
    private var counted = 0
    private var line = 1
    private var lineUnits = 0
    private var units = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The end of whole lines of about that length together, or of one longer line.
    func pieceEnd(from start: Int, length: Int) -> Int {
        guard start + length < bytes.count else { return bytes.count }
        var end = start + length
        while end > start, bytes[end - 1] != 0x0A { end -= 1 }
        if end > start { return end }
        end = start + length
        while end < bytes.count, bytes[end - 1] != 0x0A { end += 1 }
        return end
    }

    /// Where a byte is: its line from 1, and the UTF-16 units before it in the line and in the text. Goes forward only.
    mutating func position(of byte: Int) -> (line: Int, column: Int, units: Int) {
        while counted < byte {
            let value = bytes[counted]
            // A byte that continues a character counts nothing; the first of four counts for both its units.
            if value & 0xC0 != 0x80 { units += value >= 0xF0 ? 2 : 1 }
            if value == 0x0A {
                line += 1
                lineUnits = units
            }
            counted += 1
        }
        return (line, units - lineUnits, units)
    }

    func units(in range: Range<Int>) -> Int {
        range.reduce(0) { bytes[$1] & 0xC0 == 0x80 ? $0 : $0 + (bytes[$1] >= 0xF0 ? 2 : 1) }
    }

    /// The start of the next character.
    func next(after byte: Int) -> Int {
        var at = byte + 1
        while at < bytes.count, bytes[at] & 0xC0 == 0x80 { at += 1 }
        return at
    }

    /// Whether no word goes on over either end.
    func isWord(_ range: Range<Int>) -> Bool {
        !(isWordCharacter(before: range.lowerBound) && isWordCharacter(from: range.lowerBound))
            && !(isWordCharacter(before: range.upperBound) && isWordCharacter(from: range.upperBound))
    }

    private func isWordCharacter(before byte: Int) -> Bool {
        var start = byte
        repeat { start -= 1 } while start > 0 && bytes[start] & 0xC0 == 0x80
        return start >= 0 && isWordCharacter(from: start)
    }

    private func isWordCharacter(from byte: Int) -> Bool {
        guard byte < bytes.count else { return false }
        guard let scalar = text(byte..<next(after: byte)).unicodeScalars.first else { return false }
        return scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    /// The first characters of a range, with a mark when there are more.
    func cut(_ range: Range<Int>, to width: Int) -> String {
        let end = step(from: range.lowerBound, by: width, within: range)
        return text(range.lowerBound..<end) + (end < range.upperBound ? "…" : "")
    }

    /// What stands in the line before and after a range: so many characters of it, without the indentation.
    func surroundings(of range: Range<Int>, width: Int) -> (before: String, after: String) {
        var start = range.lowerBound
        var characters = 0
        while start > 0, bytes[start - 1] != 0x0A, characters < width {
            start -= 1
            while bytes[start] & 0xC0 == 0x80 { start -= 1 }
            characters += 1
        }
        let isCut = start > 0 && bytes[start - 1] != 0x0A
        if !isCut { while start < range.lowerBound, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 } }
        var end = range.upperBound
        while end < bytes.count, bytes[end] != 0x0A, end - range.upperBound < 4 * width { end += 1 }
        return ((isCut ? "…" : "") + text(start..<range.lowerBound), cut(range.upperBound..<end, to: width))
    }

    private func step(from start: Int, by characters: Int, within range: Range<Int>) -> Int {
        var at = start
        var left = characters
        while at < range.upperBound, left > 0 {
            at = min(next(after: at), range.upperBound)
            left -= 1
        }
        return at
    }
}
