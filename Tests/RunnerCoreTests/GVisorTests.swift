import Foundation
import RunProtocol
import RunnerClient
import Testing

/// The same containers, run by gVisor (`CARREL_RUNTIME=runsc`): what programs ask of the kernel is answered by gVisor, by
/// ptrace. Memory and processors are limited for the whole of it by the Engine's cgroup.
@Suite("A program in gVisor", .serialized)
struct GVisorTests {
    private static let memory = "memory is gVisor's as a whole: its end is the end of the container, told as a lost run"
    private static let processes = "the limit ends gVisor itself, and with it the container, told as a lost run"
    private static let inside = "gVisor answers this itself, in its own memory, and hands nothing on"
    private static let slow = "ptrace makes its many calls so slow that its time ends first"
    private static let time = "its end is the agent's doing, which has nothing to do with the runtime"

    private static let shown = "gVisor shows everybody's environment (the agent's has no secret) and list of streams"

    /// Programs that end otherwise than their first lines say, or are not run once more, and why.
    private static let differences = [
        "become-root.py": "gVisor's /proc/PID/status does not have all lines that it reads",
        "both-streams.py": time, "close-everything.py": time, "constant-bomb.cpp": time,
        "daemon-flood.py": processes, "endless-line.py": time, "exec-chain.sh": time,
        "false-names.py": "a name of a process can't be written by /proc", "fork-bomb.py": processes,
        "fork-chain.py": processes, "garbage-output.py": time, "huge-program.c": time, "ignore-signals.py": time,
        "include-random.c": memory, "inodes.py": slow, "kernel-doors.py": inside, "kernel-log.py": inside,
        "linker-bomb.c": time, "macro-bomb.c": memory, "map-memory.py": memory, "memory-files.py": memory,
        "memory-of-a-child.sh": slow, "memory.py": memory, "namespaces.py": inside, "page-cache.py": slow,
        "pipes.py": slow, "queued-signals.py": slow, "set-user-id.py": slow, "sleep-past-the-end.sh": time,
        "spawn-bomb.py": processes, "stop-itself.py": time, "swap-race.py": time, "template-bomb.cpp": slow,
        "deep-folders.py": slow, "thread-bomb.py": "threads are gVisor's own and not counted as processes",
        "word-bomb.sh": time, "zip-bomb.py": slow,
        "clock.py": "a priority is one among gVisor's own threads", "hard-links.py": shown, "kill-agent.py": shown,
        "process-one.py": shown,
    ]

    private static let same = HostileProgram.names.filter { differences[$0] == nil }

    private func fixture(slots: Int = 4) throws -> RunnerFixture {
        try RunnerFixture(["memoryMiB": 640, "processes": 128, "runtime": "runsc", "slots": slots])
    }

    private func run(_ name: String, _ fixture: RunnerFixture) throws -> Transcript {
        let program = try HostileProgram(name)
        let limits = RunLimits(wall: .seconds(6), cpu: .seconds(4), output: .mebibytes(1), compile: .seconds(6))
        return try fixture.run(
            program.language,
            [program.file: program.text],
            arguments: try program.arguments(),
            limits: limits
        )
    }

    @Test("says hello, and it is gVisor that it asks")
    func hello() throws {
        let fixture = try fixture()
        let text = "print('Hello', open('/proc/version').read().split()[2])"
        let result = try fixture.run("python", ["main.py": text])
        #expect(result.output == "Hello 4.4.0\n" && result.ending == .exited(0), "\(result)")
        #expect(try fixture.client.status().engine?.runtime == "runsc")
        let other = try RunnerFixture().run("python", ["main.py": text])
        #expect(other.output != "Hello 4.4.0\n", "the Engine's own runtime is another")
    }

