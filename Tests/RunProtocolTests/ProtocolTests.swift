import RunProtocol
import Testing
import Wire

@Suite("The run protocol")
struct ProtocolTests {
    private static func entry(_ path: String) throws -> ManifestEntry {
        ManifestEntry(
            path: try #require(ProjectPath(path)),
            digest: try #require(ContentDigest([UInt8](repeating: 5, count: 32))),
            size: ByteCount(12)
        )
    }

    private static func request(_ paths: [String] = ["main.py", "a/b.txt"]) throws -> RunRequest {
        RunRequest(
            run: RunID(91),
            workspace: WorkspaceID(7),
            language: try #require(LanguageID("python")),
            program: .file(try #require(ProjectPath("main.py"))),
            arguments: ["a", ""],
            input: .terminal(WindowSize(rows: 24, columns: 80)),
            files: try paths.map(entry)
        )
    }

    private static func clientFrames() throws -> [ClientFrame] {
        var text = try request()
        text.input = .text([1, 2])
        var job = text
        job.workspace = nil
        job.limits.memory = .mebibytes(64)
        job.limits.compileMemory = .mebibytes(128)
        job.person = PersonID(12)
        var shell = try request()
        shell.program = .shell
        var nothing = job
        nothing.program = .nothing
        var check = try request()
        check.program = .check(try #require(ProjectPath("main.py")))
        check.arguments = []
        var format = text
        format.program = .format(try #require(ProjectPath("main.py")))
        format.arguments = []
        var told = try request()
        told.program = .command(["python3", "-m", ""])
        told.variables = [try RunVariable(name: "GREETING", value: "good\nday"), try RunVariable(name: "_", value: "")]
        return [
            .hello(1), .start(try request()), .start(text), .start(job), .start(shell), .start(nothing), .start(check),
            .start(format), .start(told),
            .file(3, [1, 2], last: true),
            .file(0, [], last: false),
            .input(RunID(91), [3]), .resize(RunID(91), WindowSize(rows: 1, columns: 1000)), .cancel(RunID(1)),
            .stopWorkspace(WorkspaceID(2)), .status, .workspaceLife(WorkspaceID(3)),
            .resume(RunID(91), from: 0), .resume(RunID(1), from: .max),
        ]
    }

    private static func runnerFrames() throws -> [RunnerFrame] {
        let endings: [RunOutcome.Ending] = [
            .exited(0), .exited(255), .signalled(9), .outOfTime, .outOfMemory, .tooMuchOutput, .cancelled,
        ]
        let faults: [RunnerFault] = [
            .busy, .unknownLanguage, .imageMissing, .engineUnavailable("a"), .filesRefused("b"), .lost("c"), .stopping,
            .protocolViolation("d"), .refused, .unreachable("e"),
        ]
        let status = RunnerStatus(
            engine: .init(version: "20", remapsUsers: true, runtimes: ["runc"], runtime: "runc", cgroupVersion: "1"),
            languages: [.init(id: try #require(LanguageID("c")), image: "sha256:x", version: nil, size: ByteCount(5))],
            workspaces: [
                .init(id: WorkspaceID(1), language: try #require(LanguageID("c")), runs: 1, idle: .seconds(2))
            ],
            slots: 4,
            running: 1,
            waiting: 0,
            runCeiling: RunLimits(),
            workspaceLimits: WorkspaceLimits(),
            keepsHomes: true
        )
        let path = try #require(ProjectPath("out/a.txt"))
        let digest = try #require(ContentDigest([UInt8](repeating: 7, count: 32)))
        let steps = RunOutcome(
            ending: .exited(0),
            phase: .compile,
            wall: .seconds(1),
            cpu: .seconds(2),
            memory: ByteCount(5)
        )
        let outcomes = endings.map { ending in
            RunOutcome(ending: ending, phase: .compile, wall: .milliseconds(3), cpu: .zero, memory: .mebibytes(3))
        }
        let events: [RunEvent] = [
            .started(.run), .stepped(steps), .output(.error, [1]),
            .changed(.begins(path, base: nil, size: ByteCount(1))),
            .changed(.piece([1, 0])), .changed(.begins(path, base: digest, size: ByteCount(0))),
            .changed(.ends(digest)),
            .changed(.ends(nil)), .changed(.removed(path, base: digest)),
            .changed(.withheld(path, size: .mebibytes(9))),
        ]
        let told: [RunnerFrame] = (events + outcomes.map { .finished($0) }).map { .event($0, at: 300) }
        return told + faults.map { .fault($0) } + [
            .needs([0, 5]), .needs([]), .event(.started(.run), at: 0), .answer(true), .status(status),
            .workspaceLife(.absent), .workspaceLife(.inUse), .workspaceLife(.idle(.seconds(5))),
        ]
    }

    private func bytes(_ value: some WireValue) -> [UInt8] {
        var writer = WireWriter()
        writer.put(value)
        return writer.bytes
    }

    @Test("every frame comes back as it was sent, and no shorter piece of it is one")
    func roundTrips() throws {
        for frame in try Self.clientFrames() {
            #expect(try WireReader.read(ClientFrame.self, from: bytes(frame)) == frame)
            for count in 0..<bytes(frame).count {
                #expect(throws: WireError.self) {
                    try WireReader.read(ClientFrame.self, from: Array(bytes(frame).prefix(count)))
                }
            }
        }
        for frame in try Self.runnerFrames() {
            #expect(try WireReader.read(RunnerFrame.self, from: bytes(frame)) == frame)
            #expect(throws: WireError.self) { try WireReader.read(RunnerFrame.self, from: bytes(frame).dropLast()) }
            #expect(throws: WireError.self) { try WireReader.read(RunnerFrame.self, from: bytes(frame) + [0]) }
        }
    }

    @Test("changed frames are refused or read as something that keeps all rules")
    func fuzz() throws {
        var random = SystemRandomNumberGenerator()
        let samples = try Self.clientFrames().map(bytes)
        var read = 0
        for _ in 0..<20_000 {
            var message = samples[Int.random(in: 0..<samples.count, using: &random)]
            for _ in 0..<3 {
                message[Int.random(in: 0..<message.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            guard case .start(let request)? = try? WireReader.read(ClientFrame.self, from: message) else { continue }
            read += 1
            guard request.isConsistent, request.files.allSatisfy({ ProjectPath($0.path.text) != nil }) else {
                Issue.record("a request came through that breaks a rule")
                return
            }
        }
        #expect(read > 100, "most changes are in a digest or a number, and make another good request")
    }

    @Test("a request whose files contradict each other is refused")
    func inconsistent() throws {
        for paths in [["a.txt"], ["main.py", "main.py"], ["main.py", "a", "a/b"], ["main.py", "a/b/c", "a"], []] {
            let request = try Self.request(paths)
            #expect(!request.isConsistent)
            #expect(throws: WireError.refused) {
                try WireReader.read(ClientFrame.self, from: bytes(ClientFrame.start(request)))
            }
        }
        #expect(try Self.request(["main.py", "a/b", "ab", "\u{E9}", "e\u{301}"]).isConsistent)
        var nul = try Self.request()
        nul.arguments = ["a\0b"]
        #expect(!nul.isConsistent)
        var personal = try Self.request()
        personal.person = PersonID(1)
        #expect(!personal.isConsistent, "a workspace is a project's")
        var check = try Self.request()
        check.program = .check(try #require(ProjectPath("main.py")))
        #expect(!check.isConsistent, "a check has no arguments")
        check.arguments = []
        #expect(check.isConsistent)
        check.workspace = nil
        #expect(!check.isConsistent, "a job has no check")
        check.workspace = WorkspaceID(7)
        check.program = .check(try #require(ProjectPath("main.c")))
        #expect(!check.isConsistent, "what is checked is a file of the project")
    }

    @Test("a format has a text that is a file's, in a workspace, and nothing else")
    func formats() throws {
        func format(_ change: (inout RunRequest) -> Void = { _ in }) throws -> Bool {
            var request = try Self.request()
            request.program = .format(try #require(ProjectPath("main.py")))
            request.arguments = []
            request.input = .text(Array("a=1".utf8))
            change(&request)
            return request.isConsistent
        }
        #expect(try format())
        #expect(try !format { $0.arguments = ["--unsafe"] })
        #expect(try !format { $0.workspace = nil }, "a job has no format")
        #expect(try !format { $0.input = .terminal(WindowSize(rows: 24, columns: 80)) })
        #expect(try !format { $0.program = ProjectPath("main.c").map { .format($0) } ?? .shell })
    }

    @Test("limits are only ever lowered")
    func clamp() {
        let ceiling = RunLimits(wall: .seconds(10), cpu: .seconds(5), output: ByteCount(100))
        let asked = RunLimits(wall: .seconds(5), cpu: .seconds(50), output: ByteCount(1000), fileSize: ByteCount(1))
        let given = asked.clamped(to: ceiling)
        #expect(given.wall == .seconds(5) && given.cpu == .seconds(5) && given.output == ByteCount(100))
        #expect(given.fileSize == ByteCount(1) && given.compile == .seconds(30))
    }

    @Test("a fault's words are cut to what a reader takes, even if one character is thousands of scalars")
    func longWords() throws {
        let words = "x" + String(repeating: "\u{301}", count: 9000)
        let frame = RunnerFrame.fault(.lost(words))
        guard case .fault(.lost(let read)) = try WireReader.read(RunnerFrame.self, from: bytes(frame)) else {
            Issue.record("another frame came back")
            return
        }
        #expect(read.unicodeScalars.count == 1000)
    }
}
