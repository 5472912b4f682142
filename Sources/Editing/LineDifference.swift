// Theory of operation: patience difference (Bram Cohen). Equal lines at both ends are left out; lines that occur exactly
// once in either text, in the longest order that both share, are taken to be the same line; what lies between two of
// those is looked at in the same way. Such a line is rarely equal by chance, as "}" is, so functions stay whole.
//
// Between them no shortest difference is looked for: what is left is one block. That, and a limit of how many lines are
// looked at in all, keeps the time at n log n whatever the texts are.

/// Which lines of two texts are not the same.
struct LineDifference {
    /// Lines of the old text and what stands in their place in the new one. One of them may be empty.
    struct Block: Equatable {
        /// Lines of the old text, counted from 0.
        let old: Range<Int>
        /// Lines of the new text, counted from 0.
        let new: Range<Int>
    }

    /// How often each line is looked at, on average; what is left then is one block. Texts that people write need two.
    private static let looks = 4

    /// In order; between two of them is at least one line that both texts have.
    let blocks: [Block]

    init(from old: TextLines, to new: TextLines) {
        var numbers: [ArraySlice<UInt16>: Int] = [:]
        func number(_ lines: TextLines) -> [Int] {
            (0..<lines.count).map { line in
                let text = lines.text[lines.units(of: line..<(line + 1))]
                if let known = numbers[text] { return known }
                numbers[text] = numbers.count
                return numbers.count - 1
            }
        }
        let (old, new) = (number(old), number(new))
        var blocks: [Block] = []
        // The block looked at next is the last one: they are put there from the back.
        var open = [Block(old: 0..<old.count, new: 0..<new.count)]
        var room = Self.looks * (old.count + new.count)
        while let whole = open.popLast() {
            let block = Self.trimmed(whole, old, new)
            guard !block.old.isEmpty || !block.new.isEmpty else { continue }
            room -= block.old.count + block.new.count
            let isPlain = room < 0 || block.old.isEmpty || block.new.isEmpty
            let anchors = isPlain ? [] : Self.anchors(in: block, old, new)
            guard !anchors.isEmpty else {
                blocks.append(block)
                continue
            }
            var end = (block.old.upperBound, block.new.upperBound)
            for (one, other) in anchors.reversed() {
                open.append(Block(old: (one + 1)..<end.0, new: (other + 1)..<end.1))
                end = (one, other)
            }
            open.append(Block(old: block.old.lowerBound..<end.0, new: block.new.lowerBound..<end.1))
        }
        self.blocks = blocks
    }

    private static func trimmed(_ block: Block, _ old: [Int], _ new: [Int]) -> Block {
        let start = zip(old[block.old], new[block.new]).prefix { $0 == $1 }.count
        let (old, new) = (old[block.old.dropFirst(start)], new[block.new.dropFirst(start)])
        let end = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count
        return Block(
            old: old.startIndex..<(old.endIndex - end),
            new: new.startIndex..<(new.endIndex - end)
        )
    }

    /// Lines that occur once in both, in the longest order that is the same in both.
    private static func anchors(in block: Block, _ old: [Int], _ new: [Int]) -> [(Int, Int)] {
        /// Where a line is; nil when it occurs more than once.
        func places(_ lines: [Int], _ range: Range<Int>) -> [Int: Int?] {
            range.reduce(into: [:]) { places, line in
                places.updateValue(places[lines[line]] == nil ? line : nil, forKey: lines[line])
            }
        }
        let there = places(new, block.new)
        let here = places(old, block.old)
        let pairs = block.old.compactMap { line -> (Int, Int)? in
            guard here[old[line]] == .some(.some(line)), case .some(.some(let other)) = there[old[line]] else {
                return nil
            }
            return (line, other)
        }
        return longestRise(pairs)
    }

    /// The longest run of pairs whose second numbers rise (patience sorting).
    private static func longestRise(_ pairs: [(Int, Int)]) -> [(Int, Int)] {
        var piles: [Int] = []
        var before = [Int?](repeating: nil, count: pairs.count)
        for index in pairs.indices {
            var (low, high) = (0, piles.count)
            while low < high {
                let middle = (low + high) / 2
                if pairs[piles[middle]].1 < pairs[index].1 { low = middle + 1 } else { high = middle }
            }
            before[index] = low > 0 ? piles[low - 1] : nil
            if low < piles.count { piles[low] = index } else { piles.append(index) }
        }
        var rise: [(Int, Int)] = []
        var next = piles.last
        while let index = next {
            rise.append(pairs[index])
            next = before[index]
        }
        return rise.reversed()
    }
}

/// A text in lines, each with its line break. What follows the last line break is a line when it isn't empty.
struct TextLines {
    static let lineBreak: UInt16 = 10

    /// The text in UTF-16 units; line breaks are "\n".
    let text: [UInt16]
    /// Where each line begins.
    private let starts: [Int]

    var count: Int { starts.count }

    init(_ text: String) {
        let units = DocumentText.normalisedUnits(of: text)
        self.text = units
        starts = ([0] + units.indices.filter { units[$0] == Self.lineBreak }.map { $0 + 1 }).filter { $0 < units.count }
    }

    /// Where lines are in the text.
    func units(of lines: Range<Int>) -> Range<Int> { start(lines.lowerBound)..<start(lines.upperBound) }

    private func start(_ line: Int) -> Int { line < starts.count ? starts[line] : text.count }
}
