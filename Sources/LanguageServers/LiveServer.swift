import Accounts
import Editing
import Languages
import Logging
import Projects
import RunProtocol
import RunnerClient
import Running
import SiteKit
import Synchronization
import Threads
import Web

/// One language server in one workspace, over all its lives.
///
/// A thread of its own starts the program through the runner and reads what it says; those who ask send from their own
/// threads (`LiveServer+Asking`). When the program ends by itself it is started again, a few times; when its workspace
/// ends, or nobody asks any more, it is over.
///
/// 1. Whole messages are sent one after the other (`sending`), and what brings a server up to date together with the
///    question that needs it (`turn`). A server that reads nothing holds nobody up: the agent keeps its input, and ends it
///    when that becomes too much.
/// 2. What was asked of one life is answered by it or by nobody: with its end all who wait are told.
/// 3. The server's files are those that were laid into the workspace (`laid`), its texts those that were opened in it
///    (`open`): both are of this life only, and both come from the database, never from a page.
final class LiveServer: Sendable {
    /// One of a language in a workspace.
    struct Key: Hashable, Sendable {
        let workspace: WorkspaceID
        let language: LanguageID

        /// The live channel where those hear of it who share the workspace.
        var channel: String { "server/\(workspace)" }
    }

    enum Phase: Sendable, Equatable {
        case starting
        case ready
        /// It is over. The words are for people; nil when there is nothing to say.
        case over(words: String?)
    }

    struct Opened: Sendable {
        var document: DocumentHead.ID
        var version: Int
        /// Counts up: the smallest was asked about longest ago.
        var use: Int
    }

    struct Completion: Sendable {
        let id: Int
        let promise: Promise<Answer>
    }

    /// The end of a wait.
    enum Answer: Sendable {
        case value(JSONValue)
        /// The server refuses.
        case refused
        /// It has ended.
        case gone
        /// The same person has asked anew.
        case superseded
    }

    struct State: Sendable {
        var phase = Phase.starting
        var since = ContinuousClock.now
        var readiness = Promise<Bool>()
        var conversation = ServerConversation()
        var waiting: [Int: Promise<Answer>] = [:]
        var open: [ProjectPath: Opened] = [:]
        var uses = 0
        /// How many texts are not open because that would be too many, in a server that needs them open.
        var unseen = 0
        var laid: [ProjectPath: ContentDigest] = [:]
        var problems: [ProjectPath: [FoundProblem]] = [:]
        /// Bytes of them all.
        var problemsSize = 0
        var completions: [Account.ID: Completion] = [:]
        /// What a person's last suggestions were, to tell more of one.
        var suggested: [Account.ID: [JSONValue]] = [:]
        var deaths: [ContinuousClock.Instant] = []
        var used = ContinuousClock.now
        var reader: Reader
        var session: RunSession?
        var isStopped = false
        /// Whether this life was ended from here, because there is no talking to it.
        var isGivenUp = false
        /// The end of what the program wrote to standard error, for the log.
        var complaints: [UInt8] = []
    }

    let key: Key
    let language: Language
    let program: Language.Server
    let project: Project
    /// Who started it.
    let starter: Account.ID
    let parts: Parts
    let state: Mutex<State>
    /// Who may bring it up to date.
    let turn = Mutex(())
    private let sending = Mutex(())
    let log: Logger

    /// What a server needs of the site.
    struct Parts: Sendable {
        let client: RunnerClient
        let texts: ProjectTexts
        let documents: Documents
        let limits: ServerLimits
        /// Tells those who share the workspace.
        let publish: @Sendable (Key, ServerNews) -> Void
        /// The server is over and to be forgotten.
        let forget: @Sendable (LiveServer) -> Void
    }

    init(
        _ key: Key,
        _ language: Language,
        _ program: Language.Server,
        of project: Project,
        for reader: Reader,
        _ parts: Parts,
        log: Logger
    ) {
        self.key = key
        self.language = language
        self.program = program
        self.project = project
        starter = reader.account.id
        self.parts = parts
        state = Mutex(State(reader: reader))
        var log = log
        log[metadataKey: "workspace"] = "\(key.workspace)"
        log[metadataKey: "language"] = "\(key.language)"
        self.log = log
    }

