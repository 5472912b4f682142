/// Name and value pairs of a query string or an urlencoded form, in order.
public struct Query: Sendable {
    /// The pairs as they came.
    public let pairs: [(name: String, value: String)]
    /// False when some pair was not valid percent-encoded UTF-8; such pairs are left out.
    public let isWellFormed: Bool

    /// Reads `a=1&b=2`. At most `limit` pairs are read; more make it not well-formed.
    public init(_ encoded: some Collection<UInt8>, limit: Int = 1_000) {
        var pairs: [(name: String, value: String)] = []
        var isWellFormed = true
        for part in encoded.split(separator: UInt8(ascii: "&")) {
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            let rest = equals == part.endIndex ? part[equals...] : part[part.index(after: equals)...]
            guard pairs.count < limit,
                let name = Percent.decode(part[..<equals], plusIsSpace: true),
                let value = Percent.decode(rest, plusIsSpace: true)
            else {
                isWellFormed = false
                continue
            }
            pairs.append((name: name, value: value))
        }
        self.pairs = pairs
        self.isWellFormed = isWellFormed
    }

    /// Reads a query string without its question mark.
    public init(_ encoded: String) { self.init(encoded.utf8) }

    /// The first value of a name, nil when absent.
    public subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// The first value of a name as a whole number from 0; nil when it is none.
    public func number(_ name: String) -> Int? { self[name].flatMap(Int.init(pathComponent:)) }

    /// What follows an address for the same pairs: `?a=1&b=2`, or nothing.
    public var suffix: String {
        guard !pairs.isEmpty else { return "" }
        return "?" + pairs.map { "\(Percent.encode($0.name))=\(Percent.encode($0.value))" }.joined(separator: "&")
    }

    /// Every value of a name, in order.
    public func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }
}
