import FoundationEssentials
import LanguageServers
import Projects
import RunProtocol
import Site
import SiteTesting
import Testing
import Web

@Suite("Asking about a text")
struct IntelligenceTests {
    private struct Reply: Decodable {
        struct Place: Decodable {
            var path: String?
            var outside: String?
            var line: Int
            var text: String?
        }
        struct Renamed: Decodable {
            var places: Int
            var files: Int
            var reversal: String?
        }
        struct Completion: Decodable {
            struct Suggestion: Decodable { var label: String }
            var list: [Suggestion]
        }
        var state: String
        var words: String?
        var channel: String?
        var hover: String?
        var places: [Place]?
        var renamed: Renamed?
        var completion: Completion?
    }

    private func ask(
        _ client: TestClient,
        _ project: Int,
        _ question: [String: JSONValue],
        version: Int = 0
    ) throws -> Reply {
        var body = question
        body["path"] = body["path"] ?? "main.py"
        body["version"] = body["version"] ?? .number(Double(version))
        let bytes = Array(try JSONEncoder().encode(JSONValue.object(body)))
        return try client.post("/projects/\(project)/intelligence", json: bytes).json(Reply.self)
    }

    /// Asks until the server is there.
    private func askReady(_ client: TestClient, _ project: Int, _ question: [String: JSONValue]) throws -> Reply {
        try ask(client, project, question.merging(["start": true]) { old, _ in old })
    }

    private func with(
        life: WorkspaceLife = .absent,
        _ server: StandInServer,
        _ body: (TestSite, StandInRunner) throws -> Void
    ) throws {
        let runner = try StandInRunner(life: life) { server.talk($0) }
        try TestSite.with(runnerSocket: runner.socket) { try body($0, runner) }
    }

    @Test("a page alone starts no server where there is no workspace; a key does, and so does a workspace")
    func start() throws {
        let server = StandInServer { _, _ in #"{"contents":"words"}"# }
        try with(server) { site, runner in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            #expect(try ask(ada, project, ["kind": "hover", "at": 0]).state == "absent")
            #expect(runner.requests.isEmpty)
            let reply = try ask(ada, project, ["kind": "hover", "at": 0, "start": true])
            #expect(reply.state == "ready" && reply.hover == "words" && reply.channel == "server/\(project)")
            let request = try #require(runner.requests.first)
            #expect(request.program == .server && request.input == .stream && request.variables.isEmpty)
        }
        try with(life: .idle(.seconds(60)), server) { site, runner in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            #expect(["starting", "ready"].contains(try ask(ada, project, ["kind": "sync"]).state))
        }
    }

    @Test("the server is told the texts as they are stored, whatever a page says")
    func texts() throws {
        let server = StandInServer { _, _ in "null" }
        try with(server) { site, _ in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            _ = try askReady(ada, project, ["kind": "hover", "at": 0])
            let opened = try #require(server.told("textDocument/didOpen").first?["textDocument"])
            #expect(opened["uri"]?.text == "file:///home/coder/main.py" && opened["languageId"]?.text == "python")
            let before = opened["text"]?.text
            let document = try ada.document(of: "main.py", in: project)
            try ada.save("x = 1\n", to: document)
            #expect(try ask(ada, project, ["kind": "hover", "at": 0, "text": "evil"]).state == "stale")
            #expect(try ask(ada, project, ["kind": "hover", "at": 0], version: 1).state == "ready")
            let changed = try #require(server.told("textDocument/didChange").first)
            #expect(changed["contentChanges"]?.elements?.first?["text"]?.text == "x = 1\n" && before != "x = 1\n")
            #expect(changed["textDocument"]?["version"]?.number == 1)
        }
    }

    @Test("places outside of the project are only named, and nothing of a server's JSON is passed on")
    func places() throws {
        let range = #""range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}}"#
        let server = StandInServer { _, _ in
            """
            [{"uri":"file:///home/coder/main.py",\(range),"evil":"<script>"},{"uri":"file:///etc/passwd",\(range)},\
            {"uri":"file:///home/coder/not-there.py",\(range)},{"uri":"http://evil/",\(range)}]
            """
        }
        try with(server) { site, _ in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let bytes = Array(#"{"kind":"definition","path":"main.py","version":0,"at":0,"start":true}"#.utf8)
            let response = ada.post("/projects/\(project)/intelligence", json: bytes)
            #expect(!response.text.contains("evil"))
            let places = try #require(response.json(Reply.self).places)
            #expect(places.map { $0.path ?? $0.outside } == ["main.py", "/etc/passwd"])
        }
    }

    @Test("a rename changes all files or none, and not when a text has changed meanwhile")
    func rename() throws {
        func edit(_ path: String, _ line: Int, _ from: Int, _ to: Int) -> String {
            """
            "file:///home/coder/\(path)":[{"range":{"start":{"line":\(line),"character":\(from)},\
            "end":{"line":\(line),"character":\(to)}},"newText":"owl"}]
            """
        }
        let server = StandInServer { method, parameters in
            guard method == "textDocument/rename" else { return "null" }
            switch parameters["newName"]?.text {
            case "both": return "{\"changes\":{\(edit("main.py", 0, 0, 1)),\(edit("lib.py", 0, 0, 1))}}"
            case "outside": return "{\"changes\":{\(edit("main.py", 0, 0, 1)),\(edit("../x.py", 0, 0, 1))}}"
            case "gone": return "{\"changes\":{\(edit("main.py", 0, 0, 1)),\(edit("gone.py", 0, 0, 1))}}"
            case "odd": return "{\"changes\":{\(edit("main.py", 0, 0, 1)),\(edit("lib.py", 99, 0, 1))}}"
            default: return "null"
            }
        }
        try with(server) { site, _ in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            try ada.save("x = 1\n", to: ada.document(of: "main.py", in: project))
            try ada.addFile("lib.py", to: project)
            let lib = try ada.document(of: "lib.py", in: project)
            try ada.save("x = 2\n", to: lib)
            let question: [String: JSONValue] = ["kind": "rename", "at": 0, "start": true, "version": 1]
            func rename(_ name: String) -> TestResponse {
                let body = question.merging(["name": .string(name), "path": "main.py"]) { old, _ in old }
                let bytes = (try? JSONEncoder().encode(JSONValue.object(body))).map { Array($0) } ?? []
                return ada.post("/projects/\(project)/intelligence", json: bytes)
            }
            for name in ["outside", "gone", "odd"] {
                #expect(rename(name).status == 422)
                #expect(try ada.text(of: "main.py", in: project) == "x = 1\n")
            }
            #expect(rename("a\nb").status == 422)
            let renamed = try #require(rename("both").json(Reply.self).renamed)
            #expect(renamed.places == 2 && renamed.files == 2)
            #expect(try ada.text(of: "main.py", in: project) == "owl = 1\n")
            #expect(try ada.text(of: "lib.py", in: project) == "owl = 2\n")
            #expect(try rename("both").json(Reply.self).state == "stale")
            let reversal = try #require(renamed.reversal)
            #expect(ada.post(reversal, json: Array("{}".utf8)).status == 204)
            #expect(try ada.text(of: "lib.py", in: project) == "x = 2\n")
        }
    }
}
