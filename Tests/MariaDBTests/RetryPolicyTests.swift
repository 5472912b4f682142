import Testing

@testable import MariaDB

@Suite("The retry policy")
struct RetryPolicyTests {
    private func pauses(after error: DatabaseError) -> [Duration] {
        var policy = RetryPolicy()
        var pauses: [Duration] = []
        while let pause = policy.pauseBeforeWriting(after: error, draw: \.upperBound) { pauses.append(pause) }
        return pauses
    }

    @Test("a deadlock is tried ten more times, with pauses that double up to 128 ms")
    func deadlocks() {
        #expect(pauses(after: .deadlock) == [2, 4, 8, 16, 32, 64, 128, 128, 128, 128].map { .milliseconds($0) })
    }

    @Test("a lock wait and a lost connection are tried twice more, a lost one at once")
    func few() {
        #expect(pauses(after: .lockWaitTimeout).count == 2)
        #expect(pauses(after: .connectionLost) == [.zero, .zero])
    }

    @Test(
        "nothing else is tried again",
        arguments: [
            DatabaseError.outcomeUnknown, .duplicateKey(key: "k"), .poolExhausted, .statementTimeout, .readOnly,
            .cannotConnect(code: 2002, reason: ""), .misuse(""), .tooLarge(limit: 1), .other(code: 1, message: ""),
        ]
    )
    func others(_ error: DatabaseError) {
        #expect(pauses(after: error) == [])
        var policy = RetryPolicy()
        let again = policy.readsAgain(after: error, handedOutRows: false)
        #expect(!again)
    }

    @Test("a read is repeated once, and only when nothing was handed out")
    func reads() {
        var policy = RetryPolicy()
        let answers = [true, false, false].map { policy.readsAgain(after: .connectionLost, handedOutRows: $0) }
        #expect(answers == [false, true, false])
    }
}
