// Theory of operation
//
// A stream (a Unix socket, the pipes of a container) has no message borders, so every message travels as a frame: four
// bytes of length, most significant first, then that many bytes. The same frames run between site and runner and
// between runner and agent.
//
//   writer: Frame.encode(message) ──► stream ──► reader: FrameDecoder.append(chunk); while let m = next() { … }
//
// What holds:
//  1. A frame carries 1 to `Frame.limit` bytes. The length is judged as soon as its four bytes are there, before the
//     decoder keeps a single byte for it: a sender can't make it hold more than one frame and one chunk.
//  2. The decoder is a value without I/O. However the stream is cut into chunks, the messages that come out are the
//     same.
//  3. After an error the decoder stays in error: there is no way to find the next border in a stream that lied once.

/// The envelope around every message.
public enum Frame {
    /// The most bytes a frame may carry, its length not counted: 1 MiB.
    public static let limit = 1 << 20

    /// Puts the length in front of a message.
    ///
    /// Throws `emptyFrame` for no bytes and `tooLong` above `limit`: then nothing must be sent.
    public static func encode(_ message: [UInt8]) throws(WireError) -> [UInt8] {
        guard !message.isEmpty else { throw .emptyFrame }
        guard message.count <= limit else { throw .tooLong }
        let length = UInt32(message.count)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(message.count + 4)
        for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: length >> shift)) }
        bytes.append(contentsOf: message)
        return bytes
    }

    /// Encodes a value as one frame.
    public static func encode(_ value: some WireValue) throws(WireError) -> [UInt8] {
        var writer = WireWriter()
        value.write(to: &writer)
        return try encode(writer.bytes)
    }
}

/// Cuts a stream back into messages.
public struct FrameDecoder: Sendable {
    private var buffer: [UInt8] = []
    private var start = 0
    private var failure: WireError?

    /// A decoder at the border of a frame.
    public init() {}

    /// How many bytes came that are not part of a message given out yet.
    public var pending: Int { buffer.count - start }

    /// Takes the next bytes of the stream.
    public mutating func append(_ chunk: some Collection<UInt8>) {
        guard failure == nil else { return }
        if start == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.capacity <= 2 * Frame.limit)
            start = 0
        } else if start > 64 * 1024 {
            buffer.removeSubrange(..<start)
            start = 0
        }
        buffer.append(contentsOf: chunk)
    }

    /// The next whole message, or nil when it is not all there yet.
    ///
    /// Throws `emptyFrame` or `tooLong` for a length that no frame may have, and throws the same again from then on.
    public mutating func next() throws(WireError) -> [UInt8]? {
        if let failure { throw failure }
        guard pending >= 4 else { return nil }
        let length = buffer[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        guard length > 0 else { throw fail(.emptyFrame) }
        guard length <= Frame.limit else { throw fail(.tooLong) }
        guard pending >= 4 + length else { return nil }
        let message = Array(buffer[start + 4..<start + 4 + length])
        start += 4 + length
        return message
    }

    /// The next whole message read as a value, or nil when it is not all there yet.
    public mutating func next<Value: WireValue>(_ type: Value.Type) throws(WireError) -> Value? {
        guard let message = try next() else { return nil }
        do {
            return try WireReader.read(type, from: message)
        } catch {
            throw fail(error)
        }
    }

    private mutating func fail(_ error: WireError) -> WireError {
        failure = error
        buffer = []
        start = 0
        return error
    }
}
