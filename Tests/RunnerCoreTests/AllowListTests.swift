import Foundation
import RunProtocol
import RunnerClient
import Testing
import UnixSocket
import Wire

@Suite("What the runner says to the Engine", .serialized)
struct AllowListTests {
    @Test("a hundred thousand hostile frames make no call outside of the list, and no container but the reviewed one")
    func frames() throws {
        let engine = try RecordingEngine(hasImages: true)
        let fixture = try RunnerFixture(["slots": 4, "queue": 4], engine: engine.path)
        var random = Seeded(11)
        let hello = try Frame.encode(ClientFrame.hello(ClientFrame.version))
        var count = 0
        while count < 100_000 {
            var bytes = hello
            // A connection goes on while its frames can be read, so the one that can't is the last, or a start.
            for _ in 0..<Int.random(in: 20...60, using: &random) {
                bytes += try Frame.encode(Self.small(&random))
                count += 1
            }
            bytes += try Self.last(fixture, &random)
            count += 1
            let stream = try UnixStream.connect(to: fixture.socket)
            // The runner may have closed already: that is an answer, too.
            try? stream.write(bytes, until: .now + .seconds(10))
            stream.finishWriting()
            while let answer = try? stream.read(atMost: 65536, until: .now + .seconds(20)), !answer.isEmpty {}
        }
        #expect(fixture.process.isRunning && count >= 100_000)
        #expect(try fixture.eventually { try fixture.client.status().running == 0 })
        #expect(engine.forbidden.map(\.line) == [])
        let made = engine.calls.filter { $0.line.hasPrefix("POST /containers/create") }
        #expect(made.count > 100, "the frames got as far as containers: \(made.count)")
        #expect(try made.allSatisfy { try Self.isReviewed($0.body) })
    }

    @Test(
        "a call outside of the list is noticed",
        arguments: [
            "GET /containers/json?all=1", "POST /containers/create?name=x", "POST /images/create?fromImage=x",
            "GET /images/carrel/../../secrets:current/json", "GET /images/other/python:current/json", "POST /build",
            "POST /containers/a1/exec", "GET /containers/\(String(repeating: "a", count: 64))/archive?path=/",
            "DELETE /containers/\(String(repeating: "a", count: 64))", "PUT /version", "GET /version?x",
            "POST /volumes/create", "POST /containers/../networks/create",
            "GET /containers/\(String(repeating: "a", count: 64))/stats?stream=true",
            "POST /containers/\(String(repeating: "a", count: 64))/rename?name=carrel",
        ]
    )
    func notices(line: String) throws {
        let engine = try RecordingEngine()
        let stream = try UnixStream.connect(to: engine.path)
        try stream.write(Array("\(line) HTTP/1.1\r\nHost: engine\r\n\r\n".utf8))
        _ = try stream.read(atMost: 65536, until: .now + .seconds(10))
        #expect(engine.forbidden.map(\.line) == ["\(line) HTTP/1.1"])
    }

    @Test("a container with one word changed is noticed")
    func noticesContainer() throws {
        let engine = try RecordingEngine(hasImages: true)
        let fixture = try RunnerFixture(engine: engine.path)
        _ = try? fixture.run("python", ["main.py": ""])
        let body = try #require(engine.calls.first { $0.line.hasPrefix("POST /containers/create") }).body
        #expect(try Self.isReviewed(body))
        #expect(try !Self.isReviewed(body.replacing(#""Privileged":false"#, with: #""Privileged":true"#)))
        #expect(try !Self.isReviewed(body.replacing(#""HostConfig":{"#, with: #""HostConfig":{"Binds":["/:/host"],"#)))
        #expect(try !Self.isReviewed(body.replacing("/sbin/carrel-agent", with: "/bin/sh")))
    }

    /// Whether a container is the reviewed one but for its image, labels and the figures that a language may change.
    private static func isReviewed(_ body: String) throws -> Bool {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "ContainerSpec.json")
        func plain(_ data: Data) throws -> NSDictionary {
            var fields = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            var host = try #require(fields["HostConfig"] as? [String: Any])
            for name in ["Image", "Labels"] { fields[name] = nil }
            for name in ["Memory", "MemorySwap", "PidsLimit"] { host[name] = nil }
            fields["HostConfig"] = host
            return fields as NSDictionary
        }
        return try plain(Data(body.utf8)) == plain(Data(contentsOf: file))
    }

    /// Frames that can be read, of runs and workspaces that may be somebody's.
    private static func small(_ random: inout Seeded) -> ClientFrame {
        let id = [0, 1, 2, .max, UInt64.random(in: 0 ... .max, using: &random)].randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<200, using: &random) {
        case 0: return .status
        case 1..<50: return .cancel(RunID(id))
        case 50..<100: return .stopWorkspace(WorkspaceID(id))
        case 100..<140: return .resize(RunID(id), WindowSize(rows: 1, columns: 1))
        default: return .input(RunID(id), (0..<20).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
    }

    /// A start with words that mean something to an Engine or a shell, whole or changed in a few bytes; or noise.
    private static func last(_ fixture: RunnerFixture, _ random: inout Seeded) throws -> [UInt8] {
        let words = ["../../info", "--privileged", "carrel/python", "$(id)", "a\r\nDELETE /x", "{\"Privileged\":true}"]
        let language = ["python", "bash", "c", "base", "agent", "python:x"].randomElement(using: &random) ?? "python"
        guard LanguageID(language) != nil else {
            return (0..<100).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        let request = try fixture.request(
            language,
            ["main.py": "", "x/y.txt": "z"],
            arguments: words.shuffled(using: &random),
            workspace: Bool.random(using: &random) ? UInt64.random(in: 0...3, using: &random) : nil
        )
        var writer = WireWriter()
        writer.put(ClientFrame.start(request))
        var message = writer.bytes
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            message[Int.random(in: 0..<message.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        return try Frame.encode(message)
    }
}
