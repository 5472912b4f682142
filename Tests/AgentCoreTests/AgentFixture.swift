import AgentProtocol
import CDisks
import Foundation
import Testing
import Wire

/// An agent as a plain process on this machine, without a container: its pipes are ours. As root it runs programs as
/// user 1000 like in production, otherwise as the current user.
final class AgentFixture {
    let home = FileManager.default.temporaryDirectory.appending(path: "carrel-agent-\(UUID().uuidString)")
    let process = Process()
    let firstMark = UInt32.random(in: 1...60_000) * 20_000
    private var commands: FileHandle
    private var reports: FileHandle
    private var decoder = FrameDecoder()
    private var lastRun: UInt32 = 0
    private var outlivesUs = false
    /// What was told of files since the agent began.
    private(set) var changes: [AgentChange] = []

    static var isRoot: Bool { geteuid() == 0 }

    init() throws {
        let (input, output) = (Pipe(), Pipe())
        (commands, reports) = (input.fileHandleForWriting, output.fileHandleForReading)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        if Self.isRoot { chown(home.path, 1000, 1000) }
        let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        process.executableURL = products.appending(path: "carrel-agent")
        process.arguments =
            ["--home", home.path] + (Self.isRoot ? ["--user", "1000"] : ["--unchanged-user"])
            + ["--first-mark", "\(firstMark)"]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        #expect(try next() == .hello(AgentCommand.version))
    }

    deinit {
        try? commands.close()
        if outlivesUs { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: home)
    }

    func send(_ command: AgentCommand) throws {
        if case .outlive = command { outlivesUs = true }
        try commands.write(contentsOf: try Frame.encode(command))
    }

    func send(raw bytes: [UInt8]) throws {
        try commands.write(contentsOf: bytes)
    }

    func closeInput() throws {
        try commands.close()
    }

    /// What another runner does: takes the connection that the agent has ready. A negative error where it has none.
    func door() -> Int32 {
        let folder = open("/proc/\(process.processIdentifier)", O_RDONLY | O_DIRECTORY)
        defer { close(folder) }
        return carrel_take_descriptor(process.processIdentifier, folder, AgentCommand.door)
    }

    /// The connection that the agent has ready, as soon as it has.
    func openDoor() throws -> Int32 {
        let deadline = Date.now + 5
        while Date.now < deadline {
            let descriptor = door()
            if descriptor >= 0 { return descriptor }
            usleep(2000)
        }
        throw Surprise(words: "the door stays shut")
    }

    /// From now on commands and reports go this way.
    func talk(over connection: FileHandle) {
        (commands, reports, decoder) = (connection, connection, FrameDecoder())
    }

    /// Another runner comes instead of this one. Gives what it is told.
    func succeed() throws -> AgentLegacy {
        try closeInput()
        talk(over: FileHandle(fileDescriptor: try openDoor(), closeOnDealloc: true))
        try send(.claim)
        #expect(try next() == .hello(AgentCommand.version))
        guard case .left(let legacy)? = try next() else { throw Surprise(words: "nothing was left") }
        return legacy
    }

    /// The next report; nil when the agent has ended.
    func next() throws -> AgentReport? {
        while true {
            if let report = try decoder.next(AgentReport.self) { return report }
            let data = reports.availableData
            if data.isEmpty { return nil }
            decoder.append(Array(data))
        }
    }

    /// Lays these files down and gives what the agent asked for.
    func prepare(
        _ files: [String: String],
        keepsChanges: Bool = false
    ) throws -> (run: UInt32, asked: [String]) {
        lastRun += 1
        let paths = files.keys.sorted()
        let list = paths.map { AgentFile(path: $0, digest: digest(of: files[$0, default: ""])) }
        try send(.prepare(lastRun, list, keepsChanges: keepsChanges))
        guard case .needs(lastRun, let needs) = try next() else { throw Surprise(words: "no needs") }
        for index in needs {
            try send(.file(lastRun, index, Array(files[paths[index], default: ""].utf8), last: true))
        }
        return (lastRun, needs.map { paths[$0] })
    }

    /// Starts a run of these commands and gives its number.
    @discardableResult
    func launch(
        _ commands: [String]...,
        files: [String: String] = [:],
        input: AgentInput = .text([]),
        wall: Duration = .seconds(20),
        output: UInt64 = 1 << 20,
        watchesFiles: Bool = false
    ) throws -> UInt32 {
        try launch(
            AgentLaunch(
                steps: commands.map { AgentStep(arguments: $0, wall: wall, cpu: .seconds(10)) },
                environment: ["PATH=/usr/bin:/bin", "MARK=\(lastRun + 1)"],
                input: input,
                output: output,
                fileSize: 64 << 20,
                watchesFiles: watchesFiles
            ),
            files: files
        )
    }

    /// Starts a run like this and gives its number.
    func launch(_ launch: AgentLaunch, files: [String: String] = [:]) throws -> UInt32 {
        let (run, _) = try prepare(files)
        try send(.launch(run, launch))
        return run
    }

    /// Collects what a run says until it is over. Output is acknowledged as it comes.
    func collect(_ run: UInt32) throws -> (output: String, error: String, steps: [Int], result: AgentResult) {
        var streams: [[UInt8]] = [[], []]
        var steps: [Int] = []
        while let report = try next() {
            switch report {
            case .output(run, let stream, let bytes):
                streams[Int(stream)] += bytes
                try send(.taken(run, bytes.count))
            case .started(run, let step): steps.append(step)
            case .stepped(run, let result):
                guard result.ending == .exited(0), result.step == steps.last else { throw Surprise(words: "\(report)") }
            case .changed(run, let change): try note(change, of: run)
            case .resumed(run, _): continue
            case .finished(run, let result):
                let texts = streams.map { String(decoding: $0, as: UTF8.self) }
                return (texts[0], texts[1], steps, result)
            default: throw Surprise(words: "\(report)")
            }
        }
        throw Surprise(words: "the agent ended")
    }

    /// Takes a change as the runner does: answers a whole content with its digest.
    func note(_ change: AgentChange, of run: UInt32) throws {
        changes.append(change)
        try send(.taken(run, change.weight))
        guard case .ends(isWhole: true) = change, let (path, text) = contents.last else { return }
        try send(.noted(run, path: path, digest: digest(of: text)))
    }

    /// The contents that were told whole, in their order.
    var contents: [(path: String, text: String)] {
        var found: [(String, String)] = []
        var path = ""
        var bytes: [UInt8] = []
        for change in changes {
            switch change {
            case .begins(let name, _, _): (path, bytes) = (name, [])
            case .piece(let piece): bytes += piece
            case .ends(isWhole: true): found.append((path, String(decoding: bytes, as: UTF8.self)))
            default: continue
            }
        }
        return found
    }

    func path(_ name: String) -> String { home.appending(path: name).path }

    func digest(of text: String) -> [UInt8] {
        Array((text.utf8.map { $0 } + [UInt8](repeating: 0, count: 32)).prefix(31)) + [UInt8(text.utf8.count & 0xFF)]
    }

    struct Surprise: Error {
        let words: String
    }
}
