/// An HTTP request method that Carrel's router knows.
public enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"

    /// True for methods that by RFC 9110 section 9.2.1 ask for no change, so that they need no proof of intent.
    public var isSafe: Bool { self == .get || self == .head || self == .options }
}
