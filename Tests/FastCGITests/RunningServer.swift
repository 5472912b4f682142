import Dispatch
import FastCGI
import Foundation
import Synchronization
import Web

/// A server on a socket of its own, for the length of a test.
final class RunningServer: Sendable {
    let path: String
    let server: FastCGIServer
    private let hasEnded = DispatchGroup()

    static func with(
        threads: Int = 4,
        maximumBodyBytes: Int = 1 << 20,
        basePath: String = "",
        _ handler: @escaping @Sendable (Request) -> Response,
        _ body: (RunningServer) throws -> Void
    ) throws {
        let running = try RunningServer(threads, maximumBodyBytes, basePath, handler)
        defer { running.server.stop(within: .seconds(10)) }
        try body(running)
    }

    static func temporaryPath() -> String {
        NSTemporaryDirectory() + "/fcgi-\(UInt32.random(in: .min ... .max))"
    }

    private init(
        _ threads: Int,
        _ maximumBodyBytes: Int,
        _ basePath: String,
        _ handler: @escaping @Sendable (Request) -> Response
    ) throws {
        path = Self.temporaryPath()
        server = try FastCGIServer(
            socketPath: path,
            threads: threads,
            maximumBodyBytes: maximumBodyBytes,
            basePath: basePath
        )
        hasEnded.enter()
        Thread.detachNewThread { [server, hasEnded] in
            try? server.run(handler: handler)
            hasEnded.leave()
        }
    }

    /// Whether `run` has returned, or does soon.
    func runReturns(within seconds: Double = 5) -> Bool { hasEnded.wait(timeout: .now() + seconds) == .success }
}

/// A place where a handler waits until the test lets it on.
final class Gate: Sendable {
    private let arrivals = DispatchSemaphore(value: 0)
    private let departures = DispatchSemaphore(value: 0)

    /// For the handler.
    func pass() {
        arrivals.signal()
        _ = departures.wait(timeout: .now() + 20)
    }

    /// For the test: waits for a handler to arrive.
    func awaitArrival() -> Bool { arrivals.wait(timeout: .now() + 20) == .success }

    func open(for count: Int = 1) {
        for _ in 0..<count { departures.signal() }
    }
}
