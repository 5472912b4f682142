/// A value that is a text, told apart from others and ordered by the bytes of its UTF-8. For `String` two names are one
/// that Linux and the database keep apart: an é in one piece and in two.
public protocol BytewiseText: Hashable, Comparable {
    /// The text.
    var text: String { get }
}

extension BytewiseText {
    /// Whether the bytes are the same.
    public static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    /// Orders by the bytes of the text.
    public static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(text.utf8.count)
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
