/// Builds the bytes of one message.
///
/// Numbers are varints (LEB128, least significant group first, shortest form), texts and byte strings carry their
/// length in front, lists their count. Nothing is padded and nothing names a field: both sides know the order.
public struct WireWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    /// An empty message.
    public init() {}

    /// Appends one byte; used for tags and flags.
    public mutating func put(byte: UInt8) {
        bytes.append(byte)
    }

    /// Appends a flag as one byte, 0 or 1.
    public mutating func put(_ flag: Bool) {
        bytes.append(flag ? 1 : 0)
    }

    /// Appends a number in one to ten bytes.
    public mutating func put(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Appends a count or another number that is never negative. A negative one is written as 0.
    public mutating func put(_ number: Int) {
        put(UInt64(max(0, number)))
    }

    /// Appends a signed number, small magnitudes in few bytes (zigzag).
    public mutating func put(signed number: Int64) {
        put(UInt64(bitPattern: (number << 1) ^ (number >> 63)))
    }

    /// Appends a time span in nanoseconds. A negative one is written as 0, one above 292 years as 292 years.
    public mutating func put(_ span: Duration) {
        let (seconds, attoseconds) = span.components
        guard seconds >= 0, attoseconds >= 0 else { return put(UInt64(0)) }
        let whole = min(UInt64(seconds), UInt64(Int64.max) / 1_000_000_000 - 1)
        put(whole * 1_000_000_000 + UInt64(attoseconds) / 1_000_000_000)
    }

    /// Appends bytes with their length in front.
    public mutating func put(_ content: [UInt8]) {
        put(content.count)
        bytes.append(contentsOf: content)
    }

    /// Appends a text as UTF-8 with its length in bytes in front.
    public mutating func put(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            put(utf8.count)
            bytes.append(contentsOf: utf8)
        }
    }

    /// Appends a value by its own rule.
    public mutating func put(_ value: some WireValue) {
        value.write(to: &self)
    }

    /// Appends a list with its count in front.
    public mutating func put<Value: WireValue>(list: [Value]) {
        put(list.count)
        for value in list { value.write(to: &self) }
    }

    /// Appends texts with their count in front.
    public mutating func put(texts: [String]) {
        put(texts.count)
        for text in texts { put(text) }
    }
}

/// Something with a place in a message.
///
/// Reading is the side that faces a stranger: `init(from:)` must bound every length before it allocates.
public protocol WireValue: Sendable {
    /// Reads the value.
    init(from reader: inout WireReader) throws(WireError)
    /// Writes the value so that `init(from:)` gives an equal one.
    func write(to writer: inout WireWriter)
}
