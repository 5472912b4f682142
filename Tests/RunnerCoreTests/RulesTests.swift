import AgentProtocol
import Foundation
import Languages
import RunProtocol
import Testing

@testable import RunnerCore

@Suite("The runner's rules")
struct RulesTests {
    private func configuration(_ text: String, mode: Int = 0o644) throws -> RunnerConfiguration {
        let file = FileManager.default.temporaryDirectory.appending(path: "carrel-\(UUID().uuidString).json")
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        return try RunnerConfiguration(file: file.path)
    }

    private let complete = """
        {"socket":"/s","allowedUser":"root","engineSocket":"/e","instance":"x-1","languages":"/l","slots":3}
        """

    @Test("a configuration is read with its defaults")
    func defaults() throws {
        let configuration = try configuration(complete)
        #expect(configuration.slots == 3 && configuration.queue == 3 && configuration.workspaces == 16)
        #expect(configuration.allowedUser == 0 && configuration.idle == .seconds(600))
        #expect(configuration.workspaceLimits == WorkspaceLimits() && configuration.runCeiling == RunLimits())
        #expect(configuration.runtime == nil)
        #expect(configuration.spares == 4)
        let machine = ProcessInfo.processInfo.physicalMemory
        #expect(configuration.spareMemory == ByteCount(bytes: machine / 32) && machine > 1 << 28)
    }

