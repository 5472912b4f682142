import CFastCGI
import Dispatch
import FastCGI
import Foundation
import Synchronization
import Testing
import Web

@Suite("Stopping")
struct StoppingTests {
    @Test("a request that is being answered is finished, one that waits in the queue is answered, then all ends")
    func inFlight() throws {
        let gate = Gate()
        try RunningServer.with(
            threads: 1,
            {
                if $0.path == "/slow" { gate.pass() }
                return .text($0.path)
            }
        ) { running throws in
            let slow = try RecordClient(running.path)
            slow.send(RecordClient.head("GET", "/slow", keep: true) + RecordClient.input([]))
            #expect(gate.awaitArrival())
            // Connected, sent, not yet accepted: the only thread is busy.
            let waiting = try RecordClient(running.path)
            waiting.send(RecordClient.head("GET", "/waiting", keep: true) + RecordClient.input([]))

            let stopped = DispatchGroup()
            let wasInTime = Mutex<Bool?>(nil)
            stopped.enter()
            Thread.detachNewThread {
                let result = running.server.stop(within: .seconds(10))
                wasInTime.withLock { $0 = result }
                stopped.leave()
            }
            while (try? RecordClient(running.path)) != nil {}
            #expect(wasInTime.withLock { $0 } == nil, "it waits for the request")
            gate.open()
            #expect(slow.receive().body == "/slow" && slow.isAtEnd)
            #expect(waiting.receive().body == "/waiting" && waiting.isAtEnd)
            stopped.wait()
            #expect(wasInTime.withLock { $0 } == true)
            #expect(running.runReturns())
        }
    }

    @Test("idle connections, kept alive or silent from the start, don't hold it up")
    func idle() throws {
        try RunningServer.with({ .text($0.path) }) { running throws in
            let kept = try (0..<10).map { _ in try RecordClient(running.path) }
            for client in kept {
                client.send(RecordClient.head("GET", "/x", keep: true) + RecordClient.input([]))
                #expect(client.receive().body == "/x")
            }
            let silent = try (0..<10).map { _ in try RecordClient(running.path) }
            let start = ContinuousClock.now
            // Hanging up is what nginx does when it sees the end; libfcgi waits for it two seconds at most.
            let watchers = (kept + silent).map { client in Watcher(client) }
            #expect(running.server.stop(within: .seconds(10)))
            #expect(start.duration(to: .now) < .seconds(5))
            #expect(running.runReturns())
            for watcher in watchers { #expect(watcher.sawEnd) }
        }
    }

    @Test("a request that never ends makes it give up at its deadline, and run returns")
    func deadline() throws {
        let gate = Gate()
        try RunningServer.with({ _ in
            gate.pass()
            return .noContent
        }) { running throws in
            let client = try RecordClient(running.path)
            client.send(RecordClient.head() + RecordClient.input([]))
            #expect(gate.awaitArrival())
            #expect(!running.server.stop(within: .milliseconds(50)))
            #expect(running.runReturns())
            gate.open()
            #expect(client.receive().isEnded)
        }
    }

    @Test("under load no answer is cut off: each request is answered whole or not accepted")
    func underLoad() throws {
        for _ in 0..<5 {
            try RunningServer.with(threads: 4, { _ in .text(String(repeating: "x", count: 20_000)) }) {
                running throws in
                let counts = Mutex((whole: 0, refused: 0, cut: 0))
                let group = DispatchGroup()
                for _ in 0..<6 {
                    group.enter()
                    Thread.detachNewThread {
                        defer { group.leave() }
                        while true {
                            guard let client = try? RecordClient(running.path) else { break }
                            guard client.send(RecordClient.head() + RecordClient.input([])) else { continue }
                            let answer = client.receive()
                            counts.withLock {
                                if answer.body.utf8.count == 20_000, answer.isEnded {
                                    $0.whole += 1
                                } else if answer.output.isEmpty {
                                    $0.refused += 1
                                } else {
                                    $0.cut += 1
                                }
                            }
                        }
                    }
                }
                while counts.withLock({ $0.whole }) < 50 {}
                #expect(running.server.stop(within: .seconds(10)))
                group.wait()
                let end = counts.withLock { $0 }
                #expect(end.cut == 0)
                // At most the one that each client was about to send.
                #expect(end.refused <= 6)
            }
        }
    }

    @Test("stopping twice, and before anybody came, is fine")
    func twice() throws {
        try RunningServer.with({ _ in .noContent }) { running throws in
            #expect(running.server.stop() && running.server.stop())
            #expect(running.runReturns())
            #expect(throws: RecordClient.Refused.self) { try RecordClient(running.path) }
        }
    }
}

/// Reads a connection to its end on a thread of its own, and hangs up then.
private final class Watcher: Sendable {
    private let group = DispatchGroup()

    init(_ client: RecordClient) {
        let descriptor = dup(client.descriptor)
        shutdown(client.descriptor, Int32(SHUT_WR))
        group.enter()
        Thread.detachNewThread { [group] in
            var byte: UInt8 = 0
            while read(descriptor, &byte, 1) > 0 {}
            close(descriptor)
            group.leave()
        }
    }

    var sawEnd: Bool { group.wait(timeout: .now() + 5) == .success }
}

@Suite("Signals")
struct SignalTests {
    @Test("libfcgi's handlers are gone after start: SIGTERM has its default action, SIGPIPE is ignored")
    func handlers() throws {
        try RunningServer.with({ _ in .noContent }) { _ throws in
            #expect(cfastcgi_has_default_action(SIGTERM) == 1)
            #expect(cfastcgi_has_default_action(SIGUSR1) == 1)
            #expect(cfastcgi_is_ignored(SIGPIPE) == 1)
        }
    }

    @Test("a signal to a prepared thread is waited for, not died of", arguments: [SIGTERM, SIGINT])
    func wait(_ number: Int32) {
        let result = Mutex<SignalWaiter.Signal?>(nil)
        let done = DispatchGroup()
        done.enter()
        Thread.detachNewThread {
            SignalWaiter.prepare()
            // To this thread alone: the others of the test process aren't prepared.
            pthread_kill(pthread_self(), number)
            let signal = SignalWaiter.wait()
            result.withLock { $0 = signal }
            done.leave()
        }
        done.wait()
        #expect(result.withLock { $0 } == (number == SIGTERM ? .terminate : .interrupt))
    }
}
