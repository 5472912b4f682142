import AgentProtocol
import Foundation
import Testing

@Suite("The agent's files", .serialized)
struct AgentFilesTests {
    private func text(_ agent: AgentFixture, _ name: String) -> String? {
        try? String(contentsOfFile: agent.path(name), encoding: .utf8)
    }

    /// Runs a shell command in the home as the program's user.
    private func run(_ agent: AgentFixture, _ command: String, _ files: [String: String]) throws -> String {
        try agent.collect(try agent.launch(["sh", "-c", command], files: files)).output
    }

    @Test("that a program changed stay so where changes are kept, unless the project changed them too")
    func kept() throws {
        let agent = try AgentFixture()
        var files = ["a.txt": "one", "b.txt": "two", "c.txt": "three"]
        _ = try run(agent, "printf mine > a.txt; printf mine > b.txt; rm c.txt; printf mine > new.txt", files)
        files["b.txt"] = "project"
        let (number, asked) = try agent.prepare(files, keepsChanges: true)
        #expect(asked == ["b.txt"])
        // A run that is ended before it begins has brought its files.
        try agent.send(.kill(number))
        #expect(try agent.collect(number).result.ending == .cancelled)
        let shown = ["a.txt", "b.txt", "new.txt"].map { try? String(contentsOfFile: agent.path($0), encoding: .utf8) }
        #expect(shown == ["mine", "project", "mine"])
        #expect(!FileManager.default.fileExists(atPath: agent.path("c.txt")))
        // The next start has the project's.
        #expect(try agent.prepare(files).asked == ["a.txt", "c.txt"])
    }

    @Test("are asked for once, and again when the project or a program changed them")
    func needs() throws {
        let agent = try AgentFixture()
        var files = ["a.txt": "one", "dir/b.txt": "two", "empty": ""]
        #expect(try agent.prepare(files).asked == ["a.txt", "dir/b.txt", "empty"])
        #expect(try agent.prepare(files).asked == [])
        files["a.txt"] = "changed"
        #expect(try agent.prepare(files).asked == ["a.txt"])
        _ = try run(agent, "printf two > dir/b.txt; touch -d 2001-01-01 empty", files)
        #expect(try agent.prepare(files).asked == ["dir/b.txt", "empty"], "same content, but a program's")
        _ = try run(agent, "rm a.txt", files)
        #expect(try agent.prepare(files).asked == ["a.txt"])
        #expect(try run(agent, "cat a.txt dir/b.txt", files) == "changedtwo")
    }

    @Test("are removed with the folders that become empty; files of programs stay")
    func removal() throws {
        let agent = try AgentFixture()
        _ = try agent.prepare(["a/b/c.txt": "x", "a/d.txt": "y", "e/f.txt": "z"])
        _ = try run(agent, "echo own > e/own.txt", ["a/b/c.txt": "x", "a/d.txt": "y", "e/f.txt": "z"])
        _ = try run(agent, "true", ["a/d.txt": "y"])
        #expect(text(agent, "a/d.txt") == "y" && text(agent, "e/own.txt") == "own\n")
        #expect(!FileManager.default.fileExists(atPath: agent.path("a/b")))
        #expect(!FileManager.default.fileExists(atPath: agent.path("e/f.txt")))
    }

    @Test("never go where a link points")
    func links() throws {
        let agent = try AgentFixture()
        let outside = FileManager.default.temporaryDirectory.appending(path: "carrel-out-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: outside) }
        chmod(outside.path, 0o777)
        try "safe".write(to: outside.appending(path: "target.txt"), atomically: true, encoding: .utf8)
        let files = ["dir/a.txt": "project", "b.txt": "project"]
        _ = try agent.prepare(files)
        let attack = """
            rm -r dir b.txt; ln -s \(outside.path) dir; ln -s \(outside.path)/target.txt b.txt
            ln -s \(outside.path) gone; ln -s loop loop
            """
        _ = try run(agent, attack, files)
        #expect(try agent.prepare(files.merging(["gone/x.txt": "new", "loop/y.txt": "new"]) { $1 }).asked.count == 4)
        #expect(
            try run(
                agent,
                "cat dir/a.txt b.txt gone/x.txt loop/y.txt",
                files.merging(["gone/x.txt": "new", "loop/y.txt": "new"]) { $1 }
            )
                == "projectprojectnewnew"
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path) == ["target.txt"])
        #expect(try String(contentsOf: outside.appending(path: "target.txt"), encoding: .utf8) == "safe")
        _ = try run(
            agent,
            "rm -r dir; ln -s \(outside.path) dir; rm -f b.txt; ln -s \(outside.path)/target.txt b.txt",
            files
        )
        _ = try agent.prepare([:])
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path) == ["target.txt"], "nor when removed")
    }

    @Test("that can't be are refused, and the next run is well")
    func refusals() throws {
        let agent = try AgentFixture()
        for path in ["../x", "/etc/x", "a//b", "a/./b", ""] {
            try agent.send(
                .prepare(77, [AgentFile(path: path, digest: [UInt8](repeating: 1, count: 32))], keepsChanges: false)
            )
            if case .needs(77, [0]) = try agent.next() {
                try agent.send(.file(77, 0, [1], last: true))
            } else {
                continue
            }
            #expect(try agent.next() == .refused(77, "use the path: Invalid argument"))
        }
        _ = try run(agent, "mkdir -p folder/in", [:])
        let (run, _) = try agent.prepare(["folder": "text"])
        #expect(try agent.next() == .refused(run, "put a file in its place: Is a directory"))
        #expect(
            try agent.collect(try agent.launch(["ls", "-A"])).output == "folder\n",
            "and nothing is left of the try"
        )
    }

    @Test("belong to the program's user", .enabled(if: AgentFixture.isRoot))
    func owner() throws {
        let agent = try AgentFixture()
        let files = ["dir/a.txt": "x"]
        #expect(
            try run(agent, "stat -c '%u %g %a' dir dir/a.txt; echo more >> dir/a.txt && echo fine", files)
                == "1000 1000 755\n1000 1000 644\nfine\n"
        )
    }

    @Test("a launch before its files are there is refused")
    func early() throws {
        let agent = try AgentFixture()
        try agent.send(
            .prepare(5, [AgentFile(path: "a", digest: [UInt8](repeating: 1, count: 32))], keepsChanges: false)
        )
        #expect(try agent.next() == .needs(5, [0]))
        let step = AgentStep(arguments: ["true"], wall: .seconds(1), cpu: .seconds(1))
        try agent.send(
            .launch(5, AgentLaunch(steps: [step], environment: [], input: .text([]), output: 1, fileSize: 1))
        )
        #expect(try agent.next() == .refused(5, "start before the files are there: Invalid argument"))
    }
}
