import Foundation
import RunProtocol
import RunnerClient
import Testing

/// A runner of its own in a folder of its own, as a process like in production, with a real Engine behind it. Ends with
/// the test, pass or fail, and takes its containers along.
final class RunnerFixture {
    let folder: URL
    let instance = "test-\(UInt32.random(in: 0 ... .max))"
    let engineSocket: String
    let client: RunnerClient
    private(set) var process = Process()
    private static let numbers = Counter()

    /// Where the homes are kept.
    var homes: URL { folder.appending(path: "homes") }

    var socket: String { folder.appending(path: "runner.sock").path }

    /// Starts one and waits until it listens. `configuration` replaces fields of the usual configuration; `persistence` is
    /// the client's.
    init(
        _ configuration: [String: Any] = [:],
        engine: String? = nil,
        persistence: Duration = .seconds(30)
    ) throws {
        let reason: Comment = "set CARREL_TEST_ENGINE_SOCKET to the socket of an Engine that has the language images"
        engineSocket = try engine ?? #require(Self.engine, reason)
        folder = URL(filePath: "/tmp/carrel-\(instance)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let socket = folder.appending(path: "runner.sock").path
        client = RunnerClient(socketPath: socket, persistence: persistence)
        var fields: [String: Any] = [
            "socket": socket, "allowedUser": Int(getuid()), "engineSocket": engineSocket, "instance": instance,
            "languages": Self.repository.appending(path: "Sources/Languages/Catalogue").path, "slots": 4,
            "spares": 0, "homes": homes.path,
        ]
        fields.merge(configuration) { _, new in new }
        try FileManager.default.createDirectory(at: homes, withIntermediateDirectories: true)
        let template = "source scripts/lib/homes.bash && make_home_template \(homes.path) \(fields["homeMiB"] ?? 256)"
        try #require(try shell("env", "-C", Self.repository.path, "bash", "-c", template).status == 0)
        let file = folder.appending(path: "runner.json")
        try JSONSerialization.data(withJSONObject: fields).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        _ = FileManager.default.createFile(atPath: folder.appending(path: "log").path, contents: nil)
        try launch()
    }

    private func launch() throws {
        process = Process()
        process.executableURL = Self.products.appending(path: "carrel-runner")
        process.arguments = ["--configuration", folder.appending(path: "runner.json").path]
        let log = try FileHandle(forWritingTo: folder.appending(path: "log"))
        try log.seekToEnd()
        process.standardError = log
        try process.run()
        let deadline = Date.now + 10
        while !FileManager.default.fileExists(atPath: socket) {
            try #require(Date.now < deadline && process.isRunning, "the runner did not start: \(self.log)")
            usleep(2000)
        }
    }

    /// Kills the runner and waits until it is gone.
    func kill(_ signal: Int32 = SIGKILL) {
        Foundation.kill(process.processIdentifier, signal)
        process.waitUntilExit()
    }

    /// Starts another runner in place of one that was killed.
    func restart() throws {
        // What is left of the other one's would look as if this one listened already.
        try? FileManager.default.removeItem(atPath: socket)
        try launch()
    }

    deinit {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The real Engine for tests.
    static let engine = ProcessInfo.processInfo.environment["CARREL_TEST_ENGINE_SOCKET"]

    /// What the runner has logged.
    var log: String { (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? "" }

    /// Where the built programs lie: beside this test's own.
    static let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A catalogue of one language, so that all containers made ahead are of this. The caller removes it.
    static func catalogue(of language: String) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "carrel-only-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let real = repository.appending(path: "Sources/Languages/Catalogue/\(language)")
        try FileManager.default.copyItem(at: real, to: folder.appending(path: language))
        return folder
    }

    /// A run id that no other test of this process uses.
    static func nextRun() -> RunID { RunID(numbers.next()) }

    /// A request with these files. The digests are as good as real ones: equal for equal contents only.
    func request(
        _ language: String,
        _ files: [String: String],
        main: String? = nil,
        program: RunProgram? = nil,
        arguments: [String] = [],
        input: RunInput = .text([]),
        limits: RunLimits = RunLimits(wall: .seconds(20)),
        workspace: UInt64? = 1
    ) throws -> RunRequest {
        let name = try main ?? files.keys.first { $0.hasPrefix("main.") } ?? #require(files.keys.sorted().first)
        return RunRequest(
            run: Self.nextRun(),
            workspace: workspace.map { WorkspaceID($0) },
            language: try #require(LanguageID(language)),
            program: try program ?? .file(#require(ProjectPath(name))),
            arguments: arguments,
            input: input,
            limits: limits,
            files: try files.map { path, text in
                ManifestEntry(
                    path: try #require(ProjectPath(path)),
                    digest: digest(of: text),
                    size: ByteCount(text.utf8.count)
                )
            }
        )
    }

    func digest(of text: String) -> ContentDigest {
        var bytes: [UInt8] = []
        for part in 0..<4 {
            var hasher = Hasher()
            hasher.combine(part)
            hasher.combine(text)
            withUnsafeBytes(of: hasher.finalize()) { bytes.append(contentsOf: $0) }
        }
        // 4 × 8 bytes.
        return ContentDigest(bytes).unsafelyUnwrapped
    }

    /// Starts a run; `asked` hears which files the runner wanted.
    func start(
        _ request: RunRequest,
        _ files: [String: String],
        asked: ([String]) -> Void = { _ in }
    ) throws -> RunSession {
        var paths: [String] = []
        let session = try client.start(request) { path in
            paths.append(path.text)
            return Array(files[path.text, default: ""].utf8)
        }
        asked(paths)
        return session
    }

    /// Runs a program to its end.
    func run(
        _ language: String,
        _ files: [String: String],
        arguments: [String] = [],
        input: RunInput = .text([]),
        limits: RunLimits = RunLimits(wall: .seconds(20)),
        workspace: UInt64? = 1,
        person: PersonID? = nil
    ) throws -> Transcript {
        var request = try request(
            language,
            files,
            arguments: arguments,
            input: input,
            limits: limits,
            workspace: workspace
        )
        request.person = person
        var asked: [String] = []
        let session = try start(request, files) { asked = $0 }
        var transcript = try Transcript(session)
        transcript.asked = asked.sorted()
        return transcript
    }

    /// Runs a program to its end, as a job.
    func job(
        _ language: String,
        _ files: [String: String],
        limits: RunLimits = RunLimits(wall: .seconds(20))
    ) throws -> Transcript {
        try run(language, files, limits: limits, workspace: nil)
    }

    /// The ids of this instance's containers.
    func containers() throws -> [String] { try list("{{.ID}}") }

    /// The names of this instance's containers.
    func names() throws -> [String] { try list("{{.Names}}") }

    private func list(_ format: String) throws -> [String] {
        let filter = "label=carrel.instance=\(instance)"
        return try shell(
            "docker",
            "-H",
            "unix://\(Self.engine ?? "")",
            "ps",
            "-a",
            "--format",
            format,
            "--filter",
            filter
        )
        .output.split(separator: "\n").map(String.init)
    }

    /// Waits until a condition holds.
    func eventually(within seconds: Double = 10, _ condition: () throws -> Bool) throws -> Bool {
        let deadline = Date.now + seconds
        while Date.now < deadline {
            if try condition() { return true }
            usleep(20_000)
        }
        return try condition()
    }
}

/// Everything a run said.
struct Transcript {
    var phases: [RunOutcome.Phase] = []
    var output = ""
    var error = ""
    var outcome: RunOutcome?
    var steps: [RunOutcome] = []
    var asked: [String] = []
    var changes: [FileChange] = []

    init(_ session: RunSession) throws {
        var bytes: [RunStream: [UInt8]] = [:]
        while let event = try session.nextEvent() {
            switch event {
            case .started(let phase): phases.append(phase)
            case .output(let stream, let piece): bytes[stream, default: []] += piece
            case .stepped(let outcome): steps.append(outcome)
            case .changed(let change): changes.append(change)
            case .finished(let outcome): self.outcome = outcome
            }
        }
        output = String(decoding: bytes[.output, default: []], as: UTF8.self)
        error = String(decoding: bytes[.error, default: []], as: UTF8.self)
    }

    var ending: RunOutcome.Ending? { outcome?.ending }
}

final class Counter: @unchecked Sendable {
    // Guarded by the lock beside it.
    private var value: UInt64 = 0
    private let lock = NSLock()

    func next() -> UInt64 {
        lock.withLock {
            value += 1
            return value
        }
    }
}

/// Runs a program of the host's and gives what it printed.
@discardableResult
func shell(_ words: String...) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}
