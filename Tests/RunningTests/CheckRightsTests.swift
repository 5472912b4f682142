import FoundationEssentials
import Projects
import RunProtocol
import Site
import SiteTesting
import Testing

@testable import Running

@Suite("Who may have problems looked for, how often, and what becomes of it")
struct CheckRightsTests {
    private struct Report: Decodable {
        struct Found: Decodable { var message: String }
        var kind: String
        var problems: [Found]
    }

    private func check(_ client: TestClient, _ project: Int) throws -> TestAnswer {
        try client.post(json: #"{"file":"main.py"}"#, to: "/projects/\(project)/checks")
    }

    /// Ada's project with grace as editor, barbara as runner and edsger as reader.
    private func withProject(
        world change: @escaping (inout Site.World) -> Void = { _ in },
        _ body: (StandInRunner, TestSite, TestClient, Int) throws -> Void
    ) throws {
        let runner = try StandInRunner(.last)
        try TestSite.with(runnerSocket: runner.socket, world: change) { site in
            let ada = try site.member(.ada)
            try body(runner, site, ada, try ada.makeProject())
        }
    }

    private func join(_ person: Cast, as role: String, _ site: TestSite, _ ada: TestClient, _ project: Int) throws
        -> TestClient
    {
        let client = try site.member(person)
        let answer = try ada.submit("/projects/\(project)/members", ["username": person.username, "role": role])
        #expect(answer.status == 303)
        return client
    }

    @Test("Strangers find nothing, readers are refused, and neither starts anything or saves a text")
    func strangers() throws {
        try withProject { runner, site, ada, project in
            runner.answerChecks("main.py:1:1: error: secret\n")
            let edsger = try join(.edsger, as: "reader", site, ada, project)
            let mallory = try site.member(.mallory)
            #expect(try check(mallory, project).status == 404)
            #expect(try check(edsger, project).status == 403)
            #expect(try check(site.visitor(), project).status == 401)
            let file = try #require(try ada.files(of: project).first)
            let before = try ada.document(file.document)
            let form = [
                "file": "main.py", "document": "\(file.document)", "version": "\(before.version)", "text": "mine\n",
            ]
            #expect(try mallory.submit("/projects/\(project)/checks", form).status == 404)
            #expect(try edsger.submit("/projects/\(project)/checks", form).status == 403)
            // Through a project of her own she saves no text of ada's.
            let own = try mallory.makeProject()
            #expect(try mallory.submit("/projects/\(own)/checks", form).status == 404)
            #expect(try ada.document(file.document).text == before.text)
            #expect(runner.requests.isEmpty)
            #expect(!edsger.get("/projects/\(project)/files/main.py").text.contains("/checks"))
        }
    }

    @Test("A runner checks in a workspace of their own, editors in the project's")
    func workspaces() throws {
        try withProject { runner, site, ada, project in
            runner.answerChecks("main.py:1:1: error: one\n")
            let grace = try join(.grace, as: "editor", site, ada, project)
            let barbara = try join(.barbara, as: "runner", site, ada, project)
            let workspaces = try [ada, grace, barbara].map { client -> WorkspaceID? in
                #expect(try check(client, project).json(Report.self).problems.count == 1)
                return try #require(runner.next()).workspace
            }
            #expect(workspaces[0] == workspaces[1] && workspaces[0] != workspaces[2])
            // What a runner types can't be saved, and is not checked as if it were.
            let file = try #require(try ada.files(of: project).first)
            let form = ["file": "main.py", "document": "\(file.document)", "version": "1", "text": "mine\n"]
            #expect(try barbara.submit("/projects/\(project)/checks", form).status == 403)
        }
    }

    @Test("The newest check of a person in a project wins; the one before is told so")
    func newest() throws {
        try withProject { runner, _, ada, project in
            let first = ada.answerLater { try check($0, project) }
            _ = try #require(runner.next())
            let second = ada.answerLater { try check($0, project) }
            #expect(try first.wait().json(Report.self).kind == "superseded")
            _ = try #require(runner.next())
            runner.finish([])
            #expect(try second.wait().json(Report.self).kind == "done")
        }
    }

    @Test("There are so many at one time, in all and of one person; more are told that there is no room")
    func limits() throws {
        try withProject(world: { world in
            world.deskLimits.checks = 2
            world.deskLimits.checksOfOnePerson = 1
        }) { runner, site, ada, project in
            let other = try ada.makeProject("Other")
            let first = ada.answerLater { try check($0, project) }
            _ = try #require(runner.next())
            #expect(try check(ada, other).json(Report.self).kind == "busy")
            let mallory = try site.member(.mallory)
            let own = try mallory.makeProject()
            let second = mallory.answerLater { try check($0, own) }
            _ = try #require(runner.next())
            let grace = try site.member(.grace)
            #expect(try check(grace, try grace.makeProject()).json(Report.self).kind == "busy")
            runner.finish([])
            #expect(try first.wait().json(Report.self).kind == "done")
            #expect(try second.wait().json(Report.self).kind == "done")
        }
    }

    @Test("Who may not run the project any more has their check ended")
    func rightsLost() throws {
        try withProject { runner, site, ada, project in
            let barbara = try join(.barbara, as: "runner", site, ada, project)
            let waiting = barbara.answerLater { try check($0, project) }
            _ = try #require(runner.next())
            let member = try #require(
                ada.get("/projects/\(project)/members").text.between("/members/", "/role\"")
            )
            #expect(try ada.submit("/projects/\(project)/members/\(member)/removal", [:]).status == 303)
            #expect(try waiting.wait().json(Report.self).kind == "superseded")
            #expect(try check(barbara, project).status == 404)
        }
    }

    @Test("What programs do to files meanwhile comes into the project")
    func changes() throws {
        try withProject { runner, _, ada, project in
            let path = try #require(ProjectPath("made.txt"))
            runner.answerChecks(
                [
                    .changed(.begins(path, base: nil, size: ByteCount(2))), .changed(.piece(Array("hi".utf8))),
                    .changed(.ends(ContentDigest([UInt8](repeating: 7, count: 32)))),
                ],
                ending: .exited(0)
            )
            #expect(try check(ada, project).json(Report.self).kind == "done")
            #expect(try ada.files(of: project).map(\.path).contains("made.txt"))
        }
    }
}
