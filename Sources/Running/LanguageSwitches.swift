public import Accounts
public import FoundationEssentials
public import MariaDB
public import RunProtocol

/// Which languages the administrators have switched off.
///
/// The database is asked each time: a switch holds at once in every site process.
public struct LanguageSwitches: Sendable {
    private let database: Database

    /// Asks nobody yet.
    public init(database: Database) {
        self.database = database
    }

    /// The languages that are switched off.
    public func disabled() throws -> Set<LanguageID> {
        try database.read { db in try LanguageSwitchesStore.disabled(in: db) }
    }

    /// Switches a language on or off. What is so already stays so.
    public func set(_ language: LanguageID, isEnabled: Bool, by account: Account.ID, at now: Date) throws {
        try database.write { db in
            if isEnabled {
                try LanguageSwitchesStore.enable(language, in: db)
            } else {
                try LanguageSwitchesStore.disable(language, by: account, at: now, in: db)
            }
        }
    }
}

/// The table of languages that are switched off. Append-only.
public enum LanguageSwitchesSchema {
    /// In the order in which they are applied.
    public static let migrations = [
        Migration(
            id: "languages-001-switches",
            sql: [
                """
                CREATE TABLE disabled_languages (
                    language VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
                    disabled_by BIGINT NULL,
                    disabled_at DATETIME(6) NOT NULL,
                    CONSTRAINT disabled_by_user FOREIGN KEY (disabled_by) REFERENCES users (id) ON DELETE SET NULL
                ) ENGINE=InnoDB
                """
            ]
        )
    ]
}

/// The questions that are asked about switched-off languages.
enum LanguageSwitchesStore {
    static func disabled(in db: Connection) throws -> Set<LanguageID> {
        Set(try db.all("SELECT language FROM disabled_languages") { try $0[0] as String }.compactMap(LanguageID.init))
    }

    static func disable(_ language: LanguageID, by account: Account.ID, at now: Date, in db: Connection) throws {
        try db.execute(
            """
            INSERT IGNORE INTO disabled_languages (language, disabled_by, disabled_at)
            VALUES (\(language.text), \(account), \(now))
            """
        )
    }

    static func enable(_ language: LanguageID, in db: Connection) throws {
        try db.execute("DELETE FROM disabled_languages WHERE language = \(language.text)")
    }
}
