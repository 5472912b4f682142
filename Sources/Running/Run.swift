public import Accounts
public import FoundationEssentials
public import Projects
public import RunProtocol
public import SiteKit

/// A program that somebody started in a project: one of its files, or a terminal's shell.
public struct Run: Sendable {
    /// Its number.
    public typealias ID = Identifier<Run>

    /// How far it has come.
    public enum State: String, Sendable, Codable {
        /// Files are on their way into the workspace.
        case starting
        case running
        case finished
    }

    /// Its number, which the runner knows it by too.
    public let id: ID
    /// The project, whose number names the workspace.
    public let project: Project.ID
    /// The file that was started; nil for a terminal's shell.
    public let file: ProjectPath?
    /// Who started it.
    public let starter: Account.ID
    /// When they pressed Run.
    public let started: Date
    /// How far it has come.
    public var state: State
    /// How it ended; nil until it has.
    public var ending: RunEnding?

    /// Whether it is a terminal's shell.
    public var isTerminal: Bool { file == nil }

    /// The end in a sentence or two; nil until there is one.
    public var words: String? {
        guard isTerminal, let ending else { return ending?.words }
        switch ending.kind {
        case .exited, .signalled: return "The shell has ended."
        case .cancelled: return "This terminal was closed."
        case .interrupted: return "The site was restarted, and this terminal with it. Open another one."
        case .outOfTime: return "This terminal was closed: it was open for as long as one may be."
        case .outOfMemory: return "This terminal was closed: the workspace used up its memory."
        case .tooMuchOutput, .fault: return ending.words
        }
    }
}

/// How a run ended: what the program did, or what kept us from running it.
public struct RunEnding: Sendable {
    /// What ended it.
    public enum Kind: String, Sendable {
        case exited
        case signalled
        case outOfTime
        case outOfMemory
        case tooMuchOutput
        case cancelled
        /// The site stopped while it ran; nobody saw its end.
        case interrupted
        /// We could not run it: see `message`.
        case fault
    }

    /// What ended it.
    public var kind: Kind
    /// Whether it ended in the compiler; its program was never started then.
    public var isCompile = false
    /// The exit code; nil unless it exited.
    public var code: Int?
    /// The signal's number; nil unless a signal ended it.
    public var signal: Int?
    /// Milliseconds.
    public var wall = 0
    /// Milliseconds of processor time.
    public var cpu = 0
    /// Bytes of the largest process.
    public var memory = 0
    /// For a fault: what its reader may know.
    public var message: String?

    init(kind: Kind, message: String? = nil) {
        self.kind = kind
        self.message = message
    }

    init(_ outcome: RunOutcome) {
        switch outcome.ending {
        case .exited(let code):
            kind = .exited
            self.code = code
        case .signalled(let number):
            kind = .signalled
            signal = number
        case .outOfTime: kind = .outOfTime
        case .outOfMemory: kind = .outOfMemory
        case .tooMuchOutput: kind = .tooMuchOutput
        case .cancelled: kind = .cancelled
        }
        isCompile = outcome.phase == .compile
        wall = Int(outcome.wall / .milliseconds(1))
        cpu = Int(outcome.cpu / .milliseconds(1))
        memory = Int(clamping: outcome.memory.bytes)
    }

    /// The end in a sentence or two.
    public var words: String {
        let time = Self.seconds(wall)
        switch kind {
        case .exited where isCompile: return "The program could not be compiled. What the compiler says is above."
        case .exited where code == 0: return "Finished normally in \(time)."
        case .exited: return "Ended with code \(code ?? 1) after \(time)."
        case .signalled: return "Ended by the signal \(signalName ?? "?") after \(time)."
        case .outOfTime: return "Stopped after \(time): it used up its time."
        case .outOfMemory: return "Stopped after \(time): it used up its memory."
        case .tooMuchOutput:
            return "Stopped after \(time): it printed more than it may. The beginning and the end are kept."
        case .cancelled: return "Stopped on request after \(time)."
        case .interrupted:
            return "The site was restarted while this ran. What it had printed until then is kept; run it again."
        case .fault: return message ?? "The program could not be run. This was our fault and has been noted."
        }
    }

    /// The usual name of the signal.
    public var signalName: String? {
        signal.map(Signal.name)
    }

    private static func seconds(_ milliseconds: Int) -> String {
        if milliseconds < 60_000 {
            let tenths = (milliseconds + 50) / 100
            return milliseconds < 1_000 && tenths == 0 ? "\(milliseconds) ms" : "\(tenths / 10).\(tenths % 10) s"
        }
        return "\(milliseconds / 60_000) min \(milliseconds / 1_000 % 60) s"
    }
}

/// A run as scripts know it.
public struct RunJSON: Encodable, Sendable {
    struct Outcome: Encodable {
        let kind: String
        let code: Int?
        let signal: String?
        let wall: Int
        let cpu: Int
        let memory: Int
        let words: String
    }

    let id: Int
    let project: Int
    let state: String
    let file: String?
    let isTerminal: Bool
    let starter: Int
    let started: Int
    let outcome: Outcome?
    let message: String?

    /// A run in the shape of JSON.
    public init(_ run: Run) {
        id = run.id.rawValue
        project = run.project.rawValue
        state = run.state.rawValue
        file = run.file?.text
        isTerminal = run.isTerminal
        starter = run.starter.rawValue
        started = run.started.unixMilliseconds
        outcome = run.ending.map {
            Outcome(
                kind: $0.kind.rawValue,
                code: $0.code,
                signal: $0.signalName,
                wall: $0.wall,
                cpu: $0.cpu,
                memory: $0.memory,
                words: run.words ?? $0.words
            )
        }
        message = run.ending?.message
    }

    /// `{"run":…}`, as live channels and answers carry it.
    func enveloped() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(["run": self]))
    }
}
