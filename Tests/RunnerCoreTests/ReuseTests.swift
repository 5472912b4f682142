import Foundation
import RunProtocol
import RunnerClient
import Testing

@Suite("A job of a person that follows another one", .serialized)
struct ReuseTests {
    private static let ada = PersonID(1)
    private static let mallory = PersonID(2)
    /// With one place for programs a job begins when the container of the one before is clean, or is no more.
    private static let one = ["slots": 1, "usedContainers": 4]

    @Test("gets the same container, as new: nothing of the one before is there")
    func again() throws {
        let fixture = try RunnerFixture(Self.one)
        let fresh = try Probe.run(in: fixture, for: nil)
        let first = try Probe.run(in: fixture, for: Self.ada, after: "touch ~/a /tmp/b; mkdir -p ~/c/d; sleep 300 &")
        #expect(first.differences(from: fresh).isEmpty, "it looks before it leaves anything")
        for _ in 0..<3 {
            let next = try Probe.run(in: fixture, for: Self.ada, after: "echo x >~/.profile; ln -s / /dev/shm/root")
            #expect(next.container == first.container)
            #expect(next.differences(from: fresh).isEmpty)
        }
        #expect(try fixture.containers().count == 1)
    }

    @Test("that is another's, nobody's, or in another language gets another container")
    func others() throws {
        let fixture = try RunnerFixture(Self.one)
        let ada = try Probe.run(in: fixture, for: Self.ada)
        #expect(try Probe.run(in: fixture, for: Self.mallory).container != ada.container)
        #expect(try Probe.run(in: fixture, for: nil).container != ada.container)
        #expect(try Probe.run("python", in: fixture, for: Self.ada).container != ada.container)
        let inWorkspace = try fixture.run("bash", Probe.files("bash"), workspace: 7)
        #expect(Probe(inWorkspace)?.container != ada.container)
        // The first one waited all the while.
        #expect(try Probe.run(in: fixture, for: Self.ada).container == ada.container)
    }

