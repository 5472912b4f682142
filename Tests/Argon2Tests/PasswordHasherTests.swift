import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Argon2

@Suite("Password hashes")
struct PasswordHasherTests {
    /// As little work as the library takes, for tests that make many.
    private let quick = PasswordHasher(parameters: Argon2Parameters(memory: 8, passes: 1, lanes: 1))

    @Test("a password matches its hash and nothing else does")
    func roundTrip() throws {
        let hasher = PasswordHasher()
        let hash = try hasher.hash("correct horse 🐎")
        #expect(try hasher.verify("correct horse 🐎", against: hash))
        #expect(try !hasher.verify("correct horse", against: hash))
        #expect(try !hasher.verify("", against: hash))
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(hash.utf8.count == 97)
    }

    @Test("the same password never has the same hash twice")
    func salts() throws {
        let hashes = try (0..<50).map { _ in try quick.hash("secret") }
        #expect(Set(hashes).count == 50)
    }

    @Test("a hash made by the argon2 program is understood")
    func foreignHash() throws {
        // printf password | argon2 somesaltsomesalt -id -t 2 -k 19456 -p 1 -l 32 -e
        let hash = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$K13EBUiG7JV+9ZxztmHFTdb7J0WQsnj2V8bZaqyPptE"
        #expect(try quick.verify("password", against: hash))
        #expect(try !quick.verify("passwort", against: hash))
    }

    @Test("a password keeps every byte: NUL, spaces, and two ways to write é differ")
    func bytes() throws {
        let hash = try quick.hash("a\0b ")
        #expect(try quick.verify("a\0b ", against: hash))
        for other in ["a\0b", "a", "a\0c "] { #expect(try !quick.verify(other, against: hash)) }
        #expect(try !quick.verify("e\u{301}", against: quick.hash("\u{e9}")))
        #expect(try quick.verify("", against: quick.hash("")))
    }

    @Test("an overlong password is refused when it is set, and simply wrong when it is tried")
    func length() throws {
        let longest = String(repeating: "x", count: PasswordHasher.maximumLength)
        #expect(throws: PasswordError.tooLong) { try quick.hash(longest + "x") }
        let hash = try quick.hash(longest)
        #expect(try quick.verify(longest, against: hash))
        #expect(try !quick.verify(longest + "x", against: hash))
        try quick.verifyNothing(longest + "x")
    }

    @Test(
        "what is no Argon2id hash is an error, not a wrong password",
        arguments: [
            "", "secret", "$2y$10$abcdefghijklmnopqrstuv", "$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAA",
            "$argon2id$v=16$m=8,t=1,p=1$c29tZXNhbHQ$AAAA", "$argon2id$v=19$m=8,t=1$c29tZXNhbHQ$AAAA",
            "$argon2id$v=19$m=-8,t=1,p=1$c29tZXNhbHQ$AAAA", "$argon2id$v=19$m=99999999999,t=1,p=1$c29tZXNhbHQ$AAAA",
            "$argon2id$v=19$m=4000000,t=1,p=1$c29tZXNhbHQ$AAAA", "$argon2id$v=19$m=8,t=1,p=1$!!$AAAA",
            "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAA\0", "$argon2id$v=19$m=8,t=1,p=1$$",
        ]
    )
    func malformed(_ hash: String) {
        let error = #expect(throws: PasswordError.self) { try quick.verify("secret", against: hash) }
        #expect(error != .busy)
    }

    @Test("hashes of less work are to be made anew, others aren't")
    func needsRehash() throws {
        let hash = try PasswordHasher(parameters: Argon2Parameters(memory: 64, passes: 2, lanes: 1)).hash("secret")
        func needs(_ memory: Int, _ passes: Int, _ lanes: Int) -> Bool {
            PasswordHasher(parameters: Argon2Parameters(memory: memory, passes: passes, lanes: lanes)).needsRehash(hash)
        }
        #expect(!needs(64, 2, 1))
        #expect(!needs(32, 1, 1))
        #expect(needs(65, 2, 1))
        #expect(needs(64, 3, 1))
        #expect(quick.needsRehash("$2y$10$abcdefghijklmnopqrstuv"))
        #expect(try quick.verify("secret", against: hash), "the stored parameters are used, not ours")
    }

    @Test("an unknown account costs what a wrong password costs")
    func equalWork() throws {
        let last = Mutex(0.0)
        let gate = HashingGate(concurrency: 1, waiting: 0) { seconds in last.withLock { $0 = seconds } }
        let hasher = PasswordHasher(parameters: .standard, gate: gate)
        let hash = try hasher.hash("secret")
        // In processor time and in turn, the least of many, so that other work on the machine counts little.
        var wrong = Double.infinity
        var unknown = Double.infinity
        for _ in 0..<12 {
            _ = try hasher.verify("wrong", against: hash)
            wrong = min(wrong, last.withLock { $0 })
            try hasher.verifyNothing("wrong")
            unknown = min(unknown, last.withLock { $0 })
        }
        #expect((0.8...1.25).contains(unknown / wrong), "\(unknown) for \(wrong)")
        #expect(wrong > 0.005, "less than any real work")
    }
}

@Suite("The hashing gate")
struct HashingGateTests {
    @Test("no more than the stated number are inside; those beyond the queue are refused at once, the rest get in")
    func bounds() {
        let gate = HashingGate(concurrency: 2, waiting: 3)
        let state = Mutex((inside: 0, most: 0, done: 0, refused: 0))
        let entrances = DispatchSemaphore(value: 0)
        let open = DispatchSemaphore(value: 0)
        let refusals = DispatchSemaphore(value: 0)
        let group = DispatchGroup()
        for _ in 0..<8 {
            group.enter()
            Thread.detachNewThread {
                defer { group.leave() }
                do throws(PasswordError) {
                    try gate.enter {
                        state.withLock {
                            $0.inside += 1
                            $0.most = max($0.most, $0.inside)
                        }
                        entrances.signal()
                        open.wait()
                        state.withLock {
                            $0.inside -= 1
                            $0.done += 1
                        }
                    }
                } catch {
                    #expect(error == .busy)
                    state.withLock { $0.refused += 1 }
                    refusals.signal()
                }
            }
        }
        // Three of eight find two inside and three waiting, whatever the order they come in.
        for _ in 0..<3 { refusals.wait() }
        for _ in 0..<2 { entrances.wait() }
        for _ in 0..<5 { open.signal() }
        group.wait()
        let end = state.withLock { $0 }
        #expect(end.most == 2 && end.done == 5 && end.refused == 3)
        #expect(throws: Never.self) { try gate.enter {} }
    }

    @Test("a place is given out while its holder is inside, and not before it leaves")
    func nested() throws {
        let gate = HashingGate(concurrency: 1, waiting: 0)
        _ = try gate.enter {
            #expect(throws: PasswordError.busy) { try gate.enter {} }
        }
    }
}
