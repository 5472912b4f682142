import AgentProtocol
import Foundation
import Testing

/// A toy interpreter, written for the shell, has a gate as those of the languages have. Its main program prints whether
/// it came through that gate.
@Suite("A program that is started ahead", .serialized)
struct WaitingTests {
    private static let gate = """
        how=plain
        if [ "$GATE" = shut ]; then
            unset GATE; printf r >&3
            [ "$(head -c 1 <&3)" = g ] || exit 0
            exec 3>&-; how=ahead
        fi
        echo $how

        """

    /// A launch of the toy. `gate` comes instead of its own.
    private func launch(
        _ main: String = "",
        gate: String = Self.gate,
        input: AgentInput = .text([]),
        wall: Duration = .seconds(10),
        environment: [String] = ["PATH=/usr/bin:/bin"],
        isShut: Bool = true
    ) -> AgentLaunch {
        AgentLaunch(
            steps: [AgentStep(arguments: ["sh", "-c", gate + main], wall: wall, cpu: .seconds(10))],
            environment: environment,
            input: input,
            output: 1 << 20,
            fileSize: 64 << 20,
            gate: isShut ? ["GATE=shut"] : []
        )
    }

    private func run(_ launch: AgentLaunch, _ agent: AgentFixture) throws -> (output: String, result: AgentResult) {
        let (output, error, _, result) = try agent.collect(try agent.launch(launch))
        #expect(error.isEmpty)
        return (output, result)
    }

    /// Runs it until one was started ahead early enough to serve it; gives what that printed.
    private func runAhead(_ launch: AgentLaunch, _ agent: AgentFixture) throws -> (output: String, result: AgentResult)
    {
        for _ in 0..<100 {
            let run = try run(launch, agent)
            if run.output.hasPrefix("ahead") { return run }
            usleep(10_000)
        }
        throw AgentFixture.Surprise(words: "nothing was started ahead")
    }

    /// Lets an agent have a program ready for this launch, as far as that can be seen from outside.
    private func expect(_ launch: AgentLaunch, _ agent: AgentFixture, within microseconds: UInt32 = 300_000) throws {
        try agent.send(.expect(launch))
        usleep(microseconds)
    }

    @Test("is the run's program: its streams, its end, its environment, nothing else open", arguments: [false, true])
    func same(hasTerminal: Bool) throws {
        let agent = try AgentFixture()
        let input = hasTerminal ? AgentInput.terminal(rows: 33, columns: 44) : .text(Array("typed".utf8))
        let main = """
            for f in /proc/$$/fd/*; do echo ${f##*/}; done
            env | grep -v -e PWD -e _=; pwd; stty size 2>/dev/null || cat; exit 7
            """
        let launch = launch(main, input: input)
        let plain = try run(launch, agent)
        let ahead = try runAhead(launch, agent)
        #expect(plain.output.hasPrefix("plain"))
        #expect(ahead.output == plain.output.replacing("plain", with: "ahead"))
        #expect(ahead.output.contains(hasTerminal ? "33 44" : "typed"))
        #expect(ahead.result.ending == .exited(7) && plain.result.ending == .exited(7))
    }

    @Test("serves a first run that was expected, and is had ready again without being asked for")
    func expected() throws {
        let agent = try AgentFixture()
        try expect(launch(), agent)
        #expect(try run(launch(), agent).output == "ahead\n")
        usleep(300_000)
        #expect(try run(launch(), agent).output == "ahead\n")
    }

    @Test("serves a run that comes before it is ready")
    func early() throws {
        let agent = try AgentFixture()
        let launch = launch(gate: "sleep 0.3\n" + Self.gate)
        try expect(launch, agent, within: 50_000)
        for _ in 0..<3 {
            let (output, result) = try run(launch, agent)
            #expect(output == "ahead\n" && result.ending == .exited(0))
        }
    }

    @Test("is not there when no gate is declared, and is not replaced after a job")
    func none() throws {
        let agent = try AgentFixture()
        for _ in 0..<3 {
            #expect(try run(launch(isShut: false), agent).output == "plain\n")
            usleep(100_000)
        }
        try expect(launch(), agent)
        // A job's launch has no gate of its own.
        #expect(try run(launch(isShut: false), agent).output == "ahead\n")
        usleep(300_000)
        #expect(try run(launch(isShut: false), agent).output == "plain\n")
    }

    @Test("gives way to a plain start when anything differs that a program can see")
    func differences() throws {
        let agent = try AgentFixture()
        var limited = launch()
        limited.fileSize = 1 << 20
        var hurried = launch()
        hurried.steps[0].cpu = .seconds(3)
        let others = [
            launch("true"), launch(environment: ["PATH=/usr/bin:/bin", "A=b"]), limited, hurried,
            launch(input: .terminal(rows: 2, columns: 3)),
        ]
        for other in others {
            try expect(launch(), agent)
            #expect(try run(other, agent).output.hasPrefix("plain"))
        }
        // The premise: what only the agent looks at may differ.
        try expect(launch(), agent)
        var same = launch(input: .text([65]), wall: .seconds(3))
        same.output = 100
        #expect(try run(same, agent).output == "ahead\n")
    }

