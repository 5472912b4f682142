import Foundation
import RunProtocol
import RunnerClient
import Testing

/// Every program is run twice: by a runner whose catalogue declares how interpreters wait, when one is ready, and by
/// one whose catalogue doesn't.
@Suite("An interpreter that is started ahead", .serialized)
struct StartedAheadTests {
    /// What is in a language's folder, and what else could tell an interpreter that waited from one that didn't.
    private static func programs(_ language: String) throws -> [(name: String, text: String)] {
        let folder = RunnerFixture.repository.appending(path: "Sources/Languages/Catalogue/\(language)")
        let samples = folder.appending(path: "samples")
        let names = try FileManager.default.contentsOfDirectory(atPath: samples.path).sorted()
        let files =
            names.filter { !$0.hasSuffix(".out") && !$0.hasSuffix(".in") }.map { samples.appending(path: $0) }
            + (try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)).filter {
                $0.lastPathComponent.hasPrefix("starter.")
            }
        let own = try files.map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
        #expect(own.count >= 4)
        return own + (probes[language] ?? [])
    }

    private static let languages = ["python", "javascript", "ruby"]
    private static let main = ["python": "main.py", "javascript": "main.js", "ruby": "main.rb"]

    /// Prints `ahead` in an interpreter that waited, which the kernel remembers although its environment does not.
    private static let telling = [
        "python": "print('ahead' if b'CARREL_WAITING' in open('/proc/self/environ', 'rb').read() else 'plain')",
        "javascript": """
        const environment = require('fs').readFileSync('/proc/self/environ')
        console.log(environment.includes('CARREL_WAITING') ? 'ahead' : 'plain')
        """,
        "ruby": "puts File.binread('/proc/self/environ').include?('CARREL_WAITING') ? 'ahead' : 'plain'",
    ]

    /// A catalogue in which no language says how to wait.
    private static func plainCatalogue() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "carrel-plain-\(UUID().uuidString)")
        let real = RunnerFixture.repository.appending(path: "Sources/Languages/Catalogue")
        try FileManager.default.copyItem(at: real, to: folder)
        for language in languages {
            let file = folder.appending(path: "\(language)/language.json")
            var fields = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
            #expect(fields.removeValue(forKey: "waiting") != nil)
            try JSONSerialization.data(withJSONObject: fields).write(to: file)
        }
        return folder
    }

    /// What can be seen of a run.
    private struct Seen: Equatable {
        var output: String
        var error: String
        var ending: RunOutcome.Ending?
    }

    /// Time enough for the next one to be ready, on a busy machine, too.
    private func pause() { usleep(700_000) }

    private func run(
        _ fixture: RunnerFixture,
        _ language: String,
        _ text: String,
        _ input: RunInput,
        arguments: [String] = []
    ) throws -> Seen {
        let files = [Self.main[language, default: ""]: text, "data.txt": "some data\n"]
        let request = try fixture.request(language, files, arguments: arguments, input: input)
        let session = try fixture.start(request, files)
        guard case .terminal = input else {
            let transcript = try Transcript(session)
            return Seen(output: transcript.output, error: transcript.error, ending: transcript.ending)
        }
        var output = ""
        var ending: RunOutcome.Ending?
        // Late enough that it is not echoed into the middle of what is printed.
        Thread.detachNewThread { [client = fixture.client, run = request.run] in
            usleep(400_000)
            _ = try? client.send(input: Array("Ada\n1 2 3\n\u{4}\u{4}".utf8), to: run)
        }
        while let event = try session.nextEvent() {
            if case .output(_, let bytes) = event { output += String(decoding: bytes, as: UTF8.self) }
            if case .finished(let outcome) = event { ending = outcome.ending }
        }
        // A program that reads nothing may be over before it is echoed.
        return Seen(output: output.replacing("Ada\r\n1 2 3\r\n", with: ""), error: "", ending: ending)
    }

    @Test(
        "does with every program of its language's folder what one does that is started plainly",
        arguments: languages
    )
    func same(language: String) throws {
        let catalogue = try Self.plainCatalogue()
        defer { try? FileManager.default.removeItem(at: catalogue) }
        let plain = try RunnerFixture(["languages": catalogue.path])
        let ahead = try RunnerFixture()
        let telling = try #require(Self.telling[language])
        let window = WindowSize(rows: 24, columns: 80)
        for input in [RunInput.text(Array("Ada\n1 2 3\n".utf8)), .text([]), .terminal(window)] {
            // Makes the next run of this kind one that is expected.
            _ = try run(ahead, language, telling, input)
            for (name, text) in try Self.programs(language) {
                let wanted = try run(plain, language, text, input)
                pause()
                let found = try run(ahead, language, text, input)
                #expect(found == wanted, "\(name) with \(input)")
                #expect(wanted.ending != nil)
            }
            pause()
            #expect(try run(ahead, language, telling, input).output.contains("ahead"), "the premise")
            #expect(try run(plain, language, telling, input).output.contains("plain"))
        }
    }

    @Test("gets arguments as they are, the first time and when they are expected", arguments: languages)
    func arguments(language: String) throws {
        let fixture = try RunnerFixture()
        let show = [
            "python": "import sys\nprint(sys.argv)\n", "javascript": "console.log(process.argv.slice(1))\n",
            "ruby": "p [$0, *ARGV]\n",
        ]
        let program = try #require(show[language]) + (try #require(Self.telling[language]))
        let arguments = ["a b", "$(id)", "-x", "ü\n", ""]
        let first = try run(fixture, language, program, .text([]), arguments: arguments)
        #expect(first.output.hasSuffix("plain\n") && first.output.contains("$(id)"))
        pause()
        let second = try run(fixture, language, program, .text([]), arguments: arguments)
        #expect(second.output == first.output.replacing("plain\n", with: "ahead\n"))
        // Others than expected.
        pause()
        #expect(try run(fixture, language, program, .text([])).output.hasSuffix("plain\n"))
    }

    @Test("serves the first run of a project and a job from a container made ahead", arguments: languages)
    func spares(language: String) throws {
        let languages = try RunnerFixture.catalogue(of: language)
        defer { try? FileManager.default.removeItem(at: languages) }
        let fixture = try RunnerFixture(["languages": languages.path, "spares": 2])
        #expect(try fixture.eventually { try fixture.containers().count == 2 })
        pause()
        let telling = try #require(Self.telling[language])
        let files = [try #require(Self.main[language]): telling]
        // Ruby needs its main file to get ready.
        let words = language == "ruby" ? "plain" : "ahead"
        #expect(try fixture.job(language, files).output == words + "\n")
        let window = RunInput.terminal(WindowSize(rows: 24, columns: 80))
        #expect(try run(fixture, language, telling, window).output.contains(words))
    }

    @Test("is had ready for jobs as they usually begin", arguments: ["python", "javascript"])
    func usualJobs(language: String) throws {
        let languages = try RunnerFixture.catalogue(of: language)
        defer { try? FileManager.default.removeItem(at: languages) }
        let fixture = try RunnerFixture(["languages": languages.path, "spares": 2])
        let files = ["file0.code": try #require(Self.telling[language])]
        func job() throws -> String {
            #expect(try fixture.eventually { try fixture.containers().count == 2 })
            pause()
            return try fixture.job(language, files).output
        }
        for _ in 0..<2 { #expect(try job() == "plain\n") }
        for _ in 0..<3 { #expect(try job() == "ahead\n") }
    }

    @Test("is no burden for a job that has hardly any memory", arguments: languages)
    func memory(language: String) throws {
        let languages = try RunnerFixture.catalogue(of: language)
        defer { try? FileManager.default.removeItem(at: languages) }
        let fixture = try RunnerFixture(["languages": languages.path, "spares": 1])
        let telling = try #require(Self.telling[language])
        let files = [try #require(Self.main[language]): telling]
        let little = RunLimits(wall: .seconds(20), memory: .mebibytes(24))
        for _ in 0..<3 {
            #expect(try fixture.eventually { try fixture.containers().count == 1 })
            pause()
            let job = try fixture.job(language, files, limits: little)
            // Node itself may need more than that.
            #expect(job.output == "plain\n" || job.ending == .outOfMemory, "\(job)")
        }
    }

    @Test("is not there for a project that sets a variable which could lead it past its gate")
    func variables() throws {
        let fixture = try RunnerFixture()
        let telling = try #require(Self.telling["python"])
        let files = ["main.py": telling, "sitecustomize.py": "open('/home/coder/early', 'a').close()"]
        func run(_ variables: [RunVariable]) throws -> String {
            var request = try fixture.request("python", files)
            request.variables = variables
            defer { pause() }
            return try Transcript(try fixture.start(request, files)).output
        }
        let path = try RunVariable(name: "PYTHONPATH", value: "/home/coder")
        for _ in 0..<2 { #expect(try run([path]) == "plain\n") }
        let harmless = try RunVariable(name: "GREETING", value: "hello")
        _ = try run([harmless])
        #expect(try run([harmless]) == "ahead\n")
    }

    @Test("is no program of the project: not kept alive by, not counted, not beside a run")
    func unseen() throws {
        let fixture = try RunnerFixture(["idleSeconds": 2])
        let list = "import os\nprint([p for p in os.listdir('/proc') if p.isdigit() and int(p) != os.getpid()])"
        for _ in 0..<2 {
            #expect(try fixture.run("python", ["main.py": list]).output == "['1']\n")
            usleep(300_000)
        }
        #expect(try fixture.client.status().workspaces.map(\.runs) == [0])
        guard case .idle = try fixture.client.life(of: WorkspaceID(1)) else {
            Issue.record("the workspace is idle while an interpreter waits")
            return
        }
        #expect(try fixture.eventually(within: 15) { try fixture.containers().isEmpty })
    }
}
