import Dispatch
import FoundationEssentials
public import RunProtocol
import Synchronization
import Threads
import UnixSocket
import Wire

/// A helper that answers as it is told: for what the real one says only under load, or only after an hour.
public final class StandInRunner: Sendable {
    /// What becomes of runs.
    public enum Runs: Sendable, Equatable {
        /// There is never a place.
        case busy
        /// They begin, print nothing and last until they are cancelled or `finish` is called.
        case last
        /// They end at once.
        case end
        /// They begin, this is told of them, and that may be no end.
        case tell([RunEvent])
    }

    /// Where it listens.
    public let socket: String
    private let listener: UnixListener
    private let talk: Talk?
    private let state: Mutex<State>
    private let bell = DispatchSemaphore(value: 0)

    private struct State {
        var runs: Runs
        var life: WorkspaceLife
        var images: [String: String?]
        var streams: [UnixStream] = []
        var stopped: [WorkspaceID] = []
        var requests: [RunRequest] = []
        var waiting: [RunRequest] = []
        var servers: [RunID: UnixStream] = [:]
        var checks: [RunEvent]?
    }

    /// What a language server says to what it is told; nil: it dies of it.
    public typealias Talk = @Sendable (_ bytes: [UInt8]) -> [UInt8]?

    /// - Parameter images: by language, what the image says of its version; nil for a language without an image.
    public init(
        _ runs: Runs = .busy,
        images: [String: String?] = ["python": "Python 3.11.2"],
        life: WorkspaceLife = .absent,
        talk: Talk? = nil
    ) throws {
        state = Mutex(State(runs: runs, life: life, images: images))
        self.talk = talk
        socket = FileManager.default.temporaryDirectory.appending(path: "runner-\(UUID().uuidString).sock").path
        listener = try UnixListener(path: socket, mode: 0o600)
        OwnThread.start { [weak self, listener] in
            while let stream = try? listener.accept() {
                // Held by those who serve, not by the thread that waits for more.
                guard let helper = self else { return }
                OwnThread.start { try? helper.serve(stream) }
            }
        }
    }

    deinit {
        listener.close()
        try? FileManager.default.removeItem(atPath: socket)
    }

    /// Until when it says that workspaces are kept.
    public var life: WorkspaceLife {
        get { state.withLock { $0.life } }
        set { state.withLock { $0.life = newValue } }
    }

    /// What becomes of runs from now on.
    public var runs: Runs {
        get { state.withLock { $0.runs } }
        set { state.withLock { $0.runs = newValue } }
    }

    /// The workspaces that it was told to stop.
    public var stopped: [WorkspaceID] { state.withLock { $0.stopped } }

    /// The next program that it is asked to start; waits for it. Nil when none comes.
    public func next() -> RunRequest? {
        guard bell.wait(timeout: .now() + 20) == .success else { return nil }
        return state.withLock { $0.waiting.removeFirst() }
    }

    /// How many programs it was asked to start that `next` has not given yet.
    public var waiting: Int { state.withLock { $0.waiting.count } }

    /// All that it was asked, what only lays files into a workspace included.
    public var requests: [RunRequest] { state.withLock { $0.requests } }

    /// From now on checks end at once: after these events, in this way. Before that they are programs like others.
    public func answerChecks(_ events: [RunEvent], ending: RunOutcome.Ending) {
        state.withLock { $0.checks = events + [.finished(Self.outcome(ending))] }
    }

    /// The same, after this was printed.
    public func answerChecks(_ output: String, ending: RunOutcome.Ending = .exited(1)) {
        let pieces = stride(from: 0, to: output.utf8.count, by: RunEvent.maximumOutput).map { start in
            RunEvent.output(.error, Array(output.utf8.dropFirst(start).prefix(RunEvent.maximumOutput)))
        }
        answerChecks(pieces, ending: ending)
    }

    /// The runs that last print this.
    public func print(_ text: String) {
        tell([.output(.output, Array(text.utf8))], to: state.withLock { $0.streams })
    }

    /// Ends the runs that last, normally, after it has told what they did to files and printed.
    public func finish(_ changes: [FileChange], printing text: String = "") {
        let output = text.isEmpty ? [] : [RunEvent.output(.output, Array(text.utf8))]
        endRuns(changes.map { .changed($0) } + output + [.finished(Self.outcome(.exited(0)))])
    }

