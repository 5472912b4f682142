import AgentProtocol
import Testing
import Wire

@testable import AgentCore

@Suite("The verdict about a program")
struct VerdictTests {
    private func verdict(
        _ status: Int32,
        reason: Verdict.Reason? = nil,
        memory: Bool = false,
        alone: Bool = true,
        cpu: Duration = .zero
    ) -> AgentEnding {
        Verdict(
            reason: reason,
            status: status,
            memoryRanOut: memory,
            wasAlone: alone,
            cpu: cpu,
            cpuLimit: .seconds(2)
        ).ending
    }

    @Test("is its code or its signal when nobody else had a hand in it")
    func plain() {
        #expect(verdict(0) == .exited(0))
        #expect(verdict(255 << 8) == .exited(255))
        #expect(verdict(11) == .signalled(11))
        #expect(verdict(139) == .signalled(11), "with a core dump")
        #expect(verdict(9) == .signalled(9))
    }

    @Test("is our reason when we ended it, whatever its status says")
    func reasons() {
        #expect(verdict(9, reason: .cancelled, memory: true) == .cancelled)
        #expect(verdict(0, reason: .outOfTime) == .outOfTime)
        #expect(verdict(9, reason: .tooMuchOutput) == .tooMuchOutput)
    }

    @Test("is want of memory when the kernel killed for it and the program did not get over it")
    func memory() {
        #expect(verdict(9, memory: true) == .outOfMemory)
        #expect(verdict(9, memory: true, alone: false) == .outOfMemory)
        #expect(verdict(137 << 8, memory: true) == .outOfMemory)
        #expect(verdict(0, memory: true) == .exited(0))
        #expect(verdict(137 << 8, memory: true, alone: false) == .exited(137), "it may have been the other run")
    }

    @Test("is want of time when the processor limit struck")
    func processor() {
        #expect(verdict(24) == .outOfTime)
        #expect(verdict(9, cpu: .seconds(3)) == .outOfTime)
        #expect(verdict(9, cpu: .seconds(1)) == .signalled(9))
    }
}

@Suite("The agent protocol")
struct AgentProtocolTests {
    private let commands: [AgentCommand] = [
        .prepare(1, [AgentFile(path: "a/b", digest: [1, 2])], keepsChanges: false), .prepare(1, [], keepsChanges: true),
        .file(1, 0, [1], last: true), .input(9, [1, 2]),
        .resize(1, rows: 2, columns: 3), .kill(.max), .taken(1, 5), .proceed(4), .ping,
        .outlive(.seconds(60)), .claim, .resume(7, from: .max), .forget(7), .clean(8, expecting: nil),
        .launch(
            3,
            AgentLaunch(
                steps: [AgentStep(arguments: ["a", ""], wall: .seconds(1), cpu: .milliseconds(5))],
                environment: ["A=b"],
                input: .terminal(rows: 1, columns: 2),
                output: 7,
                fileSize: 8
            )
        ),
        .launch(
            3,
            AgentLaunch(
                steps: [AgentStep(arguments: ["a"], wall: .zero, cpu: .zero, waits: true)],
                environment: [],
                input: .text([9]),
                output: 0,
                fileSize: 0
            )
        ),
        .expect(nil),
        .expect(
            AgentLaunch(
                steps: [AgentStep(arguments: ["a"], wall: .zero, cpu: .zero)],
                environment: [],
                input: .text([]),
                output: 0,
                fileSize: 0,
                gate: ["A=b"],
                role: .shell
            )
        ),
    ]

    private static let survivor = AgentSurvivor(
        9,
        AgentLaunch(
            steps: [AgentStep(arguments: ["a"], wall: .seconds(1), cpu: .zero)],
            environment: [],
            input: .terminal(rows: 1, columns: 2),
            output: 1,
            fileSize: 1,
            role: .shell,
            name: .max
        )
    )

    private let reports: [AgentReport] =
        [
            .hello(1), .needs(1, [0, 5]), .refused(1, "no"), .unstartable(1, "no"), .started(1, step: 1),
            .output(1, 1, [1, 2]), .resumed(1, at: 5), .cleaned(1, true), .left(AgentLegacy(lastNumber: 0, runs: [])),
            .left(AgentLegacy(lastNumber: 9, runs: [Self.survivor])),
        ]
        + [.stepped(1, AgentResult(ending: .exited(0), step: 0, wall: .seconds(1), cpu: .zero, memory: 5))]
        + [.exited(255), .signalled(64), .outOfTime, .outOfMemory, .tooMuchOutput, .cancelled].map { ending in
            .finished(1, AgentResult(ending: ending, step: 1, wall: .seconds(1), cpu: .zero, memory: 5))
        }

    private func check<Value: WireValue & Equatable>(_ values: [Value]) throws {
        for value in values {
            var writer = WireWriter()
            writer.put(value)
            #expect(try WireReader.read(Value.self, from: writer.bytes) == value)
            #expect(throws: WireError.self) { try WireReader.read(Value.self, from: writer.bytes.dropLast()) }
            #expect(throws: WireError.self) { try WireReader.read(Value.self, from: writer.bytes + [0]) }
        }
    }

    @Test("brings every command and report back as it was, and no shorter or longer one")
    func roundTrips() throws {
        try check(commands)
        try check(reports)
    }
}
