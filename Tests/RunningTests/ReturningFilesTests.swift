import Crypto
import Glibc
import Projects
import Quotas
import RunProtocol
import Running
import Site
import SiteTesting
import Testing

@Suite("What programs do to the files of a project")
struct ReturningFilesTests {
    /// Ada's project and a program in it; what it does to files is what `program` gives.
    private func withRun(
        world change: @escaping (inout Site.World) -> Void = { _ in },
        of project: (TestClient) throws -> Int = { try $0.makeProject() },
        _ program: (_ ada: TestClient, _ project: Int, _ files: [String: ContentDigest]) throws -> [FileChange],
        then check: (_ ada: TestClient, _ project: Int, _ output: String) throws -> Void
    ) throws {
        let runner = try StandInRunner(.last)
        try TestSite.with(runnerSocket: runner.socket, world: change) { site in
            let ada = try site.member(.ada)
            let project = try project(ada)
            struct Started: Decodable {
                struct Run: Decodable { let id: Int }
                let run: Run
            }
            let answer = try ada.post(json: #"{"file":"main.py"}"#, to: "/projects/\(project)/runs")
            let run = try answer.json(Started.self).run.id
            let files = manifest(try #require(runner.next()))
            runner.finish(try program(ada, project, files))
            struct State: Decodable {
                struct Run: Decodable { let state: String }
                let run: Run
            }
            while try ada.get("/runs/\(run)/output?from=0").json(State.self).run.state != "finished" { usleep(5_000) }
            try check(ada, project, ada.get("/runs/\(run)/output.txt").text)
            // The workspace was told what the project has now.
            for (path, text) in try texts(ada, project) {
                #expect(try manifest(#require(runner.requests.last))[path] == digest(text), "\(path)")
            }
        }
    }

    private func path(_ text: String) throws -> ProjectPath { try #require(ProjectPath(text)) }

    private func manifest(_ request: RunRequest) -> [String: ContentDigest] {
        Dictionary(request.files.map { ($0.path.text, $0.digest) }) { $1 }
    }

    private func digest(_ text: String) -> ContentDigest? { ContentDigest(Array(SHA256.hash(data: Array(text.utf8)))) }

    /// The changes that tell of one content.
    private func written(_ name: String, _ bytes: [UInt8], base: ContentDigest? = nil) throws -> [FileChange] {
        let half = bytes.count / 2
        let pieces = [bytes[..<half], bytes[half...]].filter { !$0.isEmpty }.map { FileChange.piece(Array($0)) }
        return [.begins(try path(name), base: base, size: ByteCount(bytes.count))] + pieces
            + [.ends(ContentDigest(Array(SHA256.hash(data: bytes))))]
    }

    private func written(_ name: String, _ text: String, base: ContentDigest? = nil) throws -> [FileChange] {
        try written(name, Array(text.utf8), base: base)
    }

    private func texts(_ ada: TestClient, _ project: Int) throws -> [String: String] {
        let files = try ada.files(of: project).filter { $0.document != 0 }
        return Dictionary(try files.map { ($0.path, try ada.document($0.document).text) }) { $1 }
    }

    @Test("New, changed and removed files are so in the project when the program has ended")
    func returned() throws {
        try withRun { ada, project, files throws in
            let main = try #require(files["main.py"])
            return try written("main.py", "print(1)\n", base: main) + written("out/a.txt", "one\n")
                + written("out/b.txt", "two\n") + [.removed(path("out/b.txt"), base: #require(digest("two\n")))]
        } then: { ada, project, output throws in
            #expect(try texts(ada, project) == ["main.py": "print(1)\n", "out/a.txt": "one\n"])
            #expect(output.isEmpty)
        }
    }

    @Test("An edit that was made meanwhile is not lost: both are in the text, and a file that was edited stays")
    func meanwhile() throws {
        try withRun(of: { ada throws in
            let project = try ada.makeProject()
            for (path, text) in [("both.txt", "one\ntwo\nthree\n"), ("kept.txt", "old"), ("gone.txt", "old")] {
                _ = try ada.submit("/projects/\(project)/files", ["path": path])
                let file = try #require(try ada.files(of: project).first { $0.path == path })
                _ = try ada.submit("/documents/\(file.document)/text", ["text": text, "version": "0"])
            }
            return project
        }) { ada, project, files throws in
            for (path, text) in [("both.txt", "ONE\ntwo\nthree\n"), ("kept.txt", "edited")] {
                let file = try #require(try ada.files(of: project).first { $0.path == path })
                _ = try ada.submit("/documents/\(file.document)/text", ["text": text, "version": "1"])
            }
            return try written("both.txt", "one\ntwo\nTHREE\n", base: files["both.txt"])
                + ["kept.txt", "gone.txt"].map { .removed(try path($0), base: try #require(files[$0])) }
        } then: { ada, project, _ throws in
            var left = try texts(ada, project)
            left["main.py"] = nil
            #expect(left == ["both.txt": "ONE\ntwo\nTHREE\n", "kept.txt": "edited"])
        }
    }

    @Test("What is no text is kept as it is, shown as a picture where it is one, and downloaded otherwise")
    func bytes() throws {
        let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 255]
        try withRun { ada, project, files throws in
            try written("plot.png", picture) + written("data.bin", [0, 1, 2]) + written("data.bin", [3, 0, 4])
                + written("latin.txt", [0x66, 0xFC, 0x72]) + written("page.svg", [0])
        } then: { ada, project, _ throws in
            let files = try ada.files(of: project)
            let plot = try #require(files.first { $0.path == "plot.png" })
            let page = ada.get("/projects/\(project)/files/plot.png").text
            #expect(page.contains("<img class=\"media\" src=\"/files/\(plot.id)/content\""))
            #expect(page.contains("10 bytes"))
            let answer = ada.get("/files/\(plot.id)/content")
            #expect(answer.header("Content-Type") == "image/png" && answer.bytes == picture)
            #expect(answer.header("Content-Security-Policy")?.hasPrefix("sandbox; default-src 'none';") == true)
            for (path, bytes) in [("data.bin", [3, 0, 4]), ("latin.txt", [0x66, 0xFC, 0x72]), ("page.svg", [0])] {
                let file = try #require(files.first { $0.path == path && $0.document == 0 })
                let answer = ada.get("/files/\(file.id)/content")
                #expect(answer.bytes == bytes.map { UInt8($0) })
                #expect(answer.header("Content-Type") == "application/octet-stream")
                #expect(answer.header("Content-Disposition")?.hasPrefix("attachment;") == true)
                #expect(!ada.get("/projects/\(project)/files/\(path)").text.contains("<img"))
            }
            let text = try #require(files.first { $0.path == "main.py" })
            #expect(ada.get("/files/\(text.id)/content").status == 404)
        }
    }

    @Test("A text may become bytes and bytes a text; a CSV with CRLF is a text")
    func kinds() throws {
        try withRun { ada, project, files throws in
            try written("main.py", [0, 1], base: files["main.py"]) + written("b", [0]) + written("b", "text")
                + written("t.csv", "a,b\r\n1,2\r\n")
        } then: { ada, project, _ throws in
            #expect(try texts(ada, project) == ["b": "text", "t.csv": "a,b\n1,2\n"])
            #expect(try ada.files(of: project).map(\.path).sorted() == ["b", "main.py", "t.csv"])
        }
    }

    @Test("What the project has no room for stays in the workspace, and the output says so")
    func limits() throws {
        try withRun(world: { world in
            world.projectLimits = ProjectLimits(files: 2, blobSize: 4)
        }) { ada, project, files throws in
            try written("one", "1") + written("two", "2") + written("main.py/x", "under a file")
                + written("one", [0, 0, 0, 0, 0]) + [.withheld(path("big"), size: .mebibytes(9))]
                + [.begins(path("torn"), base: nil, size: ByteCount(1)), .piece([65]), .ends(nil)]
        } then: { ada, project, output throws in
            #expect(try ada.files(of: project).map(\.path).sorted() == ["main.py", "one"])
            #expect(output.contains("two stays in the workspace: This project has 2 files, which is the most."))
            #expect(output.contains("main.py/x stays in the workspace: "))
            #expect(output.contains("one stays in the workspace: A file that is no text has at most"))
            #expect(output.contains("big stays in the workspace: it has more than 8 MB."))
            #expect(!output.contains("torn"))
        }
    }

    @Test("Nobody else can read the bytes of a file")
    func authority() throws {
        try TestSite.with { site in
            let mallory = try site.member(.mallory)
            #expect(mallory.get("/files/1/content").status == 404)
        }
        let runner = try StandInRunner(.last)
        try TestSite.with(runnerSocket: runner.socket) { site in
            let ada = try site.member(.ada)
            let mallory = try site.member(.mallory)
            let project = try ada.makeProject()
            _ = try ada.post(json: #"{"file":"main.py"}"#, to: "/projects/\(project)/runs")
            _ = try #require(runner.next())
            runner.finish(try written("secret.bin", [0, 42]))
            var file: TestFile?
            while file == nil {
                usleep(5_000)
                file = try ada.files(of: project).first { $0.path == "secret.bin" }
            }
            let id = try #require(file).id
            #expect(ada.get("/files/\(id)/content").bytes == [0, 42])
            for visitor in [mallory, site.visitor()] {
                let answer = visitor.get("/files/\(id)/content")
                #expect([303, 404].contains(answer.status) && !answer.bytes.contains(42))
            }
            _ = try ada.submit("/files/\(id)/deletion", [:])
            #expect(ada.get("/files/\(id)/content").status == 404)
        }
    }
}
