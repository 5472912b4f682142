import AgentProtocol
import RunProtocol

/// Containers that wait for work, by language: their agent has spoken, and they are nobody's yet.
///
/// There are at most `total`, shared among the languages by how often each was wanted lately: the next one made is for
/// the language with the most demand for each spare that it has, counting the new one (D'Hondt's rule). Demand halves
/// every ten minutes. A language that nobody asked for counts a little, so that an idle runner has spares of the first.
///
/// Where a program can be started ahead, a spare has one for a project's first run or for a job; by the same rule.
final class Spares: Sendable {
    /// What a spare is for, and wanted for.
    struct Use: Hashable {
        var language: String
        /// Else a project's.
        var isJob: Bool
    }

    private struct Spare {
        var workspace: Workspace
        /// Whose program it has; it serves the other, too, only slower.
        var isForJobs: Bool
    }

    private struct State {
        var ready: [String: [Spare]] = [:]
        var demand: [Use: Double] = [:]
        /// By language, how jobs usually begin, and how the last one did where that was not as usual.
        var jobs: [String: AgentLaunch] = [:]
        var oddJobs: [String: AgentLaunch] = [:]
        var decayed = ContinuousClock.now
        /// Languages whose last spare could not be made, and until when none is tried.
        var resting: [String: ContinuousClock.Instant] = [:]
        var isStopping = false

        var count: Int { ready.values.reduce(0) { $0 + $1.count } }

        func demand(_ language: String) -> Double {
            demand[Use(language: language, isJob: true), default: 0]
                + demand[Use(language: language, isJob: false), default: 0]
        }
    }

    /// What is to be done next.
    enum Step {
        /// A container of this language is wanted, for this use; and how its jobs usually begin, if that is known.
        case make(Use, usualJob: AgentLaunch?)
        /// This one makes room for a language that was asked for and has none.
        case drop(Workspace)
    }

    private static let halfLife = 600.0
    private static let leastDemand = 0.001
    private let total: Int
    private let state = Monitor(State())

    /// - Parameter total: how many there are at most; 0 for none.
    init(total: Int) {
        self.total = total
    }

    /// A spare for this use, now the caller's; nil when there is none. Either way it counts as demand.
    func take(_ use: Use) -> Workspace? {
        state.withLock { state in
            Self.decay(&state)
            state.demand[use, default: 0] += 1
            let ready = state.ready[use.language, default: []].filter { !$0.workspace.isEnding }
            let found = ready.last { $0.isForJobs == use.isJob } ?? ready.last
            state.ready[use.language] = ready.filter { $0.workspace !== found?.workspace }
            return found?.workspace
        }
    }

    /// Adds one. False when the runner is stopping: then it is still the caller's.
    func add(_ spare: Workspace, _ use: Use) -> Bool {
        state.withLock { state in
            guard !state.isStopping else { return false }
            state.ready[use.language, default: []].append(Spare(workspace: spare, isForJobs: use.isJob))
            return true
        }
    }

    /// A job of this language began with this. When two in a row began alike and not as expected, such a one is
    /// expected from now on: gives the spares that must hear of it.
    func note(job: AgentLaunch, _ language: String) -> [Workspace] {
        state.withLock { state in
            if let expected = state.jobs[language], job.isServed(by: expected) {
                state.oddJobs[language] = nil
                return []
            }
            guard let before = state.oddJobs.updateValue(job, forKey: language), job.isServed(by: before) else {
                return []
            }
            state.oddJobs[language] = nil
            state.jobs[language] = job
            return state.ready[language, default: []].filter(\.isForJobs).map(\.workspace)
        }
    }

    /// Tries this language again in a minute only.
    func rest(_ language: String) {
        state.withLock { $0.resting[language] = .now + .seconds(60) }
    }

    /// Forgets one that ended.
    func remove(_ spare: Workspace) {
        state.withLock { state in
            for language in state.ready.keys { state.ready[language]?.removeAll { $0.workspace === spare } }
        }
    }

    /// Waits until something is to be done, for one of these languages; nil when the deadline came or the runner stops.
    func next(of languages: [String], until deadline: ContinuousClock.Instant) -> Step? {
        /// What ends the wait, besides a step.
        enum Found {
            case step(Step)
            case end
        }
        let found = state.wait(until: deadline) { state -> Found? in
            state.isStopping ? .end : nextStep(&state, languages).map(Found.step)
        }
        guard case .step(let step) = found else { return nil }
        return step
    }

    private func nextStep(_ state: inout State, _ languages: [String]) -> Step? {
        Self.decay(&state)
        let now = ContinuousClock.now
        func share(_ language: String, with more: Int) -> Double {
            let count = state.ready[language]?.count ?? 0
            return (state.demand(language) + Self.leastDemand) / Double(count + more)
        }
        let awake = languages.filter { state.resting[$0].map { $0 <= now } ?? true }
        guard let wanted = awake.max(by: { share($0, with: 1) < share($1, with: 1) }) else { return nil }
        if state.count < total {
            let use = Self.nextUse(state, wanted)
            return .make(use, usualJob: use.isJob ? state.jobs[wanted] : nil)
        }
        guard (state.ready[wanted] ?? []).isEmpty, state.demand(wanted) >= 0.5,
            let rich = state.ready.keys.filter({ state.ready[$0]?.isEmpty == false })
                .min(by: { share($0, with: 0) < share($1, with: 0) }),
            share(rich, with: 0) < share(wanted, with: 1), let spare = state.ready[rich]?.popLast()
        else { return nil }
        return .drop(spare.workspace)
    }

    private static func nextUse(_ state: State, _ language: String) -> Use {
        let uses = [false, true].map { Use(language: language, isJob: $0) }
        func share(_ use: Use) -> Double {
            let count = state.ready[language, default: []].count { $0.isForJobs == use.isJob }
            return (state.demand[use, default: 0] + leastDemand) / Double(count + 1)
        }
        return share(uses[1]) > share(uses[0]) ? uses[1] : uses[0]
    }

    /// All of them.
    var all: [Workspace] { state.withLock { $0.ready.values.flatMap { $0.map(\.workspace) } } }

    /// Gives up all of them, for good.
    func stop() -> [Workspace] {
        state.withLock { state in
            state.isStopping = true
            defer { state.ready = [:] }
            return state.ready.values.flatMap { $0.map(\.workspace) }
        }
    }

    private static func decay(_ state: inout State) {
        let now = ContinuousClock.now
        let seconds = state.decayed.duration(to: now) / .seconds(1)
        guard seconds > 1 else { return }
        state.decayed = now
        // exp2(-t / halfLife), near enough for what is asked each few seconds, without a mathematics library.
        let factor = 1 / (1 + seconds * 0.693 / halfLife)
        for use in state.demand.keys { state.demand[use]? *= factor }
    }
}