    // MARK: Life

    /// Starts the thread.
    func start() {
        parts.publish(key, .starting(language.name))
        let refusal = OwnThread.start { [self] in live() }
        if refusal != nil { finish(RunnerFault.busy.words) }
    }

    /// Ends it for good; `live` notices.
    func stop() {
        let session = state.withLock { state in
            state.isStopped = true
            return state.session
        }
        session?.close()
    }

    /// Ends a program that takes too long to greet, or that nobody has asked for so long. True in the second case.
    func look() -> Bool {
        let (isSilent, isIdle) = state.withLock { state in
            (
                state.phase == .starting && state.session != nil && state.since + parts.limits.greeting < .now,
                state.used + parts.limits.idle < .now
            )
        }
        if isSilent { giveUp() }
        return isIdle
    }

    /// Ends this life, for another one.
    private func giveUp() {
        let session = state.withLock { state in
            state.isGivenUp = true
            return state.session
        }
        session?.close()
    }

    private func live() {
        while true {
            let words: String
            do {
                words = try liveOnce()
            } catch let fault as RunnerFault {
                if state.withLock({ $0.isStopped }) { return finish(nil) }
                log.notice("a language server could not go on", metadata: ["fault": "\(fault)"])
                switch fault {
                case .lost: return finish(nil)
                case .unreachable where state.withLock({ $0.isGivenUp }): words = "did not answer"
                default: return finish(fault.words)
                }
            } catch {
                // Whoever asked last may not see the project any more, or the database is away.
                log.notice("a language server could not go on", metadata: ["error": "\(error)"])
                return finish(nil)
            }
            guard !state.withLock({ $0.isStopped }) else { return finish(nil) }
            guard mayLiveAgain() else {
                return finish(
                    "The \(language.name) language server \(words) again and again. It is not started any more."
                )
            }
            end(.starting)
            parts.publish(key, .restarting(language.name, words))
            // One that ends at once must not keep the machine busy.
            Pause.seconds(1)
        }
    }

    private func mayLiveAgain() -> Bool {
        let complaints = state.withLock { state -> [UInt8] in
            state.deaths = state.deaths.filter { $0 + parts.limits.deathsWithin > .now } + [.now]
            return state.complaints
        }
        let words = String(decoding: complaints.suffix(500), as: UTF8.self)
        log.notice("a language server has ended", metadata: ["words": .string(words)])
        return state.withLock { $0.deaths.count <= parts.limits.restarts }
    }

    /// One life of the program. Gives how it ended, for people.
    private func liveOnce() throws -> String {
        let session = try open()
        defer { session.close() }
        let isStopped = state.withLock { state in
            state.session = session
            return state.isStopped
        }
        if isStopped { return "was stopped" }
        var pace = Pace(bytesPerSecond: parts.limits.rate)
        while let event = try session.nextEvent() {
            switch event {
            case .started:
                let greeting = state.withLock { state in
                    // The time that the workspace took is not the program's.
                    state.since = .now
                    return state.conversation.greet(home: Language.home)
                }
                try send(greeting)
            case .output(.output, let bytes):
                // Each byte costs all processes on its way, and its text is read.
                pace.wait(bytes.count)
                do {
                    try hear(bytes)
                } catch let fault as ServerConversation.Fault {
                    log.notice("a language server is not understood", metadata: ["fault": "\(fault)"])
                    return "said something that is not the protocol"
                }
            case .output(.error, let bytes):
                state.withLock { $0.complaints = Array(($0.complaints + bytes).suffix(2_000)) }
            // In its name nothing is told of files.
            case .stepped, .changed: break
            case .finished(let outcome): return Self.words(outcome)
            }
        }
        return "ended"
    }

    private static func words(_ outcome: RunOutcome) -> String {
        switch outcome.ending {
        case .exited(let code): "ended with code \(code)"
        case .signalled(9): "was killed"
        case .signalled(let number): "was ended by signal \(number)"
        case .outOfMemory: "ran out of the workspace’s memory"
        case .outOfTime: "used up its time"
        case .tooMuchOutput, .cancelled: "was ended"
        }
    }

