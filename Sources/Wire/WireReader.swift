/// Reads the fields of one message, in the order in which `WireWriter` put them.
///
/// Every length is checked against the field's limit and against the bytes that are really there before anything is
/// copied, so a message can make its reader allocate at most a small multiple of its own size.
public struct WireReader: Sendable {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    /// A reader at the first byte of a message.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    /// How many bytes are still unread.
    public var remaining: Int { end - position }

    /// Reads a whole message as one value and makes sure that nothing is left over.
    public static func read<Value: WireValue>(_ type: Value.Type, from bytes: [UInt8]) throws(WireError) -> Value {
        var reader = WireReader(bytes)
        let value = try Value(from: &reader)
        try reader.finish()
        return value
    }

    /// Throws `leftOver` unless every byte was read.
    public func finish() throws(WireError) {
        guard remaining == 0 else { throw .leftOver }
    }

    /// Reads one byte.
    public mutating func byte() throws(WireError) -> UInt8 {
        guard position < end else { throw .cutOff }
        defer { position += 1 }
        return bytes[position]
    }

    /// Reads a flag; a byte other than 0 and 1 is refused.
    public mutating func flag() throws(WireError) -> Bool {
        switch try byte() {
        case 0: return false
        case 1: return true
        default: throw .unknown
        }
    }

    /// Reads a number of at most `limit`.
    public mutating func number(atMost limit: UInt64 = .max) throws(WireError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            let group = UInt64(next & 0x7F)
            // The tenth byte holds one bit; a zero byte at the end would be a second spelling of the same number.
            guard shift < 63 || group <= 1, shift <= 63, next != 0 || shift == 0 else { throw .badNumber }
            value |= group << shift
            if next & 0x80 == 0 { break }
            shift += 7
        }
        guard value <= limit else { throw .badNumber }
        return value
    }

    /// Reads a number that is never negative, at most `limit`.
    public mutating func count(atMost limit: Int) throws(WireError) -> Int {
        let value = try number()
        guard value <= UInt64(limit) else { throw .tooLong }
        return Int(value)
    }

    /// Reads a signed number (zigzag).
    public mutating func signed() throws(WireError) -> Int64 {
        let value = try number()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// Reads a time span, 0 to 292 years.
    public mutating func span() throws(WireError) -> Duration {
        .nanoseconds(Int64(try number(atMost: UInt64(Int64.max))))
    }

    /// Reads bytes with their length in front, at most `limit` of them.
    public mutating func content(atMost limit: Int) throws(WireError) -> [UInt8] {
        let length = try count(atMost: limit)
        guard length <= remaining else { throw .cutOff }
        defer { position += length }
        return Array(bytes[position..<position + length])
    }

    /// Reads a text of at most `limit` bytes of valid UTF-8.
    public mutating func text(atMost limit: Int) throws(WireError) -> String {
        let length = try count(atMost: limit)
        guard length <= remaining else { throw .cutOff }
        defer { position += length }
        guard let text = String(validating: bytes[position..<position + length], as: UTF8.self) else { throw .notText }
        return text
    }

    /// Reads a list of at most `limit` values.
    public mutating func list<Value: WireValue>(of type: Value.Type, atMost limit: Int) throws(WireError) -> [Value] {
        let count = try self.count(atMost: limit)
        // A value takes a byte at least, so a count above what is left can only be a lie.
        guard count <= remaining else { throw .cutOff }
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try Value(from: &self)) }
        return values
    }

    /// Reads at most `limit` texts of at most `length` bytes each.
    public mutating func texts(atMost limit: Int, length: Int) throws(WireError) -> [String] {
        let count = try self.count(atMost: limit)
        guard count <= remaining else { throw .cutOff }
        var values: [String] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try text(atMost: length)) }
        return values
    }
}
