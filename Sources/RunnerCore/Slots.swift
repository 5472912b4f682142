import RunProtocol

/// How many runs may be at once and how many may wait: never a queue without bound, never a wait without end.
final class Slots: Sendable {
    private struct State {
        var running = 0
        var waiting: [UInt64] = []
        var ticket: UInt64 = 0
    }

    let total: Int
    private let queue: Int
    private let state = Monitor(State())

    init(total: Int, queue: Int) {
        self.total = total
        self.queue = queue
    }

    var counts: (running: Int, waiting: Int) {
        state.withLock { ($0.running, $0.waiting.count) }
    }

    /// Takes a slot, first come, first served. Throws `busy` when the queue is full or no slot came free in time.
    ///
    /// `isWanted` is asked now and then; false gives nil.
    func take(until deadline: ContinuousClock.Instant, isWanted: () -> Bool) throws(RunnerFault) -> Bool {
        let ticket = try state.withLock { state throws(RunnerFault) in
            guard state.running + state.waiting.count < total + queue else { throw .busy }
            state.ticket += 1
            state.waiting.append(state.ticket)
            return state.ticket
        }
        let got = state.wait(until: deadline) { state -> Bool? in
            guard isWanted() else { return false }
            guard state.running < total, state.waiting.first == ticket else { return nil }
            state.running += 1
            return true
        }
        state.withLock { state in state.waiting.removeAll { $0 == ticket } }
        guard let got else { throw .busy }
        return got
    }

    /// Takes a slot for what runs already, whether one is free or not.
    func takeAnyway() {
        state.withLock { $0.running += 1 }
    }

    /// Gives a slot back.
    func giveBack() {
        state.withLock { $0.running -= 1 }
    }

    /// Makes those who wait ask whether they are still wanted.
    func look() {
        state.withLock { _ in }
    }
}
