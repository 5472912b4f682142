import ExecuteAPI
import Site
import SiteTesting
import Testing
import Web

/// What is refused before anything runs. That jobs do run is tested with the whole site (`Tests/EndToEnd`).
@Suite("The execute API")
struct ExecuteRefusalTests {
    private func post(_ client: TestClient, _ body: String, _ headers: Headers = [:]) -> TestAnswer {
        var all: Headers = ["Content-Type": "application/json"]
        all.set(headers)
        return client.send(.post, "/api/v2/execute", headers: all, body: Array(body.utf8))
    }

    private func token(_ client: TestClient) throws -> String {
        let page = try client.submit("/account/tokens", ["name": "for tests"]).text
        return try #require(page.between("<code>carrel_", "</code>").map { "carrel_\($0)" })
    }

    @Test("takes nobody without a token, and nobody with another one than they were given")
    func unauthorized() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let none = post(ada, "{}")
            #expect(none.status == 401 && none.response.headers["WWW-Authenticate"] == "Bearer")
            for header in [
                "Bearer carrel_x", "Bearer", "Basic YTpi", "Bearer a b", "Bearer \(String(repeating: "x", count: 200))",
            ] {
                let answer = post(ada, "{}", ["Authorization": header])
                #expect(answer.status == 401, "\(header)")
                #expect(try answer.json([String: String].self)["message"]?.isEmpty == false)
            }
            let token = try token(ada)
            for header in ["bearer \(token)", token] {
                #expect(post(site.visitor(), "{}", ["Authorization": header]).status == 400, "it got in")
            }
            #expect(post(site.visitor(), "{}", ["Authorization": "Bearer \(token)x"]).status == 401)
        }
    }

    @Test("a revoked token is nobody's, and nobody revokes another's")
    func revoked() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let mallory = try site.member(.mallory)
            let token = try token(ada)
            let page = ada.get("/account/tokens").text
            #expect(!page.contains(token), "it is shown once")
            let path = try #require(page.between("/account/tokens/", "/revocation"))
            #expect(try mallory.submit("/account/tokens/\(path)/revocation", [:]).status == 404)
            #expect(post(site.visitor(), "{}", ["Authorization": "Bearer \(token)"]).status == 400)
            #expect(try ada.submit("/account/tokens/\(path)/revocation", [:]).location == "/account/tokens")
            #expect(post(site.visitor(), "{}", ["Authorization": "Bearer \(token)"]).status == 401)
        }
    }

    @Test("a token's name is asked for, and so many are enough")
    func names() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let nameless = try ada.submit("/account/tokens", ["name": "  "])
            #expect(nameless.status == 422 && nameless.text.contains("Give it a name"))
            let long = String(repeating: "n", count: 81)
            #expect(try ada.submit("/account/tokens", ["name": long]).text.contains("value=\"\(long)\""))
            for _ in 0..<50 { _ = try token(ada) }
            #expect(try ada.submit("/account/tokens", ["name": "one more"]).status == 422)
        }
    }

    @Test("tells when a token was last used, to the minute")
    func lastUsed() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let token = try token(ada)
            #expect(ada.get("/account/tokens").text.contains("Never"))
            _ = post(site.visitor(), "{}", ["Authorization": "Bearer \(token)"])
            #expect(!ada.get("/account/tokens").text.contains("Never"))
        }
    }

    @Test("no cookie opens it, whatever page it comes from")
    func cookies() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let answer = try ada.post(json: "{}", to: "/api/v2/execute")
            #expect(answer.status == 401)
        }
    }

    @Test(
        "says what is wrong with a request, in Piston's words",
        arguments: [
            ("{}", 400, "language is required as a string"),
            (#"{"language":3}"#, 400, "language is required as a string"),
            (#"{"language":"python"}"#, 400, "version is required as a string"),
            (#"{"language":"python","version":"*"}"#, 400, "files is required as an array"),
            (#"{"language":"python","version":"*","files":{}}"#, 400, "files is required as an array"),
            (#"{"language":"python","version":"*","files":[{}]}"#, 400, "files[0].content is required as a string"),
            (
                #"{"language":"python","version":"*","files":[{"content":"1"},{"content":1}]}"#, 400,
                "files[1].content is required as a string"
            ),
            (#"{"language":"#, 400, "The JSON in this request is not of the expected shape."),
        ]
    )
    func invalid(body: String, status: Int, message: String) throws {
        try TestSite.with { site in
            let token = try token(try site.member(.ada))
            let answer = post(site.visitor(), body, ["Authorization": "Bearer \(token)"])
            #expect(answer.status == status)
            #expect(try answer.json([String: String].self) == ["message": message])
        }
    }

    @Test("takes JSON only, and knows no other address")
    func addresses() throws {
        try TestSite.with { site in
            let token = try token(try site.member(.ada))
            let headers: Headers = ["Authorization": "Bearer \(token)"]
            let form = post(site.visitor(), "a=b", ["Authorization": "Bearer \(token)", "Content-Type": "text/plain"])
            #expect(form.status == 415)
            #expect(try form.json([String: String].self) == ["message": "requests must be of type application/json"])
            for path in ["/api/v2/nothing", "/api/v2/piston/execute/more"] {
                let answer = site.visitor().get(path, headers: headers)
                #expect(answer.status == 404)
                #expect(try answer.json([String: String].self) == ["message": "Not Found"])
            }
            for path in ["/api/v2", "/api/v2/", "/api/v2/piston"] {
                #expect(try site.visitor().get(path).json([String: String].self) == ["message": "Piston v3.1.1"])
            }
        }
    }

    @Test("when the helper is away it says so, and when to come again")
    func away() throws {
        try TestSite.with { site in
            let token = try token(try site.member(.ada))
            let body = #"{"language":"python","version":"*","files":[{"content":"1"}]}"#
            let answer = post(site.visitor(), body, ["Authorization": "Bearer \(token)"])
            #expect(answer.status == 503 && answer.response.headers["Retry-After"] == "5")
        }
    }

    @Test("when all places are taken it says when to come again, and so it does to who comes too often")
    func tooMany() throws {
        let runner = try StandInRunner()
        let slow: (inout Site.World) -> Void = {
            $0.executeLimits = ExecuteLimits()
            $0.executeLimits?.jobsPerSecond = 1
        }
        try TestSite.with(runnerSocket: runner.socket, world: slow) { site in
            let tokens = try [Cast.ada, .grace].map { try token(try site.member($0)) }
            let body = #"{"language":"py","version":"3","files":[{"content":"1"}]}"#
            func message(_ token: String) throws -> String? {
                let answer = post(site.visitor(), body, ["Authorization": "Bearer \(token)"])
                #expect(answer.status == 429 && answer.response.headers["Retry-After"] == "1")
                return try answer.json([String: String].self)["message"]
            }
            let full = "All places for running programs are taken at the moment."
            for _ in 0..<5 { #expect(try message(tokens[0]) == full) }
            #expect(try message(tokens[0]) == "You start more than 1 jobs a second.")
            #expect(try message(tokens[1]) == full, "grace has a budget of her own")
        }
    }

    @Test("the administrator may open it to everyone, whose addresses count then")
    func open() throws {
        let runner = try StandInRunner()
        let open: (inout Site.World) -> Void = {
            $0.executeLimits = ExecuteLimits()
            $0.executeLimits?.isOpen = true
            $0.executeLimits?.jobsPerSecond = 1
        }
        try TestSite.with(runnerSocket: runner.socket, world: open) { site throws in
            #expect(site.visitor().get("/api/v2/runtimes").text.contains("3.11.2"))
            let body = Array(#"{"language":"python","version":"*","files":[{"content":"1"}]}"#.utf8)
            func message(_ address: String) throws -> String? {
                let headers: Headers = ["Content-Type": "application/json"]
                let answer = site.visitor().send(
                    .post,
                    "/api/v2/execute",
                    headers: headers,
                    body: body,
                    address: address
                )
                return try answer.json([String: String].self)["message"]
            }
            for _ in 0..<5 { #expect(try message("192.0.2.1")?.hasPrefix("All places") == true) }
            #expect(try message("192.0.2.1")?.hasPrefix("You start more") == true)
            #expect(try message("192.0.2.2")?.hasPrefix("All places") == true)
            // A token that is shown must be one all the same.
            #expect(site.visitor().get("/api/v2/runtimes", headers: ["Authorization": "Bearer x"]).status == 401)
        }
    }

    @Test("the reference tells of every address, as a page and as an OpenAPI document")
    func reference() throws {
        try TestSite.with { site in
            let page = site.visitor().get("/api")
            #expect(page.status == 200)
            let document = try site.visitor().get("/api/openapi.json").json(JSONValue.self)
            for entry in site.site.routes.entries where entry.pattern.hasPrefix("/api/v2/") && entry.operation != nil {
                #expect(page.text.contains(entry.pattern))
                #expect(document["paths"]?[entry.pattern]?[entry.method.rawValue.lowercased()]?["responses"] != nil)
            }
            #expect(document["paths"]?["/api/v2/execute"]?["post"]?["security"] == [["token": []]])
        }
    }

    @Test("every address for programs is in the table as such, and no other begins like one")
    func audience() throws {
        try TestSite.with { site in
            for entry in site.site.routes.entries where entry.pattern.hasPrefix("/api/") {
                #expect(entry.audience != "members", "\(entry.pattern)")
            }
        }
    }
}
