import FoundationEssentials
import MariaDB
import SiteKit

/// The questions that are asked about sessions. Tokens are known by their hash only.
enum SessionsStore {
    static func insert(
        tokenHash: [UInt8],
        account: Account.ID,
        userAgent: String,
        address: String,
        at now: Date,
        in db: Connection
    ) throws {
        try db.execute(
            """
            INSERT INTO sessions (token_hash, user, user_agent, address, created_at, last_seen_at)
            VALUES (\(tokenHash), \(account), \(userAgent), \(address), \(now), \(now))
            """
        )
    }

    /// Whose token this is and when it was last seen; nil when it is unknown or its time is over.
    static func reader(
        tokenHash: [UInt8],
        seenAfter: Date,
        createdAfter: Date,
        in db: Connection
    ) throws -> (reader: Reader, lastSeen: Date)? {
        try db.first(
            """
            SELECT s.id, s.last_seen_at, u.id, u.username, u.email, u.is_administrator, u.preferences
            FROM sessions s JOIN users u ON u.id = s.user
            WHERE s.token_hash = \(tokenHash) AND s.last_seen_at > \(seenAfter) AND s.created_at > \(createdAfter)
            """
        ) { row in
            (Reader(account: try Account(row, from: 2), session: try row[0]), try row[1] as Date)
        }
    }

    static func touch(_ session: Session.ID, at now: Date, address: String, in db: Connection) throws {
        try db.execute(
            "UPDATE sessions SET last_seen_at = \(now), address = \(address) WHERE id = \(session)"
        )
    }

    /// A person's open sessions, the most recent first; at most 200.
    static func sessions(
        of account: Account.ID,
        seenAfter: Date,
        createdAfter: Date,
        in db: Connection
    ) throws -> [Session] {
        try db.all(
            """
            SELECT id, user_agent, address, created_at, last_seen_at FROM sessions
            WHERE user = \(account) AND last_seen_at > \(seenAfter) AND created_at > \(createdAfter)
            ORDER BY last_seen_at DESC LIMIT 200
            """
        ) { row in
            Session(
                id: try row[0],
                userAgent: try row[1],
                address: try row[2],
                created: try row[3],
                lastSeen: try row[4]
            )
        }
    }

    /// The numbers of a person's sessions.
    static func numbers(of account: Account.ID, in db: Connection) throws -> [Session.ID] {
        try db.all("SELECT id FROM sessions WHERE user = \(account)") { try $0[0] }
    }

    /// Ends one session of this person; false when it is not theirs or gone already.
    static func end(_ session: Session.ID, of account: Account.ID, in db: Connection) throws -> Bool {
        try db.execute("DELETE FROM sessions WHERE id = \(session) AND user = \(account)")
            .affectedRows == 1
    }

    /// Ends the session of a token, whosever it is: signing in again in the same browser replaces it.
    static func end(tokenHash: [UInt8], in db: Connection) throws {
        try db.execute("DELETE FROM sessions WHERE token_hash = \(tokenHash)")
    }

    /// Ends all sessions of this person but one and gives back which they were.
    static func endOthers(than session: Session.ID, of account: Account.ID, in db: Connection) throws -> [Session.ID] {
        let others = try db.all(
            "SELECT id FROM sessions WHERE user = \(account) AND id <> \(session) FOR UPDATE"
        ) { try $0[0] as Session.ID }
        try db.execute("DELETE FROM sessions WHERE user = \(account) AND id <> \(session)")
        return others
    }

    /// Forgets sessions whose time is over.
    static func removeExpired(seenBefore: Date, createdBefore: Date, in db: Connection) throws {
        try db.execute("DELETE FROM sessions WHERE last_seen_at < \(seenBefore) LIMIT 1000")
        try db.execute("DELETE FROM sessions WHERE created_at < \(createdBefore) LIMIT 1000")
    }
}
