import AgentProtocol
import Foundation
import Testing

@Suite("What programs do to files", .serialized)
struct AgentChangesTests {
    /// Runs a shell command in the home and gives the contents that were told.
    private func told(_ agent: AgentFixture, _ command: String, _ files: [String: String] = [:]) throws -> [String:
        String]
    {
        let before = agent.contents.count
        let run = try agent.launch(["sh", "-c", command], files: files, watchesFiles: true)
        #expect(try agent.collect(run).result.ending == .exited(0))
        return Dictionary(agent.contents.dropFirst(before).map { ($0.path, $0.text) }) { $1 }
    }

    private func removed(_ agent: AgentFixture) -> [String] {
        agent.changes.compactMap { if case .removed(let path, _) = $0 { path } else { nil } }
    }

    @Test("is told before their end, against what was there")
    func told() throws {
        let agent = try AgentFixture()
        let files = ["a.txt": "one", "b.txt": "two", "same.txt": "three"]
        let changed = "printf more >> a.txt; rm b.txt; mkdir -p d/e; printf deep > d/e/f.txt; printf '' > empty"
        #expect(try told(agent, changed, files) == ["a.txt": "onemore", "d/e/f.txt": "deep", "empty": ""])
        #expect(removed(agent) == ["b.txt"])
        let bases = agent.changes.compactMap { change -> [UInt8]? in
            if case .begins("a.txt", let base, let size) = change, size == 7 { base } else { nil }
        }
        #expect(bases == [agent.digest(of: "one")])
        #expect(agent.changes.contains(.removed(path: "b.txt", base: agent.digest(of: "two"))))
        #expect(try told(agent, "true", ["a.txt": "onemore", "same.txt": "three"]).isEmpty, "told once")
    }

    @Test("is told by the bytes of their names: an é in one piece and one in two are two files, an accent is a name")
    func twins() throws {
        let agent = try AgentFixture()
        let files = ["caf\u{e9}.txt": "one", ".gitignore": "/hidden/\n", "hidden/\u{301}x": "kept"]
        let command =
            "sleep 1; printf two > 'cafe\u{301}.txt'; mkdir d; printf three > 'd/\u{301}x'; rm 'caf\u{e9}.txt'"
        let before = agent.contents.count
        let run = try agent.launch(["sh", "-c", command], files: files, watchesFiles: true)
        #expect(try agent.collect(run).result.ending == .exited(0))
        let told = agent.contents.dropFirst(before).map { "\(Array($0.path.utf8)) \($0.text)" }
        #expect(Set(told) == ["\(Array("cafe\u{301}.txt".utf8)) two", "\(Array("d/\u{301}x".utf8)) three"])
        #expect(removed(agent).map { Array($0.utf8) } == [Array("caf\u{e9}.txt".utf8)])
    }

    @Test("is not told of a run that does not watch")
    func unwatched() throws {
        let agent = try AgentFixture()
        _ = try agent.collect(try agent.launch(["sh", "-c", "printf x > new.txt"]))
        #expect(agent.changes.isEmpty)
    }

    @Test("is told while they run")
    func whileRunning() throws {
        let agent = try AgentFixture()
        let run = try agent.launch(
            ["sh", "-c", "printf x > new.txt; read line"],
            input: .terminal(rows: 5, columns: 80),
            watchesFiles: true
        )
        while agent.contents.isEmpty {
            if case .changed(run, let change)? = try agent.next() { try agent.note(change, of: run) }
        }
        #expect(agent.contents.map(\.path) == ["new.txt"])
        try agent.send(.kill(run))
        #expect(try agent.collect(run).result.ending == .cancelled)
    }

    @Test(
        "leaves what .gitignore names, what is hidden and what compilers leave in the workspace, unless the project has it"
    )
    func ignored() throws {
        let agent = try AgentFixture()
        let files = [
            ".gitignore": "*.log\n!keep.log\n/build/\ndata/**/raw\n# no pattern\n", ".hidden": "old",
            "build/mine.txt": "old",
        ]
        let command = """
            for f in a.log keep.log sub/b.log build/x build/mine.txt sub/build/y data/one/two/raw data/raw data/fine .hidden \
                .other node_modules/m.js sub/__pycache__/m.pyc '#x' 'a b'; do
                mkdir -p "$(dirname "$f")"; printf new > "$f"
            done
            """
        let found = try told(agent, command, files)
        #expect(
            Set(found.keys) == [
                "keep.log", "build/mine.txt", "sub/build/y", "data/fine", ".hidden", "#x", "a b",
            ]
        )
    }

    @Test("has no links, devices, pipes or folders in it, and a link in a file's place is a file less")
    func links() throws {
        let agent = try AgentFixture()
        let command = """
            rm a.txt; ln -s /etc/passwd a.txt; ln -s /etc outside; mkfifo pipe; ln -s loop loop; printf x > real; ln real twin
            """
        #expect(try told(agent, command, ["a.txt": "one"]) == ["real": "x", "twin": "x"])
        #expect(removed(agent) == ["a.txt"])
    }

    @Test("is nothing where a file can't be read any more")
    func unreadable() throws {
        let agent = try AgentFixture()
        #expect(try told(agent, "chmod 000 a.txt; mkdir d; chmod 000 d", ["a.txt": "one"]).isEmpty)
        #expect(removed(agent).isEmpty)
    }

    @Test("has no file less in it because there are too many to see them all")
    func crowd() throws {
        let agent = try AgentFixture()
        let files = Dictionary((1...20).map { ("kept\($0).txt", "kept") }) { $1 }
        #expect(try told(agent, "seq -f '%g.pyc' 40000 | xargs touch", files).isEmpty)
        #expect(removed(agent).isEmpty)
    }

    @Test("is withheld when it is too large or too much")
    func withheld() throws {
        let agent = try AgentFixture()
        let found = try told(agent, "head -c 9000000 /dev/zero > big; for i in $(seq 1100); do printf x > f$i; done")
        #expect(found.count == AgentChange.maximumFiles)
        let withheld = agent.changes.compactMap { if case .withheld(let path, _) = $0 { path } else { nil } }
        #expect(withheld.contains("big") && withheld.count == 101)
    }

    @Test("is not written over before it is told, and not asked for when the project has taken it")
    func merged() throws {
        let agent = try AgentFixture()
        let run = try agent.launch(
            ["sh", "-c", "printf mine > a.txt; printf b > b.txt; read line"],
            files: ["a.txt": "one"],
            input: .terminal(rows: 5, columns: 80),
            watchesFiles: true
        )
        while agent.contents.count < 2 {
            if case .changed(run, let change)? = try agent.next() { try agent.note(change, of: run) }
        }
        #expect(try agent.prepare(["a.txt": "mine", "b.txt": "b"], keepsChanges: true).asked == [])
        #expect(try agent.prepare(["a.txt": "mine and theirs", "b.txt": "b"], keepsChanges: true).asked == ["a.txt"])
        // A file that the project had and has no more goes, whoever made it.
        #expect(try agent.prepare(["a.txt": "mine and theirs"], keepsChanges: true).asked == [])
        #expect(!FileManager.default.fileExists(atPath: agent.path("b.txt")))
        try agent.send(.kill(run))
    }
}
