import Foundation
import Testing
import UnixSocket

@Suite("Unix sockets")
struct UnixSocketTests {
    private let path = "/tmp/carrel-socket-\(UInt32.random(in: 0 ... .max))"

    @Test("carry bytes in both directions and tell who connected")
    func carry() throws {
        let listener = try UnixListener(path: path, mode: 0o600)
        defer { listener.close() }
        let client = try UnixStream.connect(to: path)
        let server = try #require(try listener.accept())
        try client.write([1, 2, 3])
        #expect(try server.read(atMost: 10) == [1, 2, 3])
        client.finishWriting()
        #expect(try server.read(atMost: 10) == [])
        try server.write([4])
        #expect(try client.read(atMost: 10) == [4])
        let peer = try server.peer()
        #expect(peer.user == getuid() && peer.group == getgid() && peer.process == getpid())
    }

    @Test("have the mode they were given, and no other before")
    func mode() throws {
        let listener = try UnixListener(path: path, mode: 0o640, group: getgid())
        defer { listener.close() }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        #expect(!FileManager.default.fileExists(atPath: path + "~"))
    }

    @Test("a dead socket is replaced, one with a listener is not")
    func replace() throws {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let listener = try UnixListener(path: path, mode: 0o600)
        #expect(throws: SocketError.self) { try UnixListener(path: path, mode: 0o600) }
        listener.close()
        #expect(throws: SocketError.self) { try UnixStream.connect(to: path) }
    }

    @Test("a read that gets nothing ends at its deadline")
    func deadline() throws {
        let (left, right) = try UnixStream.pair()
        do {
            _ = try left.read(atMost: 1, until: .now + .milliseconds(20))
            Issue.record("nothing was written")
        } catch {
            #expect(error.isTimeout)
        }
        try right.write([9], until: .now + .seconds(1))
        #expect(try left.read(atMost: 1, until: .now + .seconds(1)) == [9])
    }

    @Test("a write that nobody takes ends at its deadline, one to a closed peer is an error and no signal")
    func write() throws {
        let (left, right) = try UnixStream.pair()
        do {
            try left.write([UInt8](repeating: 0, count: 1 << 24), until: .now + .milliseconds(20))
            Issue.record("nobody reads")
        } catch {
            #expect(error.isTimeout)
        }
        right.shutdown()
        #expect(throws: SocketError.self) { try left.write([1]) }
    }

    @Test("a path that is too long is refused")
    func longPath() {
        #expect(throws: SocketError.self) { try UnixStream.connect(to: "/" + String(repeating: "x", count: 108)) }
        #expect(throws: SocketError.self) { try UnixStream.connect(to: "") }
    }

    @Test("close wakes a thread that accepts")
    func close() throws {
        let listener = try UnixListener(path: path, mode: 0o600)
        Thread { listener.close() }.start()
        #expect(try listener.accept() == nil)
    }

    @Test("a wake is seen once, however often it was given")
    func wake() throws {
        let pipe = try WakePipe()
        #expect(try Poll.readable([pipe.descriptor], until: .now) == [false])
        for _ in 0..<100_000 { pipe.wake() }
        #expect(try Poll.readable([pipe.descriptor], until: .now) == [true])
        pipe.rest()
        #expect(try Poll.readable([pipe.descriptor], until: .now) == [false])
    }

    @Test("the limit of open files is raised to what the system allows")
    func openFiles() {
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        getrlimit(files, &limit)
        limit.rlim_cur = limit.rlim_max - 1
        setrlimit(files, &limit)
        #expect(OpenFiles.raiseLimit() == Int(limit.rlim_max))
        getrlimit(files, &limit)
        #expect(limit.rlim_cur == limit.rlim_max)
    }
}
