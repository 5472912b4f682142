// Two texts that were made of one base are put together by lines, as diff3 does it (Khanna, Kunal and Pierce, "A Formal
// Investigation of Diff3", 2007): lines that only one side changed are taken from that side; where both sides changed
// lines that overlap, each in another way, is a conflict. By lines, not by characters: of two numbers that both replace a
// third, no character merge is what anybody meant.

/// Two texts that were made of one, put together by lines.
struct TextMerge {
    /// Lines that both sides changed, each in another way.
    struct Conflict: Sendable, Equatable {
        /// Where ours begin in the merged text, counted from 1.
        let line: Int
        /// Our lines, which stand in the merged text. Empty when we deleted them.
        let ours: String
        /// Their lines. Empty when they deleted them.
        let theirs: String
    }

    /// What both sides changed; ours in a conflict.
    let text: String
    /// Where they don't agree, in order.
    let conflicts: [Conflict]

    /// Puts `ours` and `theirs` together, both made of `base`. Line breaks of all three become "\n".
    init(of base: String, ours: String, theirs: String) {
        let base = TextLines(base)
        let sides = Sides(ours: TextLines(ours), theirs: TextLines(theirs))
        var merged: [UInt16] = []
        var conflicts: [Conflict] = []
        var (end, breaks) = (0, 0)
        func write(_ units: some Sequence<UInt16>) {
            for unit in units {
                merged.append(unit)
                if unit == TextLines.lineBreak { breaks += 1 }
            }
        }
        let groups = Self.grouped(sides.edits(of: base), openEnd: sides.hasOpenEnd(with: base) ? base.count : nil)
        for group in groups {
            write(base.text[base.units(of: end..<group.lines.lowerBound)])
            end = group.lines.upperBound
            let ours = sides.text(of: group, isOurs: true, base)
            let theirs = sides.text(of: group, isOurs: false, base)
            if let ours, let theirs, ours != theirs {
                conflicts.append(
                    Conflict(
                        line: breaks + 1,
                        ours: String(decoding: ours, as: UTF16.self),
                        theirs: String(decoding: theirs, as: UTF16.self)
                    )
                )
            }
            write(ours ?? theirs ?? [])
        }
        write(base.text[base.units(of: end..<base.count)])
        text = String(decoding: merged, as: UTF16.self)
        self.conflicts = conflicts
    }

    private struct Edit {
        let block: LineDifference.Block
        let isOurs: Bool
    }

    /// Edits whose lines overlap.
    private struct Group {
        /// Lines of the base.
        var lines: Range<Int>
        var edits: [Edit]
    }

    private struct Sides {
        let ours: TextLines
        let theirs: TextLines

        func edits(of base: TextLines) -> [Edit] {
            LineDifference(from: base, to: ours).blocks.map { Edit(block: $0, isOurs: true) }
                + LineDifference(from: base, to: theirs).blocks.map { Edit(block: $0, isOurs: false) }
        }

        /// Whether one of the texts ends without a line break, so that what is put behind it goes on in its last line.
        func hasOpenEnd(with base: TextLines) -> Bool {
            [ours, theirs, base].contains { $0.text.last.map { $0 != TextLines.lineBreak } ?? false }
        }

        /// The lines of a group as one side has them; nil when it has not changed them.
        func text(of group: Group, isOurs: Bool, _ base: TextLines) -> [UInt16]? {
            let blocks = group.edits.filter { $0.isOurs == isOurs }.map(\.block)
            guard !blocks.isEmpty else { return nil }
            let side = isOurs ? ours : theirs
            var units: [UInt16] = []
            var end = group.lines.lowerBound
            for block in blocks {
                units += base.text[base.units(of: end..<block.old.lowerBound)]
                units += side.text[side.units(of: block.new)]
                end = block.old.upperBound
            }
            return units + base.text[base.units(of: end..<group.lines.upperBound)]
        }
    }

    /// Edits whose lines overlap, together. Two insertions at one place overlap, too: nobody knows which comes first. So do
    /// an edit of the last lines and one at the end, `openEnd`, where these may have no line break.
    private static func grouped(_ edits: [Edit], openEnd: Int?) -> [Group] {
        let sorted = edits.sorted {
            ($0.block.old.lowerBound, $0.block.old.upperBound) < ($1.block.old.lowerBound, $1.block.old.upperBound)
        }
        return sorted.reduce(into: []) { groups, edit in
            let lines = edit.block.old
            let last = groups.count - 1
            if last >= 0,
                lines.lowerBound < groups[last].lines.upperBound || lines == groups[last].lines
                    || (lines.lowerBound == openEnd && groups[last].lines.upperBound == openEnd)
            {
                groups[last].lines =
                    groups[last].lines.lowerBound..<max(groups[last].lines.upperBound, lines.upperBound)
                groups[last].edits.append(edit)
            } else {
                groups.append(Group(lines: lines, edits: [edit]))
            }
        }
    }
}
