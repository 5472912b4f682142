/// The lines of a text, for the two ways of naming a place in it: by its offset, and by line and column from 0 as language
/// servers do. Both count UTF-16 code units.
struct TextPositions {
    let units: [UInt16]
    /// Where each line begins.
    let starts: [Int]

    init(_ text: String) {
        units = Array(text.utf16)
        var starts = [0]
        for (index, unit) in units.enumerated() where unit == 0x0A { starts.append(index + 1) }
        self.starts = starts
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
        return (low, offset - starts[low])
    }

    /// The offset of a place. A column behind the end of its line is at its end, as the protocol says; the line behind the
    /// last one is the end of the text. Nil for other lines that are not there.
    func offset(line: Int, column: Int) -> Int? {
        guard line >= 0, column >= 0 else { return nil }
        guard line < starts.count else { return line == starts.count ? units.count : nil }
        let end = line + 1 < starts.count ? starts[line + 1] - 1 : units.count
        return min(starts[line] + column, end)
    }

    /// The text of a line without its break, at most so many units of it.
    func line(_ number: Int, limit: Int) -> String? {
        guard starts.indices.contains(number) else { return nil }
        let end = number + 1 < starts.count ? starts[number + 1] - 1 : units.count
        return String(decoding: units[starts[number]..<min(end, starts[number] + limit)], as: UTF16.self)
    }
}
