/// The lines of the project's files that an output names, for pages without scripts. `Templates/running/places.js`
/// finds the same for those that have them.
///
/// Compilers and tracebacks name a line in one of these ways: `path:4`, `path: line 4`, `path line 4`,
/// `path on line 4`, `path(4)`, `path(4,` and `"path", line 4`. What stands before a number is looked at for so many
/// bytes only: whatever a program prints, it is over at once.
struct OutputPlaces {
    /// A place in a text: the bytes that name it, and what it names.
    struct Place: Equatable {
        let range: Range<Int>
        let path: String
        let line: Int
    }

    /// The longest path, in bytes, and the most digits of a line number.
    private static let longestPath = 300
    private static let mostDigits = 7
    /// The longest line of output that is looked at, in bytes.
    private static let longestLine = 2_000

    private static let home = Array("/home/coder/".utf8)
    private static let quoted = Array("\", line ".utf8)
    /// What stands between a path and a number; the longest first.
    private static let between = [" on line ", ": line ", " line ", ":"].map { Array($0.utf8) }
    private static let ends = Set(" \t\n\u{0B}\u{0C}\r:\"'`()[]<>,;".utf8)

    /// Whether the project has a text of that path.
    let has: (String) -> Bool

    /// The places in a text, in their order.
    func places(in text: [UInt8]) -> [Place] {
        var places: [Place] = []
        var start = 0
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            start = line.startIndex
            guard line.count <= Self.longestLine else { continue }
            var (index, last) = (start, start)
            while index < line.endIndex {
                guard Self.isDigit(line[index]) else {
                    index += 1
                    continue
                }
                let end = line[index...].firstIndex { !Self.isDigit($0) } ?? line.endIndex
                if let place = place(before: index..<end, in: line, from: last) {
                    places.append(place)
                    last = place.range.upperBound
                }
                index = end
            }
        }
        return places
    }

    /// The place that ends with this number, if it is one; it begins at `first` or behind it.
    private func place(before digits: Range<Int>, in line: ArraySlice<UInt8>, from first: Int) -> Place? {
        guard digits.count <= Self.mostDigits, let number = Int(String(decoding: line[digits], as: UTF8.self)),
            number > 0
        else { return nil }
        let before = line[first..<digits.lowerBound]
        let next = digits.upperBound < line.endIndex ? line[digits.upperBound] : 0
        if before.hasSuffix(Self.quoted) {
            let name = before.dropLast(Self.quoted.count)
            guard let quote = name.suffix(Self.longestPath + 1).lastIndex(of: UInt8(ascii: "\"")) else { return nil }
            return place(name[(quote + 1)...], from: quote, to: digits.upperBound, number)
        }
        if before.last == UInt8(ascii: "("), next == UInt8(ascii: ")") || next == UInt8(ascii: ",") {
            let name = Self.name(endOf: before.dropLast())
            return place(name, from: name.startIndex, to: digits.upperBound + 1, number)
        }
        guard !Self.isWord(next), let words = Self.between.first(where: { before.hasSuffix($0) }) else { return nil }
        let name = Self.name(endOf: before.dropLast(words.count))
        return place(name, from: name.startIndex, to: digits.upperBound, number)
    }

    private func place(_ name: ArraySlice<UInt8>, from start: Int, to end: Int, _ line: Int) -> Place? {
        guard (1...Self.longestPath).contains(name.count) else { return nil }
        var rest = name.starts(with: Self.home) ? name.dropFirst(Self.home.count) : name
        while rest.starts(with: [UInt8(ascii: "."), UInt8(ascii: "/")]) { rest = rest.dropFirst(2) }
        let path = String(decoding: rest, as: UTF8.self)
        return has(path) ? Place(range: start..<end, path: path, line: line) : nil
    }

    /// What a text ends with that could be a path.
    private static func name(endOf text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let near = text.suffix(longestPath + 1)
        guard let end = near.lastIndex(where: ends.contains) else { return near }
        return near[(end + 1)...]
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ end: [UInt8]) -> Bool { suffix(end.count).elementsEqual(end) }
}
