import Logging

/// The whole site as a function from request to response: the only place that catches errors.
public struct Application: Sendable {
    /// Draws a problem for its reader. Must not throw.
    public typealias Draw = @Sendable (Problem, Request) -> Response
    /// Makes a problem of an error that is none, when its reader can do something about it; nil calls it our fault.
    public typealias Explain = @Sendable (any Error) -> Problem?

    /// Where the site is mounted: empty, or `/carrel` without a slash at its end.
    public let basePath: String
    private let handler: Handler

    /// - Parameters:
    ///   - outer: what happens around everything, error pages too; these must not throw.
    ///   - inner: what happens around a handler; these may throw problems of their own.
    public init(
        basePath: String,
        router: Router,
        outer: [Middleware],
        inner: [Middleware],
        draw: @escaping Draw,
        explain: @escaping Explain = { _ in nil }
    ) {
        self.basePath = basePath
        let drawn: Middleware = { request, next in
            do {
                return try next(request)
            } catch let problem as Problem {
                return Self.drawn(problem, request, draw)
            } catch {
                if let problem = explain(error) {
                    request.log.warning("request not answered", metadata: ["error": .string("\(error)")])
                    return Self.drawn(problem, request, draw)
                }
                request.log.error("request failed", metadata: ["error": .string(String(reflecting: error))])
                return Self.drawn(
                    Problem(.internalError, "Something went wrong on our side. It has been noted."),
                    request,
                    draw
                )
            }
        }
        // Drawn twice: inside, so that cookies set by `inner` reach error pages too; outside, for what `inner` throws.
        handler = (outer + [drawn] + inner + [drawn]).around { try router.respond(to: $0) }
    }

    /// Answers a request. `Location` and `X-Accel-Redirect` get the base path in front.
    public func respond(to request: Request) -> Response {
        do {
            var response = try handler(request)
            for name in ["Location", "X-Accel-Redirect"] {
                if let path = response.headers[name] { response.headers[name] = basePath + path }
            }
            response.headers["X-Request-ID"] = request.id
            return response
        } catch {
            request.log.critical("error page failed", metadata: ["error": .string(String(reflecting: error))])
            return .text("Something went wrong. Request \(request.id)", status: .internalError)
        }
    }

    private static func drawn(_ problem: Problem, _ request: Request, _ draw: Draw) -> Response {
        var response = draw(problem, request)
        problem.headers.forEach { response.headers.add($0, $1) }
        return response
    }

    /// The part of a request path below the base path; nil when the address is not ours.
    public static func path(_ full: String, below basePath: String) -> String? {
        guard !basePath.isEmpty else { return full.isEmpty ? "/" : full }
        guard full.hasPrefix(basePath) else { return nil }
        let rest = full.dropFirst(basePath.count)
        if rest.isEmpty { return "/" }
        return rest.hasPrefix("/") ? String(rest) : nil
    }
}
