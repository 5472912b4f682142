import Foundation
import RunProtocol
import RunnerClient
import Testing

@testable import RunnerCore

@Suite("The runner's life", .serialized)
struct LifeTests {
    private let sleeper = ["main.py": "import time\nprint('up', flush=True)\ntime.sleep(60)"]
    private let short = ["main.py": "print('fine')"]

    @Test("a file that was removed from the project is removed from the workspace, one that a program made stays")
    func removal() throws {
        let fixture = try RunnerFixture()
        let list =
            "import os\nopen('made.txt', 'w').close()\n"
            + "print(sorted(os.path.join(d, f) for d, _, fs in os.walk('.') for f in fs))"
        let first = try fixture.run("python", ["main.py": list, "a/b/old.txt": "x", "keep.txt": "y"])
        #expect(first.output == "['./a/b/old.txt', './keep.txt', './made.txt', './main.py']\n")
        let second = try fixture.run("python", ["main.py": list, "keep.txt": "y"])
        #expect(second.output == "['./keep.txt', './made.txt', './main.py']\n")
        #expect(second.asked.isEmpty)
    }

    @Test("only files that changed are asked for again, also those that a program changed")
    func needs() throws {
        let fixture = try RunnerFixture()
        let program = "print(open('data.txt').read())\nopen('data.txt', 'w').write('spoiled')"
        let files = ["main.py": program, "data.txt": "good", "other.txt": ""]
        #expect(try fixture.run("python", files).asked == ["data.txt", "main.py", "other.txt"])
        let second = try fixture.run("python", files)
        #expect(second.output == "good\n")
        #expect(second.asked == ["data.txt"])
        let third = try fixture.run("python", ["main.py": "print(1)", "data.txt": "good", "other.txt": ""])
        #expect(third.asked == ["data.txt", "main.py"])
    }

    @Test("files of many pieces arrive whole")
    func large() throws {
        let fixture = try RunnerFixture()
        let large = String(repeating: "0123456789", count: 300_000)
        let program = "text = open('large.txt').read()\nprint(len(text), text == '0123456789' * 300000)"
        #expect(try fixture.run("python", ["main.py": program, "large.txt": large]).output == "3000000 True\n")
    }