    @Test(
        "gets another container where something is left that can't be removed",
        arguments: [
            ("python", #"import ctypes; assert ctypes.CDLL(None).shmget(7, 4096, 0o1666) >= 0"#),
            ("python", #"import ctypes; assert ctypes.CDLL(None).semget(7, 1, 0o1666) >= 0"#),
            ("python", #"import ctypes; assert ctypes.CDLL(None).msgget(7, 0o1666) >= 0"#),
            (
                "python",
                "import ctypes, os\n"
                    + #"assert ctypes.CDLL("librt.so.1").mq_open(b"/left", os.O_CREAT | os.O_RDWR, 0o666, None) >= 0"#
            ),
            // A list of rights: the version, then the owner, user 5, the group, the mask, others.
            (
                "python",
                "import os, struct\n"
                    + "a = [(1, 7, -1), (2, 7, 5), (4, 0, -1), (16, 7, -1), (32, 0, -1)]\n"
                    + #"acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *e) for e in a)"# + "\n"
                    + #"os.setxattr("/home/coder", "system.posix_acl_access", acl)"#
            ),
            ("bash", "cd; for i in {1..40}; do mkdir d; cd d; done"),
            ("bash", "cd /tmp; for i in {1..10100}; do : >$i; done"),
        ]
    )
    func unclean(language: String, program: String) throws {
        let fixture = try RunnerFixture(Self.one)
        let fresh = try Probe.run(language, in: fixture, for: nil)
        let first = try Probe.run(language, in: fixture, for: Self.ada)
        let name = language == "python" ? "main.py" : "main.sh"
        let leaving = try fixture.run(language, [name: program], workspace: nil, person: Self.ada)
        #expect(leaving.ending == .exited(0), "\(leaving.error)")
        let next = try Probe.run(language, in: fixture, for: Self.ada)
        #expect(next.container != first.container)
        #expect(next.differences(from: fresh).isEmpty)
    }

    @Test("finds its home open whatever rights the one before left it with")
    func rights() throws {
        let fixture = try RunnerFixture(Self.one)
        let first = try Probe.run(in: fixture, for: Self.ada, after: "mkdir -p ~/a/b; chmod 0 ~/a/b ~/a ~ ")
        let next = try Probe.run(in: fixture, for: Self.ada)
        #expect(next.container == first.container)
        #expect(next.differences(from: first).isEmpty)
    }

    @Test("has the memory that it asked for itself")
    func memory() throws {
        let fixture = try RunnerFixture(Self.one)
        let hungry = ["main.py": "print(len(bytearray(60_000_000)))"]
        let little = RunLimits(wall: .seconds(20), memory: .mebibytes(32))
        func job(_ limits: RunLimits) throws -> Transcript {
            try fixture.run("python", hungry, limits: limits, workspace: nil, person: Self.ada)
        }
        for _ in 0..<2 {
            #expect(try job(little).ending == .outOfMemory)
            #expect(try job(RunLimits(wall: .seconds(20))).output == "60000000\n")
        }
        #expect(try fixture.containers().count == 1)
    }

    @Test("finds as many containers waiting as may wait, and none that is in use")
    func bounds() throws {
        let fixture = try RunnerFixture(["usedContainers": 1])
        let sleeper = ["main.sh": "echo up; sleep 1"]
        let sessions = try (0..<2).map { _ in
            var request = try fixture.request("bash", sleeper, workspace: nil)
            request.person = Self.ada
            return try fixture.start(request, sleeper)
        }
        #expect(try fixture.eventually { try fixture.containers().count == 2 })
        for session in sessions { #expect(try Transcript(session).ending == .exited(0)) }
        #expect(try fixture.eventually { try fixture.containers().count == 1 })
        let ada = try Probe.run(in: fixture, for: Self.ada)
        _ = try Probe.run(in: fixture, for: Self.mallory)
        #expect(try fixture.eventually { try fixture.containers().count == 1 })
        #expect(try Probe.run(in: fixture, for: Self.ada).container != ada.container, "it had made room")
        let none = try RunnerFixture(["usedContainers": 0])
        let first = try Probe.run(in: none, for: Self.ada)
        #expect(try Probe.run(in: none, for: Self.ada).container != first.container)
    }

    @Test("finds nothing of what any hostile program did")
    func hostile() throws {
        let fixture = try RunnerFixture(["memoryMiB": 640, "processes": 64, "slots": 1])
        let limits = RunLimits(wall: .seconds(3), cpu: .seconds(1), output: .mebibytes(1), compile: .seconds(4))
        var unclean: [String] = []
        var fresh: [String: Probe] = [:]
        for name in HostileProgram.names {
            let program = try HostileProgram(name)
            let language = program.language
            let expected = try fresh[language] ?? Probe.run(language, in: fixture, for: nil)
            fresh[language] = expected
            let before = try Probe.run(language, in: fixture, for: Self.ada)
            _ = try fixture.run(
                language,
                [program.file: program.text],
                arguments: try program.arguments(),
                limits: limits,
                workspace: nil,
                person: Self.ada
            )
            let after = try Probe.run(language, in: fixture, for: Self.ada)
            #expect(after.differences(from: expected).isEmpty, "\(name)")
            if after.container != before.container { unclean.append(name) }
        }
        // Where all had gone into new containers this would show nothing.
        #expect(unclean == ["deep-folders.py", "inodes.py", "starve-agent.c", "system-v.py"])
    }

    @Test("would find it: in a workspace, where nothing is removed, what is left is seen")
    func control() throws {
        let fixture = try RunnerFixture()
        for left in ["touch ~/a", "touch /tmp/a", "touch /dev/shm/a", "chmod 755 ~"] {
            let before = try #require(Probe(try fixture.run("bash", Probe.files("bash", after: left))))
            let after = try #require(Probe(try fixture.run("bash", Probe.files("bash"))))
            #expect(before.container == after.container && !after.differences(from: before).isEmpty, "\(left)")
        }
    }
}

/// What a program finds in its container.
private struct Probe {
    /// When process 1 began, in ticks since the machine did: which container it is.
    let container: String
    private let found: [String]

    init?(_ transcript: Transcript) {
        var lines = transcript.output.split(separator: "\n").map(String.init)
        guard transcript.ending == .exited(0), lines.count > 20, lines[0].hasPrefix("container ") else { return nil }
        container = lines.removeFirst()
        found = lines
    }

    /// The lines that only one of them has.
    func differences(from other: Probe) -> [String] {
        found.difference(from: other.found).map { change in
            switch change {
            case .insert(_, let line, _): "+ \(line)"
            case .remove(_, let line, _): "- \(line)"
            }
        }
    }

    /// Looks, and then does what is to be done after that.
    static func run(
        _ language: String = "bash",
        in fixture: RunnerFixture,
        for person: PersonID?,
        after: String = ""
    ) throws -> Probe {
        let result = try fixture.run(language, files(language, after: after), workspace: nil, person: person)
        return try #require(Probe(result), "\(result)")
    }

    static func files(_ language: String, after: String = "") -> [String: String] {
        let look = """
            echo container $(cut -d' ' -f22 /proc/1/stat)
            find /home/coder /tmp /dev /var/tmp /run -printf '%p %y %m %U %G %n %l\\n' 2>&1 | sort
            ls -ld /home/coder /tmp /dev/shm /dev/mqueue | cut -d' ' -f1-4
            cat /proc/sysvipc/* /proc/net/tcp; grep '[@/]' /proc/net/unix
            df --output=target,size,used,itotal,iused /home/coder /tmp /dev/shm
            all=(/proc/[0-9]*); echo ${#all[@]} processes
            grep -v ' / ' /proc/mounts
            env | sort; ulimit -a; umask
            grep -E '^(Uid|Gid|Sig|Shd|Cap|NoNew|Secc)' /proc/self/status
            cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>&1
            \(after)
            exit 0
            """
        switch language {
        case "python": return ["main.py": "import os\nos.execvp('bash', ['bash', 'look.sh'])", "look.sh": look]
        case "bash": return ["main.sh": look]
        default:
            let start =
                "#include <unistd.h>\nint main(void) { return execlp(\"bash\", \"bash\", \"look.sh\", (char *)0); }"
            return [language == "c" ? "main.c" : "main.cpp": start, "look.sh": look]
        }
    }
}
