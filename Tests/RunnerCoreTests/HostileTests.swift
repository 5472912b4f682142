import Foundation
import RunProtocol
import RunnerClient
import Testing

@Suite("A hostile program", .serialized)
struct HostileTests {
    /// A harmless program that lists the processes beside it, and what it says when there is only the agent.
    private static func check(_ language: String) -> (files: [String: String], output: String) {
        switch language {
        case "python":
            let list = "import os\nprint([p for p in os.listdir('/proc') if p.isdigit() and int(p) != os.getpid()])"
            return (["main.py": list], "['1']\n")
        case "bash":
            let list = "cd /proc; for p in [0-9]*; do [ $p = $$ ] || echo $p; done; ls -l ~ | grep -c lib"
            return (["main.sh": list, "lib/notes.txt": "x", "notes.txt": "y"], "1\n1\n")
        default:
            let list = """
                #include <dirent.h>
                #include <stdio.h>
                #include <stdlib.h>
                #include <unistd.h>
                int main(void) {
                    DIR *folder = opendir("/proc");
                    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
                        int process = atoi(entry->d_name);
                        if (process > 0 && process != getpid()) printf("%d\\n", process);
                    }
                    return 0;
                }
                """
            return ([language == "c" ? "main.c" : "main.cpp": list], "1\n")
        }
    }

    @Test("has the end that its first lines say, and leaves nothing behind", arguments: HostileProgram.names)
    func program(name: String) throws {
        let fixture = try RunnerFixture(["memoryMiB": 640, "processes": 64])
        let program = try HostileProgram(name)
        let limits = RunLimits(wall: .seconds(6), cpu: .seconds(2), output: .mebibytes(1), compile: .seconds(6))
        let began = Date.now
        let result = try fixture.run(
            program.language,
            [program.file: program.text],
            arguments: try program.arguments(),
            limits: limits
        )
        let ending = try #require(result.ending)
        #expect(
            program.endings.contains(Self.words(ending)),
            "\(result.output.suffix(500)) \(result.error.suffix(500))"
        )
        if let prints = program.line("Prints") { #expect(result.output == prints + "\n") }
        if ending == .tooMuchOutput {
            #expect(result.output.utf8.count + result.error.utf8.count == 1 << 20, "what was read is kept")
        }
        #expect(!result.output.contains("WROTE") && !result.output.contains("WORKED"))
        #expect(Date.now.timeIntervalSince(began) < 9)

        let check = Self.check(program.language)
        let after: Transcript
        do {
            after = try fixture.run(program.language, check.files)
        } catch RunnerFault.filesRefused {
            // A home that was made useless is given up by the first run that finds it so.
            after = try fixture.run(program.language, check.files)
        }
        #expect(after.ending == .exited(0), "\(after.error)")
        #expect(after.output == check.output)
    }

    @Test("that bombs does not take a second run of its workspace along")
    func neighbour() throws {
        let fixture = try RunnerFixture(["processes": 64])
        let quiet = ["main.py": "import time\nprint('up', flush=True)\ntime.sleep(5)\nprint('still here')"]
        let session = try fixture.start(try fixture.request("python", quiet), quiet)
        #expect(try session.nextEvent() == .started(.run))
        // Once it has printed, the interpreter has read its file: the next run puts another one in its place.
        guard case .output = try session.nextEvent() else { throw CancellationError() }
        let daemon = try HostileProgram("daemon.py").text
        #expect(try fixture.run("python", quiet.merging(["main.py": daemon]) { $1 }).ending == .exited(0))
        let list = "import os\nprint(len([p for p in os.listdir('/proc') if p.isdigit()]))"
        let listed = try fixture.run("python", ["main.py": list])
        #expect(listed.output == "3\n", "agent, quiet program and this one: \(listed)")
        let rest = try Transcript(session)
        #expect(rest.output.hasSuffix("still here\n"), "\(rest)")
    }

    static func words(_ ending: RunOutcome.Ending) -> String {
        switch ending {
        case .exited(let code): "exited \(code)"
        case .signalled(let number): "signalled \(number)"
        case .outOfTime: "outOfTime"
        case .outOfMemory: "outOfMemory"
        case .tooMuchOutput: "tooMuchOutput"
        case .cancelled: "cancelled"
        }
    }
}
