/// An HTTP status code with its reason phrase.
public struct Status: Sendable, Equatable {
    /// Three digits.
    public let code: Int
    /// The phrase that HTTP/1.1 sends along.
    public let reason: String

    /// A status that is not among the named ones.
    public init(_ code: Int, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// RFC 9110, 15.3.1.
    public static let ok = Status(200, "OK")
    /// RFC 9110, 15.3.2.
    public static let created = Status(201, "Created")
    /// RFC 9110, 15.3.5.
    public static let noContent = Status(204, "No Content")
    /// RFC 9110, 15.3.7.
    public static let partialContent = Status(206, "Partial Content")
    /// RFC 9110, 15.4.2: the same thing has another address for good.
    public static let movedPermanently = Status(301, "Moved Permanently")
    /// RFC 9110, 15.4.4: what follows a form.
    public static let seeOther = Status(303, "See Other")
    /// RFC 9110, 15.4.5.
    public static let notModified = Status(304, "Not Modified")
    /// RFC 9110, 15.5.1.
    public static let badRequest = Status(400, "Bad Request")
    /// RFC 9110, 15.5.2: signed out.
    public static let unauthorized = Status(401, "Unauthorized")
    /// RFC 9110, 15.5.4.
    public static let forbidden = Status(403, "Forbidden")
    /// RFC 9110, 15.5.5: not there, or not the reader's.
    public static let notFound = Status(404, "Not Found")
    /// RFC 9110, 15.5.6.
    public static let methodNotAllowed = Status(405, "Method Not Allowed")
    /// RFC 9110, 15.5.10.
    public static let conflict = Status(409, "Conflict")
    /// RFC 9110, 15.5.14.
    public static let contentTooLarge = Status(413, "Content Too Large")
    /// RFC 9110, 15.5.16.
    public static let unsupportedMediaType = Status(415, "Unsupported Media Type")
    /// RFC 9110, 15.5.17: none of the bytes that were asked for are there.
    public static let rangeNotSatisfiable = Status(416, "Range Not Satisfiable")
    /// RFC 9110, 15.5.21: a form with faults in its fields.
    public static let unprocessable = Status(422, "Unprocessable Content")
    /// RFC 6585, 4.
    public static let tooManyRequests = Status(429, "Too Many Requests")
    /// RFC 9110, 15.6.1: our fault.
    public static let internalError = Status(500, "Internal Server Error")
    /// RFC 9110, 15.6.4.
    public static let serviceUnavailable = Status(503, "Service Unavailable")
}
