import FastCGI
import Foundation
import Testing
import Web

@Suite("The listening socket")
struct SocketTests {
    private func mode(_ path: String) -> UInt32 {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    @Test("its mode is the one asked for, whatever the umask", arguments: [0o660, 0o600, 0o666] as [UInt32])
    func mode(_ wanted: UInt32) throws {
        let path = RunningServer.temporaryPath()
        let server = try FastCGIServer(socketPath: path, mode: wanted, maximumBodyBytes: 1)
        #expect(mode(path) == wanted)
        server.stop()
        #expect(access(path, F_OK) != 0, "unlinked at the end")
    }

    @Test("a socket that somebody listens on is left alone")
    func inUse() throws {
        try RunningServer.with({ _ in .text("first") }) { running throws in
            #expect(throws: FastCGIError.inUse(path: running.path)) {
                try FastCGIServer(socketPath: running.path, maximumBodyBytes: 1)
            }
            #expect(try RecordClient.get(running.path).body == "first")
        }
    }

    @Test("a socket whose server died is replaced")
    func stale() throws {
        let path = RunningServer.temporaryPath()
        let dead = try #require(listen(at: path))
        close(dead)
        let server = try FastCGIServer(socketPath: path, maximumBodyBytes: 1)
        #expect(throws: Never.self) { try RecordClient(path) }
        server.stop()
    }

    @Test("a file and a directory are left alone")
    func notASocket() throws {
        let file = RunningServer.temporaryPath()
        try "precious".write(toFile: file, atomically: true, encoding: .utf8)
        defer { unlink(file) }
        for path in [file, "/tmp"] {
            #expect(throws: FastCGIError.notASocket(path: path)) {
                try FastCGIServer(socketPath: path, maximumBodyBytes: 1)
            }
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "precious")
    }

    @Test("a path that is too long, and a directory that isn't there, are said clearly")
    func badPaths() {
        let long = "/tmp/" + String(repeating: "x", count: 120)
        #expect(throws: FastCGIError.pathTooLong(path: long)) {
            try FastCGIServer(socketPath: long, maximumBodyBytes: 1)
        }
        let error = #expect(throws: FastCGIError.self) {
            try FastCGIServer(socketPath: "/nowhere/sock", maximumBodyBytes: 1)
        }
        #expect("\(error, default: "")" == "bind failed for /nowhere/sock: No such file or directory.")
    }

    @Test("one that another server put there meanwhile survives our end")
    func replacedMeanwhile() throws {
        let path = RunningServer.temporaryPath()
        let first = try FastCGIServer(socketPath: path, maximumBodyBytes: 1)
        unlink(path)
        let second = try FastCGIServer(socketPath: path, maximumBodyBytes: 1)
        first.stop()
        #expect(access(path, F_OK) == 0)
        second.stop()
    }

    @Test("one that came with the process is used as it is, outlives the server, and keeps who comes in between")
    func inherited() throws {
        let path = RunningServer.temporaryPath()
        let ours = try #require(listen(at: path))
        defer {
            close(ours)
            unlink(path)
        }
        for name in ["first", "second"] {
            // As the supervisor gives it to each process that it starts.
            let server = try FastCGIServer(socketPath: path, inherited: dup(ours), threads: 2, maximumBodyBytes: 1)
            let early = try RecordClient(path)
            early.send(RecordClient.head() + RecordClient.input([]))
            Thread.detachNewThread { try? server.run { _ in .text(name) } }
            #expect(early.receive().body == name)
            #expect(try RecordClient.get(path).body == name)
            #expect(server.stop(within: .seconds(10)))
            #expect(access(path, F_OK) == 0)
        }
        let late = try RecordClient(path)
        #expect(late.send(RecordClient.head()), "nobody answers, and nobody is refused")
    }

    @Test("a descriptor that is no listening socket, or lies elsewhere, isn't taken for one")
    func notInherited() throws {
        let elsewhere = RunningServer.temporaryPath()
        let other = try #require(listen(at: elsewhere))
        let file = open("/dev/null", O_RDONLY)
        defer {
            close(other)
            close(file)
            unlink(elsewhere)
        }
        for descriptor in [other, file, -1] {
            let path = RunningServer.temporaryPath()
            let server = try FastCGIServer(socketPath: path, inherited: descriptor, maximumBodyBytes: 1)
            #expect(mode(path) == 0o660, "it made its own")
            server.stop()
        }
    }

    /// A listening socket as a supervisor makes it.
    private func listen(at path: String) -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let status = withAddress(path) { bind(descriptor, $0, $1) }
        return status == 0 && Foundation.listen(descriptor, 16) == 0 ? descriptor : nil
    }

    private func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