    private func serve(_ stream: UnixStream) throws {
        var decoder = FrameDecoder()
        while case let bytes = try stream.read(atMost: 65_536), !bytes.isEmpty {
            decoder.append(bytes)
            while let frame = try decoder.next(ClientFrame.self) {
                for answer in answers(to: frame, from: stream) { try stream.write(Frame.encode(answer)) }
                // Only now: what the test then lets happen comes after the answer.
                if case .start(let request) = frame, runs != .busy, request.program != .nothing {
                    state.withLock { $0.waiting.append(request) }
                    bell.signal()
                }
            }
        }
    }

    private func answers(to frame: ClientFrame, from stream: UnixStream) -> [RunnerFrame] {
        switch frame {
        case .hello, .file: return []
        case .status: return [.status(status)]
        case .workspaceLife: return [.workspaceLife(life)]
        case .resume: return [.fault(.lost("it knows of no such run"))]
        case .start(let request): return answers(to: request, from: stream)
        case .input(let run, let bytes): return [.answer(hear(bytes, run))]
        case .resize: return [.answer(true)]
        case .cancel:
            endRuns([.finished(Self.outcome(.cancelled))])
            return [.answer(true)]
        case .stopWorkspace(let workspace):
            endRuns([.finished(Self.outcome(.cancelled))])
            state.withLock { $0.stopped.append(workspace) }
            return [.answer(true)]
        }
    }

    private func hear(_ bytes: [UInt8], _ run: RunID) -> Bool {
        guard let talk else { return true }
        guard let stream = state.withLock({ $0.servers[run] }) else { return false }
        var events: [RunEvent] = []
        if let said = talk(bytes) {
            for start in stride(from: 0, to: said.count, by: RunEvent.maximumOutput) {
                let end = min(start + RunEvent.maximumOutput, said.count)
                events.append(.output(.output, Array(said[start..<end])))
            }
        } else {
            events.append(.finished(Self.outcome(.signalled(9))))
            state.withLock { $0.servers[run] = nil }
        }
        for frame in Self.told(events) {
            guard let bytes = try? Frame.encode(frame) else { continue }
            try? stream.write(bytes)
        }
        return true
    }

    private func answers(to request: RunRequest, from stream: UnixStream) -> [RunnerFrame] {
        if request.program == .server, talk != nil {
            state.withLock { state in
                state.requests.append(request)
                state.servers[request.run] = stream
            }
            return [.needs([])] + Self.told([.started(.run)])
        }
        guard runs != .busy || (talk != nil && request.program == .nothing) else { return [.fault(.busy)] }
        state.withLock { $0.requests.append(request) }
        guard request.program != .nothing else {
            return [.needs([])] + Self.told([.finished(Self.outcome(.cancelled))])
        }
        if case .check = request.program, let events = state.withLock({ $0.checks }) {
            return [.needs([])] + Self.told([.started(.run)] + events)
        }
        let told: [RunEvent]
        switch runs {
        case .tell(let events): told = events
        case .last: told = []
        case .busy, .end: told = [.finished(Self.outcome(.exited(0)))]
        }
        // Held, so that the connection stays as long as the run.
        if told.isEmpty { state.withLock { $0.streams.append(stream) } }
        return [.needs([])] + Self.told([.started(.run)] + told)
    }

    /// Nobody takes one of its runs up again, so places in them don't matter.
    private static func told(_ events: [RunEvent]) -> [RunnerFrame] {
        events.map { .event($0, at: 0) }
    }

    /// How a program ended that took a second.
    public static func outcome(_ ending: RunOutcome.Ending) -> RunOutcome {
        RunOutcome(ending: ending, phase: .run, wall: .seconds(1), cpu: .zero, memory: ByteCount(0))
    }

    private func endRuns(_ events: [RunEvent]) {
        let streams = state.withLock { state in
            defer { state.streams = [] }
            return state.streams
        }
        tell(events, to: streams)
    }

    private func tell(_ events: [RunEvent], to streams: [UnixStream]) {
        for stream in streams {
            for frame in Self.told(events) {
                guard let bytes = try? Frame.encode(frame) else { continue }
                try? stream.write(bytes)
            }
        }
    }

    private var status: RunnerStatus {
        RunnerStatus(
            engine: nil,
            languages: state.withLock { $0.images }.compactMap { id, version in
                LanguageID(id).map { id in
                    RunnerStatus.Language(
                        id: id,
                        image: version == nil ? nil : "sha256:0",
                        version: version,
                        size: version == nil ? ByteCount(0) : ByteCount(123_456_789)
                    )
                }
            },
            workspaces: [],
            slots: 1,
            running: 1,
            waiting: 1,
            runCeiling: RunLimits(),
            workspaceLimits: WorkspaceLimits(),
            keepsHomes: true
        )
    }
}
