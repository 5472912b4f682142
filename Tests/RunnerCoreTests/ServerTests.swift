import Foundation
import RunProtocol
import RunnerClient
import Testing

/// A language's server, as a run that is fed, with a real Engine behind it.
@Suite("A language's server")
struct ServerTests {
    private let files = ["main.py": "print('hello')\n"]

    private func message(_ body: String) -> [UInt8] { Array("Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8) }

    private func start(_ fixture: RunnerFixture) throws -> (session: RunSession, run: RunID) {
        let request = try fixture.request(
            "python",
            files,
            program: .server,
            input: .stream,
            limits: RunLimits(wall: .seconds(43_200), cpu: .seconds(43_200), output: ByteCount(Int.max))
        )
        return (try fixture.start(request, files), request.run)
    }

    /// Reads until these words were said.
    private func hear(_ words: String, from session: RunSession) throws {
        var said = ""
        while !said.contains(words), let event = try session.nextEvent() {
            if case .output(.output, let bytes) = event { said += String(decoding: bytes, as: UTF8.self) }
        }
        #expect(said.contains(words))
    }

    @Test("answers what it is sent in pieces, keeps no workspace, and lets programs run beside it")
    func talk() throws {
        let fixture = try RunnerFixture()
        let (session, run) = try start(fixture)
        let greeting = message(#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#)
        #expect(try fixture.client.send(input: Array(greeting.prefix(20)), to: run))
        #expect(try fixture.client.send(input: Array(greeting.dropFirst(20)), to: run))
        try hear("completionProvider", from: session)
        guard case .idle = try fixture.client.life(of: WorkspaceID(1)) else {
            Issue.record("a server keeps its workspace")
            return
        }
        let beside = try fixture.run("python", ["main.py": "open('out.txt', 'w').write('x')\nprint('beside')"])
        #expect(beside.output == "beside\n" && beside.ending == .exited(0))
        #expect(try fixture.client.send(input: message(#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#), to: run))
        try hear(#""id":2"#, from: session)
        #expect(try fixture.client.send(input: message(#"{"jsonrpc":"2.0","method":"exit"}"#), to: run))
        let rest = try Transcript(session)
        #expect(rest.ending == .exited(0))
        #expect(try !fixture.client.send(input: [1], to: run))
    }

    @Test("ends with its workspace, which is stopped as idle")
    func idle() throws {
        let fixture = try RunnerFixture(["idleSeconds": 1])
        let (session, _) = try start(fixture)
        #expect(throws: RunnerFault.lost("the workspace was stopped as idle")) {
            while try session.nextEvent() != nil {}
        }
        #expect(try fixture.client.life(of: WorkspaceID(1)) == .absent)
    }

    @Test("is ended when it leaves too much unread; nothing of it is dropped before")
    func unread() throws {
        let fixture = try RunnerFixture()
        let (session, run) = try start(fixture)
        let stop = """
            import glob, os, signal
            for path in glob.glob('/proc/[0-9]*/cmdline'):
                if 'pylsp' in open(path).read(): os.kill(int(path.split('/')[2]), signal.SIGSTOP)
            """
        #expect(try fixture.run("python", ["main.py": stop]).ending == .exited(0))
        let piece = [UInt8](repeating: 0x20, count: ClientFrame.maximumChunk)
        var sent = 0
        while sent < 80, try fixture.client.send(input: piece, to: run) { sent += 1 }
        #expect(sent >= 64)
        #expect(try Transcript(session).ending == .cancelled)
    }

    @Test("goes on when its runner is restarted")
    func succession() throws {
        let fixture = try RunnerFixture()
        let (session, run) = try start(fixture)
        #expect(try session.nextEvent() == .started(.run))
        fixture.kill()
        try fixture.restart()
        let greeting = message(#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#)
        let client = fixture.client
        let asking = Thread { _ = try? client.send(input: greeting, to: run) }
        asking.start()
        try hear("completionProvider", from: session)
        #expect(try fixture.client.life(of: WorkspaceID(1)) != .inUse)
    }

    @Test("is only for a language that has one, with a stream, in a workspace, without arguments or variables")
    func refusals() throws {
        let fixture = try RunnerFixture()
        let bash = try fixture.request("bash", ["main.sh": ""], program: .server, input: .stream)
        #expect(throws: RunnerFault.protocolViolation("this language has no server")) {
            try fixture.start(bash, ["main.sh": ""])
        }
        var request = try fixture.request("python", files, program: .server, input: .stream)
        #expect(request.isConsistent)
        for input in [RunInput.text([]), .terminal(WindowSize(rows: 1, columns: 1))] {
            request.input = input
            #expect(!request.isConsistent)
        }
        #expect(try !fixture.request("python", files, input: .stream).isConsistent)
        #expect(try !fixture.request("python", files, program: .server, input: .stream, workspace: nil).isConsistent)
        #expect(
            try !fixture.request("python", files, program: .server, arguments: ["x"], input: .stream).isConsistent
        )
    }
}
