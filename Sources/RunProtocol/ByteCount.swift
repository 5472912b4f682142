public import Wire

/// An amount of memory, disk or output in bytes.
public struct ByteCount: Hashable, Comparable, Sendable {
    /// The number of bytes.
    public let bytes: UInt64

    /// An amount of so many bytes; a negative number counts as none.
    public init(_ bytes: Int) { self.bytes = UInt64(max(0, bytes)) }

    /// An amount of so many bytes.
    public init(bytes: UInt64) { self.bytes = bytes }

    /// So many times 1024 bytes.
    public static func kibibytes(_ count: Int) -> ByteCount { ByteCount(count * 1024) }

    /// So many times 1024 × 1024 bytes.
    public static func mebibytes(_ count: Int) -> ByteCount { ByteCount(count * 1024 * 1024) }

    /// Orders by size.
    public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
}

extension ByteCount: WireValue {
    /// Reads the number of bytes.
    public init(from reader: inout WireReader) throws(WireError) { bytes = try reader.number() }
    /// Writes the number of bytes.
    public func write(to writer: inout WireWriter) { writer.put(bytes) }
}
