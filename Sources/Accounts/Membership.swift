import SiteKit
public import Web

private enum ReaderKey: RequestKey { typealias Value = Reader }

extension Request {
    /// The signed-in person, nil for a visitor. Known after the session middleware.
    public var reader: Reader? { self[ReaderKey.self] }
}

extension Accounts {
    /// Middleware: finds out once a request who sent it.
    public func recognise(_ request: Request, _ next: Handler) throws -> Response {
        if !request.isForPrograms, let reader = try reader(of: request) {
            request[ReaderKey.self] = reader
            request[FrameUserKey.self] = Frame.User(
                username: reader.account.username,
                isAdministrator: reader.account.isAdministrator
            )
        }
        return try next(request)
    }
}

extension Routes {
    /// Adds a route for signed-in people only. Visitors are led to the sign-in page, scripts get 401.
    public mutating func members<each Parameter: PathParameter>(
        _ method: Method,
        _ pattern: String,
        _ handler: @escaping @Sendable (Request, Reader, repeat each Parameter) throws -> Response
    ) {
        readers(method, pattern, audience: "members", handler)
    }

    /// Adds a route whose handler is told who is signed in, under the name of an audience.
    private mutating func readers<each Parameter: PathParameter>(
        _ method: Method,
        _ pattern: String,
        audience: String,
        _ handler: @escaping @Sendable (Request, Reader, repeat each Parameter) throws -> Response
    ) {
        add(method, pattern, audience: audience) { (request: Request, parameter: repeat each Parameter) in
            guard let reader = request.reader else { return try signInFirst(request) }
            return try handler(request, reader, repeat each parameter)
        }
    }
}

extension Routes {
    /// Adds a route for administrators only. To other signed-in people it is not there.
    public mutating func administrators<each Parameter: PathParameter>(
        _ method: Method,
        _ pattern: String,
        _ handler: @escaping @Sendable (Request, Reader, repeat each Parameter) throws -> Response
    ) {
        readers(method, pattern, audience: "administrators") {
            (request: Request, reader: Reader, parameter: repeat each Parameter) in
            guard reader.account.isAdministrator else { throw Problem.notFound }
            return try handler(request, reader, repeat each parameter)
        }
    }
}

extension Routes {
    /// Adds a route for programs, which show an access token. Where `isOpen`, nobody has to; who does must show a good one.
    public mutating func programs<each Parameter: PathParameter>(
        _ method: Method,
        _ pattern: String,
        of accounts: Accounts,
        isOpen: Bool = false,
        operation: Operation? = nil,
        _ handler: @escaping @Sendable (Request, Account?, repeat each Parameter) throws -> Response
    ) {
        precondition(pattern.hasPrefix("/api/"), "\(pattern) would be protected by cookies, which programs don't send")
        add(method, pattern, audience: isOpen ? "anyone" : "tokens", operation: operation) {
            (request: Request, parameter: repeat each Parameter) in
            let account = try accounts.bearer(of: request)
            guard account != nil || isOpen else { throw Accounts.noToken }
            return try handler(request, account, repeat each parameter)
        }
    }
}

private func signInFirst(_ request: Request) throws -> Response {
    guard request.method.isSafe, !request.prefersJSON, request.headers["accept"] != "text/event-stream" else {
        throw Problem(.unauthorized, "You are signed out. Sign in and try again.")
    }
    return .seeOther("/sign-in?return=\(Percent.encode(request.path))")
}
