import Foundation
import RunProtocol
import RunnerClient
import Testing

@Suite("A hostile program", .serialized)
struct HostileTests {
    private static let folder = RunnerFixture.repository.appending(path: "Tests/Hostile")

    private static let programs: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".py") || $0.hasSuffix(".sh") }.sorted()

    @Test("has the end that its first lines say, and leaves nothing behind", arguments: programs)
    func program(name: String) throws {
        let fixture = try RunnerFixture(["memoryMiB": 640, "processes": 64])
        let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        func line(_ key: String) -> String? {
            text.split(separator: "\n").first { $0.hasPrefix("# \(key): ") }.map { String($0.dropFirst(key.count + 4)) }
        }
        let expected = try #require(line("Expect"), "every program says what to expect")
        let isPython = name.hasSuffix(".py")
        let limits = RunLimits(wall: .seconds(6), cpu: .seconds(2), output: .mebibytes(1))
        let files = [isPython ? "main.py" : "main.sh": text]
        let began = Date.now
        let result = try fixture.run(isPython ? "python" : "bash", files, limits: limits)
        let ending = try #require(result.ending)
        #expect(Self.words(ending) == expected, "\(result.output.suffix(500)) \(result.error.suffix(500))")
        if let prints = line("Prints") { #expect(result.output == prints + "\n") }
        if ending == .tooMuchOutput { #expect(result.output.utf8.count == 1 << 20, "what was read is kept") }
        #expect(!result.output.contains("WROTE"))
        #expect(Date.now.timeIntervalSince(began) < 9)

        let check = "import os\nprint([p for p in os.listdir('/proc') if p.isdigit() and int(p) != os.getpid()])"
        let shellCheck = "cd /proc; for p in [0-9]*; do [ $p = $$ ] || echo $p; done; ls -l ~ | grep -c lib"
        let after = try fixture.run(
            isPython ? "python" : "bash",
            isPython ? ["main.py": check] : ["main.sh": shellCheck, "lib/notes.txt": "x", "notes.txt": "y"]
        )
        #expect(after.ending == .exited(0), "\(after.error)")
        #expect(after.output == (isPython ? "['1']\n" : "1\n1\n"))
    }

    @Test("that bombs does not take a second run of its workspace along")
    func neighbour() throws {
        let fixture = try RunnerFixture(["processes": 64])
        let quiet = ["main.py": "import time\nprint('up', flush=True)\ntime.sleep(5)\nprint('still here')"]
        let session = try fixture.start(try fixture.request("python", quiet), quiet)
        #expect(try session.nextEvent() == .started(.run))
        // Once it has printed, the interpreter has read its file: the next run puts another one in its place.
        guard case .output = try session.nextEvent() else { throw CancellationError() }
        let daemon = try String(contentsOf: Self.folder.appending(path: "daemon.py"), encoding: .utf8)
        #expect(try fixture.run("python", quiet.merging(["main.py": daemon]) { $1 }).ending == .exited(0))
        let list = "import os\nprint(len([p for p in os.listdir('/proc') if p.isdigit()]))"
        let listed = try fixture.run("python", ["main.py": list])
        #expect(listed.output == "3\n", "agent, quiet program and this one: \(listed)")
        let rest = try Transcript(session)
        #expect(rest.output.hasSuffix("still here\n"), "\(rest)")
    }

    private static func words(_ ending: RunOutcome.Ending) -> String {
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
