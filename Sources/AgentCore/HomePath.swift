import Wire

/// Where a file is in the home, told apart from others by its bytes.
struct HomePath: BytewiseText {
    /// Names joined by `/`; a folder's ends with one.
    let text: String

    init(_ text: String) {
        self.text = text
    }
}
