import AgentProtocol
import Foundation
import Testing
import Wire

/// An agent as a plain process on this machine, without a container: its pipes are ours. As root it runs programs as
/// user 1000 like in production, otherwise as the current user.
final class AgentFixture {
    let home = FileManager.default.temporaryDirectory.appending(path: "carrel-agent-\(UUID().uuidString)")
    let process = Process()
    let firstMark = UInt32.random(in: 1...60_000) * 10_000
    private let input = Pipe()
    private let output = Pipe()
    private var decoder = FrameDecoder()
    private var lastRun: UInt32 = 0

    static var isRoot: Bool { geteuid() == 0 }

    init() throws {
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
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: home)
    }

    func send(_ command: AgentCommand) throws {
        try input.fileHandleForWriting.write(contentsOf: try Frame.encode(command))
    }

    func send(raw bytes: [UInt8]) throws {
        try input.fileHandleForWriting.write(contentsOf: bytes)
    }

    func closeInput() throws {
        try input.fileHandleForWriting.close()
    }

    /// The next report; nil when the agent has ended.
    func next() throws -> AgentReport? {
        while true {
            if let report = try decoder.next(AgentReport.self) { return report }
            let data = output.fileHandleForReading.availableData
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
        output: UInt64 = 1 << 20
    ) throws -> UInt32 {
        let (run, _) = try prepare(files)
        try send(
            .launch(
                run,
                AgentLaunch(
                    steps: commands.map { AgentStep(arguments: $0, wall: wall, cpu: .seconds(10)) },
                    environment: ["PATH=/usr/bin:/bin", "MARK=\(run)"],
                    input: input,
                    output: output,
                    fileSize: 1 << 20
                )
            )
        )
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
            case .finished(run, let result):
                let texts = streams.map { String(decoding: $0, as: UTF8.self) }
                return (texts[0], texts[1], steps, result)
            default: throw Surprise(words: "\(report)")
            }
        }
        throw Surprise(words: "the agent ended")
    }

    func path(_ name: String) -> String { home.appending(path: name).path }

    private func digest(of text: String) -> [UInt8] {
        Array((text.utf8.map { $0 } + [UInt8](repeating: 0, count: 32)).prefix(31)) + [UInt8(text.utf8.count & 0xFF)]
    }

    struct Surprise: Error {
        let words: String
    }
}
