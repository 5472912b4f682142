import RunProtocol
import Testing

@testable import RunnerCore

@Suite("The rules of what waits")
struct SparePoolTests {
    /// A pool whose steps are carried out at once. A spare is a number.
    private final class Bench {
        let languages: [String]
        /// What a container of each language uses, in MiB.
        var sizes: [String: Int]
        var now = ContinuousClock.now
        var pool: SparePool<Int>
        var waiting: [Int: String] = [:]
        var refused: [String] = []
        private var last = 0

        init(total: Int, memory: Int, _ sizes: KeyValuePairs<String, Int>) {
            languages = sizes.map(\.key)
            self.sizes = Dictionary(uniqueKeysWithValues: sizes.map { ($0.key, $0.value) })
            pool = SparePool(total: total, memory: .mebibytes(memory), now: now)
        }

        /// How many wait, as in `c:1 python:3`.
        var counts: String {
            Dictionary(grouping: waiting.values) { $0 }.map { "\($0.key):\($0.value.count)" }.sorted()
                .joined(separator: " ")
        }

        func want(_ language: String, times: Int = 1) {
            for _ in 0..<times { pool.want(language, now: now) }
        }

        func take(_ language: String) -> Bool {
            want(language)
            let taken = pool.take(language)
            if let taken { waiting[taken] = nil }
            return taken != nil
        }

        /// Carries out what is to be done until nothing is. False when there is no end to it.
        func settle() -> Bool {
            for _ in 0..<1000 {
                guard let step = pool.next(of: languages, now: now) else { return true }
                for spare in step.insteadOf { waiting[spare] = nil }
                last += 1
                let size = pool.isToBeMeasured(step.language, now: now) ? sizes[step.language] : nil
                if pool.add(last, step.language, using: size.map { .mebibytes($0) }) {
                    waiting[last] = step.language
                } else {
                    refused.append(step.language)
                    pool.rest(step.language, now: now)
                }
            }
            return false
        }
    }

    @Test("an idle runner has one of each of the first languages")
    func idle() {
        let bench = Bench(total: 3, memory: 1000, ["bash": 4, "c": 4, "go": 4, "python": 4])
        #expect(bench.settle() && bench.counts == "bash:1 c:1 go:1")
    }

    @Test("languages share the places by how often they were wanted")
    func shares() {
        let bench = Bench(total: 6, memory: 1000, ["c": 4, "python": 4])
        bench.want("python", times: 8)
        bench.want("c", times: 4)
        #expect(bench.settle() && bench.counts == "c:2 python:4")
        #expect(bench.take("c") && bench.take("c") && !bench.take("c"))
        #expect(bench.settle() && bench.counts == "c:3 python:3")
    }

    @Test(
        "the memory that waits together is bounded, and so is the number",
        arguments: [(35, "python:3"), (29, "python:2"), (10, "python:1"), (1000, "python:8")]
    )
    func bound(memory: Int, counts: String) {
        let bench = Bench(total: 8, memory: memory, ["python": 10])
        #expect(bench.settle() && bench.counts == counts && bench.refused.isEmpty)
        #expect(bench.pool.used == .mebibytes(10 * bench.waiting.count))
        #expect(bench.take("python"))
        #expect(bench.pool.used == .mebibytes(10 * bench.waiting.count))
    }

    @Test("where one is too large for all that there is, it is tried once and not again")
    func tooLarge() {
        let bench = Bench(total: 8, memory: 9, ["python": 10])
        #expect(bench.settle() && bench.counts == "" && bench.refused == ["python"])
        bench.now += .seconds(300)
        #expect(bench.settle() && bench.refused == ["python"])
        // Another that is small enough is not kept out by it.
        let both = Bench(total: 8, memory: 9, ["python": 10, "bash": 3])
        both.want("python", times: 10)
        #expect(both.settle() && both.counts == "bash:3" && both.refused == ["python"])
    }

    @Test("no memory and no place both mean that nothing is tried", arguments: [(8, 0), (0, 100)])
    func none(total: Int, memory: Int) {
        let bench = Bench(total: total, memory: memory, ["python": 4])
        bench.want("python", times: 10)
        #expect(bench.settle() && bench.counts == "" && bench.refused.isEmpty)
    }

