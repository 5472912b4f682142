import DatabaseTesting
import Dispatch
import Foundation
import MariaDB
import Synchronization

/// Runs a closure on as many threads of their own and waits for all; the first error is thrown.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
    let group = DispatchGroup()
    let failures = Failures()
    for index in 0..<count {
        group.enter()
        Thread.detachNewThread {
            defer { group.leave() }
            do { try body(index) } catch { failures.add(error) }
        }
    }
    group.wait()
    if let first = failures.first { throw first }
}

private final class Failures: Sendable {
    private let errors = Mutex<[any Error]>([])

    func add(_ error: any Error) { errors.withLock { $0.append(error) } }

    var first: (any Error)? { errors.withLock { $0.first } }
}

/// Two threads that wait for each other at a point, once.
final class Meeting: Sendable {
    private let arrived = Mutex(0)
    private let everybody = DispatchSemaphore(value: 0)
    private let size: Int

    init(of size: Int) { self.size = size }

    /// Returns when all have come, or at once when they have come before. False when somebody didn't in ten seconds.
    @discardableResult
    func wait() -> Bool {
        let count = arrived.withLock { count in
            count += 1
            return count
        }
        if count > size { return true }
        if count == size { for _ in 1..<size { everybody.signal() } }
        return count == size || everybody.wait(timeout: .now() + 10) == .success
    }
}

/// A table that most tests can do with.
let people = Migration(
    id: "people",
    sql: [
        """
        CREATE TABLE people (
            id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
            name VARCHAR(20) NOT NULL,
            age TINYINT UNSIGNED NULL,
            UNIQUE KEY people_name (name),
            CONSTRAINT not_old CHECK (age < 150)
        ) ENGINE = InnoDB
        """
    ]
)

/// The configuration of a test's database, to be changed and used for another pool.
func changed(_ database: Database, _ change: (inout DatabaseConfiguration) -> Void) -> Database {
    var configuration = database.configuration
    change(&configuration)
    return Database(configuration: configuration)
}

extension Connection {
    /// The first column of the first row.
    func one<Value: SQLValue>(_ sql: SQL, as type: Value.Type = Value.self) throws -> Value? {
        try first(sql) { try $0[0] as Value }
    }

    /// The first column of every row.
    func column<Value: SQLValue>(_ sql: SQL, as type: Value.Type = Value.self) throws -> [Value] {
        try all(sql) { try $0[0] as Value }
    }
}
