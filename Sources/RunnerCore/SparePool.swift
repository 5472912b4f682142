import RunProtocol

/// The rules of `Spares`: for which languages a container waits, and which is made next. A value that starts nothing
/// and has no clock; what a container is, is its user's business.
///
/// Two things bound it: `total`, and `memory`, which those that wait use together. The next one made is for the
/// language with the most demand for each spare that it has, counting the new one (D'Hondt's rule). Where there is no
/// room for it, spares give way whose language has less demand for each; where those are too few, it is the next
/// language's turn. Demand halves every ten minutes. A language that nobody asked for counts a little, so that an idle
/// runner has spares of the first.
///
/// What holds:
///  1. The spares here use no more memory than `memory`, each as much as the latest one of its language that was
///     measured when it was let in.
///  2. Before one of a language was measured, it is taken to use what the latest of any language did, since what waits
///     is the same agent in all of them; but never more than `memory`, so that an empty pool tries, and learns. One
///     that turns out not to fit is not let in.
///  3. While demand stays, the steps come to an end: what gives way is wanted less than what comes, by the same measure
///     by which it was made, and only if that makes room enough.
struct SparePool<Spare: Sendable>: Sendable {
    /// What is to be done next: a container of this language is wanted.
    struct Step {
        var language: String
        /// These make room for it. They are in the pool no more.
        var insteadOf: [Spare]
    }

    private struct Waiting: Sendable {
        var spare: Spare
        var memory: UInt64
    }

    /// What the very first is taken to use: about as much as gVisor needs, several times as much as others do.
    static var assumed: ByteCount { .mebibytes(16) }
    /// How long a measurement is believed.
    private static var measurementLife: Duration { .seconds(600) }
    private static var halfLife: Double { 600 }
    private static var leastDemand: Double { 0.001 }

    private let total: Int
    private let memory: UInt64
    private var waiting: [String: [Waiting]] = [:]
    /// What the latest spare of each language that was measured used, in bytes.
    private var measured: [String: UInt64] = [:]
    /// When somebody last wanted to measure one.
    private var looked: [String: ContinuousClock.Instant] = [:]
    private var latest = Self.assumed.bytes
    private var demand: [String: Double] = [:]
    private var decayed: ContinuousClock.Instant
    /// Languages whose last spare could not be made, and until when none is tried.
    private var resting: [String: ContinuousClock.Instant] = [:]

    /// - Parameters:
    ///   - total: how many there are at most; 0 for none.
    ///   - memory: how much they use together at most; 0 for none.
    init(total: Int, memory: ByteCount, now: ContinuousClock.Instant) {
        self.total = memory.bytes > 0 ? total : 0
        self.memory = memory.bytes
        decayed = now
    }

    /// All that wait.
    var all: [Spare] { waiting.values.flatMap { $0.map(\.spare) } }

    /// The memory that those that wait use.
    var used: ByteCount { ByteCount(bytes: usedBytes) }

    /// Somebody needs a container of this language.
    mutating func want(_ language: String, now: ContinuousClock.Instant) {
        decay(now)
        demand[language, default: 0] += 1
    }

    /// Those of a language that wait.
    func all(of language: String) -> [Spare] { waiting[language, default: []].map(\.spare) }

    /// Takes the latest of a language out that is preferred, or else the latest; nil when there is none.
    mutating func take(_ language: String, preferring isPreferred: (Spare) -> Bool = { _ in true }) -> Spare? {
        guard let here = waiting[language], !here.isEmpty else { return nil }
        let index = here.lastIndex { isPreferred($0.spare) } ?? here.count - 1
        return waiting[language]?.remove(at: index).spare
    }

    /// Whether one of this language that is ready is to be measured before it is let in: the first, and one now and
    /// then, for the Engine may take a second to tell. Asking counts as doing it.
    mutating func isToBeMeasured(_ language: String, now: ContinuousClock.Instant) -> Bool {
        if let last = looked[language], now < last + Self.measurementLife { return false }
        looked[language] = now
        return true
    }

    /// Lets one in that is ready and was measured to use so much memory; nil counts as what was expected. False when
    /// there is no room for it after all: then it is still the caller's.
    mutating func add(_ spare: Spare, _ language: String, using bytes: ByteCount?) -> Bool {
        let bytes = bytes?.bytes
        if let bytes {
            measured[language] = bytes
            latest = bytes
        }
        guard fits(language) else { return false }
        waiting[language, default: []].append(Waiting(spare: spare, memory: bytes ?? expected(language)))
        return true
    }

    /// Tries this language again in a minute only.
    mutating func rest(_ language: String, now: ContinuousClock.Instant) {
        resting[language] = now + .seconds(60)
    }

    /// Forgets those that are meant.
    mutating func remove(where isMeant: (Spare) -> Bool) {
        for language in waiting.keys { waiting[language]?.removeAll { isMeant($0.spare) } }
    }

    /// Which of these languages is to get one more; nil when all is well.
    mutating func next(of languages: [String], now: ContinuousClock.Instant) -> Step? {
        decay(now)
        let awake = languages.filter { resting[$0].map { $0 <= now } ?? true }
        for language in awake.sorted(by: { share($0, with: 1) > share($1, with: 1) }) {
            if let given = makeRoom(for: language) { return Step(language: language, insteadOf: given) }
        }
        return nil
    }

    /// Takes out what is wanted less than this language, the least wanted first, until a container of it fits: nothing
    /// if it does already. Nil, and nothing is taken out, when it would not fit even so.
    private mutating func makeRoom(for wanted: String) -> [Spare]? {
        if fits(wanted) { return [] }
        // For a first it is enough to have been asked for lately; for more, that has to happen often.
        guard share(wanted, with: 1) >= (count(of: wanted) == 0 ? 0.5 : 1) else { return nil }
        var after = self
        var given: [Spare] = []
        while !after.fits(wanted) {
            let poorest = after.waiting.keys.filter { after.count(of: $0) > 0 }
                .min { after.share($0, with: 0) < after.share($1, with: 0) }
            guard let poorest, after.share(poorest, with: 0) < after.share(wanted, with: 1),
                let spare = after.take(poorest)
            else { return nil }
            given.append(spare)
        }
        self = after
        return given
    }

    /// The demand for each spare of a language when it has so many more than now.
    private func share(_ language: String, with more: Int) -> Double {
        (demand[language, default: 0] + Self.leastDemand) / Double(count(of: language) + more)
    }

    private func fits(_ language: String) -> Bool {
        // Not a sum on the left: one that was measured may be of any size.
        waiting.values.reduce(0) { $0 + $1.count } < total && expected(language) <= memory - usedBytes
    }

    private func expected(_ language: String) -> UInt64 {
        measured[language] ?? min(latest, memory)
    }

    private func count(of language: String) -> Int { waiting[language]?.count ?? 0 }

    private var usedBytes: UInt64 { waiting.values.joined().reduce(0) { $0 + $1.memory } }

    private mutating func decay(_ now: ContinuousClock.Instant) {
        let seconds = decayed.duration(to: now) / .seconds(1)
        guard seconds > 1 else { return }
        decayed = now
        // exp2(-t / halfLife), near enough for what is asked each few seconds, without a mathematics library.
        let factor = 1 / (1 + seconds * 0.693 / Self.halfLife)
        for language in demand.keys { demand[language]? *= factor }
    }
}
