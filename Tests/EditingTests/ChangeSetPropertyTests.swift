import Editing
import Testing

@Suite("Random change sets")
struct ChangeSetPropertyTests {
    private static let cases = 4000

    /// A document and two edits that both start in it.
    private func concurrent(_ random: inout Seeded) throws -> (text: DocumentText, a: ChangeSet, b: ChangeSet) {
        let text = DocumentText(random.text(20))
        return (text, try random.edit(of: text.utf16Length), try random.edit(of: text.utf16Length))
    }

    @Test("composed, do what they do one after the other")
    func composition() throws {
        var random = Seeded(1)
        for number in 0..<Self.cases {
            let text = DocumentText(random.text(20))
            let a = try random.edit(of: text.utf16Length)
            let b = try random.edit(of: a.newLength)
            let c = try random.edit(of: b.newLength)
            let stepwise = try c.applied(to: b.applied(to: a.applied(to: text)))
            #expect(try a.compose(b).compose(c).applied(to: text) == stepwise, "case \(number)")
            #expect(try a.compose(b.compose(c)).applied(to: text) == stepwise, "case \(number)")
        }
    }

    @Test("mapped over each other, converge")
    func convergence() throws {
        var random = Seeded(2)
        for number in 0..<Self.cases {
            let (text, a, b) = try concurrent(&random)
            let one = try a.compose(b.map(over: a)).applied(to: text)
            let other = try b.compose(a.map(over: b, before: true)).applied(to: text)
            #expect(one == other, "case \(number): \(a) and \(b)")
        }
    }

    @Test("mapped the same way on both sides, would not converge")
    func tiesMatter() throws {
        let text = DocumentText("ab")
        let a = try changes(json: "[1,[0,\"x\"],1]")
        let b = try changes(json: "[1,[0,\"y\"],1]")
        #expect(try a.compose(b.map(over: a)).applied(to: text) != b.compose(a.map(over: b)).applied(to: text))
    }

    @Test("mapped through several, converge")
    func convergenceThroughSeveral() throws {
        var random = Seeded(3)
        for number in 0..<Self.cases {
            let (text, a, c) = try concurrent(&random)
            let b = try random.edit(of: a.newLength)
            let cAfterA = try c.map(over: a)
            let one = try a.compose(b).compose(cAfterA.map(over: b)).applied(to: text)
            let aAfterC = try a.map(over: c, before: true)
            let other = try c.compose(aAfterC).compose(b.map(over: cAfterA, before: true)).applied(to: text)
            #expect(one == other, "case \(number)")
        }
    }

    @Test("of three people with random delays, end in one text for all")
    func threePeople() throws {
        // Each person holds the last version they saw and one unsent edit; the authority takes an edit only at its
        // own version, as POST /documents/…/updates does.
        struct Person {
            var version = 0
            var text: DocumentText
            var mine: ChangeSet?
        }
        for seed in 0..<60 {
            var random = Seeded(UInt64(100 + seed))
            let start = DocumentText(random.text(20))
            var log: [ChangeSet] = []
            var people = (0..<3).map { _ in Person(text: start) }
            func catchUp(_ person: inout Person, to version: Int) throws {
                for theirs in log[person.version..<version] {
                    let mine = person.mine
                    person.mine = try mine?.map(over: theirs)
                    try (mine.map { try theirs.map(over: $0, before: true) } ?? theirs).apply(to: &person.text)
                }
                person.version = version
            }
            for _ in 0..<80 {
                let who = random.upTo(2)
                switch random.upTo(2) {
                case 0:
                    let edit = try random.edit(of: people[who].text.utf16Length, pieces: 2)
                    try edit.apply(to: &people[who].text)
                    people[who].mine = try people[who].mine?.compose(edit) ?? edit
                case 1:
                    let version = people[who].version
                    try catchUp(&people[who], to: version + random.upTo(log.count - version))
                default:
                    guard people[who].version == log.count, let mine = people[who].mine else { continue }
                    log.append(mine)
                    people[who].mine = nil
                    people[who].version += 1
                }
            }
            for who in 0..<3 {
                try catchUp(&people[who], to: log.count)
                if let mine = people[who].mine { log.append(mine) }
                people[who].mine = nil
                people[who].version = log.count
            }
            for who in 0..<3 { try catchUp(&people[who], to: log.count) }
            var truth = start
            for changes in log { try changes.apply(to: &truth) }
            for person in people { #expect(person.text == truth, "seed \(seed)") }
        }
    }

    @Test("inverted, lead back")
    func inversion() throws {
        var random = Seeded(4)
        for number in 0..<Self.cases {
            let text = DocumentText(random.text(20))
            let a = try random.edit(of: text.utf16Length)
            let back = try a.invert(in: text)
            #expect(try back.applied(to: a.applied(to: text)) == text, "case \(number): \(a)")
            #expect(try a.compose(back).applied(to: text) == text, "case \(number): \(a)")
        }
        #expect(throws: ChangeSetError.lengthMismatch(expected: 4, actual: 3)) {
            try changes("2 0:1 2").invert(in: DocumentText("abc"))
        }
    }

    @Test("keep to one form: no empty section, nothing apart that belongs together")
    func canonicalForm() throws {
        var random = Seeded(6)
        for _ in 0..<Self.cases {
            let (_, a, b) = try concurrent(&random)
            for changes in [a, try a.map(over: b), try a.compose(b.map(over: a))] {
                let parts = changes.description.split(separator: " ").map(String.init)
                for (part, next) in zip(parts, parts.dropFirst()) {
                    #expect(part.contains(":") || next.contains(":"))
                    #expect(!(part.hasSuffix(":0") && next.hasSuffix(":0")))
                    #expect(!(part.hasPrefix("0:") && next.hasPrefix("0:")))
                }
                #expect(!parts.contains("0") && !parts.contains("0:0"))
            }
        }
    }
}
