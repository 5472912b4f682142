import Dispatch
import Glibc
import Synchronization
import Testing
import Threads

@Suite("Own threads")
struct OwnThreadTests {
    @Test("one of low priority takes breaks while it computes, one of normal priority none")
    func breaks() {
        /// How often a thread gave up its core of its own accord while it computed for a tenth of a second.
        func breaks(_ priority: OwnThread.Priority) -> Int {
            let count = Mutex(0)
            let isOver = DispatchSemaphore(value: 0)
            OwnThread.start(priority: priority) {
                let before = voluntarySwitches()
                let end = OwnThread.processorTime() + 0.1
                while OwnThread.processorTime() < end {}
                count.withLock { $0 = voluntarySwitches() - before }
                isOver.signal()
            }
            isOver.wait()
            return count.withLock { $0 }
        }
        #expect(breaks(.normal) < 5)
        #expect(breaks(.low) > 20)
    }

    @Test("many of low priority at once end their breaks with themselves")
    func manyAtOnce() {
        let done = DispatchGroup()
        for _ in 0..<200 {
            done.enter()
            OwnThread.start(priority: .low) { done.leave() }
        }
        #expect(done.wait(timeout: .now() + 30) == .success)
    }

    private func voluntarySwitches() -> Int {
        var usage = rusage()
        // RUSAGE_THREAD, which Swift doesn't see.
        let thread: __rusage_who_t = 1
        getrusage(thread, &usage)
        return usage.ru_nvcsw
    }
}
