import AgentProtocol
import RunProtocol

/// Containers that wait for work, by language: their agent has spoken, and they are nobody's yet. `SparePool` has the
/// rules; here they are kept by threads that make and take at one time.
///
/// Where a program can be started ahead, a spare has one for a project's first run or for a job, as these were wanted
/// lately; it serves the other, too, only slower.
final class Spares: Sendable {
    /// What a spare is for, and wanted for.
    struct Use {
        var language: String
        /// Else a project's.
        var isJob: Bool
    }

    /// What is to be done next.
    struct Step {
        /// A container is wanted for this.
        var use: Use
        /// These make room for it. They are nobody's any more.
        var insteadOf: [Workspace]
    }

    private struct Spare {
        var workspace: Workspace
        /// Whose program it has.
        var isForJobs: Bool
    }

    private struct State {
        var pool: SparePool<Spare>
        /// By language, how many of those who wanted one lately wanted it for a job, between 0 and 1; half where nobody
        /// did.
        var jobShare: [String: Double] = [:]
        /// By language, how jobs usually begin, and how the last one did where that was not as usual.
        var jobs: [String: AgentLaunch] = [:]
        var oddJobs: [String: AgentLaunch] = [:]
        var isStopping = false

        /// What the next spare of a language is for: by the same rule as between languages.
        func nextUse(_ language: String) -> Use {
            let ready = pool.all(of: language)
            let jobs = ready.count(where: \.isForJobs)
            let share = jobShare[language, default: 0.5]
            let isJob = share / Double(jobs + 1) > (1 - share) / Double(ready.count - jobs + 1)
            return Use(language: language, isJob: isJob)
        }
    }

    /// How much the latest one counts among those who wanted a spare.
    private static let latestShare = 0.2

    private let state: Monitor<State>

    /// - Parameters:
    ///   - total: how many there are at most; 0 for none.
    ///   - memory: how much they use together at most; 0 for none.
    init(total: Int, memory: ByteCount) {
        state = Monitor(State(pool: SparePool(total: total, memory: memory, now: .now)))
    }

    /// A spare for this use, now the caller's; nil when there is none. Either way it counts as demand.
    func take(_ use: Use) -> Workspace? {
        state.withLock { state in
            state.pool.want(use.language, now: .now)
            let share = state.jobShare[use.language, default: 0.5]
            state.jobShare[use.language] = share + Self.latestShare * ((use.isJob ? 1 : 0) - share)
            while let spare = state.pool.take(use.language, preferring: { $0.isForJobs == use.isJob }) {
                if !spare.workspace.isEnding { return spare.workspace }
            }
            return nil
        }
    }

    /// Whether the memory of a new one is to be measured before it is added. Asking counts as doing it.
    func isToBeMeasured(_ language: String) -> Bool {
        state.withLock { $0.pool.isToBeMeasured(language, now: .now) }
    }

    /// Adds one, with its memory if that was measured. False when it uses too much, has ended, or the runner is stopping:
    /// then it is still the caller's.
    func add(_ spare: Workspace, _ use: Use, using memory: ByteCount?) -> Bool {
        state.withLock { state in
            // One that ended before is forgotten by nobody any more.
            guard !state.isStopping, !spare.isEnding else { return false }
            return state.pool.add(Spare(workspace: spare, isForJobs: use.isJob), use.language, using: memory)
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
            return state.pool.all(of: language).filter(\.isForJobs).map(\.workspace)
        }
    }

    /// How jobs of this language usually begin, if that is known.
    func usualJob(_ language: String) -> AgentLaunch? {
        state.withLock { $0.jobs[language] }
    }

    /// Tries this language again in a minute only.
    func rest(_ language: String) {
        state.withLock { $0.pool.rest(language, now: .now) }
    }

    /// Forgets one that ended.
    func remove(_ spare: Workspace) {
        state.withLock { $0.pool.remove { $0.workspace === spare } }
    }

    /// Waits until something is to be done, for one of these languages; nil when the deadline came or the runner stops.
    func next(of languages: [String], until deadline: ContinuousClock.Instant) -> Step? {
        /// What ends the wait, besides a step.
        enum Found {
            case step(Step)
            case end
        }
        let found = state.wait(until: deadline) { state -> Found? in
            if state.isStopping { return .end }
            guard let step = state.pool.next(of: languages, now: .now) else { return nil }
            return .step(Step(use: state.nextUse(step.language), insteadOf: step.insteadOf.map(\.workspace)))
        }
        guard case .step(let step) = found else { return nil }
        return step
    }

    /// All of them.
    var all: [Workspace] { state.withLock { $0.pool.all.map(\.workspace) } }

    /// Gives up all of them, for good.
    func stop() -> [Workspace] {
        state.withLock { state in
            state.isStopping = true
            defer { state.pool.remove { _ in true } }
            return state.pool.all.map(\.workspace)
        }
    }
}
