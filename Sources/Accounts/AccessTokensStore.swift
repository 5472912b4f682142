import FoundationEssentials
import MariaDB

/// The questions that are asked about access tokens.
enum AccessTokensStore {
    static func insert(
        hash: [UInt8],
        name: String,
        of account: Account.ID,
        at now: Date,
        in db: Connection
    ) throws {
        try db.execute(
            """
            INSERT INTO access_tokens (token_hash, user, name, created_at)
            VALUES (\(hash), \(account), \(name), \(now))
            """
        )
    }

    /// How many a person has. Holds them until the end of the transaction, so that nobody adds one in between.
    static func count(of account: Account.ID, in db: Connection) throws -> Int {
        _ = try db.first("SELECT id FROM users WHERE id = \(account) FOR UPDATE") { try $0[0] as Int }
        return try db.first("SELECT COUNT(*) FROM access_tokens WHERE user = \(account)") { try $0[0] as Int } ?? 0
    }

    /// A person's tokens, the newest first.
    static func tokens(of account: Account.ID, in db: Connection) throws -> [AccessToken] {
        try db.all(
            """
            SELECT id, name, created_at, last_used_at FROM access_tokens WHERE user = \(account) ORDER BY id DESC
            """
        ) { row in
            AccessToken(id: try row[0], name: try row[1], created: try row[2], lastUsed: try row[3])
        }
    }

    /// Whose token it is; nil when there is none.
    static func owner(hash: [UInt8], in db: Connection) throws -> (account: Account, token: AccessToken)? {
        try db.first(
            """
            SELECT u.id, u.username, u.email, u.is_administrator, u.preferences,
                t.id, t.name, t.created_at, t.last_used_at
            FROM access_tokens t JOIN users u ON u.id = t.user WHERE t.token_hash = \(hash)
            """
        ) { row in
            let token = AccessToken(id: try row[5], name: try row[6], created: try row[7], lastUsed: try row[8])
            return (try Account(row, from: 0), token)
        }
    }

    static func touch(_ token: AccessToken.ID, at now: Date, in db: Connection) throws {
        try db.execute("UPDATE access_tokens SET last_used_at = \(now) WHERE id = \(token)")
    }

    /// Removes one of this person's; false when it is not theirs or gone already.
    static func remove(_ token: AccessToken.ID, of account: Account.ID, in db: Connection) throws -> Bool {
        try db.execute("DELETE FROM access_tokens WHERE id = \(token) AND user = \(account)").affectedRows == 1
    }
}
