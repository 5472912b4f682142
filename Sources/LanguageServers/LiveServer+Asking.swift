import Accounts
import Editing
import RunProtocol
import SiteKit
import Synchronization
import Web

/// Asking a server.
extension LiveServer {
    /// Waits until it has greeted back; false when it has not by then, or is over.
    func waitUntilReady(until deadline: ContinuousClock.Instant) -> Bool {
        let readiness = state.withLock { $0.readiness }
        return readiness.wait(until: deadline) ?? false
    }

    /// Notes that somebody uses it.
    func use(by reader: Reader) {
        state.withLock { state in
            state.used = .now
            state.reader = reader
        }
    }

    /// A question that was sent.
    struct Sent {
        let id: Int
        let promise: Promise<Answer>
    }

    /// Sends a question. Within the `turn` in which the server was brought up to date for it.
    func ask(_ method: String, _ parameters: JSONValue) throws -> Sent {
        let promise = Promise<Answer>()
        let (id, bytes) = state.withLock { state in
            let (id, bytes) = state.conversation.ask(method, parameters)
            state.waiting[id] = promise
            return (id, bytes)
        }
        do {
            try send(bytes)
        } catch {
            state.withLock { _ = $0.waiting.removeValue(forKey: id) }
            throw error
        }
        return Sent(id: id, promise: promise)
    }

    /// Sends a question in place of the one of its kind that this person asked before.
    func askAnew(_ method: String, _ parameters: JSONValue, for person: Account.ID) throws -> Sent {
        let sent = try ask(method, parameters)
        let before = state.withLock { state in
            defer { state.completions[person] = Completion(id: sent.id, promise: sent.promise) }
            return state.completions[person]
        }
        if let before {
            before.promise.fulfil(.superseded)
            giveUp(before.id)
        }
        return sent
    }

    /// Waits for an answer; nil when it has not come by then.
    func wait(for sent: Sent, until deadline: ContinuousClock.Instant) -> Answer? {
        let answer = sent.promise.wait(until: deadline)
        if answer == nil { giveUp(sent.id) }
        return answer
    }

    private func giveUp(_ id: Int) {
        let bytes = state.withLock { state in
            state.waiting[id] = nil
            return state.conversation.giveUp(id)
        }
        // One that has ended needs no word of it.
        try? send(bytes)
    }
}
