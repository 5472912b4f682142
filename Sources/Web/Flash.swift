public import Crypto
import FoundationEssentials

/// A sentence for the next page, after a form was carried out.
public struct Flash: Sendable, Codable, Equatable {
    /// Whether it is good news.
    public enum Kind: String, Sendable, Codable {
        case ok
        case bad
    }

    /// Whether it is good news.
    public var kind: Kind
    /// One or two plain sentences.
    public var text: String
    /// A button beside the sentence (Undo): its label and where it posts to.
    public var actionLabel: String?
    /// Below the base path; nil for no button.
    public var actionPath: String?

    /// The form that was refused, so that the next page can show what was typed and what is wrong at its field.
    public var fault: Fault?

    /// A refused form with a single field.
    public struct Fault: Sendable, Codable, Equatable {
        /// Which form of the page.
        public var form: String
        /// What was typed, cut to 1,000 characters.
        public var typed: String

        /// What was typed into which form.
        public init(form: String, typed: String) {
            self.form = form
            self.typed = String(typed.prefix(1_000))
        }
    }

    /// A sentence, with or without a button beside it.
    public init(_ kind: Kind, _ text: String, actionLabel: String? = nil, actionPath: String? = nil) {
        self.kind = kind
        self.text = text
        self.actionLabel = actionLabel
        self.actionPath = actionPath
    }
}

/// Keeps a flash message in a signed cookie between two requests; no table, no state in the process.
public struct Flashes: Sendable {
    private let cookie: CookieName
    private let key: SymmetricKey

    /// - Parameter secret: a key of its own is derived from it.
    public init(secret: SymmetricKey, cookie: CookieName) {
        self.cookie = cookie
        key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array("flash".utf8), using: secret))
    }

    /// The message for this page, nil when there is none; taking it uses it up.
    public func take(_ request: Request) -> Flash? {
        if let taken = request[MessageKey.self] { return taken }
        let message = read(request)
        request[MessageKey.self] = message
        return message
    }

    private func read(_ request: Request) -> Flash? {
        guard let text = request.cookie(cookie.text(on: request)) else { return nil }
        request[TakenKey.self] = true
        let parts = text.split(separator: ".").map(String.init)
        guard parts.count == 2, let payload = Base64URL.decode(parts[0]), let code = Base64URL.decode(parts[1]),
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: payload, using: key)
        else { return nil }
        return try? JSONDecoder().decode(Flash.self, from: Data(payload))
    }

    /// Removes the cookie from the browser once its message was taken.
    public func callAsFunction(_ request: Request, _ next: Handler) throws -> Response {
        var response = try next(request)
        if request[TakenKey.self] == true { response.removeCookie(cookie, on: request) }
        return response
    }

    /// Puts a message on the next page.
    public func put(_ flash: Flash, on response: inout Response, for request: Request) throws {
        let payload = Array(try JSONEncoder().encode(flash))
        let code = HMAC<SHA256>.authenticationCode(for: payload, using: key)
        response.setCookie(cookie, "\(Base64URL.encode(payload)).\(Base64URL.encode(code))", on: request, maxAge: 60)
    }

    private enum TakenKey: RequestKey { typealias Value = Bool }
    private enum MessageKey: RequestKey { typealias Value = Flash }
}
