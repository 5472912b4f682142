/// Where a file is in the home, told apart from others by its bytes. For `String` two names are one that Linux keeps
/// apart: an é in one piece and in two.
struct HomePath: Hashable, Comparable {
    /// Names joined by `/`; a folder's ends with one.
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: HomePath, right: HomePath) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    static func < (left: HomePath, right: HomePath) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(text.utf8.count)
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