    // Control-C is nothing but a byte there: Debian's gVisor makes no signals of what is typed.
    @Test("has a terminal: with a size that changes, and what is typed")
    func terminal() throws {
        let fixture = try fixture()
        let files = [
            "main.py": """
            import os
            print(os.isatty(0), os.get_terminal_size(), flush=True)
            print("hello", input(), os.get_terminal_size().columns, flush=True)
            """
        ]
        let request = try fixture.request("python", files, input: .terminal(WindowSize(rows: 30, columns: 100)))
        let session = try fixture.start(request, files)
        var output = ""
        while let event = try session.nextEvent() {
            guard case .output(_, let bytes) = event else { continue }
            output += String(decoding: bytes, as: UTF8.self)
            if output.hasSuffix("lines=30)\r\n") {
                #expect(try fixture.client.resize(request.run, rows: 20, columns: 60))
                #expect(try fixture.client.send(input: Array("ada\r".utf8), to: request.run))
            }
        }
        #expect(output.hasPrefix("True os.terminal_size(columns=100, lines=30)\r\n"), "\(output)")
        #expect(output.hasSuffix("hello ada 60\r\n"), "\(output)")
    }

    @Test("finds its container as new when a job of the same person was in it")
    func again() throws {
        let fixture = try fixture(slots: 1)
        let look = """
            shopt -s nullglob dotglob
            echo ~/* /tmp/* /dev/shm/* /dev/mqueue/*
            cat /proc/[0-9]*/comm
            echo x >~/.a; echo x >/tmp/b; sleep 100 >&- 2>&- &
            """
        for _ in 0..<3 {
            let job = try fixture.run("bash", ["main.sh": look], workspace: nil, person: PersonID(1))
            #expect(job.output == "/home/coder/main.sh\ncarrel-agent\nbash\n", "\(job.error)")
        }
        #expect(try fixture.eventually { try fixture.containers().count == 1 })
    }

    @Test("that is hostile has the end that its first lines say", arguments: same)
    func hostile(name: String) throws {
        let program = try HostileProgram(name)
        let result = try run(name, try fixture())
        let ending = try #require(result.ending)
        let words = "\(result.output.suffix(500)) \(result.error.suffix(500))"
        #expect(program.endings.contains(HostileTests.words(ending)), "\(words)")
        if let prints = program.line("Prints") { #expect(result.output == prints + "\n") }
    }

    @Test(
        "that takes too much takes its own container along and no other",
        arguments: ["memory.py", "fork-bomb.py", "thread-bomb.py", "namespaces.py", "kernel-doors.py"]
    )
    func greedy(name: String) throws {
        let fixture = try fixture()
        let quiet = ["main.py": "import time\nprint('up', flush=True)\ntime.sleep(4)\nprint('still here')"]
        let session = try fixture.start(try fixture.request("python", quiet, workspace: 2), quiet)
        do {
            _ = try run(name, fixture)
        } catch RunnerFault.lost {
            // gVisor reached a limit of the Engine's.
        }
        #expect(try Transcript(session).output == "up\nstill here\n")
        #expect(try fixture.run("python", ["main.py": "print('fine')"]).output == "fine\n")
    }

    @Test("reaches neither the agent's streams nor its memory, and can't signal or trace it")
    func agent() throws {
        let text = """
            import ctypes, os
            for name, flags in (("fd/0", os.O_RDONLY), ("fd/1", os.O_WRONLY), ("fd/2", os.O_WRONLY), ("mem", os.O_RDWR)):
                try:
                    print("WORKED", name, os.open(f"/proc/1/{name}", flags))
                except PermissionError:
                    pass
            try:
                print("WORKED", os.kill(1, 9))
            except PermissionError:
                pass
            names = sorted(line.split("=")[0] for line in open("/proc/1/environ").read().split("\\0") if line)
            print(ctypes.CDLL(None).ptrace(16, 1, None, None), *names)
            """
        let result = try fixture().run("python", ["main.py": text])
        #expect(result.output == "-1 HOME HOSTNAME LANG PATH\n" && result.ending == .exited(0), "\(result)")
    }

    @Test("is listed where it differs, by names that exist")
    func list() {
        #expect(Set(Self.differences.keys).isSubset(of: Set(HostileProgram.names)))
        #expect(Self.same.count > 30)
    }
}
