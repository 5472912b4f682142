import Languages

/// The lines of a text, for the two ways of naming a place in it: by its offset, in UTF-16 code units, and by line and
/// column from 0 as language servers do, which not all count the same.
struct TextPositions {
    let units: [UInt16]
    /// Where each line begins.
    let starts: [Int]
    private let columns: Language.Server.Columns
    /// Where each character begins in a line in which some have two units, where those are not what is counted. Known in
    /// advance, because an answer may name ten thousand places of one long line.
    private var wideLines: [Int: [Int32]] = [:]

    /// - Parameter columns: what the server counts
    init(_ text: String, columns: Language.Server.Columns) {
        units = Array(text.utf16)
        self.columns = columns
        var starts = [0]
        for (index, unit) in units.enumerated() where unit == 0x0A { starts.append(index + 1) }
        self.starts = starts
        guard columns == .characters else { return }
        for (line, start) in starts.enumerated() {
            let range = start..<end(of: line)
            guard units[range].contains(where: UTF16.isTrailSurrogate) else { continue }
            wideLines[line] = range.filter { !UTF16.isTrailSurrogate(units[$0]) }.map { Int32($0 - start) }
        }
    }

    /// Nil for an offset that is not in the text.
    func place(at offset: Int) -> (line: Int, column: Int)? {
        guard (0...units.count).contains(offset) else { return nil }
        // The last line that does not begin behind it.
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return (low, count(starts[low]..<offset))
    }

    /// The offset of a place. A column behind the end of its line is at its end, as the protocol says; the line behind the
    /// last one is the end of the text. Nil for other lines that are not there.
    func offset(line: Int, column: Int) -> Int? {
        guard line >= 0, column >= 0 else { return nil }
        guard line < starts.count else { return line == starts.count ? units.count : nil }
        let end = end(of: line)
        guard let characters = wideLines[line] else { return min(starts[line] + column, end) }
        return column < characters.count ? starts[line] + Int(characters[column]) : end
    }

    /// The column of a server's place in UTF-16 code units, and how many of them there are from there to another place; 0
    /// when that is in another line. Nil for a place that is not in the text.
    func unitColumn(_ start: ServerPlace, to end: ServerPlace) -> (column: Int, length: Int)? {
        guard starts.indices.contains(start.line), let from = offset(line: start.line, column: start.column) else {
            return nil
        }
        let to = end.line == start.line ? offset(line: end.line, column: end.column) ?? from : from
        return (from - starts[start.line], max(0, to - from))
    }

    private func count(_ range: Range<Int>) -> Int {
        guard columns == .characters else { return range.count }
        return units[range].count { !UTF16.isTrailSurrogate($0) }
    }

    /// Where a line ends, its break not counted.
    private func end(of line: Int) -> Int { line + 1 < starts.count ? starts[line + 1] - 1 : units.count }

    /// The text of a line without its break, at most so many units of it.
    func line(_ number: Int, limit: Int) -> String? {
        guard starts.indices.contains(number) else { return nil }
        return String(decoding: units[starts[number]..<min(end(of: number), starts[number] + limit)], as: UTF16.self)
    }
}
