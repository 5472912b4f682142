/// Markup that is written into a page as it is.
///
/// A value of this type is a promise that the text is well-formed HTML in which everything that came from people has
/// been escaped. Pages are rendered from templates; this type is for the few pieces that trusted code makes itself.
public struct HTML: Sendable, Equatable {
    /// The markup.
    public let text: String

    /// Takes markup that the caller vouches for.
    public init(trusted text: String) {
        self.text = text
    }

    /// Turns any text into markup that shows it.
    public init(escaping text: String) {
        let bytes = Output.build(capacity: text.utf8.count + 64) { $0.append(text, escaping: .html) }
        self.text = String(decoding: bytes, as: UTF8.self)
    }
}
