import Foundation
import MariaDB

/// A MariaDB server of a test's own, to be killed.
///
/// It lives in a directory under the temporary one, on a Unix socket only, and is gone with its files after `with`.
final class PrivateServer {
    let socketPath: String
    private let directory: URL
    private var process: Process?

    struct DidNotStart: Error, CustomStringConvertible {
        let description: String
    }

    static func with(_ body: (PrivateServer) throws -> Void) throws {
        let server = try PrivateServer()
        defer { server.remove() }
        try server.start()
        try body(server)
    }

    private init() throws {
        directory = URL(fileURLWithPath: NSTemporaryDirectory())
            .appendingPathComponent("mariadb-test-\(UInt32.random(in: .min ... .max))")
        socketPath = directory.appendingPathComponent("sock").path
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: false)
        let installation = try launch(
            ["mariadb-install-db"],
            [
                "--no-defaults", "--datadir=\(data)", "--auth-root-authentication-method=socket",
                "--auth-root-socket-user=\(NSUserName())", "--skip-test-db",
            ] + asRoot
        )
        installation.waitUntilExit()
        guard installation.terminationStatus == 0 else {
            throw DidNotStart(description: "mariadb-install-db ended with \(installation.terminationStatus).")
        }
    }

    private var data: String { directory.appendingPathComponent("data").path }

    /// A server that starts removes every temporary table here, its neighbours' too if they share it.
    private var temporary: String { directory.appendingPathComponent("tmp").path }

    /// The server refuses to run as root unless it is told to.
    private var asRoot: [String] { geteuid() == 0 ? ["--user=root"] : [] }

    /// Starts it and returns when it answers.
    func start() throws {
        process = try launch(
            ["mariadbd", "mysqld"],
            [
                "--no-defaults", "--datadir=\(data)", "--socket=\(socketPath)", "--skip-networking",
                "--pid-file=\(directory.path)/pid", "--innodb-buffer-pool-size=16M",
                "--log-error=\(directory.path)/log",
            ] + asRoot
        )
        let deadline = Date(timeIntervalSinceNow: 60)
        while Date() < deadline {
            let database = Database(
                configuration: DatabaseConfiguration(socketPath: socketPath, user: NSUserName(), database: nil)
            )
            if (try? database.read { try $0.exists("SELECT 1") }) == true { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        let log = (try? String(contentsOfFile: directory.path + "/log", encoding: .utf8)) ?? ""
        throw DidNotStart(description: "mariadbd did not start: \(log.suffix(500))")
    }

    /// Ends it at once, as a power cut would, and returns when it is gone.
    func kill() {
        guard let process else { return }
        _ = Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    private func remove() {
        kill()
        try? FileManager.default.removeItem(at: directory)
    }

    private func launch(_ names: [String], _ arguments: [String]) throws -> Process {
        let places = ["/usr/sbin", "/usr/bin", "/usr/local/bin"]
        let candidates = names.flatMap { name in places.map { "\($0)/\(name)" } }
        guard let path = candidates.first(where: FileManager.default.isExecutableFile) else {
            throw DidNotStart(description: "There is no \(names[0]); install mariadb-server.")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": temporary]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}