    private func open() throws -> RunSession {
        let reader = state.withLock { $0.reader }
        for isLast in [false, false, true] {
            let listing = try parts.texts.listing(of: project.id, for: .run(reader))
            let request = RunRequest(
                run: .unstored(),
                workspace: key.workspace,
                language: key.language,
                program: .server,
                input: .stream,
                limits: RunLimits(wall: .seconds(43_200), cpu: .seconds(43_200), output: ByteCount(Int.max)),
                files: listing.manifest
            )
            do {
                let session = try parts.client.start(request) { path in try listing.bytes(of: path) }
                let laid = Dictionary(listing.manifest.map { ($0.path, $0.digest) }) { first, _ in first }
                state.withLock { $0.laid = laid }
                return session
            } catch is ProjectTexts.Missing where !isLast {
                // A program replaced a file since it was listed.
            }
        }
        throw RunnerFault.busy
    }

    /// Forgets what belonged to a life, and tells all who wait for it.
    private func end(_ phase: Phase) {
        let (waiting, readiness) = state.withLock { state in
            defer {
                state.phase = phase
                state.since = .now
                state.waiting = [:]
                state.completions = [:]
                state.suggested = [:]
                state.open = [:]
                state.laid = [:]
                state.problems = [:]
                state.problemsSize = 0
                state.conversation = ServerConversation()
                state.session = nil
                state.isGivenUp = false
                state.readiness = Promise()
            }
            return (state.waiting.values, state.readiness)
        }
        for promise in waiting { promise.fulfil(.gone) }
        readiness.fulfil(false)
    }

    private func finish(_ words: String?) {
        end(.over(words: words))
        // Nobody may come to wait for it any more.
        state.withLock { $0.readiness.fulfil(false) }
        parts.forget(self)
        parts.publish(key, .over(words))
    }

    // MARK: Talking

    /// Sends whole messages. Throws when the server is not there to take them.
    func send(_ bytes: [UInt8]) throws(RunnerFault) {
        guard !bytes.isEmpty else { return }
        guard let run = state.withLock({ $0.session?.run }) else { throw .lost("the server is not there") }
        try sending.withLock { _ throws(RunnerFault) in
            do {
                for start in stride(from: 0, to: bytes.count, by: ClientFrame.maximumChunk) {
                    let chunk = Array(bytes[start..<min(start + ClientFrame.maximumChunk, bytes.count)])
                    guard try parts.client.send(input: chunk, to: run) else { throw RunnerFault.lost("no such run") }
                }
            } catch {
                // Half a message may be on its way: nothing that follows would be understood.
                giveUp()
                throw error as? RunnerFault ?? .lost("\(error)")
            }
        }
    }

    private func hear(_ bytes: [UInt8]) throws {
        let (events, replies) = try state.withLock { try $0.conversation.take(bytes) }
        try send(replies)
        for event in events {
            switch event {
            case .greeted:
                let readiness = state.withLock { state in
                    state.phase = .ready
                    return state.readiness
                }
                readiness.fulfil(true)
                parts.publish(key, .ready(language.name))
            case .answer(let id, let value):
                let promise = state.withLock { $0.waiting.removeValue(forKey: id) }
                promise?.fulfil(value.map { .value($0) } ?? .refused)
            case .diagnostics(let uri, let list): note(list, of: uri)
            }
        }
    }

    private func note(_ list: [JSONValue], of uri: String) {
        guard case .inside(let path)? = ProjectURI.meaning(of: uri, home: Language.home) else { return }
        let problems = FoundProblem.list(list)
        let isNews = state.withLock { state -> Bool in
            // Of files that the project doesn't have nobody wants to hear.
            guard state.laid[path] != nil || state.open[path] != nil, state.problems[path] ?? [] != problems else {
                return false
            }
            let size = state.problemsSize + problems.size - (state.problems[path] ?? []).size
            guard size <= parts.limits.problems || problems.isEmpty else { return false }
            state.problemsSize = size
            state.problems[path] = problems.isEmpty ? nil : problems
            return true
        }
        if isNews { parts.publish(key, .problems(path, problems)) }
    }
}
