import RunProtocol

/// Containers that wait for work, by language: their agent has spoken, and they are nobody's yet.
///
/// There are at most `total`, shared among the languages by how often each was wanted lately: the next one made is for
/// the language with the most demand for each spare that it has, counting the new one (D'Hondt's rule). Demand halves
/// every ten minutes. A language that nobody asked for counts a little, so that an idle runner has spares of the first.
final class Spares: Sendable {
    private struct State {
        var ready: [String: [Workspace]] = [:]
        var demand: [String: Double] = [:]
        var decayed = ContinuousClock.now
        /// Languages whose last spare could not be made, and until when none is tried.
        var resting: [String: ContinuousClock.Instant] = [:]
        var isStopping = false

        var count: Int { ready.values.reduce(0) { $0 + $1.count } }
    }

    /// What is to be done next.
    enum Step {
        /// A container of this language is wanted.
        case make(String)
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

    /// A spare of this language, now the caller's; nil when there is none. Either way it counts as demand.
    func take(_ language: String) -> Workspace? {
        state.withLock { state in
            Self.decay(&state)
            state.demand[language, default: 0] += 1
            while let spare = state.ready[language]?.popLast() {
                if !spare.isEnding { return spare }
            }
            return nil
        }
    }

    /// Adds one. False when the runner is stopping: then it is still the caller's.
    func add(_ spare: Workspace, _ language: String) -> Bool {
        state.withLock { state in
            guard !state.isStopping else { return false }
            state.ready[language, default: []].append(spare)
            return true
        }
    }

    /// Tries this language again in a minute only.
    func rest(_ language: String) {
        state.withLock { $0.resting[language] = .now + .seconds(60) }
    }

    /// Forgets one that ended.
    func remove(_ spare: Workspace) {
        state.withLock { state in
            for language in state.ready.keys { state.ready[language]?.removeAll { $0 === spare } }
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
            return (state.demand[language, default: 0] + Self.leastDemand) / Double(count + more)
        }
        let awake = languages.filter { state.resting[$0].map { $0 <= now } ?? true }
        guard let wanted = awake.max(by: { share($0, with: 1) < share($1, with: 1) }) else { return nil }
        if state.count < total { return .make(wanted) }
        guard (state.ready[wanted] ?? []).isEmpty, state.demand[wanted, default: 0] >= 0.5,
            let rich = state.ready.keys.filter({ state.ready[$0]?.isEmpty == false })
                .min(by: { share($0, with: 0) < share($1, with: 0) }),
            share(rich, with: 0) < share(wanted, with: 1), let spare = state.ready[rich]?.popLast()
        else { return nil }
        return .drop(spare)
    }

    /// All of them.
    var all: [Workspace] { state.withLock { $0.ready.values.flatMap { $0 } } }

    /// Gives up all of them, for good.
    func stop() -> [Workspace] {
        state.withLock { state in
            state.isStopping = true
            defer { state.ready = [:] }
            return state.ready.values.flatMap { $0 }
        }
    }

    private static func decay(_ state: inout State) {
        let now = ContinuousClock.now
        let seconds = state.decayed.duration(to: now) / .seconds(1)
        guard seconds > 1 else { return }
        state.decayed = now
        // exp2(-t / halfLife), near enough for what is asked each few seconds, without a mathematics library.
        let factor = 1 / (1 + seconds * 0.693 / halfLife)
        for language in state.demand.keys { state.demand[language]? *= factor }
    }
}
