public import Accounts
public import FoundationEssentials
public import Live
public import Projects
import RunProtocol
public import RunnerClient
public import SiteKit
public import Templating

/// The containers of projects, as their people see them: whether there is one, until when it is kept, and its end.
public struct Workspaces: Sendable {
    private let client: RunnerClient
    private let desk: RunDesk
    private let states: LanguageStates
    private let hub: LiveHub
    private let now: Now

    /// Asks nobody yet.
    public init(client: RunnerClient, desk: RunDesk, states: LanguageStates, hub: LiveHub, now: @escaping Now) {
        self.client = client
        self.desk = desk
        self.states = states
        self.hub = hub
        self.now = now
    }

    /// What there is to say about the workspace that this person has in a project.
    public func notice(of project: Project, for reader: Reader, languageName: String) throws -> WorkspaceNotice {
        switch try? client.life(of: WorkspaceID(of: project, for: reader.account.id)) {
        case .idle(let time): return .stops(now().addingTimeInterval(time / .seconds(1)))
        case .inUse: return .inUse
        case nil: return .unknown
        case .absent: break
        }
        switch try states.all()[project.language] {
        case .disabled: return .disabled(language: languageName)
        case .missing: return .missing(language: languageName)
        case .ready, nil: return .absent
        }
    }

    /// Ends the workspace that this person has in a project, and what runs in it. Throws `RunnerFault`.
    func stop(_ project: Project, for reader: Reader) throws {
        let workspace = WorkspaceID(of: project, for: reader.account.id)
        desk.cancelRuns(in: workspace)
        _ = try client.stop(workspace)
        hub.publish("project/\(project.id)", Array(#"{"workspace":true}"#.utf8))
    }
}

/// What there is to say about a project's workspace, at the foot of its output.
public enum WorkspaceNotice: ViewModel, Sendable {
    /// There is none.
    case absent
    /// Something runs in it.
    case inUse
    /// It is stopped at that time unless something is started.
    case stops(Date)
    /// There is none, and there can't be one: the language's image isn't there.
    case missing(language: String)
    /// There is none, and there can't be one: the language is switched off.
    case disabled(language: String)
    /// The helper could not be asked.
    case unknown

    /// What the template may name.
    public static let fields = Fields<Self>(
        .text("kind") { $0.kind },
        .text("words") { $0.words },
        .text("end") { $0.end },
        .optionalDate("stops") { $0.time },
        .bool("canBeStopped") { $0.canBeStopped }
    )

    var time: Date? { if case .stops(let time) = self { time } else { nil } }

    var canBeStopped: Bool {
        switch self {
        case .inUse, .stops: true
        case .absent, .missing, .disabled, .unknown: false
        }
    }

    var kind: String {
        switch self {
        case .absent: "absent"
        case .inUse: "in-use"
        case .stops: "idle"
        case .missing: "missing"
        case .disabled: "disabled"
        case .unknown: "unknown"
        }
    }

    /// What follows the time.
    var end: String { time == nil ? "" : "if idle." }

    /// What comes before the time, which is written as its reader writes times; without one, all of it.
    var words: String {
        switch self {
        case .absent: "No workspace. Run, Check or a terminal starts one."
        case .inUse: "Workspace kept while something runs."
        case .stops: "Workspace stops at"
        case .missing(let language): "\(language) is still being prepared. Programs can be run when it is ready."
        case .disabled(let language): LanguageStates.words(switchedOff: language)
        case .unknown: "The workspace can’t be reached at the moment."
        }
    }
}

/// The same as scripts know it.
struct WorkspaceJSON: Encodable {
    let kind: String
    let words: String
    let end: String
    /// Unix milliseconds.
    let stops: Int?
    let canBeStopped: Bool

    init(_ notice: WorkspaceNotice) {
        kind = notice.kind
        words = notice.words
        end = notice.end
        stops = notice.time?.unixMilliseconds
        canBeStopped = notice.canBeStopped
    }
}
