import Foundation
import Languages

/// A container like Carrel's, without the agent and without what is taken from it on purpose, for the positive controls
/// of hostile programs.
///
/// Whatever is taken, the machine stays safe: memory, processes and processor are bounded, there is no network but
/// loopback, no folder of the host, and `timeout` ends the program. Only `host-root` is the host's root; programs of
/// that control open what they should not, and write nothing.
struct WeakContainer {
    /// What can be taken, and the options that it changes. An empty list takes an option away.
    private static let removals: [String: [String: [String]]] = [
        "agent": [:],
        "deadline": [:],
        "output": [:],
        "file-size": ["--ulimit fsize": []],
        "files": ["--ulimit nofile": ["4096"]],
        "host-root": [
            "--userns": ["host"], "--user": ["0:0"], "--cap-add": ["DAC_OVERRIDE", "SYS_ADMIN", "SYSLOG"],
            "--security-opt": ["seccomp=unconfined", "systempaths=unconfined"],
        ],
        "inodes": ["--tmpfs /home/coder": ["rw,exec,uid=1000,gid=1000,nr_inodes=200000,size=256m"]],
        "leak": [:],
        "locked": ["--userns": ["host"], "--user": ["0:0"], "--cap-add": ["DAC_OVERRIDE", "IPC_LOCK"]],
        "memory": ["--memory": ["1200m"], "--memory-swap": ["1200m"], "--shm-size": ["1100m"]],
        "neighbour": [:],
        "network": ["--user": ["0:0"], "--cap-add": ["ALL"]],
        "processes": ["--pids-limit": ["400"]],
        "root": ["--user": ["0:0"], "--cap-add": ["ALL"]],
        "seccomp": ["--security-opt": ["seccomp=unconfined"]],
        "set-user-id": ["--tmpfs /tmp": ["rw,exec,suid,mode=1777,size=128m"]],
        "shell": [:],
        "terminal": ["--tty": [""]],
        "writable": ["--read-only": []],
    ]

    /// What runs before the program, in the shell that starts it.
    private static let preparations = [
        "leak": "exec 7</",
        "neighbour": """
        python3 -c 'import socket, time; end = socket.socket(socket.AF_UNIX); end.bind("\\0carrel-neighbour"); \
        end.listen(); time.sleep(30)' &
        sleep 0.5
        """,
        // Addresses of the outside on loopback, and somebody who listens there.
        "network": """
        python3 -c 'import fcntl, socket, struct, time
        end = socket.socket()
        control = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for number, address in enumerate(["1.1.1.1", "169.254.169.254", "172.17.0.1"]):
            name = f"lo:{number}".encode()
            fcntl.ioctl(control, 0x8916, struct.pack("16sHH4s8x", name, 2, 0, socket.inet_aton(address)))
            for port in (53, 80, 2375):
                end = socket.socket(); end.bind((address, port)); end.listen(); globals()[f"{number} {port}"] = end
        time.sleep(30)' &
        sleep 0.7
        """,
    ]

    /// The words that are not among those that can be taken.
    static func unknown(_ words: [String]) -> [String] { words.filter { removals[$0] == nil } }

    let name = "carrel-weak-\(UInt32.random(in: 0 ... .max))"
    private let words: [String]

    init(_ program: HostileProgram, _ language: Language) throws {
        var options: [String: [String]] = [
            "--network": ["none"], "--read-only": [""], "--cap-drop": ["ALL"], "--user": ["1000:1000"],
            "--security-opt": ["no-new-privileges"], "--memory": ["640m"], "--memory-swap": ["640m"],
            "--pids-limit": ["64"], "--cpus": ["1"], "--log-driver": ["none"], "--shm-size": ["16m"],
            "--ulimit nofile": ["1024"], "--ulimit core": ["0"], "--ulimit memlock": ["65536"],
            "--ulimit fsize": ["\(64 << 20)"], "--workdir": ["/home/coder"], "--env HOME": ["/home/coder"],
            "--tmpfs /home/coder": ["rw,exec,mode=0700,uid=1000,gid=1000,nr_inodes=65536,size=256m"],
            "--tmpfs /tmp": ["rw,exec,nosuid,mode=1777,size=128m"], "--entrypoint": ["/bin/bash"],
        ]
        for word in program.removals {
            options.merge(Self.removals[word] ?? [:]) { _, weaker in weaker }
        }
        let commands = language.commands(main: program.file, files: [program.file], arguments: [])
        let steps = [commands.compile, commands.run].compactMap { $0?.map(Self.quoted).joined(separator: " ") }
        let arguments = try program.arguments()
        let given = program.removals.contains("shell") ? arguments : arguments.map(Self.quoted)
        let seconds = program.outlives ? 60 : 25
        let script = """
            printf %s "$PROGRAM" >\(program.file)
            \(program.removals.compactMap { Self.preparations[$0] }.joined(separator: "\n"))
            before=(/proc/[0-9]*)
            timeout -s KILL \(seconds) env -u PROGRAM \
            bash -c \(Self.quoted((steps.dropLast() + ["exec \(steps.last ?? "") \(given.joined(separator: " "))"])
                .joined(separator: " && ")))
            ended=$?
            after=(/proc/[0-9]*)
            echo "ended $ended"
            echo "left $((${#after[@]} - ${#before[@]}))"
            """
        var words = ["run", "--rm", "--name", name]
        for (option, values) in options {
            let parts = option.split(separator: " ").map(String.init)
            for value in values {
                words.append(parts[0])
                if parts[0] == "--tmpfs" {
                    words.append("\(parts[1]):\(value)")
                } else if parts.count == 2 {
                    words.append("\(parts[1])=\(value)")
                } else if !value.isEmpty {
                    words.append(value)
                }
            }
        }
        words += ["--env", "PROGRAM=\(program.text)"]
        self.words = words + (program.outlives ? ["--detach"] : []) + ["carrel/\(language.id):current", "-c", script]
    }

    /// Runs it to its end, or starts it where the program has none, and gives all that was said.
    func run() throws -> String {
        try Self.docker(["timeout", "-k", "1", "60"], words)
    }

    var isRunning: Bool {
        (try? Self.docker([], ["inspect", "--format", "{{.State.Running}}", name])) == "true\n"
    }

    func remove() {
        _ = try? Self.docker([], ["rm", "--force", name])
    }

    private static func docker(_ before: [String], _ words: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = before + ["docker", "--host", "unix://\(RunnerFixture.engine ?? "")"] + words
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    private static func quoted(_ word: String) -> String {
        "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
