import Crypto
import Glibc
import Projects
import RunProtocol
import Site
import SiteTesting
import Testing

@Suite("Programs in a project of several people")
struct SharedRunsTests {
    private struct Started: Decodable {
        struct Run: Decodable {
            let id: Int
            let state: String
        }
        let run: Run
    }

    private func withTwo(
        _ role: String,
        _ body: (_ site: TestSite, _ ada: TestClient, _ grace: TestClient, _ project: Int, _ runner: StandInRunner)
            throws -> Void
    ) throws {
        let runner = try StandInRunner(.last)
        try TestSite.with(runnerSocket: runner.socket) { site in
            let (ada, grace) = (try site.member(.ada), try site.member(.grace))
            let project = try ada.makeProject("Night sky")
            try site.share(project, with: .grace, as: role)
            try body(site, ada, grace, project, runner)
        }
    }

    private func start(_ client: TestClient, _ project: Int) throws -> Int {
        try client.post(json: #"{"file":"main.py"}"#, to: "/projects/\(project)/runs").json(Started.self).run.id
    }

    private func waitForEnd(of run: Int, _ client: TestClient) throws {
        while try client.get("/runs/\(run)/output?from=0").json(Started.self).run.state != "finished" { usleep(5_000) }
    }

    @Test("What a runner's program does to files stays in a workspace of the runner's own")
    func runners() throws {
        try withTwo("runner") { site, ada, grace, project, runner in
            let run = try start(grace, project)
            let request = try #require(runner.next())
            #expect(request.workspace?.value == UInt64(try site.number(of: .grace)) << 32 | UInt64(project))
            let bytes = Array("print('owned')\n".utf8)
            let digest = try #require(ContentDigest(Array(SHA256.hash(data: bytes))))
            let path = try #require(ProjectPath("main.py"))
            let new = try #require(ProjectPath("new.py"))
            let base = try #require(request.files.first).digest
            runner.finish(
                [path, new].flatMap { path -> [FileChange] in
                    [.begins(path, base: base, size: ByteCount(bytes.count)), .piece(bytes), .ends(digest)]
                } + [.removed(path, base: base)]
            )
            try waitForEnd(of: run, grace)
            let files = try ada.files(of: project)
            #expect(files.map(\.path) == ["main.py"])
            #expect(try ada.document(files[0].document).version == 0)
            let output = grace.get("/runs/\(run)/output.txt").text
            #expect(output.contains("main.py stays in the workspace: You may run this project, but not change it."))
        }
    }

    @Test("Those who may edit share one workspace, and what their programs do comes back")
    func editors() throws {
        try withTwo("editor") { site, ada, grace, project, runner in
            let run = try start(grace, project)
            let request = try #require(runner.next())
            #expect(request.workspace?.value == UInt64(project))
            let bytes = Array("print('ours')\n".utf8)
            let path = try #require(ProjectPath("new.py"))
            runner.finish([
                .begins(path, base: nil, size: ByteCount(bytes.count)), .piece(bytes),
                .ends(ContentDigest(Array(SHA256.hash(data: bytes)))),
            ])
            try waitForEnd(of: run, grace)
            #expect(try ada.files(of: project).map(\.path) == ["main.py", "new.py"])
            let history = ada.get("/projects/\(project)/runs").text
            #expect(history.contains("data-label=\"By\">grace<"))
        }
    }

    @Test("A runner answers and stops their own programs, not those of others, and opens no terminal")
    func takingPart() throws {
        try withTwo("runner") { site, ada, grace, project, runner in
            let (hers, own) = (try start(ada, project), try start(grace, project))
            _ = (runner.next(), runner.next())
            #expect(grace.get("/runs/\(hers)/output?from=0").status == 200)
            #expect(try grace.post(json: "1", to: "/runs/\(hers)/input").status == 403)
            #expect(try grace.post(json: "{}", to: "/runs/\(hers)/cancellation").status == 403)
            #expect(try grace.post(json: "{}", to: "/projects/\(project)/terminals").status == 403)
            #expect(try grace.post(json: "1", to: "/runs/\(own)/input").status == 204)
            #expect(try ada.post(json: "1", to: "/runs/\(own)/input").status == 204)
            #expect(try grace.submit("/projects/\(project)/workspace/deletion", [:]).status == 303)
            #expect(runner.stopped.map(\.value) == [UInt64(try site.number(of: .grace)) << 32 | UInt64(project)])
        }
    }

    @Test("What a terminal shows is for those who could open one")
    func terminals() throws {
        try withTwo("runner") { site, ada, grace, project, runner in
            let terminal = try ada.post(json: "{}", to: "/projects/\(project)/terminals").json(Started.self).run.id
            _ = runner.next()
            let addresses = ["/runs/\(terminal)", "/runs/\(terminal)/output?from=0", "/live?c=run/\(terminal)"]
            for address in addresses { #expect(grace.get(address).status == 404, "\(address)") }
            _ = try ada.submit("/projects/\(project)/members/\(try site.number(of: .grace))/role", ["role": "editor"])
            for address in addresses { #expect(grace.get(address).status == 200, "\(address)") }
        }
    }

    @Test("A form with a text saves nothing for somebody who may only run")
    func savingBeside() throws {
        try withTwo("runner") { site, ada, grace, project, runner in
            let document = try #require(try ada.files(of: project).first).document
            let form = ["file": "main.py", "document": "\(document)", "version": "0", "text": "mine"]
            #expect(try grace.submit("/projects/\(project)/runs", form).status == 403)
            #expect(try ada.document(document).version == 0)
        }
    }

    @Test("Whoever is removed, or may do less, loses what they run there; an archived project loses all")
    func rightsLost() throws {
        try withTwo("editor") { site, ada, grace, project, runner in
            let terminal = try grace.post(json: "{}", to: "/projects/\(project)/terminals").json(Started.self).run.id
            _ = runner.next()
            let member = try site.number(of: .grace)
            _ = try ada.submit("/projects/\(project)/members/\(member)/role", ["role": "runner"])
            try waitForEnd(of: terminal, ada)
            #expect(grace.get("/runs/\(terminal)").status == 404)
            let run = try start(grace, project)
            _ = runner.next()
            _ = try ada.submit("/projects/\(project)/members/\(member)/removal", [:])
            try waitForEnd(of: run, ada)
            #expect(grace.get("/runs/\(run)").status == 404)
            let own = try start(ada, project)
            _ = runner.next()
            _ = try ada.submit("/projects/\(project)/archive", [:])
            try waitForEnd(of: own, ada)
        }
    }
}
