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
        struct Problems: Decodable {
            struct Problem: Decodable { var message: String }
            var path: String
            var list: [Problem]
        }
        var state: String
        var problems: [Problems]?
        var words: String?
        var channel: String?
        var hover: String?
        var places: [Place]?
        var renamed: Renamed?
        var completion: Completion?
        var unseen: Int
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
        return try post(client, project, body).json(Reply.self)
    }

    private func post(_ client: TestClient, _ project: Int, _ body: [String: JSONValue]) throws -> TestAnswer {
        let json = String(decoding: try JSONEncoder().encode(JSONValue.object(body)), as: UTF8.self)
        return try client.post(json: json, to: "/projects/\(project)/intelligence")
    }

    private func document(_ path: String, of project: Int, _ client: TestClient) throws -> Int {
        try #require(client.files(of: project).first { $0.path == path }).document
    }

    private func text(_ path: String, of project: Int, _ client: TestClient) throws -> String {
        try client.document(document(path, of: project, client)).text
    }

    private func save(_ text: String, _ path: String, of project: Int, _ client: TestClient) throws {
        let document = try document(path, of: project, client)
        let version = try client.document(document).version
        let form = ["text": text, "version": "\(version)"]
        #expect(try client.submit("/documents/\(document)/text", form).status == 303)
    }

    /// Asks until the server is there.
    private func askReady(_ client: TestClient, _ project: Int, _ question: [String: JSONValue]) throws -> Reply {
        try ask(client, project, question.merging(["start": true]) { old, _ in old })
    }

    private func with(
        life: WorkspaceLife = .absent,
        limits change: (inout ServerLimits) -> Void = { _ in },
        _ server: StandInServer,
        _ body: (TestSite, StandInRunner) throws -> Void
    ) throws {
        let runner = try StandInRunner(life: life) { server.talk($0) }
        try TestSite.with(runnerSocket: runner.socket, world: { change(&$0.serverLimits) }) { try body($0, runner) }
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

    @Test("no server is started for a language that is switched off")
    func switchedOff() throws {
        try with(StandInServer { _, _ in "null" }) { site, runner in
            let ada = try site.administrator(.ada)
            let project = try ada.makeProject()
            _ = try ada.submit("/admin/languages/python/availability", ["enabled": "no"])
            let reply = try ask(ada, project, ["kind": "hover", "at": 0, "start": true])
            #expect(reply.state == "none" && reply.words?.contains("switched off Python") == true)
            #expect(runner.requests.isEmpty)
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
            try save("x = 1\n", "main.py", of: project, ada)
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
            let question: [String: JSONValue] = [
                "kind": "definition", "path": "main.py", "version": 0, "at": 0, "start": true,
            ]
            let answer = try post(ada, project, question)
            #expect(!answer.text.contains("evil"))
            let places = try #require(answer.json(Reply.self).places)
            #expect(places.map { $0.path ?? $0.outside } == ["main.py", "/etc/passwd"])
        }
    }

    @Test("a rename changes all files or none, and not when a text has changed meanwhile")
    func rename() throws {
        @Sendable func edit(_ path: String, _ line: Int, _ from: Int, _ to: Int) -> String {
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
            try save("x = 1\n", "main.py", of: project, ada)
            #expect(try ada.submit("/projects/\(project)/files", ["path": "lib.py"]).status == 303)
            try save("x = 2\n", "lib.py", of: project, ada)
            let question: [String: JSONValue] = ["kind": "rename", "at": 0, "start": true, "version": 1]
            func rename(_ name: String) throws -> TestAnswer {
                try post(ada, project, question.merging(["name": .string(name), "path": "main.py"]) { old, _ in old })
            }
            for name in ["outside", "gone", "odd"] {
                #expect(try rename(name).status == 422)
                #expect(try text("main.py", of: project, ada) == "x = 1\n")
            }
            for name in ["a\nb", "1st", "not valid!", "a.b", ""] { #expect(try rename(name).status == 422, "\(name)") }
            let renamed = try #require(rename("both").json(Reply.self).renamed)
            #expect(renamed.places == 2 && renamed.files == 2)
            #expect(try text("main.py", of: project, ada) == "owl = 1\n")
            #expect(try text("lib.py", of: project, ada) == "owl = 2\n")
            #expect(try rename("both").json(Reply.self).state == "stale")
            let reversal = try #require(renamed.reversal)
            #expect(try ada.post(json: "{}", to: reversal).status == 204)
            #expect(try text("lib.py", of: project, ada) == "x = 2\n")
        }
    }

    @Test("a server that can't be shown all texts of a project says how many it has not seen")
    func unseen() throws {
        let server = StandInServer { _, _ in "[]" }
        try with(limits: { $0.openTexts = 4 }, server) { site, _ in
            let ada = try site.member(.ada)
            let project = try ada.makeProject(language: "c")
            func unseen() throws -> Int {
                let question: [String: JSONValue] = [
                    "kind": "references", "at": 0, "start": true, "path": "main.c", "version": 0,
                ]
                return try ask(ada, project, question).unseen
            }
            #expect(try unseen() == 0)
            for name in ["a.c", "b.c", "c.h", "notes.txt"] {
                #expect(try ada.submit("/projects/\(project)/files", ["path": name]).status == 303)
            }
            #expect(try unseen() == 1)
        }
    }

    @Test("a server that dies is started again, and says nothing for ever after when it dies again and again")
    func death() throws {
        let server = StandInServer { method, _ in
            switch method {
            case "textDocument/hover": nil
            case "textDocument/signatureHelp": "raw:Traceback (most recent call last)\r\n\r\n"
            default: ""
            }
        }
        try with(server) { site, runner in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            var states: [String] = []
            for kind in ["hover", "signature", "hover", "signature"] {
                states.append(try askReady(ada, project, ["kind": .string(kind), "at": 0]).state)
            }
            #expect(states == ["failed", "failed", "failed", "failed"])
            let last = try ask(ada, project, ["kind": "sync"])
            #expect(last.state == "none" && last.words?.contains("again and again") == true)
            #expect(runner.requests.filter { $0.program == .server }.count == 4)
        }
    }

    @Test("only those may ask who may run, rename who may edit, and a channel is for those of its workspace")
    func rights() throws {
        let server = StandInServer { _, _ in "null" }
        try with(server) { site, runner in
            let (ada, grace) = (try site.member(.ada), try site.member(.grace))
            let mallory = try site.member(.mallory)
            let project = try ada.makeProject()
            let number = try site.number(of: .grace)
            let hover: [String: JSONValue] = ["kind": "hover", "at": 0, "path": "main.py", "version": 0, "start": true]
            let rename = hover.merging(["kind": "rename", "name": "x"]) { $1 }
            func follows(_ client: TestClient, _ channel: Int) -> Bool {
                client.get("/live?c=server/\(channel)").status == 200
            }
            let own = number << 32 | project
            #expect(try post(mallory, project, hover).status == 404 && post(grace, project, hover).status == 404)
            try site.share(project, with: .grace, as: "reader")
            #expect(try post(grace, project, hover).status == 403 && post(grace, project, rename).status == 403)
            #expect(!follows(grace, project) && !follows(grace, own))
            try site.setRole(project, of: .grace, to: "runner")
            #expect(try post(grace, project, rename).status == 403)
            let reply = try post(grace, project, hover).json(Reply.self)
            #expect(reply.channel == "server/\(own)")
            #expect(runner.requests.last { $0.program == .server }?.workspace == WorkspaceID(UInt64(own)))
            #expect(follows(grace, own) && !follows(grace, project) && !follows(ada, own) && !follows(mallory, own))
            #expect(follows(ada, project) && !follows(mallory, project))
            try site.setRole(project, of: .grace, to: "editor")
            #expect(try post(grace, project, hover).json(Reply.self).channel == "server/\(project)")
            #expect(follows(grace, project))
        }
    }

    @Test("what a server says too much of is cut or ends it, and one that says nothing is not waited for")
    func much() throws {
        let place =
            #"{"uri":"file:///etc/x","range":{"start":{"line":L,"character":0},"end":{"line":0,"character":1}}}"#
        let places = (0..<5_000).map { place.replacing("L", with: "\($0)") }.joined(separator: ",")
        let server = StandInServer { method, _ in
            switch method {
            case "textDocument/references": "[\(places)]"
            case "textDocument/hover": ""
            case "textDocument/definition": "raw:Content-Length: 99999999\r\n\r\n"
            default: "null"
            }
        }
        try with(limits: { $0.patience = (.milliseconds(200), .seconds(5)) }, server) { site, _ in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            #expect(try askReady(ada, project, ["kind": "references", "at": 0]).places?.count == 500)
            #expect(try askReady(ada, project, ["kind": "hover", "at": 0]).state == "late")
            #expect(server.told("$/cancelRequest").count == 1)
            #expect(try askReady(ada, project, ["kind": "definition", "at": 0]).state == "failed")
            #expect(try askReady(ada, project, ["kind": "references", "at": 0]).state == "ready")
            let odd: [[String: JSONValue]] = [
                ["kind": "hover", "at": 0, "path": "../x.py"], ["kind": "hover", "at": 99_999], ["kind": "hover"],
                ["kind": "hover", "at": -1], ["kind": "hover", "at": 0, "version": -1], ["kind": "shutdown", "at": 0],
            ]
            for question in odd {
                let body = ["path": "main.py", "version": 0].merging(question) { $1 }
                #expect(try post(ada, project, body).status == 400)
            }
            #expect(try post(ada, project, ["kind": "hover", "at": 0, "path": "no.py", "version": 0]).status == 404)
        }
    }

    @Test("of problems without end only so many bytes are kept, and there is room again when some are gone")
    func problems() throws {
        func found(_ path: String, _ messages: [String]) -> String {
            let list = messages.map {
                #"{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"message":"\#($0)"}"#
            }.joined(separator: ",")
            let told =
                #"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":"#
                + #"{"uri":"file:///home/coder/\#(path)","diagnostics":[\#(list)]}}"#
            return "Content-Length: \(told.utf8.count)\r\n\r\n\(told)"
        }
        let many = Array(repeating: String(repeating: "x", count: 100), count: 30)
        let first = found("main.py", ["short"]) + found("lib.py", many) + found("no.py", ["nobody's"])
        let later = found("main.py", []) + found("lib.py", ["fits"])
        let server = StandInServer { method, _ in
            switch method {
            case "textDocument/didOpen": "raw:" + first
            case "textDocument/didChange": "raw:" + later
            default: "null"
            }
        }
        try with(limits: { $0.problems = 1_000 }, server) { site, _ in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            #expect(try ada.submit("/projects/\(project)/files", ["path": "lib.py"]).status == 303)
            func kept(_ version: Int) throws -> [String: [String]] {
                _ = try askReady(ada, project, ["kind": "hover", "at": 0, "version": .number(Double(version))])
                let problems = try #require(ask(ada, project, ["kind": "sync"], version: version).problems)
                return Dictionary(uniqueKeysWithValues: problems.map { ($0.path, $0.list.map(\.message)) })
            }
            #expect(try kept(0) == ["main.py": ["short"]])
            try save("x = 1\n", "main.py", of: project, ada)
            #expect(try kept(1) == ["lib.py": ["fits"]])
        }
    }

    @Test("a person has so many servers, and a file so many bytes")
    func limits() throws {
        let server = StandInServer { _, _ in "null" }
        func change(_ limits: inout ServerLimits) {
            limits.serversOfOnePerson = 1
            limits.text = 10
        }
        try with(limits: change, server) { site, _ in
            let ada = try site.member(.ada)
            let (first, second) = (try ada.makeProject(), try ada.makeProject())
            let long = try askReady(ada, first, ["kind": "hover", "at": 0])
            #expect(long.state == "none" && long.words?.contains("too long") == true)
            try save("x = 1\n", "main.py", of: second, ada)
            #expect(try askReady(ada, second, ["kind": "hover", "at": 0, "version": 1]).state == "ready")
            #expect(try ask(ada, first, ["kind": "hover", "at": 0]).state == "absent")
            #expect(try ask(ada, second, ["kind": "hover", "at": 0, "path": "notes.txt"]).state == "none")
        }
    }
}
