import DatabaseTesting
import Foundation
import MariaDB
import Synchronization
import Testing

@Suite("A connection that dies around COMMIT")
struct CommitTests {
    @Test(
        "after COMMIT was sent the outcome is unknown, and the transaction isn't run again",
        arguments: [Cutter.Moment.afterCommit, .insteadOfCommit]
    )
    fileprivate func unknown(_ moment: Cutter.Moment) throws {
        try TestDatabase.with([people]) { database in
            let cutter = try Cutter(to: database.configuration.socketPath, cutting: moment)
            defer { cutter.close() }
            let through = changed(database) { $0.socketPath = cutter.path }
            var runs = 0
            #expect(throws: DatabaseError.outcomeUnknown) {
                try through.write { db in
                    runs += 1
                    try db.execute("INSERT INTO people (name) VALUES ('ada')")
                }
            }
            #expect(runs == 1)
            let names = try database.read { try $0.column("SELECT name FROM people", as: String.self) }
            #expect(names == (moment == .afterCommit ? ["ada"] : []))
            // The pool is in order again.
            #expect(try through.read { try $0.exists("SELECT 1") })
        }
    }
}

/// Stands between a client and the server and hangs up at the first COMMIT it sees.
private final class Cutter: Sendable {
    /// A statement by text is byte 3 and the statement.
    enum Moment: Sendable {
        /// The server commits; its answer never arrives.
        case afterCommit

        /// The server never hears of it.
        case insteadOfCommit
    }

    let path: String
    private let listener: Int32
    private let server: String
    private let moment: Moment

    init(to server: String, cutting moment: Moment) throws {
        path = NSTemporaryDirectory() + "/cutter-\(UInt32.random(in: .min ... .max))"
        self.server = server
        self.moment = moment
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try #require(Self.withAddress(path) { bind(listener, $0, $1) } == 0)
        try #require(listen(listener, 8) == 0)
        Thread.detachNewThread { [self] in
            while case let client = accept(listener, nil, nil), client >= 0 { serve(client) }
        }
    }

    func close() {
        _ = shutdown(listener, Int32(SHUT_RDWR))
        _ = Glibc.close(listener)
        unlink(path)
    }

    private func serve(_ client: Int32) {
        let upstream = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard Self.withAddress(server, { connect(upstream, $0, $1) }) == 0 else { return }
        let wasCut = Flag()
        Thread.detachNewThread { [moment] in
            Self.pump(from: client, to: upstream) { packet in
                guard packet.contains("\u{3}COMMIT"), !wasCut.value else { return true }
                wasCut.value = true
                if moment == .insteadOfCommit {
                    // Both sides see the end; what was sent after it isn't passed on.
                    _ = shutdown(client, Int32(SHUT_RDWR))
                    return false
                }
                return true
            }
            _ = shutdown(upstream, Int32(SHUT_WR))
        }
        Thread.detachNewThread {
            // The answer to COMMIT, which the server gives when it is done, is swallowed.
            Self.pump(from: upstream, to: client) { _ in !wasCut.value }
            _ = shutdown(client, Int32(SHUT_RDWR))
            _ = shutdown(upstream, Int32(SHUT_RDWR))
        }
    }

    private static func pump(from: Int32, to: Int32, _ passes: (String) -> Bool) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = read(from, &buffer, buffer.count), count > 0 {
            guard passes(String(decoding: buffer[..<count], as: UTF8.self)) else { return }
            guard send(to, buffer, count, Int32(MSG_NOSIGNAL)) == count else { return }
        }
    }

    private static func withAddress(
        _ path: String,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
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

private final class Flag: Sendable {
    private let state = Mutex(false)

    var value: Bool {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