    @Test("what may wait is bounded by number and by memory, and may be nothing", arguments: [0, 1, 700])
    func spareMemory(mebibytes: Int) throws {
        let words = #""spares":\#(mebibytes),"spareMemoryMiB":\#(mebibytes),"slots":3"#
        let configuration = try configuration(complete.replacing(#""slots":3"#, with: words))
        #expect(configuration.spares == mebibytes && configuration.spareMemory == .mebibytes(mebibytes))
    }

    @Test(
        "a configuration with a slip is refused in words",
        arguments: [
            (#""slots":3"#, #""slots":0"#, "a number is not between 1 and 1000000"),
            (#""socket":"/s","#, "", "the field socket is missing"),
            (#""slots":3"#, #""slots":"3""#, "the field slots has the wrong type"),
            (#""slots":3"#, #""slots":3,"spareMemoryMiB":-1"#, "a number is not between 1 and 1000000"),
            ("x-1", "x/1", "instance must be 1 to 32 of a–z, 0–9 and -"),
            (#""root""#, #""nobody-of-that-name""#, "there is no user nobody-of-that-name"),
            ("{", "", "is not JSON of the expected shape"),
        ]
    )
    func slips(from: String, to: String, words: String) throws {
        do {
            _ = try configuration(complete.replacing(from, with: to))
            Issue.record("the slip was not seen")
        } catch let error as ConfigurationError {
            #expect(error.description.hasSuffix(": " + words))
        }
    }

    @Test("a configuration that others may write is refused")
    func writable() {
        #expect(throws: ConfigurationError.self) { try configuration(complete, mode: 0o666) }
        #expect(throws: ConfigurationError.self) { try RunnerConfiguration(file: "/nowhere.json") }
    }

    @Test("slots are given in order, up to their number, with a bounded queue")
    func slots() throws {
        let slots = Slots(total: 1, queue: 1)
        #expect(try slots.take(until: .now + .seconds(1)) { true })
        #expect(throws: RunnerFault.busy) { try slots.take(until: .now + .milliseconds(10)) { true } }
        #expect(slots.counts == (1, 0))
        let order = Mutexed<[String]>([])
        Thread {
            _ = try? slots.take(until: .now + .seconds(10)) { true }
            order.value += ["second"]
        }.start()
        while slots.counts.waiting == 0 { usleep(1000) }
        #expect(throws: RunnerFault.busy) { try slots.take(until: .now + .seconds(10)) { true } }
        order.value += ["first"]
        slots.giveBack()
        while slots.counts.waiting > 0 { usleep(1000) }
        while order.value.count < 2 { usleep(1000) }
        #expect(order.value == ["first", "second"])
        #expect(try !slots.take(until: .now + .seconds(10)) { false }, "who is not wanted any more gets none")
    }

    @Test("neighbouring output of one stream is joined, order is kept, and no event grows too long")
    func joiner() {
        var joiner = EventJoiner()
        joiner.add(.started(.run), at: 1)
        joiner.add(.output(.output, [1]), at: 2)
        joiner.add(.output(.output, [2]), at: 3)
        joiner.add(.output(.error, [3]), at: 4)
        joiner.add(.output(.output, [4]), at: 5)
        let joined = joiner.finish()
        #expect(
            joined.map(\.0) == [
                .started(.run), .output(.output, [1, 2]), .output(.error, [3]), .output(.output, [4]),
            ]
        )
        #expect(joined.map(\.1) == [1, 3, 4, 5], "each with the place behind all that it was joined from")
        var flood = EventJoiner()
        for _ in 0..<10 { flood.add(.output(.output, [UInt8](repeating: 0, count: 32 * 1024)), at: 0) }
        #expect(flood.finish().count == 5)
    }

    @Test("a monitor's deadline is kept, and a change wakes who waits")
    func monitor() {
        let monitor = Monitor(0)
        #expect(monitor.wait(until: .now + .milliseconds(10)) { $0 == 1 ? true : nil } == nil)
        Thread { monitor.withLock { $0 = 1 } }.start()
        #expect(monitor.wait(until: .now + .seconds(10)) { $0 == 1 ? true : nil } == true)
    }

    @Test("what is launched has a clean environment, the catalogue's words and clamped limits")
    func launch() throws {
        let languages = RunnerFixture.repository.appending(path: "Sources/Languages/Catalogue")
        let language = try #require(try LanguageCatalogue(directory: languages.path)["c"])
        let request = RunRequest(
            run: RunID(1),
            workspace: WorkspaceID(1),
            language: try #require(LanguageID("c")),
            program: .file(try #require(ProjectPath("main.c"))),
            arguments: ["x"],
            input: .terminal(WindowSize(rows: 24, columns: 80)),
            limits: RunLimits(wall: .seconds(9999)),
            files: []
        )
        let limits = Launch.limits(request, language, ceiling: RunLimits(wall: .seconds(10)))
        let launch = Launch.command(request, language, limits)
        #expect(launch.steps.count == 2 && launch.steps[1].wall == .seconds(10))
        #expect(launch.steps[1].arguments.last == "x")
        #expect(
            launch.environment == [
                "COLORTERM=truecolor", "HOME=/home/coder", "LANG=C.UTF-8", "LOGNAME=coder",
                "PATH=/usr/local/bin:/usr/bin:/bin", "SHELL=/bin/bash", "TERM=xterm-256color", "USER=coder",
            ]
        )
        #expect(Launch.phase(0, of: 2) == .compile && Launch.phase(1, of: 2) == .run)
        let names = Set(launch.environment.compactMap { $0.split(separator: "=").first.map(String.init) })
        #expect(RunVariable.setByRunner.isSubset(of: names), "nobody can name what the runner sets")
    }

    @Test(
        "a check and a format are the catalogue's commands, of which the request says only the file, and nothing of it waits"
    )
    func checks() throws {
        let languages = RunnerFixture.repository.appending(path: "Sources/Languages/Catalogue")
        let catalogue = try LanguageCatalogue(directory: languages.path)
        func steps(
            _ id: String,
            _ main: String,
            _ paths: [String],
            _ program: (ProjectPath) -> RunProgram = RunProgram.check
        ) throws -> AgentLaunch {
            let request = RunRequest(
                run: RunID(1),
                workspace: WorkspaceID(1),
                language: try #require(LanguageID(id)),
                program: program(try #require(ProjectPath(main))),
                input: .text([]),
                files: try paths.map { path in
                    ManifestEntry(
                        path: try #require(ProjectPath(path)),
                        digest: try #require(ContentDigest([UInt8](repeating: 1, count: 32))),
                        size: ByteCount(1)
                    )
                }
            )
            #expect(request.isConsistent)
            return Launch.command(request, try #require(catalogue[id]), RunLimits())
        }
        let lua = try steps("lua", "-x.lua", ["-x.lua", "other.lua"])
        #expect(lua.steps.map(\.arguments) == [["luac5.4", "-p", "./-x.lua"]])
        let go = try steps("go", "b.go", ["b.go", "a.go", "notes.txt"])
        #expect(go.steps.map(\.arguments) == [["go", "vet", "a.go", "b.go"]])
        #expect(try steps("python", "main.py", ["main.py"]).gate.isEmpty)
        let c = try steps("c", "-x.c", ["-x.c"], RunProgram.format)
        #expect(c.steps.map(\.arguments) == [["clang-format-14", "--style=file", "--assume-filename=-x.c"]])
        let bash = try steps("bash", "-x.sh", ["-x.sh"], RunProgram.format)
        #expect(bash.steps.map(\.arguments.last) == ["./-x.sh"] && bash.gate.isEmpty)
    }

    @Test("a project's variables come over its language's, and its command in the place of the language's")
    func settings() throws {
        let languages = RunnerFixture.repository.appending(path: "Sources/Languages/Catalogue")
        let language = try #require(try LanguageCatalogue(directory: languages.path)["go"])
        var request = RunRequest(
            run: RunID(1),
            workspace: WorkspaceID(1),
            language: try #require(LanguageID("go")),
            program: .command(["go", "vet"]),
            arguments: ["--all", ""],
            variables: [
                try RunVariable(name: "GO111MODULE", value: "on"), try RunVariable(name: "GREETING", value: "a=b"),
            ],
            input: .text([]),
            files: []
        )
        let launch = Launch.command(request, language, RunLimits())
        #expect(launch.steps.map(\.arguments) == [["env", "--", "go", "vet", "--all", ""]])
        #expect(Launch.phase(0, of: 1) == .run)
        #expect(launch.environment.filter { $0.hasPrefix("GO111MODULE=") } == ["GO111MODULE=on"])
        #expect(launch.environment.contains("GREETING=a=b") && launch.environment.contains("HOME=/home/coder"))
        request.program = .shell
        let shell = Launch.command(request, language, RunLimits())
        #expect(shell.steps.map(\.arguments) == [["bash"]] && shell.environment.contains("GREETING=a=b"))
    }
}
