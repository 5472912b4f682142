import Crypto
import Foundation
import RunProtocol
import RunnerClient
import Testing

@Suite("What a run tells of files", .serialized)
struct ChangesTests {
    /// The contents by path, each checked against the digest that came with it.
    private func contents(_ changes: [FileChange]) throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        var open: (path: String, bytes: [UInt8])?
        for change in changes {
            switch change {
            case .begins(let path, _, _): open = (path.text, [])
            case .piece(let bytes): open?.bytes += bytes
            case .ends(let digest?):
                let (path, bytes) = try #require(open)
                #expect(digest.bytes == Array(SHA256.hash(data: bytes)))
                found[path] = bytes
            default: continue
            }
        }
        return found
    }

    @Test("is every content byte for byte, more than a window of it too, before the run's end")
    func contents() throws {
        let fixture = try RunnerFixture()
        let program = """
            import os
            open('big.bin', 'wb').write(bytes(range(256)) * 4096)
            open('small.txt', 'w').write('hello')
            os.makedirs('d'); open('d/empty', 'w')
            os.remove('old.txt')
            print('wrote')
            """
        let files = ["main.py": program, "old.txt": "old"]
        let result = try fixture.run("python", files)
        #expect(result.output == "wrote\n" && result.ending == .exited(0))
        let expected = [
            "big.bin": (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0) }, "small.txt": Array("hello".utf8),
            "d/empty": [],
        ]
        #expect(try contents(result.changes) == expected)
        #expect(
            result.changes.contains(.removed(try #require(ProjectPath("old.txt")), base: fixture.digest(of: "old")))
        )
    }

    @Test("is nothing for a job")
    func job() throws {
        let fixture = try RunnerFixture()
        let result = try fixture.job("python", ["main.py": "open('made.txt', 'w').write('x')"])
        #expect(result.ending == .exited(0) && result.changes.isEmpty)
    }

    @Test("has no path in it that a project could not have")
    func names() throws {
        let fixture = try RunnerFixture()
        let program = """
            import os
            for name in [b'line\\nbreak', b'bad\\xff', b'esc\\x1b[2J', b'x' * 255, b'fine']:
                open(name, 'w').write('x')
            """
        let result = try fixture.run("python", ["main.py": program])
        #expect(result.ending == .exited(0))
        #expect(try Set(contents(result.changes).keys) == ["fine", String(repeating: "x", count: 255)])
    }

    @Test("comes too when the program is stopped, and keeps nobody waiting whose client is gone")
    func stopped() throws {
        let fixture = try RunnerFixture()
        let files = [
            "main.py": "open('made.bin', 'wb').write(bytes(3 << 20)); print('made', flush=True)\nwhile True: pass"
        ]
        let request = try fixture.request("python", files)
        let session = try fixture.start(request, files)
        while let event = try session.nextEvent() {
            if case .output = event { break }
        }
        #expect(try fixture.client.cancel(request.run))
        let rest = try Transcript(session)
        #expect(rest.ending == .cancelled)
        #expect(try contents(rest.changes)["made.bin"]?.count == 3 << 20)
        // The same once more, but nobody listens to the end of it.
        let other = try fixture.start(try fixture.request("python", files), files)
        while let event = try other.nextEvent() {
            if case .output = event { break }
        }
        other.close()
        #expect(try fixture.eventually { try fixture.client.status().running == 0 })
        #expect(try fixture.run("python", ["main.py": "print(1)"]).output == "1\n")
    }
}
