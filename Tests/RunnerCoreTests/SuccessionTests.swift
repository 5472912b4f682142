import Foundation
import RunProtocol
import RunnerClient
import Testing

@Suite("From one runner to the next", .serialized)
struct SuccessionTests {
    private static let window = RunInput.terminal(WindowSize(rows: 24, columns: 80))
    private static let counting = [
        "main.py": """
        import time
        for number in range(400):
            print(number, flush=True)
            time.sleep(0.01)
        """
    ]
    private static let sleeper = ["main.py": "import time\nprint('up', flush=True)\ntime.sleep(60)"]

    /// What such a program prints in all.
    private static func numbers(_ count: Int) -> String { (0..<count).map { "\($0)\n" }.joined() }

    /// Waits until a workspace is known by its name to whatever runner may come.
    private func secured(_ fixture: RunnerFixture, _ count: Int = 1) throws {
        let names = { try fixture.names().filter { $0.hasPrefix("carrel.\(fixture.instance).") } }
        #expect(try fixture.eventually { try names().count == count })
        // The agent is told right behind that.
        usleep(50_000)
    }

    /// Reads until these words were printed.
    private func read(_ session: RunSession, _ output: inout String, until words: String) throws {
        while !output.contains(words), let event = try session.nextEvent() {
            if case .output(_, let bytes) = event { output += String(decoding: bytes, as: UTF8.self) }
        }
        #expect(output.contains(words))
    }

    /// Starts a program, waits until it has printed these words, and until its workspace is known.
    private func begin(
        _ fixture: RunnerFixture,
        _ files: [String: String],
        _ language: String = "python",
        until words: String = "up\n"
    ) throws -> RunSession {
        let session = try fixture.start(try fixture.request(language, files), files)
        var output = ""
        try read(session, &output, until: words)
        try secured(fixture)
        return session
    }

    @Test("a program goes on, and all that it prints arrives once and in its order", arguments: [SIGKILL, SIGHUP])
    func counting(signal: Int32) throws {
        let fixture = try RunnerFixture()
        let request = try fixture.request("python", Self.counting)
        let session = try fixture.start(request, Self.counting)
        var output = ""
        try read(session, &output, until: "20\n")
        try secured(fixture)
        let containers = try fixture.containers()
        for _ in 0..<3 {
            fixture.kill(signal)
            usleep(200_000)
            try fixture.restart()
            try read(session, &output, until: "\((output.split(separator: "\n").count / 50 + 1) * 50)\n")
        }
        #expect(try fixture.client.status().running == 1)
        #expect(try fixture.client.status().workspaces.map(\.runs) == [1])
        let rest = try Transcript(session)
        #expect(output + rest.output == Self.numbers(400))
        #expect(rest.ending == .exited(0))
        #expect(try fixture.containers() == containers)
        #expect(try fixture.eventually { try fixture.client.status().running == 0 })
        #expect(try fixture.run("python", ["main.py": "print('next')"]).output == "next\n")
    }

    @Test("a flood that nobody takes waits for the next runner, and nothing of it is lost")
    func flood() throws {
        let fixture = try RunnerFixture()
        let files = ["main.py": "for number in range(200_000): print(number)"]
        let session = try fixture.start(try fixture.request("python", files), files)
        try secured(fixture)
        fixture.kill()
        usleep(300_000)
        try fixture.restart()
        let result = try Transcript(session)
        #expect(result.output == Self.numbers(200_000) && result.ending == .exited(0))
    }

