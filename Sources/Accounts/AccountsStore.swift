import FoundationEssentials
import MariaDB
import SiteKit

/// The questions that are asked about accounts. One function, one question.
enum AccountsStore {
    /// Adds an account. Throws `DatabaseError` (duplicate key `users_username` or `users_email`).
    static func insert(
        _ registration: Registration,
        passwordHash: String,
        isAdministrator: Bool,
        at now: Date,
        in db: Connection
    ) throws -> Account {
        let result = try db.execute(
            """
            INSERT INTO users (username, email, password_hash, is_administrator, created_at)
            VALUES (\(registration.username), \(registration.email), \(passwordHash), \(isAdministrator), \(now))
            """
        )
        return Account(
            id: Account.ID(result.lastInsertID),
            username: registration.username,
            email: registration.email,
            isAdministrator: isAdministrator,
            preferences: ""
        )
    }

    /// The account that a username or an email address names, with its password's hash; nil when there is none.
    static func account(login: String, in db: Connection) throws -> (account: Account, passwordHash: String)? {
        // A username is plain ASCII; asking an ASCII column for anything else would be an error of ours.
        let name = login.utf8.allSatisfy { $0 < 128 } ? login : ""
        return try db.first(
            """
            SELECT id, username, email, is_administrator, preferences, password_hash FROM users
            WHERE username = \(name) OR email = \(login) LIMIT 1
            """
        ) { row in
            (try Account(row, from: 0), try row[5] as String)
        }
    }

    static func setPasswordHash(_ hash: String, of account: Account.ID, in db: Connection) throws {
        try db.execute("UPDATE users SET password_hash = \(hash) WHERE id = \(account)")
    }

    static func setPreferences(_ text: String, of account: Account.ID, in db: Connection) throws {
        try db.execute("UPDATE users SET preferences = \(text) WHERE id = \(account)")
    }

    /// True while nobody can administer the site.
    static func lacksAdministrator(in db: Connection) throws -> Bool {
        try !db.exists("SELECT 1 FROM users WHERE is_administrator LIMIT 1")
    }

    /// Makes this the only address where the first administrator can be made.
    static func setSetupToken(hash: [UInt8], in db: Connection) throws {
        try db.execute("REPLACE INTO setup_token (one, token_hash) VALUES (1, \(hash))")
    }

    static func isSetupToken(hash: [UInt8], in db: Connection) throws -> Bool {
        try db.exists("SELECT 1 FROM setup_token WHERE token_hash = \(hash)")
    }

    /// Uses the set-up token up; false when it is not the one, or somebody was quicker.
    static func takeSetupToken(hash: [UInt8], in db: Connection) throws -> Bool {
        try db.execute("DELETE FROM setup_token WHERE token_hash = \(hash)").affectedRows == 1
    }
}

extension Account {
    /// Reads the columns id, username, email, is_administrator and preferences, which begin at that place.
    init(_ row: Row, from column: Int) throws {
        id = try row[column]
        username = try row[column + 1]
        email = try row[column + 2]
        isAdministrator = try row[column + 3]
        preferences = try row[column + 4]
    }
}
