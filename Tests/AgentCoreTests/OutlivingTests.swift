import AgentProtocol
import Foundation
import Testing

@testable import AgentCore

@Suite("An agent that outlives its runner", .serialized)
struct OutlivingTests {
    private let terminal = AgentInput.terminal(rows: 24, columns: 80)

    /// An agent that waits so long for another runner.
    private func agent(_ patience: Duration = .seconds(20)) throws -> AgentFixture {
        let agent = try AgentFixture()
        try agent.send(.outlive(patience))
        return agent
    }

    private func launch(_ script: String, name: UInt64, input: AgentInput = .text([])) -> AgentLaunch {
        AgentLaunch(
            steps: [AgentStep(arguments: ["bash", "-c", script], wall: .seconds(20), cpu: .seconds(10))],
            environment: ["PATH=/usr/bin:/bin"],
            input: input,
            output: 1 << 20,
            fileSize: 1 << 20,
            watchesFiles: true,
            role: input.isTerminal ? .shell : .program,
            name: name
        )
    }

    @Test("ends when nobody comes in time, and at once when it was not told to wait")
    func patience() throws {
        let waiting = try agent(.seconds(1))
        let began = ContinuousClock.now
        try waiting.closeInput()
        usleep(300_000)
        #expect(waiting.process.isRunning)
        waiting.process.waitUntilExit()
        #expect(began.duration(to: .now) >= .seconds(1) && waiting.process.terminationStatus == 0)
        let other = try AgentFixture()
        let end = ContinuousClock.now
        try other.closeInput()
        other.process.waitUntilExit()
        #expect(end.duration(to: .now) < .milliseconds(500))
    }

    @Test("has no door while it has a runner, and one for one runner when it has none")
    func oneRunner() throws {
        let agent = try agent()
        #expect(agent.door() == -EBADF)
        #expect(try agent.succeed().runs.isEmpty)
        #expect(agent.door() == -EBADF, "the next one finds it shut")
        #expect(try agent.succeed().runs.isEmpty, "until this one is gone, too")
    }

    @Test("goes on waiting for somebody else when one who came says nothing")
    func silent() throws {
        let agent = try agent()
        let (run, _) = try agent.prepare([:])
        try agent.send(.launch(run, launch("sleep 1; echo later", name: 5)))
        #expect(try agent.next() == .started(run, step: 0))
        try agent.closeInput()
        close(try agent.openDoor())
        #expect(try agent.succeed().runs.map(\.name) == [5])
    }

    @Test("ends with an error when who comes begins with something else than is right")
    func impolite() throws {
        let agent = try agent()
        try agent.closeInput()
        agent.talk(over: FileHandle(fileDescriptor: try agent.openDoor(), closeOnDealloc: true))
        try agent.send(.ping)
        agent.process.waitUntilExit()
        #expect(agent.process.terminationStatus == 1)
        let other = try AgentFixture()
        try other.send(.claim)
        other.process.waitUntilExit()
        #expect(other.process.terminationStatus == 1, "nobody can claim what has a runner")
    }