    @Test("a shell goes on with its variables, and takes what is typed afterwards")
    func terminal() throws {
        let fixture = try RunnerFixture(["terminals": 1])
        let request = try fixture.request("bash", ["main.sh": ""], program: .shell, input: Self.window)
        let session = try fixture.start(request, ["main.sh": ""])
        var output = ""
        try read(session, &output, until: "$ ")
        #expect(try fixture.client.send(input: Array("owls=nine; echo 'se't\n".utf8), to: request.run))
        try read(session, &output, until: "set\r\n")
        try secured(fixture)
        fixture.kill()
        try fixture.restart()
        #expect(try fixture.client.send(input: Array("echo there are $owls\n".utf8), to: request.run))
        try read(session, &output, until: "there are nine\r\n")
        #expect(throws: RunnerFault.busy, "it has the only terminal") {
            let second = try fixture.request("bash", ["main.sh": ""], program: .shell, input: Self.window)
            _ = try fixture.start(second, ["main.sh": ""])
        }
        #expect(try fixture.client.resize(request.run, rows: 40, columns: 120))
        #expect(try fixture.client.send(input: Array("stty size; exit 3\n".utf8), to: request.run))
        let rest = try Transcript(session)
        #expect(rest.output.contains("40 120") && rest.ending == .exited(3))
    }

    @Test("a run that ended while no runner was there tells its end, its files and what it printed last")
    func ended() throws {
        let fixture = try RunnerFixture()
        let files = [
            "main.py": """
            import sys, time
            print("up", flush=True)
            time.sleep(1)
            open("made.txt", "w").write("x" * 100_000)
            print("made")
            sys.exit(7)
            """
        ]
        let session = try begin(fixture, files)
        fixture.kill()
        usleep(2_000_000)
        try fixture.restart()
        let result = try Transcript(session)
        #expect(result.output == "made\n" && result.ending == .exited(7))
        let path = try #require(ProjectPath("made.txt"))
        #expect(result.changes.first == .begins(path, base: nil, size: ByteCount(100_000)))
        guard case .ends(.some)? = result.changes.last else {
            Issue.record("the file did not come to its end: \(result.changes.last as Any)")
            return
        }
    }

    @Test("a program that was compiled ends as a program does, and nothing is told of its compiler again")
    func compiled() throws {
        let fixture = try RunnerFixture()
        let program = """
            #include <stdio.h>
            #include <unistd.h>
            int main(void) { puts("up"); fflush(stdout); sleep(1); puts("down"); return 4; }
            """
        let session = try begin(fixture, ["main.c": program], "c")
        fixture.kill()
        try fixture.restart()
        let rest = try Transcript(session)
        #expect(rest.output == "down\n" && rest.phases.isEmpty && rest.steps.isEmpty)
        #expect(rest.ending == .exited(4) && rest.outcome?.phase == .run)
    }

    @Test("a run that is cancelled right after is cancelled, and a new one in its workspace is another one")
    func cancel() throws {
        let fixture = try RunnerFixture()
        let session = try begin(fixture, Self.sleeper)
        fixture.kill()
        try fixture.restart()
        #expect(try fixture.client.cancel(session.run))
        #expect(try Transcript(session).ending == .cancelled)
        #expect(try fixture.run("python", ["main.py": "print('other')"]).output == "other\n")
        #expect(try fixture.containers().count == 1)
    }

    @Test("a run that nobody asks for again is ended, and its place is free")
    func unwanted() throws {
        let fixture = try RunnerFixture(["outliveSeconds": 4, "slots": 1, "queue": 0], persistence: .zero)
        let session = try begin(fixture, Self.sleeper)
        fixture.kill()
        #expect(throws: RunnerFault.self) { _ = try session.nextEvent() }
        try fixture.restart()
        #expect(try fixture.eventually { try fixture.client.status().running == 1 })
        #expect(throws: RunnerFault.busy) { _ = try fixture.run("python", ["main.py": ""], workspace: 2) }
        #expect(try fixture.eventually { try fixture.client.status().running == 0 })
        #expect(try fixture.client.status().workspaces.map(\.runs) == [0])
        #expect(try fixture.run("python", ["main.py": "print('free')"]).output == "free\n")
    }

    @Test("a job is lost, and its container goes as those that were made ahead")
    func jobs() throws {
        let fixture = try RunnerFixture(["spares": 1])
        let request = try fixture.request("python", Self.sleeper, workspace: nil)
        let session = try fixture.start(request, Self.sleeper)
        var output = ""
        try read(session, &output, until: "up\n")
        #expect(try fixture.eventually { try fixture.containers().count == 2 })
        let before = Set(try fixture.containers())
        fixture.kill()
        #expect(throws: RunnerFault.self) { while try session.nextEvent() != nil {} }
        try fixture.restart()
        #expect(try fixture.eventually { try before.isDisjoint(with: fixture.containers()) })
    }

    @Test("an idle workspace is there again, with what its programs left in memory, and can be stopped")
    func idle() throws {
        let fixture = try RunnerFixture()
        #expect(try fixture.run("python", ["main.py": "open('/tmp/kept', 'w').write('x')"]).ending == .exited(0))
        try secured(fixture)
        fixture.kill()
        try fixture.restart()
        let life = try fixture.eventually { try fixture.client.life(of: WorkspaceID(1)) != .absent }
        #expect(life)
        #expect(try fixture.run("python", ["main.py": "print(open('/tmp/kept').read())"]).output == "x\n")
        #expect(try fixture.client.stop(WorkspaceID(1)))
        #expect(try fixture.eventually { try fixture.containers().isEmpty })
    }

    @Test("a name says whose a container is only of that container")
    func names() throws {
        let fixture = try RunnerFixture()
        _ = try fixture.run("python", ["main.py": ""], workspace: 1)
        try secured(fixture)
        let name = try #require(try fixture.names().first)
        fixture.kill()
        // Somebody could be called like another project, but for the id at the end.
        let forged = name.replacing(".1.python.", with: ".2.python.").dropLast() + (name.hasSuffix("0") ? "1" : "0")
        try shell("docker", "-H", "unix://\(fixture.engineSocket)", "rename", name, String(forged))
        try fixture.restart()
        #expect(try fixture.eventually { try fixture.containers().isEmpty })
        #expect(try fixture.client.status().workspaces.isEmpty)
    }

    @Test("programs can't take what their agent has ready for a runner")
    func door() throws {
        let fixture = try RunnerFixture()
        // Tries to do what a runner does, for as long as there is none: pidfd_open and pidfd_getfd.
        let files = [
            "main.py": """
            import ctypes, os, time
            libc = ctypes.CDLL(None, use_errno=True)
            print("up", flush=True)
            words = set()
            end = time.time() + 2
            while time.time() < end:
                handle = libc.syscall(434, 1, 0)
                if handle >= 0:
                    if libc.syscall(438, handle, 1000, 0) >= 0: words.add("taken")
                    os.close(handle)
                words.add(os.strerror(ctypes.get_errno()))
                try: words.add(str(os.listdir("/proc/1/fd")))
                except OSError as error: words.add(error.strerror)
            print(sorted(words))
            """
        ]
        let session = try begin(fixture, files)
        fixture.kill()
        usleep(2_500_000)
        try fixture.restart()
        let result = try Transcript(session)
        #expect(result.output == "['Operation not permitted', 'Permission denied']\n")
    }

    @Test("two streams of small pieces come through many successions as they were printed, and files as they were left")
    func chaos() throws {
        let fixture = try RunnerFixture()
        let files = [
            "main.py": """
            import os, time
            print("up", flush=True)
            time.sleep(0.2)
            for number in range(30_000):
                os.write(1, b"%d\\n" % number)
                os.write(2, b"%d\\n" % -number)
                if number % 300 == 0:
                    open(f"made-{number // 3000}.txt", "w").write(str(number) * 10_000)
                    time.sleep(0.06)
            """
        ]
        let session = try begin(fixture, files)
        let result = Mutexed<Transcript?>(nil)
        Thread { result.value = try? Transcript(session) }.start()
        var kills = 0
        while result.value == nil, kills < 40 {
            usleep(.random(in: 50_000...600_000))
            fixture.kill()
            try fixture.restart()
            kills += 1
        }
        #expect(try fixture.eventually(within: 30) { result.value != nil })
        #expect(kills >= 5)
        let transcript = try #require(result.value)
        #expect(transcript.output == Self.numbers(30_000))
        #expect(transcript.error == (0..<30_000).map { "\(-$0)\n" }.joined() && transcript.ending == .exited(0))
        var contents: [String: Int] = [:]
        var open: (path: String, size: Int)?
        for change in transcript.changes {
            switch change {
            case .begins(let path, _, _): open = (path.text, 0)
            case .piece(let bytes): open?.size += bytes.count
            case .ends(.some): if let open { contents[open.path] = open.size }
            default: open = nil
            }
        }
        let expected = (0..<10).map { ("made-\($0).txt", String($0 * 3000 + 2700).count * 10_000) }
        #expect(contents == Dictionary(uniqueKeysWithValues: expected))
    }
}
