import Running
import Site
import SiteTesting
import Testing

@Suite("Runs when the helper is away")
struct RunTests {
    @Test("The run ends with a sentence that takes the blame, and the page shows it")
    func helperAway() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let started = try ada.submit("/projects/\(project)/runs", ["file": "main.py", "stdin": "Ada"])
            let address = try #require(started.location)
            #expect(address.hasPrefix("/projects/\(project)/files/main.py?run="))
            #expect(ada.get(address).text.contains("Programs can&#39;t be run at the moment"))
        }
    }

    @Test("What was in the text field is saved even when it can't be run")
    func savesFirst() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let file = try #require(try ada.files(of: project).first)
            _ = try ada.submit(
                "/projects/\(project)/runs",
                ["file": "main.py", "document": "\(file.document)", "version": "0", "text": "print(1)\r\n"]
            )
            #expect(try ada.document(file.document) == (1, "print(1)\n"))
        }
    }

    @Test(
        "A file that the project does not have can't be run",
        arguments: ["", "other.py", "../main.py", "/etc/passwd"]
    )
    func unknownFile(path: String) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let answer = try ada.submit("/projects/\(project)/runs", ["file": path])
            #expect(answer.status == 422)
        }
    }

    @Test("Nobody else can see, feed, size or stop a run")
    func authority() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let mallory = try site.member(.mallory)
            let project = try ada.makeProject()
            let answer = try ada.submit("/projects/\(project)/runs", ["file": "main.py"])
            let run = try #require(answer.location?.split(separator: "=").last)
            for path in ["/runs/\(run)", "/runs/\(run)/output", "/live?c=run/\(run)"] {
                #expect(ada.get(path).status == 200, "\(path)")
                #expect(mallory.get(path).status == 404, "\(path)")
            }
            for path in ["/runs/\(run)/input", "/runs/\(run)/cancellation"] {
                #expect(try mallory.submit(path, [:]).status == 404, "\(path)")
            }
            #expect(try mallory.post(json: #"{"rows":24,"columns":80}"#, to: "/runs/\(run)/size").status == 404)
        }
    }

    @Test("One person can't take all places")
    func places() throws {
        try TestSite.with(world: { $0.deskLimits.runs = 0 }) { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let answer = try ada.post(json: #"{"file":"main.py"}"#, to: "/projects/\(project)/runs")
            #expect(answer.status == 503)
            #expect(answer.text.contains("All places for running programs are taken"))
        }
        try TestSite.with(world: { $0.deskLimits.runsOfOnePerson = 0 }) { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let answer = try ada.post(json: #"{"file":"main.py"}"#, to: "/projects/\(project)/runs")
            #expect(answer.status == 429)
        }
    }
}