    @Test("what a language uses is learned from its latest that was measured, and guessed from the latest of all")
    func learning() {
        // Ten times what was assumed of the first would not fit.
        let bench = Bench(total: 20, memory: 40, ["python": 4, "c": 4])
        bench.want("python", times: 10)
        bench.want("c", times: 10)
        #expect(10 * SparePool<Int>.assumed.bytes > ByteCount.mebibytes(40).bytes)
        #expect(bench.settle() && bench.counts == "c:5 python:5" && bench.refused.isEmpty)
        // Its image was made anew and its containers are larger now; that is noticed some time later.
        bench.sizes["c"] = 9
        for _ in 0..<5 { #expect(bench.take("c")) }
        #expect(bench.settle() && bench.pool.used == .mebibytes(40))
        bench.now += .seconds(601)
        for _ in 0..<5 { #expect(bench.take("c")) }
        #expect(bench.settle() && bench.refused.isEmpty && bench.counts == "c:4 python:2")
        // What nobody can measure counts as what was expected.
        let blind = Bench(total: 20, memory: 40, ["python": 4])
        blind.sizes = [:]
        #expect(blind.settle() && blind.counts == "python:2")
    }

    @Test("when demand moves, what is wanted less gives way, as much of it as is needed")
    func givesWay() {
        let bench = Bench(total: 20, memory: 40, ["java": 30, "python": 4])
        bench.want("python", times: 5)
        #expect(bench.settle() && bench.counts == "python:10")
        // Not for a language that nobody asked for, and not for one that is wanted less than what had to go.
        bench.want("java")
        #expect(bench.settle() && bench.refused == ["java"] && bench.counts == "python:10")
        bench.now += .seconds(61)
        #expect(bench.settle() && bench.refused == ["java"] && bench.counts == "python:10")
        bench.want("java", times: 5)
        #expect(bench.settle() && bench.counts == "java:1 python:2")
        // And back.
        bench.now += .seconds(3600)
        bench.want("python", times: 5)
        #expect(bench.settle() && bench.counts == "python:10")
    }

    @Test("one that is wanted once gets one at most in the place of others, one that is wanted often gets more")
    func often() {
        let bench = Bench(total: 4, memory: 1000, ["bash": 4, "c": 4, "go": 4, "java": 4, "python": 4])
        #expect(bench.settle() && bench.counts == "bash:1 c:1 go:1 java:1")
        bench.want("python")
        #expect(bench.settle() && bench.waiting.values.filter { $0 == "python" }.count == 1)
        bench.want("python", times: 5)
        #expect(bench.settle() && bench.counts == "python:4")
    }

    @Test("a language that could not be made rests a minute, and others have its place")
    func rests() {
        let bench = Bench(total: 2, memory: 1000, ["c": 4, "python": 4])
        bench.want("python", times: 5)
        bench.pool.rest("python", now: bench.now)
        #expect(bench.settle() && bench.counts == "c:2")
        bench.now += .seconds(61)
        #expect(bench.settle() && bench.counts == "python:2")
    }

    @Test("whatever is wanted and whatever it uses, the bounds hold and there is an end to the steps")
    func ends() {
        var random = Seeded(5)
        for _ in 0..<300 {
            let total = Int.random(in: 0...12, using: &random)
            let memory = Int.random(in: 0...100, using: &random)
            let bench = Bench(total: total, memory: memory, ["a": 1, "b": 5, "c": 5, "d": 20, "e": 60])
            for _ in 0..<30 {
                let language = bench.languages.randomElement(using: &random) ?? "a"
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bench.want(language, times: Int.random(in: 1...20, using: &random))
                case 1: _ = bench.take(language)
                case 2: bench.now += .seconds(Int.random(in: 1...900, using: &random))
                default: bench.sizes[language] = Int.random(in: 0...70, using: &random)
                }
                #expect(bench.settle())
                #expect(bench.pool.used <= .mebibytes(memory) && bench.waiting.count <= total)
                #expect(Set(bench.pool.all) == Set(bench.waiting.keys))
            }
        }
    }
}
