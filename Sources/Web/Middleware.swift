/// Something that happens around every request: it may answer itself, or call `next` and look at the answer.
public typealias Middleware = @Sendable (_ request: Request, _ next: Handler) throws -> Response

extension Array where Element == Middleware {
    /// One handler that runs these around `handler`, the first outermost.
    public func around(_ handler: @escaping Handler) -> Handler {
        reversed().reduce(handler) { inner, middleware in { request in try middleware(request, inner) } }
    }
}

/// What of people's own files a page shows besides pictures: its handler says so (`request[Embedding.self]`), and only
/// then does the page's policy let it.
public enum Embedding: RequestKey, Sendable {
    /// A file in a frame. No page of the site can be in one, so this lets in what allows it itself.
    case frame
    /// Sound or film.
    case media

    /// What is kept for a request.
    public typealias Value = Embedding

    var directive: String {
        switch self {
        case .frame: "; frame-src 'self'"
        case .media: "; media-src 'self'"
        }
    }
}

/// The headers that tell a browser what this site never does.
public struct SecurityHeaders: Sendable {
    /// The same headers for every page; only the nonce differs.
    public init() {}

    /// Adds them to every answer; `request.nonce` is the only way for a page to run a script of its own.
    public func callAsFunction(_ request: Request, _ next: Handler) throws -> Response {
        var response = try next(request)
        response.headers.set(request.isSecure ? Self.underTLS : Self.always)
        // What a person or a program made says itself how little it may do.
        if response.headers["Content-Security-Policy"] == nil {
            let embedding = request[Embedding.self]?.directive ?? ""
            response.headers.add("Content-Security-Policy", Self.policy(nonce: request.nonce) + embedding)
        }
        if response.headers["Cache-Control"] == nil { response.headers.add("Cache-Control", "no-store") }
        return response
    }

    private static func policy(nonce: String) -> String {
        var policy = ""
        policy.reserveCapacity(360)
        for (directive, takesNonce) in directives {
            policy += directive
            guard takesNonce else { continue }
            policy += " 'nonce-"
            policy += nonce
            policy += "'"
        }
        return policy
    }

    private static let directives = [
        ("default-src 'none'; script-src 'self'", true),
        ("; style-src 'self'", true),
        (
            "; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
                + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            false
        ),
    ]

    private static let always: Headers = [
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    ]

    private static let underTLS: Headers = {
        var headers = always
        headers["Strict-Transport-Security"] = "max-age=31536000"
        return headers
    }()
}

/// Answers 304 when the client already has what a handler marked with an `ETag`.
public func notModified(_ request: Request, _ next: Handler) throws -> Response {
    let response = try next(request)
    guard response.status == .ok, let tag = response.headers["ETag"], request.knows(tag) else { return response }
    var answer = Response(status: .notModified, headers: ["ETag": tag, "Cache-Control": "private, no-cache"])
    // A browser puts what comes here in the place of what it has: the policy of pages would not do for what is no page.
    for name in ["Content-Security-Policy", "Vary"] { answer.headers[name] = response.headers[name] }
    return answer
}

extension Request {
    /// Whether the client has what this `ETag` names, so that an answer which is `ok` becomes a 304: for handlers whose
    /// answer is dear.
    public func knows(_ tag: String) -> Bool {
        guard method.isSafe, let known = headers["if-none-match"] else { return false }
        let tags = known.split(separator: ",").map { String($0).trimmingWhitespace() }
        return tags.contains("*") || tags.contains { $0 == tag || $0 == "W/\(tag)" }
    }
}
