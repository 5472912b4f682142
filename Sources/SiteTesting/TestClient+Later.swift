import Dispatch
import Synchronization
import Threads

/// An answer that is waited for elsewhere.
public final class LaterAnswer: Sendable {
    private let result = Mutex<Result<TestAnswer, any Error>?>(nil)
    private let done = DispatchSemaphore(value: 0)

    fileprivate func take(_ result: Result<TestAnswer, any Error>) {
        self.result.withLock { $0 = result }
        done.signal()
    }

    /// The answer, once. Throws what asking threw, or `TooLate` when nothing comes.
    public func wait() throws -> TestAnswer {
        guard done.wait(timeout: .now() + 30) == .success, let result = result.withLock({ $0 }) else { throw TooLate() }
        return try result.get()
    }

    /// There was no answer in half a minute.
    public struct TooLate: Error {}
}

extension TestClient {
    /// Asks on a thread of its own, for what takes as long as the test wants.
    public func answerLater(_ ask: @escaping @Sendable (TestClient) throws -> TestAnswer) -> LaterAnswer {
        let answer = LaterAnswer()
        OwnThread.start { [self] in answer.take(Result { try ask(self) }) }
        return answer
    }
}
