/// Header fields of a request or a response, in order; names compare without case.
public struct Headers: Sendable, ExpressibleByDictionaryLiteral {
    private var fields: [(name: String, value: String)]

    /// Fields in the order written.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { (name: $0.0, value: $0.1) }
    }

    /// The first value of a name, nil when absent. Setting replaces all of that name; nil removes them.
    ///
    /// A value with a line break is never stored: it would let one field become two in the response.
    public subscript(name: String) -> String? {
        get { fields.first { Self.same($0.name, name) }?.value }
        set {
            fields.removeAll { Self.same($0.name, name) }
            if let newValue { add(name, newValue) }
        }
    }

    /// Sets all of these fields, as the subscript does for one.
    public mutating func set(_ others: Headers) {
        fields.removeAll { field in others.fields.contains { Self.same($0.name, field.name) } }
        // Room for the few that come after.
        fields.reserveCapacity(fields.count + others.fields.count + 4)
        fields += others.fields
    }

    /// Adds a field beside those of the same name (`Set-Cookie`). A value with a line break or NUL is dropped.
    public mutating func add(_ name: String, _ value: String) {
        var value = value
        let isOneLine = value.withUTF8 { !$0.contains { $0 == 13 || $0 == 10 || $0 == 0 } }
        guard isOneLine else { return }
        fields.append((name: name, value: value))
    }

    /// Calls `body` with each field in order.
    public func forEach(_ body: (_ name: String, _ value: String) -> Void) {
        for field in fields { body(field.name, field.value) }
    }

    private static func same(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count
            && zip(left.utf8, right.utf8).allSatisfy { $0 == $1 || lowercased($0) == lowercased($1) }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= 65 && byte <= 90 ? byte | 32 : byte
    }
}
