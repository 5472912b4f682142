import AgentProtocol
import Foundation
import Testing

@Suite("The agent", .serialized)
struct AgentTests {
    private let terminal = AgentInput.terminal(rows: 24, columns: 80)

    @Test("starts a program with its files, its input, its two streams, and reports its end")
    func program() throws {
        let agent = try AgentFixture()
        let run = try agent.launch(
            ["sh", "-c", "cat data.txt -; echo oh >&2; exit 3"],
            files: ["data.txt": "from a file, "],
            input: .text(Array("from input".utf8))
        )
        let (output, error, steps, result) = try agent.collect(run)
        #expect(output == "from a file, from input" && error == "oh\n" && steps == [0])
        #expect(result.ending == .exited(3) && result.step == 0 && result.memory > 0 && result.wall > .zero)
    }

    @Test("gives a program nothing but its three streams and its environment")
    func clean() throws {
        let agent = try AgentFixture()
        let run = try agent.launch([
            "sh", "-c", "ls /proc/$$/fd; /usr/bin/env; ulimit -c; umask; cat /proc/self/oom_score_adj",
        ])
        let lines = try agent.collect(run).output.split(separator: "\n").map(String.init)
        #expect(lines.prefix(3) == ["0", "1", "2"])
        #expect(
            Set(lines.dropFirst(3).filter { $0.contains("=") && !$0.hasPrefix("_=") && !$0.hasPrefix("PWD=") })
                == ["PATH=/usr/bin:/bin", "MARK=\(run)"]
        )
        #expect(lines.suffix(3) == ["0", "0022", "1000"])
    }

    @Test("runs programs as the other user, with a mark and without other groups", .enabled(if: AgentFixture.isRoot))
    func identity() throws {
        let agent = try AgentFixture()
        let run = try agent.launch(["grep", "-E", "^(Uid|Gid|Groups|CapEff|CapPrm|NoNewPrivs)", "/proc/self/status"])
        #expect(
            try agent.collect(run).output == """
                Uid:\t1000\t1000\t1000\t1000
                Gid:\t1000\t1000\t1000\t1000
                Groups:\t\(agent.firstMark + run)\u{20}
                CapPrm:\t0000000000000000
                CapEff:\t0000000000000000
                NoNewPrivs:\t1

                """
        )
    }

    @Test("gives a terminal of the wanted size, echoes, and passes a new size on")
    func terminals() throws {
        let agent = try AgentFixture()
        let run = try agent.launch(
            ["sh", "-c", "stty size; read line; stty size; echo $line; tty >/dev/null && echo tty"],
            input: terminal
        )
        #expect(try agent.next() == .started(run, step: 0))
        #expect(try agent.next() == .output(run, 0, Array("24 80\r\n".utf8)))
        try agent.send(.resize(run, rows: 50, columns: 132))
        try agent.send(.input(run, Array("typed\n".utf8)))
        #expect(try agent.collect(run).output == "typed\r\n50 132\r\ntyped\r\ntty\r\n")
    }

    @Test("keeps what is typed before the terminal is there")
    func earlyInput() throws {
        let agent = try AgentFixture()
        let (run, _) = try agent.prepare([:])
        try agent.send(.input(run, Array("early\n".utf8)))
        try agent.send(.resize(run, rows: 33, columns: 44))
        let step = AgentStep(arguments: ["sh", "-c", "read a; stty size"], wall: .seconds(9), cpu: .seconds(9))
        let launch = AgentLaunch(steps: [step], environment: ["PATH=/bin"], input: terminal, output: 999, fileSize: 9)
        try agent.send(.launch(run, launch))
        #expect(try agent.collect(run).output == "early\r\n33 44\r\n")
    }

    @Test("goes on to the next step only when one ends well, with the same streams in order")
    func steps() throws {
        let agent = try AgentFixture()
        let good = try agent.launch(
            ["sh", "-c", "cat; echo one"],
            ["sh", "-c", "cat; echo two; exit 4"],
            input: .text([120])
        )
        let first = try agent.collect(good)
        #expect(first.output == "one\nxtwo\n" && first.steps == [0, 1])
        #expect(first.result.ending == .exited(4) && first.result.step == 1)
        let bad = try agent.launch(["sh", "-c", "echo no; exit 1"], ["echo", "never"])
        let second = try agent.collect(bad)
        #expect(second.output == "no\n" && second.steps == [0] && second.result.step == 0)
    }

    @Test("begins a step that waits when it is told, or ends with the run before it")
    func waitingStep() throws {
        let agent = try AgentFixture()
        func begin() throws -> UInt32 {
            let (run, _) = try agent.prepare([:])
            let steps = [["echo", "one"], ["echo", "two"]].map {
                AgentStep(arguments: $0, wall: .seconds(9), cpu: .seconds(9), waits: $0[1] == "two")
            }
            let environment = ["PATH=/usr/bin:/bin"]
            try agent.send(
                .launch(
                    run,
                    AgentLaunch(steps: steps, environment: environment, input: .text([]), output: 99, fileSize: 9)
                )
            )
            #expect(try agent.next() == .started(run, step: 0))
            #expect(try agent.next() == .output(run, 0, Array("one\n".utf8)))
            guard case .stepped(run, let result)? = try agent.next() else {
                throw AgentFixture.Surprise(words: "no step")
            }
            #expect(result.ending == .exited(0) && result.step == 0)
            return run
        }
        let told = try begin()
        // Another run in the meantime hears nothing of it.
        #expect(try agent.collect(try agent.launch(["echo", "x"])).output == "x\n")
        try agent.send(.proceed(told))
        // A second word is one too many and does nothing.
        try agent.send(.proceed(told))
        let rest = try agent.collect(told)
        #expect(rest.output == "two\n" && rest.steps == [1] && rest.result.step == 1)
        let ended = try begin()
        try agent.send(.kill(ended))
        guard case .finished(ended, let result)? = try agent.next() else {
            throw AgentFixture.Surprise(words: "not finished")
        }
        #expect(result.ending == .cancelled && result.step == 1)
    }

    @Test("reports a program that is not there")
    func missing() throws {
        let agent = try AgentFixture()
        let run = try agent.launch(["no-such-program"])
        #expect(try agent.next() == .unstartable(run, "execute the program: No such file or directory"))
        #expect(try agent.collect(try agent.launch(["echo", "x"])).output == "x\n")
    }

    @Test("ends a run at its wall time, and one that is killed, with all their processes")
    func ends() throws {
        let agent = try AgentFixture()
        let late = try agent.collect(try agent.launch(["sh", "-c", "sleep 50 & sleep 50"], wall: .milliseconds(100)))
        #expect(late.result.ending == .outOfTime && late.result.wall < .seconds(5))
        let run = try agent.launch(["sleep", "50"])
        #expect(try agent.next() == .started(run, step: 0))
        try agent.send(.kill(run))
        #expect(try agent.collect(run).result.ending == .cancelled)
        let (waiting, _) = try agent.prepare([:])
        try agent.send(.kill(waiting))
        #expect(try agent.collect(waiting).result.ending == .cancelled, "also before it was launched")
    }

    @Test("kills what left its session and its parents", .enabled(if: AgentFixture.isRoot))
    func daemons() throws {
        let agent = try AgentFixture()
        let run = try agent.launch(["sh", "-c", "setsid sh -c 'setsid sleep 1234.5 & echo $!'"])
        let (output, _, _, result) = try agent.collect(run)
        #expect(result.ending == .exited(0))
        let process = try #require(Int32(output.dropLast()))
        #expect(kill(process, 0) != 0, "the process is gone when the run is reported as finished")
    }

    @Test("stops reading a program whose output is not passed on, and goes on when it is")
    func window() throws {
        let agent = try AgentFixture()
        let run = try agent.launch(["head", "-c", "1000000", "/dev/zero"], output: 1 << 30)
        #expect(try agent.next() == .started(run, step: 0))
        var count = 0
        while count < AgentCommand.window {
            guard case .output(run, 0, let bytes) = try agent.next() else { break }
            count += bytes.count
        }
        #expect(count < AgentCommand.window + AgentReport.maximumOutput)
        // Nothing may come now but what answers this: an agent that goes on would send output first.
        let other = try agent.launch(["true"])
        #expect(try agent.collect(other).result.ending == .exited(0))
        try agent.send(.taken(run, count))
        #expect(try agent.collect(run).output.utf8.count == 1_000_000 - count)
    }

    @Test("ends a run that prints too much and keeps exactly what it may print")
    func tooMuch() throws {
        let agent = try AgentFixture()
        for input in [AgentInput.text([]), terminal] {
            let run = try agent.launch(["yes"], input: input, output: 100_001)
            let (output, _, _, result) = try agent.collect(run)
            #expect(result.ending == .tooMuchOutput && output.utf8.count == 100_001)
        }
        let exact = try agent.collect(try agent.launch(["printf", "12345"], output: 5))
        #expect(exact.result.ending == .exited(0) && exact.output == "12345")
    }

    @Test("gives the last output of a program that ends at once, every time")
    func lastWords() throws {
        let agent = try AgentFixture()
        for _ in 0..<50 {
            let text = try agent.collect(try agent.launch(["echo", "last words"], input: terminal)).output
            #expect(text == "last words\r\n")
        }
    }

    @Test("ends when its input does, and takes its programs along")
    func endOfInput() throws {
        let agent = try AgentFixture()
        let run = try agent.launch(["sh", "-c", "echo $$; sleep 50"])
        #expect(try agent.next() == .started(run, step: 0))
        try agent.closeInput()
        agent.process.waitUntilExit()
        #expect(agent.process.terminationStatus == 0)
    }

    @Test("ends with an error when the other side does not speak its protocol")
    func noise() throws {
        let agent = try AgentFixture()
        try agent.send(raw: [0, 0, 0, 2, 99, 99])
        #expect(try agent.next() == nil)
        agent.process.waitUntilExit()
        #expect(agent.process.terminationStatus == 1)
    }
}
