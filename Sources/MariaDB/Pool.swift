import Dispatch
import Synchronization

// Theory of operation
//
// A semaphore holds one permit for each connection that may be open and in use; whoever has a permit takes a parked
// connection or opens a new one. So the list of parked connections needs no condition, and its lock is held only to
// push and pop: connecting, closing and looking whether a connection lives happen outside it.
//
// Invariants:
//  1. Every `take` that returns is followed by exactly one `giveBack`, which returns the permit.
//  2. A parked connection has no open transaction, no failure, and is lent to nobody.
//  3. The list is a stack: the warmest connection (its statements prepared, its pages cached) goes out first, and
//     those at the bottom grow old and are closed.
//  4. A connection is looked at before it is lent; one whose server hung up is closed and the next one tried. When one
//     dies in use all parked ones are dropped, since they led to the same server.

/// The open connections of one `Database`.
final class Pool: Sendable {
    /// A connection while it lies in the pool.
    ///
    /// Unchecked because `Connection` is not Sendable: the one in here is referenced by nobody else (invariant 2), and
    /// the mutex around the list hands it from one thread to the next.
    private struct Parked: @unchecked Sendable {
        let connection: Connection
        let since: ContinuousClock.Instant
    }

    private let configuration: DatabaseConfiguration
    private let permits: DispatchSemaphore
    private let parked = Mutex<[Parked]>([])

    init(_ configuration: DatabaseConfiguration) {
        self.configuration = configuration
        permits = DispatchSemaphore(value: 0)
        // Not `value: poolSize`: libdispatch aborts when a semaphore is freed below the value it was made with.
        for _ in 0..<max(1, configuration.poolSize) { permits.signal() }
    }

    /// Connections that are open and unused.
    var parkedCount: Int { parked.withLock { $0.count } }

    /// Waits for a permit and gives a connection, ready to use. `fresh`: one that was opened just now.
    func take(fresh: Bool) throws(DatabaseError) -> Connection {
        guard permits.wait(timeout: .now() + configuration.waitTimeout.dispatchInterval) == .success else {
            throw .poolExhausted
        }
        if fresh { closeParked() }
        while let candidate = parked.withLock({ $0.popLast() }) {
            if candidate.connection.isHealthy, candidate.since.duration(to: .now) < configuration.maximumIdleAge {
                candidate.connection.lend()
                return candidate.connection
            }
        }
        do throws(DatabaseError) {
            let connection = try Connection(configuration, for: .requests)
            connection.lend()
            return connection
        } catch {
            permits.signal()
            throw error
        }
    }

    /// Takes a connection back, to be parked or closed.
    func giveBack(_ connection: Connection) {
        connection.takeBack()
        if connection.isReusable {
            park(connection)
        } else if connection.failure?.endsConnection == true {
            closeParked()
        }
        permits.signal()
    }

    /// Closes every unused connection.
    func closeParked() {
        // They close when `dropped` goes, outside the lock: closing talks to the server.
        let dropped = parked.withLock { list in
            let all = list
            list = []
            return all
        }
        withExtendedLifetime(dropped) {}
    }

    private func park(_ connection: Connection) {
        let entry = Parked(connection: connection, since: .now)
        let oldest = entry.since - configuration.maximumIdleAge
        let expired = parked.withLock { list in
            let fresh = list.firstIndex { $0.since > oldest } ?? list.endIndex
            let expired = Array(list[..<fresh])
            list.removeSubrange(..<fresh)
            list.append(entry)
            return expired
        }
        withExtendedLifetime(expired) {}
    }
}

extension Duration {
    fileprivate var dispatchInterval: DispatchTimeInterval {
        .milliseconds(Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000))
    }
}
