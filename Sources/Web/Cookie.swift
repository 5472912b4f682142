/// The name of a cookie of ours. Under TLS it gets the `__Host-` prefix, so that no neighbour domain can plant it.
public struct CookieName: Sendable {
    private let plain: String
    private let path: String

    /// - Parameters:
    ///   - base: what the cookie is for, such as `session`.
    ///   - instance: tells apart instances on one host, which share a cookie jar whatever their port and path.
    ///   - basePath: the site's base path, empty or starting with a slash.
    public init(_ base: String, instance: String, basePath: String) {
        plain = instance.isEmpty ? "carrel-\(base)" : "carrel-\(instance)-\(base)"
        path = basePath.isEmpty ? "/" : basePath
    }

    /// The name on the wire. `__Host-` demands TLS and the path `/`.
    public func text(on request: Request) -> String { request.isSecure ? "__Host-\(plain)" : plain }

    fileprivate func path(on request: Request) -> String { request.isSecure ? "/" : path }
}

extension Response {
    /// Sets a cookie that scripts can't read and other sites can't send along with a change.
    ///
    /// - Parameter maxAge: seconds; nil keeps it until the browser closes.
    public mutating func setCookie(_ name: CookieName, _ value: String, on request: Request, maxAge: Int? = nil) {
        var cookie = "\(name.text(on: request))=\(value); Path=\(name.path(on: request)); HttpOnly; SameSite=Lax"
        if request.isSecure { cookie += "; Secure" }
        if let maxAge { cookie += "; Max-Age=\(maxAge)" }
        headers.add("Set-Cookie", cookie)
    }

    /// Makes the browser forget a cookie.
    public mutating func removeCookie(_ name: CookieName, on request: Request) {
        setCookie(name, "", on: request, maxAge: 0)
    }
}