    @Test("files that don't fit into the home are refused as ours, and the next run is well")
    func noSpace() throws {
        let fixture = try RunnerFixture(["homeMiB": 2])
        let large = String(repeating: "x", count: 8 << 20)
        #expect(throws: RunnerFault.filesRefused("write a file: No space left on device")) {
            _ = try fixture.run("python", ["main.py": "print(1)", "large.txt": large])
        }
        #expect(try fixture.run("python", short).output == "fine\n")
    }

    @Test("two runs at once in one workspace know nothing of each other")
    func twoAtOnce() throws {
        let fixture = try RunnerFixture()
        let files = [
            "main.py": "import sys\nprint('ready', flush=True)\nfor line in sys.stdin: print('got', line, end='')"
        ]
        var sessions: [(RunSession, RunID)] = []
        for _ in 0..<2 {
            let request = try fixture.request("python", files, input: .terminal(WindowSize(rows: 24, columns: 80)))
            let session = try fixture.start(request, files)
            #expect(try session.nextEvent() == .started(.run))
            sessions.append((session, request.run))
        }
        #expect(try fixture.client.status().workspaces.map(\.runs) == [2])
        for (index, (_, run)) in sessions.enumerated() {
            #expect(try fixture.client.send(input: Array("to \(index)\n\u{4}".utf8), to: run))
        }
        for (index, (session, _)) in sessions.enumerated() {
            let result = try Transcript(session)
            #expect(result.output.contains("got to \(index)\r\n") && !result.output.contains("to \(1 - index)"))
            #expect(result.ending == .exited(0))
        }
        #expect(try fixture.containers().count == 1)
    }

    @Test("more runs than slots wait, more than the queue are told that it is busy")
    func busy() throws {
        let fixture = try RunnerFixture(["slots": 1, "queue": 1])
        let session = try fixture.start(try fixture.request("python", sleeper), sleeper)
        let waiting = try fixture.request("python", short)
        let result = Mutexed<String?>(nil)
        let short = short
        nonisolated(unsafe) let lent = fixture  // joined below, before this test ends
        let thread = Thread { result.value = try? Transcript(try lent.start(waiting, short)).output }
        thread.start()
        #expect(try fixture.eventually { try fixture.client.status().waiting == 1 })
        #expect(throws: RunnerFault.busy) { _ = try fixture.run("python", short) }
        session.close()
        #expect(try fixture.eventually { result.value == "fine\n" })
    }

    @Test("a run that waits for a slot can be cancelled")
    func cancelWaiting() throws {
        let fixture = try RunnerFixture(["slots": 1, "queue": 1])
        let session = try fixture.start(try fixture.request("python", sleeper), sleeper)
        let waiting = try fixture.request("python", short)
        let client = fixture.client
        let thread = Thread {
            while (try? client.status().waiting) != 1 { usleep(1000) }
            _ = try? client.cancel(waiting.run)
        }
        thread.start()
        #expect(try Transcript(try fixture.start(waiting, short)).ending == .cancelled)
        session.close()
    }

    @Test("containers made ahead are taken by first runs, each by one, made again, and gone with the runner")
    func spares() throws {
        let fixture = try RunnerFixture(["spares": 2])
        #expect(try fixture.eventually { try fixture.containers().count == 2 })
        let secret = ["main.sh": "echo treasure > secret; ls"]
        #expect(try fixture.run("bash", secret, workspace: 1).output == "main.sh\nsecret\n")
        #expect(try fixture.eventually { try fixture.containers().count == 3 })
        #expect(try fixture.run("bash", ["main.sh": "ls"], workspace: 2).output == "main.sh\n")
        #expect(try fixture.run("bash", ["main.sh": "ls"], workspace: 1).output == "main.sh\nsecret\n")
        #expect(try fixture.client.status().workspaces.map(\.id) == [WorkspaceID(1), WorkspaceID(2)])
        #expect(try fixture.eventually { try fixture.containers().count == 4 })
        // A spare that dies is noticed and replaced.
        let live = Set(try fixture.containers())
        for container in live { try shell("docker", "-H", "unix://\(fixture.engineSocket)", "kill", container) }
        let fresh = { try Set(fixture.containers()) }
        #expect(try fixture.eventually(within: 15) { try fresh().count == 2 && fresh().isDisjoint(with: live) })
        fixture.process.terminate()
        fixture.process.waitUntilExit()
        #expect(try fixture.containers().isEmpty)
    }

    @Test("containers made ahead keep to the memory that they may use together, as the Engine measures it")
    func spareMemory() throws {
        let engine = Engine(socket: try #require(RunnerFixture.engine))
        func used(_ fixture: RunnerFixture) throws -> UInt64 {
            try fixture.containers().reduce(0) { try $0 + (engine.memory(of: $1)?.bytes ?? 0) }
        }
        // One language, and none that has a program started ahead: so all of them are alike.
        let languages = try RunnerFixture.catalogue(of: "bash")
        defer { try? FileManager.default.removeItem(at: languages) }
        func fixture(memory: Int) throws -> RunnerFixture {
            try RunnerFixture(["languages": languages.path, "spares": 5, "spareMemoryMiB": memory])
        }
        let free = try fixture(memory: 4096)
        #expect(try free.eventually(within: 20) { try free.containers().count == 5 })
        let all = try used(free)
        try #require(all > 5 * Engine.beside.bytes, "each has something of its own: \(all)")
        let half = Int(all >> 20) / 2
        let bound = try fixture(memory: half)
        let count = half / Int(((all / 5) >> 20) + 1)
        #expect(try bound.eventually { try bound.containers().count == count } && count == 2)
        // It has nothing more to do: neither a third nor others instead.
        let first = Set(try bound.containers())
        #expect(try !bound.eventually(within: 2) { try Set(bound.containers()) != first })
        #expect(try used(bound) <= UInt64(half) << 20 && all > UInt64(half) << 20)
        // Too little for one: that is tried, measured, and given up.
        let none = try fixture(memory: 1)
        #expect(try none.eventually { none.log.contains("A container made ahead has no room") })
        #expect(try none.eventually { try none.containers().isEmpty })
    }

    @Test("a killed runner leaves no container when no other one comes in time")
    func killedRunner() throws {
        let fixture = try RunnerFixture(["outliveSeconds": 2], persistence: .seconds(1))
        let session = try fixture.start(try fixture.request("python", sleeper), sleeper)
        #expect(try session.nextEvent() == .started(.run))
        #expect(try fixture.containers().count == 1)
        fixture.kill()
        #expect(throws: RunnerFault.self) { while try session.nextEvent() != nil {} }
        #expect(try fixture.containers().count == 1)
        #expect(try fixture.eventually { try fixture.containers().isEmpty })
    }

    @Test("what a runner could not remove, the next one with its name does")
    func sweep() throws {
        let fixture = try RunnerFixture()
        let label = "carrel.instance=\(fixture.instance)"
        fixture.process.terminate()
        fixture.process.waitUntilExit()
        try shell(
            "docker",
            "-H",
            "unix://\(fixture.engineSocket)",
            "run",
            "-d",
            "--network",
            "none",
            "--label",
            label,
            "--entrypoint",
            "/bin/sleep",
            "carrel/bash:current",
            "1000"
        )
        #expect(try fixture.containers().count == 1)
        let again = try RunnerFixture(["instance": fixture.instance])
        #expect(try fixture.eventually { try fixture.containers().isEmpty })
        _ = again
    }

    @Test("told to stop, it ends its runs, removes its containers and is gone within five seconds")
    func terminated() throws {
        let fixture = try RunnerFixture()
        let session = try fixture.start(try fixture.request("python", sleeper), sleeper)
        #expect(try session.nextEvent() == .started(.run))
        let began = Date.now
        fixture.process.terminate()
        #expect(throws: RunnerFault.stopping) { while try session.nextEvent() != nil {} }
        fixture.process.waitUntilExit()
        #expect(fixture.process.terminationStatus == 0)
        #expect(Date.now.timeIntervalSince(began) < 5)
        #expect(try fixture.containers().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: fixture.socket))
    }

    @Test("an idle workspace is stopped, one with a run in it is not")
    func idle() throws {
        let fixture = try RunnerFixture(["idleSeconds": 1])
        let session = try fixture.start(try fixture.request("python", sleeper, workspace: 1), sleeper)
        #expect(try fixture.run("python", short, workspace: 2).output == "fine\n")
        #expect(try fixture.containers().count == 2)
        #expect(try fixture.eventually(within: 15) { try fixture.containers().count == 1 })
        #expect(try fixture.client.status().workspaces.map(\.id) == [WorkspaceID(1)])
        session.close()
    }

    @Test("a workspace tells until when it is kept: not at all while something runs in it")
    func tells() throws {
        let fixture = try RunnerFixture()
        #expect(try fixture.client.life(of: WorkspaceID(1)) == .absent)
        let session = try fixture.start(try fixture.request("python", sleeper, workspace: 1), sleeper)
        #expect(try fixture.client.life(of: WorkspaceID(1)) == .inUse)
        session.close()
        #expect(try fixture.eventually { try fixture.client.life(of: WorkspaceID(1)) != .inUse })
        guard case .idle(let time) = try fixture.client.life(of: WorkspaceID(1)) else {
            Issue.record("it is there and nothing runs in it")
            return
        }
        #expect((.seconds(540)...(.seconds(600))).contains(time))
        #expect(try fixture.client.life(of: WorkspaceID(2)) == .absent)
        #expect(try fixture.client.stop(WorkspaceID(1)))
        #expect(try fixture.client.life(of: WorkspaceID(1)) == .absent)
    }

    @Test("a full shelf makes room by the workspace idle for longest, and is busy when none is")
    func shelf() throws {
        let fixture = try RunnerFixture(["workspaces": 2])
        _ = try fixture.run("python", short, workspace: 1)
        let session = try fixture.start(try fixture.request("python", sleeper, workspace: 2), sleeper)
        #expect(try fixture.run("python", short, workspace: 3).output == "fine\n")
        #expect(try fixture.client.status().workspaces.map(\.id) == [WorkspaceID(2), WorkspaceID(3)])
        let second = try fixture.start(try fixture.request("python", sleeper, workspace: 3), sleeper)
        #expect(throws: RunnerFault.busy) { _ = try fixture.run("python", short, workspace: 4) }
        #expect(try fixture.client.stop(WorkspaceID(2)))
        #expect(throws: RunnerFault.lost("the workspace was stopped")) { while try session.nextEvent() != nil {} }
        #expect(try !fixture.client.stop(WorkspaceID(2)))
        second.close()
    }

    @Test("a container that dies under a run ends it as lost, and the next run has a new one")
    func lost() throws {
        let fixture = try RunnerFixture()
        let session = try fixture.start(try fixture.request("python", sleeper), sleeper)
        #expect(try session.nextEvent() == .started(.run))
        for container in try fixture.containers() {
            try shell("docker", "-H", "unix://\(fixture.engineSocket)", "kill", container)
        }
        #expect(throws: RunnerFault.lost("the container ended")) { while try session.nextEvent() != nil {} }
        #expect(try fixture.run("python", short).output == "fine\n")
    }

    @Test("without an Engine runs are refused as ours, and the status says so")
    func noEngine() throws {
        let fixture = try RunnerFixture(engine: "/tmp/carrel-no-engine.sock")
        do {
            _ = try fixture.run("python", short)
            Issue.record("there is no Engine that could have run it")
        } catch RunnerFault.engineUnavailable(let words) {
            #expect(words.contains("/tmp/carrel-no-engine.sock"))
        }
        #expect(try fixture.client.status().engine == nil)
    }

    @Test("the status tells of the Engine, the languages, the limits")
    func status() throws {
        let fixture = try RunnerFixture()
        let status = try fixture.client.status()
        #expect(status.engine?.remapsUsers == true)
        #expect(status.engine?.runtimes.contains("runc") == true && status.engine?.runtime == "runc")
        let built = status.languages.filter { $0.image != nil }
        #expect(Set(built.map(\.id.text)).isSuperset(of: ["bash", "c", "javascript", "python"]))
        #expect(built.allSatisfy { $0.image?.hasPrefix("sha256:") == true && $0.size > .mebibytes(50) })
        #expect(built.first { $0.id.text == "python" }?.version?.hasPrefix("Python 3.") == true)
        #expect(status.slots == 4 && status.running == 0 && status.runCeiling == RunLimits())
    }
}

/// A value behind a lock, for what a test's thread brings back.
final class Mutexed<Value: Sendable>: @unchecked Sendable {
    // Every access to the stored value holds the lock.
    private var stored: Value
    private let lock = NSLock()

    init(_ value: Value) { stored = value }

    var value: Value {
        get { lock.withLock { stored } }
        set { lock.withLock { stored = newValue } }
    }

    func change(_ body: (inout Value) -> Void) {
        lock.withLock { body(&stored) }
    }
}
