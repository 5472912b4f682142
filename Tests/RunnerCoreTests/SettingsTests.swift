import Foundation
import RunProtocol
import RunnerClient
import Testing

@Suite("What a project sets", .serialized)
struct SettingsTests {
    private func run(
        _ fixture: RunnerFixture,
        _ language: String,
        _ files: [String: String],
        _ change: (inout RunRequest) throws -> Void
    ) throws -> Transcript {
        var request = try fixture.request(language, files)
        try change(&request)
        return try Transcript(try fixture.start(request, files))
    }

    @Test("reaches its programs and their compilers, and the next run only if it is set again")
    func variables() throws {
        let fixture = try RunnerFixture()
        let program = """
            #include <stdio.h>
            #include <stdlib.h>
            #include "greeting.h"
            int main(void) { printf("%s %s", GREETING, getenv("API_KEY") ? getenv("API_KEY") : "none"); }
            """
        let files = ["main.c": program, "include/greeting.h": "#define GREETING \"good day\""]
        let set = try run(fixture, "c", files) { request in
            request.variables = [
                try RunVariable(name: "C_INCLUDE_PATH", value: "include"),
                try RunVariable(name: "API_KEY", value: "nine owls\n$HOME 'x'"),
            ]
        }
        #expect(set.output == "good day nine owls\n$HOME 'x'" && set.ending == .exited(0))
        let shell = ["main.sh": "echo ${API_KEY-none}"]
        #expect(try run(fixture, "bash", shell) { _ in }.output == "none\n")
    }

    @Test("is in no list of processes and not in what the Engine knows of the container")
    func hidden() throws {
        let fixture = try RunnerFixture()
        let files = ["main.sh": "cat /proc/[0-9]*/cmdline | tr '\\0' ' '; echo; echo $API_KEY; read"]
        var request = try fixture.request("bash", files, input: .terminal(WindowSize(rows: 24, columns: 80)))
        let value = "owls-\(UInt64.random(in: 1 << 60 ... .max))"
        request.variables = [try RunVariable(name: "API_KEY", value: value)]
        let session = try fixture.start(request, files)
        var output = ""
        while !output.contains(value), case .output(_, let bytes)? = try nextOutput(of: session) {
            output += String(decoding: bytes, as: UTF8.self)
        }
        #expect(output.components(separatedBy: value).count == 2, "the program printed it, and no command line has it")
        let container = try #require(try fixture.containers().first)
        let known = try shell("docker", "-H", "unix://\(fixture.engineSocket)", "inspect", container)
        #expect(known.status == 0 && !known.output.contains(value))
        let processes = try shell("ps", "-eo", "args")
        #expect(processes.output.contains("main.sh") && !processes.output.contains(value))
        #expect(!fixture.log.contains(value))
        #expect(try fixture.client.cancel(request.run))
        while try session.nextEvent() != nil {}
    }

    private func nextOutput(of session: RunSession) throws -> RunEvent? {
        while let event = try session.nextEvent() {
            if case .output = event { return event }
        }
        return nil
    }

    @Test("as its command takes the place of the language's, compiler and all, as words and never as a shell's line")
    func command() throws {
        let fixture = try RunnerFixture()
        let files = ["main.c": "no C at all", "build.sh": "printf '[%s]' \"$@\"; exit 3"]
        let result = try run(fixture, "c", files) { request in
            request.program = .command(["bash", "build.sh", "$HOME"])
            request.arguments = ["*; id", "", "two words"]
        }
        #expect(result.output == "[$HOME][*; id][][two words]" && result.ending == .exited(3))
        #expect(result.phases == [.run])
    }

    @Test(
        "as a command that can't be started is the project's own failure, in words",
        arguments: [(["nowhere-to-be-found"], 127), (["./main.sh"], 126), (["-x"], 127), (["/etc"], 126)]
    )
    func unstartable(words: [String], code: Int) throws {
        let fixture = try RunnerFixture()
        let result = try run(fixture, "bash", ["main.sh": "true"]) { $0.program = .command(words) }
        #expect(result.ending == .exited(code))
        #expect(result.error.contains(words[0]))
    }
}
