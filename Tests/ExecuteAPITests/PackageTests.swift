import SiteTesting
import Testing
import Web

@Suite("Packages of the execute API")
struct PackageTests {
    private func send(_ method: Method, _ site: TestSite, _ token: String, _ body: String = "") -> TestAnswer {
        site.visitor().send(
            method,
            "/api/v2/packages",
            headers: ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
            body: Array(body.utf8)
        )
    }

    private func token(_ client: TestClient) throws -> String {
        let page = try client.submit("/account/tokens", ["name": "for tests"]).text
        return try #require(page.between("<code>carrel_", "</code>").map { "carrel_\($0)" })
    }

    private let python = #"{"language":"python","version":"3.x"}"#

    @Test("are told to administrators' tokens only, and changed by them only")
    func strangers() throws {
        let runner = try StandInRunner()
        try TestSite.with(runnerSocket: runner.socket) { site in
            _ = try site.administrator(.ada)
            for person in [Cast.grace, .mallory] {
                let token = try token(try site.member(person))
                for method in [Method.get, .post, .delete] {
                    #expect(send(method, site, token, python).status == 403)
                }
            }
            for method in [Method.get, .post, .delete] {
                #expect(send(method, site, "carrel_x", python).status == 401)
            }
            #expect(site.visitor().get("/api/v2/packages").status == 401)
        }
    }

    @Test("are the languages: installed is one with an image that is switched on")
    func list() throws {
        struct Listed: Decodable, Equatable {
            let language: String
            let language_version: String
            let installed: Bool
        }
        let runner = try StandInRunner(images: ["python": "Python 3.11.2", "rust": nil])
        try TestSite.with(runnerSocket: runner.socket) { site in
            let ada = try site.administrator(.ada)
            let token = try token(ada)
            func listed(_ language: String) throws -> Listed? {
                try send(.get, site, token).json([Listed].self).first { $0.language == language }
            }
            #expect(try listed("python") == Listed(language: "python", language_version: "3.11.2", installed: true))
            #expect(try listed("rust") == Listed(language: "rust", language_version: "0.0.0", installed: false))
            let off = send(.delete, site, token, python)
            #expect(off.status == 200)
            #expect(try off.json([String: String].self) == ["language": "python", "version": "3.11.2"])
            #expect(try listed("python")?.installed == false)
            #expect(ada.get("/admin/languages").text.contains("Switch on"), "it is the switch of the page")

            // Nobody finds it any more.
            let headers: Headers = ["Authorization": "Bearer \(token)", "Content-Type": "application/json"]
            #expect(!site.visitor().get("/api/v2/runtimes", headers: headers).text.contains("python"))
            let job = #"{"language":"python","version":"3.11.2","files":[{"content":"1"}]}"#
            let answer = site.visitor().send(.post, "/api/v2/execute", headers: headers, body: Array(job.utf8))
            #expect(answer.status == 400)
            #expect(try answer.json([String: String].self) == ["message": "python-3.11.2 runtime is unknown"])

            #expect(send(.post, site, token, python).status == 200)
            #expect(try listed("python")?.installed == true)
            #expect(site.visitor().get("/api/v2/runtimes", headers: headers).text.contains("python"))
        }
    }

    @Test(
        "that are not there are told of in Piston's words",
        arguments: [
            (#"{"language":"cobol","version":"1.0.0"}"#, "Requested package cobol-1.0.0 does not exist"),
            (#"{"language":"python","version":"2.x"}"#, "Requested package python-2.x does not exist"),
            (#"{"language":"python","version":"no version"}"#, "Requested package python-no version does not exist"),
            (#"{"language":["python"]}"#, "Requested package - does not exist"),
        ]
    )
    func unknown(body: String, message: String) throws {
        let runner = try StandInRunner()
        try TestSite.with(runnerSocket: runner.socket) { site in
            let token = try token(try site.administrator(.ada))
            for method in [Method.post, .delete] {
                let answer = send(method, site, token, body)
                #expect(answer.status == 404)
                #expect(try answer.json([String: String].self) == ["message": message])
            }
        }
    }

    @Test("JSON is asked for, and a helper that is away is told of")
    func faults() throws {
        try TestSite.with { site in
            let token = try token(try site.administrator(.ada))
            #expect(send(.get, site, token).status == 503)
            #expect(send(.post, site, token, "{").status == 400)
            let headers: Headers = ["Authorization": "Bearer \(token)", "Content-Type": "text/plain"]
            let form = site.visitor().send(.post, "/api/v2/packages", headers: headers, body: Array("a=b".utf8))
            #expect(form.status == 415)
        }
    }
}
