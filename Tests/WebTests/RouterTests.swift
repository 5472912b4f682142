import Testing
import Web

@Suite("Finding the handler of a request")
struct RouterTests {
    private func router() throws -> Router {
        var routes = Routes()
        routes.get("/") { _ in .text("front") }
        routes.get("/projects") { _ in .text("list") }
        routes.get("/projects/new") { _ in .text("new") }
        routes.get("/projects/{project}") { (_: Request, id: Int) in .text("project \(id)") }
        routes.get("/projects/{project}/files/{path...}") { (_: Request, id: Int, path: String) in
            .text("\(id): \(path)")
        }
        routes.post("/projects") { _ in .text("made") }
        return try Router(routes)
    }

    private func answer(_ method: Method, _ path: String) throws -> String {
        let response = try router().respond(to: Request(id: "1", method: method, path: path))
        guard case .bytes(let bytes) = response.body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "A literal goes before a parameter, and parameters arrive decoded and typed",
        arguments: [
            ("/", "front"), ("/projects", "list"), ("/projects/new", "new"), ("/projects/7", "project 7"),
            ("/projects/7/files/src/a%20b.py", "7: src/a b.py"), ("/projects/7/files/%C3%A9", "7: é"),
            ("/projects/7/files/", "7: "),
        ]
    )
    func finds(path: String, expected: String) throws {
        #expect(try answer(.get, path) == expected)
    }

    @Test(
        "What is no such value, or no such address, is not found",
        arguments: [
            "/nothing", "/projects/x", "/projects/-1", "/projects/007", "//projects", "/nothing/", "/projects//",
        ]
    )
    func notFound(path: String) throws {
        #expect { try answer(.get, path) } throws: { ($0 as? Problem)?.status == .notFound }
    }

    @Test(
        "An address with a slash too many leads to the page without, and nowhere else",
        arguments: ["?", "?a=1&b=%C3%A9"]
    )
    func slash(query: String) throws {
        func location(_ method: Method, _ path: String) throws -> String? {
            let request = Request(id: "1", method: method, path: path, query: Query(String(query.dropFirst())))
            return try router().respond(to: request).headers["Location"]
        }
        let suffix = query == "?" ? "" : query
        #expect(try location(.get, "/projects/7/") == "/projects/7\(suffix)")
        #expect(try location(.get, "/projects/") == "/projects\(suffix)")
        #expect(throws: Problem.self) { try location(.post, "/projects/") }
        #expect(throws: Problem.self) { try location(.get, "//evil.example/") }
    }

    @Test(
        "An address that is not UTF-8, or hides a NUL, is a bad request",
        arguments: ["/%FF", "/a%00b", "/%", "/%G1"]
    )
    func malformed(path: String) throws {
        #expect { try answer(.get, path) } throws: { ($0 as? Problem)?.status == .badRequest }
    }

    @Test("HEAD is answered by GET; another method says which are allowed")
    func methods() throws {
        #expect(try answer(.head, "/projects") == "list")
        #expect { try answer(.delete, "/projects") } throws: { error in
            let problem = error as? Problem
            return problem?.status == .methodNotAllowed && problem?.headers["Allow"] == "GET, POST"
        }
    }

    @Test("Two routes that nobody could tell apart are refused at start")
    func clash() {
        var routes = Routes()
        routes.get("/a/{b}") { (_: Request, _: String) in .noContent }
        routes.get("/a/{c}") { (_: Request, _: Int) in .noContent }
        #expect(throws: Router.Clash.self) { try Router(routes) }
    }
}