    @Test(
        "is passed over when it says something else than it should, prints, ends or is not ready",
        arguments: [
            "printf x >&3; sleep 5", "printf rr >&3; sleep 5", "printf r >&3; sleep 0.1; printf r >&3; sleep 5",
            "echo early; printf r >&3; sleep 5", "echo early >&2; printf r >&3; sleep 5", "exit 1", "kill -9 $$",
            "sleep 5",
            "printf r >&3; exec 3>&-; sleep 5", "head -c 1000000 /dev/zero >&3; sleep 5",
            "printf r >&3; sleep 0.1; exit 0",
        ]
    )
    func garbage(words: String) throws {
        let agent = try AgentFixture()
        let launch = launch(gate: "if [ \"$GATE\" = shut ]; then \(words); exit; fi; echo plain\n")
        for _ in 0..<2 {
            // Long enough that one which says nothing is late.
            try expect(launch, agent, within: 1_200_000)
            let (output, result) = try run(launch, agent)
            #expect(output == "plain\n" && result.ending == .exited(0) && result.wall < .seconds(3))
        }
    }

    @Test("that somebody killed is not used, and one that somebody stopped costs its run no more than its time")
    func meddled() throws {
        let agent = try AgentFixture()
        let telling = "if [ \"$GATE\" = shut ]; then echo $$ >waiting; fi\n" + Self.gate
        func waiting() throws -> Int32 {
            try #require(Int32(try String(contentsOfFile: agent.path("waiting"), encoding: .utf8).dropLast()))
        }
        let launch = launch(gate: telling, wall: .milliseconds(500))
        try expect(launch, agent)
        kill(try waiting(), SIGKILL)
        usleep(100_000)
        #expect(try run(launch, agent).output == "plain\n")
        usleep(300_000)
        kill(try waiting(), SIGSTOP)
        let (output, result) = try run(launch, agent)
        #expect(output.isEmpty && result.ending == .outOfTime && result.wall < .seconds(2))
    }

    @Test("waits beside a shell, and what somebody made it start is gone with it", .enabled(if: AgentFixture.isRoot))
    func company() throws {
        let agent = try AgentFixture()
        let terminal = AgentInput.terminal(rows: 9, columns: 9)
        var shell = launch("read line", gate: "", input: terminal, wall: .seconds(60), isShut: false)
        shell.role = .shell
        let open = try agent.launch(shell)
        #expect(try agent.next() == .started(open, step: 0))
        let sleeper = "[ \"$GATE\" != shut ] || setsid sh -c 'echo $$ >child; exec sleep 321.5' &\n"
        let launch = launch("sleep 0.2", gate: sleeper + Self.gate)
        func child() throws -> Int32 {
            try #require(Int32(try String(contentsOfFile: agent.path("child"), encoding: .utf8).dropLast()))
        }
        try expect(launch, agent)
        let used = try child()
        #expect(kill(used, 0) == 0)
        #expect(try run(launch, agent).output == "ahead\n")
        #expect(kill(used, 0) != 0, "the run's end takes it along")
        usleep(300_000)
        let dismissed = try child()
        #expect(dismissed != used && kill(dismissed, 0) == 0)
        #expect(try run(self.launch("true"), agent).output == "plain\n")
        usleep(300_000)
        #expect(kill(dismissed, 0) != 0, "its dismissal takes it along")
        try agent.send(.input(open, Array("\n".utf8)))
        #expect(try agent.collect(open).result.ending == .exited(0))
    }

    @Test("is charged to its run from the moment on when it goes on")
    func charged() throws {
        let agent = try AgentFixture()
        let busy = "i=0; while [ \"$GATE\" = shut ] && [ $i -lt 300000 ]; do i=$((i + 1)); done\n"
        let launch = launch(gate: busy + Self.gate)
        try agent.send(.expect(launch))
        sleep(3)
        let (output, result) = try run(launch, agent)
        #expect(output == "ahead\n")
        #expect(result.cpu < .milliseconds(100) && result.wall < .seconds(1), "\(result)")
        // The premise: its preparations take longer than that.
        let plain = try run(self.launch(gate: busy.replacing("= shut", with: "!= shut") + Self.gate), agent)
        #expect(plain.output == "plain\n" && plain.result.cpu > .milliseconds(100), "\(plain.result)")
    }

    @Test("ends with its agent")
    func ends() throws {
        let agent = try AgentFixture()
        let launch = launch(gate: "[ \"$GATE\" != shut ] || echo $$ >waiting\n" + Self.gate)
        try expect(launch, agent)
        let process = try #require(Int32(try String(contentsOfFile: agent.path("waiting"), encoding: .utf8).dropLast()))
        // A process that has ended has no command line, whether somebody has reaped it or not.
        func isAlive() -> Bool {
            (try? Data(contentsOf: URL(filePath: "/proc/\(process)/cmdline")))?.isEmpty == false
        }
        #expect(isAlive())
        try agent.closeInput()
        agent.process.waitUntilExit()
        usleep(200_000)
        #expect(!isAlive())
    }
}
