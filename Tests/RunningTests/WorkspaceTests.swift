import FoundationEssentials
import RunProtocol
import Site
import SiteTesting
import Testing
import Web

@testable import Running

@Suite("The workspace of a project")
struct WorkspaceTests {
    private struct Notice: Decodable, Equatable {
        var kind: String
        var stops: Int?
        var canBeStopped: Bool
    }

    private func notice(_ client: TestClient, _ project: Int) throws -> Notice {
        try client.get("/projects/\(project)/workspace", headers: ["Accept": "application/json"]).json(Notice.self)
    }

    @Test("says until when it is kept, on the page and to scripts, and never that it stops while something runs")
    func life() throws {
        let runner = try StandInRunner()
        try TestSite.with(runnerSocket: runner.socket) { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let page = "/projects/\(project)/files/main.py"
            #expect(try notice(ada, project) == Notice(kind: "absent", stops: nil, canBeStopped: false))
            #expect(ada.get(page).text.contains("No workspace. Run, Check or a terminal starts one."))

            runner.life = .idle(.seconds(540))
            let stops = Int(site.clock.now.timeIntervalSince1970 + 540) * 1_000
            #expect(try notice(ada, project) == Notice(kind: "idle", stops: stops, canBeStopped: true))
            let text = try #require(ada.get(page).text.between("id=\"workspace\"", "</footer>"))
            #expect(text.contains("Workspace stops at <time") && text.contains("2025-11-24 16:09 UTC</time> if idle."))
            #expect(text.contains("Stop workspace") && !text.contains("hidden>"))

            runner.life = .inUse
            #expect(try notice(ada, project) == Notice(kind: "in-use", stops: nil, canBeStopped: true))
            #expect(ada.get(page).text.contains("Workspace kept while something runs."))
        }
    }

    @Test("the page is there when the helper is away, and claims nothing")
    func away() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            #expect(try notice(ada, project) == Notice(kind: "unknown", stops: nil, canBeStopped: false))
            #expect(ada.get("/projects/\(project)/files/main.py").text.contains("can’t be reached"))
            #expect(try ada.submit("/projects/\(project)/workspace/deletion", [:]).status == 503)
        }
    }

    @Test("of a language without an image it says that it is being prepared")
    func missing() throws {
        let runner = try StandInRunner(images: ["python": nil])
        try TestSite.with(runnerSocket: runner.socket) { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            #expect(try notice(ada, project).kind == "missing")
            let page = ada.get("/projects/\(project)/files/main.py").text
            #expect(page.contains("Python is still being prepared. Programs can be run when it is ready."))
        }
    }

    @Test("is stopped by who may see the project, with what runs in it, and by nobody else")
    func stop() throws {
        let runner = try StandInRunner(.last)
        try TestSite.with(runnerSocket: runner.socket) { site in
            let ada = try site.member(.ada)
            let mallory = try site.member(.mallory)
            let project = try ada.makeProject()
            struct Started: Decodable {
                struct Run: Decodable { let id: Int }
                let run: Run
            }
            let started = try ada.post(json: #"{"file":"main.py"}"#, to: "/projects/\(project)/runs")
            let run = try started.json(Started.self).run.id
            let path = "/projects/\(project)/workspace"
            #expect(mallory.get(path).status == 404)
            #expect(try mallory.submit("\(path)/deletion", [:]).status == 404)
            #expect(try ada.submit("\(path)/deletion", ["_csrf": "x"]).status == 403)
            #expect(runner.stopped.isEmpty)
            #expect(try ada.submit("\(path)/deletion", [:]).location == "/projects/\(project)")
            #expect(runner.stopped == [WorkspaceID(UInt64(project))])
            #expect(ada.get("/runs/\(run)").text.contains("Stopped on request"))
            #expect(try ada.post(json: "{}", to: "\(path)/deletion").status == 204)
        }
    }

    @Test("a terminal that is closed soon says when, unless somebody is there")
    func terminals() throws {
        struct Piece: Decodable { let closes: Int? }
        struct Started: Decodable {
            struct Run: Decodable { let id: Int }
            let run: Run
        }
        for (notice, isTold) in [(Duration.seconds(3_600), true), (.seconds(300), false)] {
            let runner = try StandInRunner(.last)
            try TestSite.with(runnerSocket: runner.socket, world: { $0.deskLimits.terminalNotice = notice }) { site in
                let ada = try site.member(.ada)
                let project = try ada.makeProject()
                let answer = try ada.post(json: "{}", to: "/projects/\(project)/terminals")
                let run = try answer.json(Started.self).run.id
                let closes = try ada.get("/runs/\(run)/output").json(Piece.self).closes
                let hour = Int(site.clock.now.timeIntervalSince1970 + 3_600) * 1_000
                #expect(closes.map { abs($0 - hour) < 60_000 } ?? false == isTold)
                #expect(try ada.post(json: "", to: "/runs/\(run)/input").status == 204)
                let program = try ada.post(json: #"{"file":"main.py"}"#, to: "/projects/\(project)/runs")
                let other = try program.json(Started.self).run.id
                #expect(try ada.get("/runs/\(other)/output").json(Piece.self).closes == nil)
                _ = try ada.submit("/projects/\(project)/workspace/deletion", [:])
            }
        }
    }
}
