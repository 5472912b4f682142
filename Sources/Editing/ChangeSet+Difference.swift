// Theory of operation. Lines that both texts have are left out first (`LineDifference`). What is left of both is cut into
// tokens: words, or single other characters, each with the white space before it. They are walked side by side. While
// tokens are equal only differing white space is a place, so a text that was indented anew keeps every word where it is,
// and a cursor in a word stays in that word. Where tokens differ, the nearest pair after which tokens of `agreement` units
// are equal again ends the place. It is looked for among the next `reach` tokens only: a difference costs at most reach²
// comparisons, the whole at most a constant times the texts' length.
//
// Not the shortest difference: one that is found quickly, and that is small for what formatters do.

extension ChangeSet {
    /// How many units of equal tokens end a difference.
    private static let agreement = 3
    /// How many tokens after a difference its end is looked for.
    private static let reach = 48

    /// The places that make `new` of `old`, each as small as words are; their line breaks are "\n".
    public static func places(from old: String, to new: String) -> [Place] {
        places(from: TextLines(old), to: TextLines(new))
    }

    static func places(from old: TextLines, to new: TextLines) -> [Place] {
        LineDifference(from: old, to: new).blocks.flatMap { block in
            let (stretch, text) = (old.units(of: block.old), new.units(of: block.new))
            return places(from: Tokens(old.text[stretch]), to: Tokens(new.text[text])).map { place in
                let start = stretch.lowerBound + place.range.lowerBound
                return Place(start..<(start + place.range.count), place.text)
            }
        }
    }

    private static func places(from old: Tokens, to new: Tokens) -> [Place] {
        var places: [Place] = []
        func add(_ stretch: Range<Int>, _ text: Range<Int>) {
            guard old.units[stretch] != new.units[text] else { return }
            let same = zip(old.units[stretch], new.units[text]).prefix { $0 == $1 && Tokens.isSpace($0) }.count
            let stretch = (stretch.lowerBound + same)..<stretch.upperBound
            let written = String(decoding: new.units[text].dropFirst(same), as: UTF16.self)
            if let last = places.last, last.range.upperBound == stretch.lowerBound {
                places[places.count - 1] = Place(last.range.lowerBound..<stretch.upperBound, last.text + written)
            } else {
                places.append(Place(stretch, written))
            }
        }
        var (one, other) = (0, 0)
        while one < old.count, other < new.count {
            if old.word(one) == new.word(other) {
                add(old.space(one), new.space(other))
                one += 1
                other += 1
            } else {
                let (skipped, added) = resynchronised(old, one, new, other)
                let stretch = old.start(one)..<old.start(one + skipped)
                add(stretch, new.start(other)..<new.start(other + added))
                one += skipped
                other += added
            }
        }
        add(old.start(one)..<old.units.count, new.start(other)..<new.units.count)
        return places
    }

    /// How many tokens of each text to leave behind until they agree again; all where they don't within reach.
    private static func resynchronised(_ old: Tokens, _ one: Int, _ new: Tokens, _ other: Int) -> (Int, Int) {
        for distance in 1...(2 * reach) {
            for skipped in max(0, distance - reach)...min(distance, reach) {
                let (left, right) = (one + skipped, other + distance - skipped)
                guard left <= old.count, right <= new.count else { continue }
                if agree(old, left, new, right) { return (skipped, distance - skipped) }
            }
        }
        return (old.count - one, new.count - other)
    }

    private static func agree(_ old: Tokens, _ left: Int, _ new: Tokens, _ right: Int) -> Bool {
        var (step, units) = (0, 0)
        while units < agreement {
            guard left + step < old.count, right + step < new.count else {
                return left + step >= old.count && right + step >= new.count
            }
            guard old.word(left + step) == new.word(right + step) else { return false }
            units += old.word(left + step).count
            step += 1
        }
        return true
    }

    /// A text in tokens: white space and then a word, or one unit of something else. What follows the last word is white
    /// space without one.
    private struct Tokens {
        let units: [UInt16]
        private var starts: [Int] = []
        private var words: [Int] = []

        var count: Int { words.count }

        init(_ text: ArraySlice<UInt16>) {
            units = Array(text)
            var place = 0
            while true {
                let start = place
                while place < units.count, Self.isSpace(units[place]) { place += 1 }
                guard place < units.count else { break }
                starts.append(start)
                words.append(place)
                guard Self.isWord(units[place]) else {
                    place += 1
                    continue
                }
                while place < units.count, Self.isWord(units[place]) { place += 1 }
            }
        }

        /// Where the white space before a token begins; for the one after the last, where the last word ends.
        func start(_ token: Int) -> Int { token < starts.count ? starts[token] : (words.last.map(wordEnd) ?? 0) }

        func space(_ token: Int) -> Range<Int> { starts[token]..<words[token] }

        func word(_ token: Int) -> ArraySlice<UInt16> { units[words[token]..<wordEnd(words[token])] }

        private func wordEnd(_ start: Int) -> Int {
            guard Self.isWord(units[start]) else { return start + 1 }
            var end = start
            while end < units.count, Self.isWord(units[end]) { end += 1 }
            return end
        }

        static func isSpace(_ unit: UInt16) -> Bool { unit == 32 || (9...13).contains(unit) }

        /// Letters, digits, `_` and all that is not ASCII, so that no pair of surrogates is cut in two.
        private static func isWord(_ unit: UInt16) -> Bool {
            switch unit {
            case 48...57, 65...90, 95, 97...122, 128...: true
            default: false
            }
        }
    }
}
