/// Why something was not sealed or opened.
public enum SealingError: Error, Sendable, Equatable {
    /// It was sealed with another key or to another owner, or has been changed since.
    case notAuthentic

    /// The library can't be used: it got no random numbers from the system.
    case library
}