    @Test("tells which runs it has, and gives what was not passed on, from any place in it")
    func places() throws {
        for heard in [UInt64(0), 1, 3, 5] {
            let agent = try agent()
            let (run, _) = try agent.prepare([:])
            try agent.send(.launch(run, launch("printf abcd; read; printf ef", name: 91, input: terminal)))
            #expect(try agent.next() == .started(run, step: 0))
            #expect(try agent.next() == .output(run, 0, Array("abcd".utf8)))
            let legacy = try agent.succeed()
            #expect(legacy.lastNumber == run && legacy.runs.map(\.number) == [run])
            #expect(legacy.runs.map(\.name) == [91] && legacy.runs.allSatisfy { $0.role == .shell && $0.takesInput })
            try agent.send(.resume(run, from: heard))
            #expect(try agent.next() == .resumed(run, at: heard))
            if heard == 0 { #expect(try agent.next() == .started(run, step: 0)) }
            try agent.send(.input(run, [10]))
            let rest = try agent.collect(run)
            #expect(rest.output == "abcd".dropFirst(max(0, Int(heard) - 1)) + "\r\nef")
            #expect(rest.result.ending == .exited(0))
        }
    }

    @Test("says nothing of a run before somebody asks for it, and keeps its end until it is forgotten")
    func unheard() throws {
        let agent = try agent()
        let (run, _) = try agent.prepare([:])
        try agent.send(.launch(run, launch("echo made > made.txt; echo out", name: 7)))
        usleep(500_000)
        #expect(try agent.succeed().runs.map(\.number) == [run])
        let (second, _) = try agent.prepare([:])
        #expect(second == run + 1, "what came first is the answer to what was asked now")
        try agent.send(.kill(second))
        while try agent.next()?.isLast == false {}
        try agent.send(.forget(second))
        try agent.send(.resume(run, from: 0))
        #expect(try agent.collect(run).output == "out\n")
        #expect(try agent.succeed().runs.map(\.number) == [run], "it is not certain that anybody heard of that")
        for _ in 0..<2 {
            try agent.send(.resume(run, from: .max))
            #expect(try agent.next()?.isLast == false && agent.next()?.isLast == true)
        }
        try agent.send(.forget(run))
        #expect(try agent.succeed() == AgentLegacy(lastNumber: second, runs: []))
    }

    @Test("stops a program whose output nobody takes, and goes on with it where it was")
    func window() throws {
        let agent = try agent()
        let (run, _) = try agent.prepare([:])
        try agent.send(.launch(run, launch("for i in {1..99999}; do echo $i; done", name: 7)))
        usleep(500_000)
        #expect(try agent.succeed().runs.map(\.number) == [run])
        try agent.send(.resume(run, from: 0))
        #expect(try agent.collect(run).output == (1...99_999).map { "\($0)\n" }.joined())
    }

    @Test("tells again of a file that was on its way, also when its run ended meanwhile")
    func files() throws {
        let agent = try agent()
        let (run, _) = try agent.prepare([:])
        try agent.send(.launch(run, launch("head -c 400000 /dev/zero | tr '\\0' x > made; read; exit 3", name: 7)))
        // The window is full with the first pieces by then, and nobody takes them.
        usleep(2_000_000)
        _ = try agent.succeed()
        try agent.send(.resume(run, from: 3 * 32 * 1024))
        let end = try agent.collect(run)
        #expect(end.result.ending == .exited(3))
        #expect(agent.contents.map(\.text.count) == [400_000])
    }

    @Test("forgets a run whose files were still on their way")
    func incomplete() throws {
        let agent = try agent()
        try agent.send(.prepare(5, [AgentFile(path: "a", digest: agent.digest(of: "a"))], keepsChanges: false))
        #expect(try agent.next() == .needs(5, [0]))
        #expect(try agent.succeed() == AgentLegacy(lastNumber: 5, runs: []))
        let (_, asked) = try agent.prepare(["a": "a"])
        #expect(asked == ["a"])
    }
}

@Suite("A run's journal")
struct JournalTests {
    @Test("gives from each place exactly what came behind it, however it was said and taken")
    func places() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var journal = Journal()
            var said: [UInt8] = []
            var taken = 0
            for _ in 0..<Int.random(in: 1...60) {
                let piece = (0..<Int.random(in: 1...9)).map { _ in UInt8.random(in: 0...255, using: &random) }
                journal.add(.output(1, 0, piece))
                said += piece
                let more = Int.random(in: 0...(said.count - taken) / 2)
                journal.take(more)
                taken += more
            }
            journal.hold()
            let place = Int.random(in: taken...said.count)
            let (start, reports) = journal.resume(1, from: UInt64(place))
            let bytes = reports.flatMap { report -> [UInt8] in
                if case .output(1, 0, let bytes) = report { bytes } else { [] }
            }
            #expect(start == UInt64(place) && bytes == Array(said[place...]))
        }
    }

    @Test("joins what is printed byte by byte, and has no room when it has more pieces than it may")
    func pieces() {
        var joined = Journal()
        for _ in 0..<100_000 { joined.add(.output(1, 0, [1])) }
        #expect(joined.hasRoom && joined.resume(1, from: 0).reports.count == 4)
        var mixed = Journal()
        for number in 0..<4096 { mixed.add(.output(1, UInt8(number % 2), [1])) }
        #expect(!mixed.hasRoom)
        mixed.take(1)
        #expect(mixed.hasRoom)
    }
}
