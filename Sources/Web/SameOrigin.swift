public import Crypto
import FoundationEssentials

/// Refuses changes that another site asks a browser to make (CSRF), in two independent ways.
///
/// 1. A browser says where a request comes from: `Origin` must be this site, and `Sec-Fetch-Site` must not be
///    `cross-site`. 2. Every form carries a token that only a page of this site could have shown to this browser: an
///    HMAC of the browser's own cookie. A visitor without a session gets a cookie just for that.
public struct SameOrigin: Sendable {
    /// The cookie that a token belongs to when there is no session.
    public let visitorCookie: CookieName
    /// The cookie of a session; a token made before sign-in is worthless after it.
    public let sessionCookie: CookieName
    private let key: SymmetricKey
    /// What every token begins with: the key, taken in.
    private let keyed: HMAC<SHA256>

    /// - Parameter secret: a key of its own is derived from it.
    public init(secret: SymmetricKey, visitorCookie: CookieName, sessionCookie: CookieName) {
        self.key = SymmetricKey(
            data: HMAC<SHA256>.authenticationCode(for: Array("same-origin".utf8), using: secret)
        )
        self.keyed = HMAC(key: key)
        self.visitorCookie = visitorCookie
        self.sessionCookie = sessionCookie
    }

    /// The token for forms on the page that answers this request.
    public func token(for request: Request) -> String {
        if let known = request[TokenKey.self] { return known }
        let owner: String
        if let cookie = current(request) {
            owner = cookie
        } else {
            owner = SecureRandom.token()
            request[NewVisitorKey.self] = owner
        }
        var code = keyed
        code.update(data: Array(owner.utf8))
        let mask = SecureRandom.bytes(SHA256.byteCount)
        let token = Base64URL.encode(mask + zip(mask, code.finalize()).map { $0 ^ $1 })
        request[TokenKey.self] = token
        return token
    }

    /// Lets safe methods pass and checks all others.
    public func callAsFunction(_ request: Request, _ next: Handler) throws -> Response {
        // Where cookies count for nothing, another site has nothing to gain from a browser that sends them.
        if !request.method.isSafe, !request.isForPrograms { try check(request) }
        var response = try next(request)
        if let visitor = request[NewVisitorKey.self] {
            response.setCookie(visitorCookie, visitor, on: request)
        }
        return response
    }

    private func check(_ request: Request) throws {
        if let site = request.headers["sec-fetch-site"], site != "same-origin" && site != "none" { throw Self.foreign }
        if let origin = request.headers["origin"] {
            let scheme = request.isSecure ? "https" : "http"
            guard let host = request.headers["host"], origin == "\(scheme)://\(host)" else { throw Self.foreign }
        }
        guard let owner = current(request) else { throw Self.stale }
        let sent: String?
        if let header = request.headers["x-csrf-token"] {
            sent = header
        } else {
            sent = try request.form()["_csrf"]
        }
        guard let sent, let token = Base64URL.decode(sent), token.count == 2 * SHA256.byteCount,
            case let code = zip(token.prefix(SHA256.byteCount), token.suffix(SHA256.byteCount)).map({ $0 ^ $1 }),
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Array(owner.utf8), using: key)
        else { throw Self.stale }
    }

    private func current(_ request: Request) -> String? {
        request.cookie(sessionCookie.text(on: request)) ?? request.cookie(visitorCookie.text(on: request))
    }

    private static let foreign = Problem(.forbidden, "This request came from another site and was not carried out.")
    private static let stale = Problem(
        .forbidden,
        "This page was opened before you signed in or out, or your browser refuses cookies. Reload it and try again."
    )

    private enum TokenKey: RequestKey { typealias Value = String }
    private enum NewVisitorKey: RequestKey { typealias Value = String }
}
