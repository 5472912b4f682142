/// Things that have texts, in portions whose texts may be in memory together: at most 2,097,152 UTF-16 code units, unless
/// one alone has more.
public struct TextPortions<Element>: Sequence, IteratorProtocol {
    private static var longest: Int { 2 << 20 }

    private var rest: ArraySlice<Element>
    private let length: (Element) -> Int

    /// Goes through `elements` in their order. `length` gives the UTF-16 code units of one's text, 0 when it has none.
    public init(_ elements: [Element], length: @escaping (Element) -> Int) {
        rest = elements[...]
        self.length = length
    }

    /// The next portion, which is not empty; nil behind the last.
    public mutating func next() -> ArraySlice<Element>? {
        guard let first = rest.first else { return nil }
        var total = length(first)
        let others = rest.dropFirst().prefix { element in
            total += length(element)
            return total <= Self.longest
        }
        defer { rest = rest[others.endIndex...] }
        return rest[..<others.endIndex]
    }
}
