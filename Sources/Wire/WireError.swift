/// Why bytes from the other side of a connection could not be read as what they should be.
///
/// Every case means the same to a receiver: the sender does not speak the protocol, close the connection. The cases
/// are kept apart for logs and tests.
public enum WireError: Error, Equatable {
    /// The value goes on behind the last byte that came.
    case cutOff
    /// Bytes are left behind the last field.
    case leftOver
    /// A text is not valid UTF-8.
    case notText
    /// A number does not fit its field, or a varint is longer than ten bytes or not in its shortest form.
    case badNumber
    /// A length or a count is above the limit of its field.
    case tooLong
    /// A frame of no bytes.
    case emptyFrame
    /// A tag, a flag or a value that this version does not know.
    case unknown
    /// A field is well formed but breaks its own rule (a path with `..`, a digest of 31 bytes).
    case refused
}
