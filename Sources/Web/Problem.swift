/// A reason why a request is not done, in words that its reader may see. Thrown anywhere, drawn in one place.
public struct Problem: Error, Sendable {
    /// What the response's status is.
    public let status: Status
    /// One or two plain sentences: what happened and what to do next.
    public let message: String
    /// What is wrong with which form field.
    public let fields: [String: String]
    /// Fields that the response gets besides (`Retry-After`, `Allow`).
    public let headers: Headers

    /// A problem in the reader's words.
    public init(_ status: Status, _ message: String, fields: [String: String] = [:], headers: Headers = [:]) {
        self.status = status
        self.message = message
        self.fields = fields
        self.headers = headers
    }

    /// Not there, or not the reader's to see: the two are told apart to nobody.
    public static let notFound = Problem(.notFound, "There is nothing at this address, or it is not shared with you.")

    /// The request makes no sense.
    public static func badRequest(_ message: String) -> Problem { Problem(.badRequest, message) }

    /// A form field is wrong.
    public static func invalid(_ field: String, _ message: String) -> Problem {
        Problem(.unprocessable, message, fields: [field: message])
    }

    /// The body is larger than this place takes.
    public static func tooLarge(limit: Int) -> Problem {
        Problem(.contentTooLarge, "This is larger than the \(limit / 1024) KB that can be sent here.")
    }
}
