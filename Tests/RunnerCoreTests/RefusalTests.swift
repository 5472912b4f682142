import Foundation
import RunProtocol
import RunnerClient
import Testing
import UnixSocket
import Wire

@Suite("The runner refuses", .serialized)
struct RefusalTests {
    private let files = ["main.py": "print('fine')"]

    @Test("a language that is not in its catalogue")
    func unknownLanguage() throws {
        let fixture = try RunnerFixture()
        #expect(throws: RunnerFault.unknownLanguage) { _ = try fixture.run("cobol", files) }
    }

    @Test("a language whose image is not built, with its own fault")
    func missingImage() throws {
        let fixture = try RunnerFixture()
        // A catalogue of its own with a language that nobody has an image of.
        let folder = fixture.folder.appending(path: "languages/carrel-test-none")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let json = """
            {"id":"carrel-test-none","name":"None","extensions":["n"],"main":"main.n","run":["n"],"version":["n"],
             "starter":"s.n"}
            """
        try json.write(to: folder.appending(path: "language.json"), atomically: true, encoding: .utf8)
        try "x".write(to: folder.appending(path: "s.n"), atomically: true, encoding: .utf8)
        let other = try RunnerFixture(["languages": folder.deletingLastPathComponent().path])
        #expect(throws: RunnerFault.imageMissing) { _ = try other.run("carrel-test-none", ["main.n": ""]) }
        #expect(try other.client.status().languages.map(\.image) == [nil])
    }

    @Test("a process of another user, and says so in its log")
    func otherUser() throws {
        let fixture = try RunnerFixture()
        // The socket's mode keeps others out already; here it is opened, so that the check behind it is what refuses.
        chmod(fixture.socket, 0o666)
        chmod(fixture.folder.path, 0o755)
        let script = """
            use Socket; $SIG{PIPE} = "IGNORE"; socket(S, AF_UNIX, SOCK_STREAM, 0);
            connect(S, sockaddr_un($ARGV[0])) or die "connect: $!";
            syswrite(S, pack("NC2", 2, 0, 1) . pack("NC", 1, 7)); shutdown(S, 1); my $all = "";
            while (sysread(S, my $part, 1000)) { $all .= $part } print unpack("H*", $all);
            """
        let refused = try Frame.encode(RunnerFrame.fault(.refused)).map { String(format: "%02x", $0) }.joined()
        let nobody = try shell("setpriv", "--reuid", "65534", "--clear-groups", "perl", "-e", script, fixture.socket)
        #expect(nobody.output == refused)
        #expect(fixture.log.contains("A process of another user was refused") && fixture.log.contains("65534"))
        let own = try shell("perl", "-e", script, fixture.socket)
        #expect(own.output != refused, "the same bytes from the right user are served")
    }

    @Test("another version of the protocol, in words")
    func version() throws {
        let fixture = try RunnerFixture()
        let stream = try UnixStream.connect(to: fixture.socket)
        try stream.write(try Frame.encode(ClientFrame.hello(99)))
        let words = "this runner speaks version \(ClientFrame.version)"
        #expect(try Self.answer(stream) == .fault(.protocolViolation(words)))
    }

    @Test("paths out of the project, doubled files, files in the way of folders")
    func badRequests() throws {
        let fixture = try RunnerFixture()
        let good = try fixture.request("python", files)
        for (from, to) in [
            ("main.py", "../m.py"), ("main.py", "/ain.py"), ("main.py", "ma/..py"), ("main.py", "m\0in.py"),
        ] {
            var writer = WireWriter()
            writer.put(ClientFrame.start(good))
            let text = Array(from.utf8)
            var bytes = writer.bytes
            for index in bytes.indices.dropLast(text.count) where bytes[index..<index + text.count].elementsEqual(text)
            {
                bytes.replaceSubrange(index..<index + text.count, with: Array(to.utf8))
            }
            let stream = try UnixStream.connect(to: fixture.socket)
            try stream.write(try Frame.encode(ClientFrame.hello(ClientFrame.version)) + Frame.encode(bytes))
            let answer = try Self.answer(stream)
            // "ma/..py" is a fine path (its second name is "..py"); the others are not.
            if to == "ma/..py" {
                #expect(answer == .needs([0]))
            } else {
                #expect(answer == .fault(.protocolViolation("the frame can't be read (refused)")))
            }
        }
    }

    @Test("thousands of frames of noise, cut-off and changed requests, and is well afterwards")
    func fuzz() throws {
        let engine = try RecordingEngine()
        let fixture = try RunnerFixture(["slots": 2, "queue": 1], engine: engine.path)
        var random = Seeded(7)
        let valid = try Self.samples(fixture).map { frame in
            var writer = WireWriter()
            writer.put(frame)
            return writer.bytes
        }
        let hello = try Frame.encode(ClientFrame.hello(ClientFrame.version))
        for round in 0..<3000 {
            var message = valid[Int.random(in: 0..<valid.count, using: &random)]
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                message[Int.random(in: 0..<message.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            var bytes = hello
            switch round % 4 {
            case 0: bytes += try Frame.encode(message)
            case 1: bytes += try Frame.encode(message).dropLast(Int.random(in: 1...message.count, using: &random))
            case 2: bytes += (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
            default: bytes = [0x7F, 0xFF, 0xFF, 0xFF] + message
            }
            let stream = try UnixStream.connect(to: fixture.socket)
            // The runner may have closed already: that is an answer, too.
            try? stream.write(bytes)
        }
        #expect(fixture.process.isRunning)
        #expect(try fixture.eventually { try fixture.client.status().running == 0 })
        #expect(engine.calls.allSatisfy { RecordingEngine.isAllowed($0.line) && $0.line.hasPrefix("GET ") })
        #expect(engine.calls.contains { $0.line.hasPrefix("GET /containers/json?") }, "the recorder records")
    }

    private static func samples(_ fixture: RunnerFixture) throws -> [ClientFrame] {
        let request = try fixture.request("python", ["main.py": "print(1)", "a/b.txt": "x"], arguments: ["x"])
        return [
            .start(request), .file(0, [1, 2, 3], last: true), .input(RunID(1), [65, 10]),
            .resize(RunID(1), WindowSize(rows: 24, columns: 80)), .cancel(RunID(1)), .stopWorkspace(WorkspaceID(3)),
            .status,
        ]
    }

    private static func answer(_ stream: UnixStream) throws -> RunnerFrame? {
        var decoder = FrameDecoder()
        while true {
            let bytes = try stream.read(atMost: 4096, until: .now + .seconds(10))
            if bytes.isEmpty { return nil }
            decoder.append(bytes)
            if let frame = try decoder.next(RunnerFrame.self) { return frame }
        }
    }
}

/// A random generator that gives the same numbers every time.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
