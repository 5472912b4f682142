import Crypto
import FoundationEssentials
import MariaDB
import Web

/// Slows down guessing. An attempt counts before the password is looked at, so that a hundred at once count as a
/// hundred; a right password takes its own count back.
struct AttemptLimiter: Sendable {
    /// What a count belongs to. Only its hash is stored.
    enum Subject {
        /// An account, by what was typed to name it; one that does not exist is limited alike.
        case login(String)
        /// A client's address, for failed sign-ins. Many people may share one behind an institution's gateway.
        case address(String)
        /// A client's address, for new accounts.
        case registrations(String)

        /// Attempts within a window.
        fileprivate var limit: Int {
            switch self {
            case .login: 10
            case .address: 200
            case .registrations: 300
            }
        }

        fileprivate var hash: [UInt8] {
            switch self {
            case .login(let login): Array(SHA256.hash(data: Array("login \(login.lowercased())".utf8)))
            case .address(let address): Array(SHA256.hash(data: Array("address \(address)".utf8)))
            case .registrations(let address): Array(SHA256.hash(data: Array("registrations \(address)".utf8)))
            }
        }
    }

    /// Seconds after which counting begins anew.
    static let window: TimeInterval = 15 * 60

    /// Counts an attempt. Throws a `Problem` (429) when there were too many.
    static func count(_ subject: Subject, at now: Date, in db: Connection) throws {
        let hash = subject.hash
        let oldest = now.addingTimeInterval(-window)
        try db.execute(
            """
            INSERT INTO attempts (subject, failures, window_started_at) VALUES (\(hash), 1, \(now))
            ON DUPLICATE KEY UPDATE
                failures = IF(window_started_at < \(oldest), 1, failures + 1),
                window_started_at = IF(window_started_at < \(oldest), \(now), window_started_at)
            """
        )
        let state = try db.first("SELECT failures, window_started_at FROM attempts WHERE subject = \(hash)") { row in
            (failures: try row[0] as Int, started: try row[1] as Date)
        }
        guard let state, state.failures > subject.limit else { return }
        let wait = max(1, Int(state.started.addingTimeInterval(window).timeIntervalSince(now)))
        throw TooManyAttempts(seconds: wait)
    }

    /// Takes one count back, or all of them for an account whose owner has shown up.
    static func forgive(_ subject: Subject, in db: Connection) throws {
        switch subject {
        case .login: try db.execute("DELETE FROM attempts WHERE subject = \(subject.hash)")
        case .address, .registrations:
            try db.execute("UPDATE attempts SET failures = GREATEST(failures - 1, 0) WHERE subject = \(subject.hash)")
        }
    }

    /// Forgets counts whose window is over.
    static func removeExpired(at now: Date, in db: Connection) throws {
        try db.execute("DELETE FROM attempts WHERE window_started_at < \(now.addingTimeInterval(-window)) LIMIT 1000")
    }
}

/// Somebody tried too often. Thrown outside of the transaction that counted, so that the count stays.
struct TooManyAttempts: Error {
    let seconds: Int

    var problem: Problem {
        let minutes = (seconds + 59) / 60
        return Problem(
            .tooManyRequests,
            "Too many attempts. Try again in \(minutes) minute\(minutes == 1 ? "" : "s").",
            headers: ["Retry-After": String(seconds)]
        )
    }
}
