public import MariaDB

/// The tables of accounts and sessions. Append-only: a migration that was released is never edited.
public enum AccountsSchema {
    /// In the order in which they are applied.
    public static let migrations = [
        Migration(
            id: "accounts-001-accounts",
            sql: [
                """
                CREATE TABLE users (
                    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
                    username VARCHAR(32) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
                    email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL,
                    password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                    is_administrator BOOLEAN NOT NULL DEFAULT FALSE,
                    created_at DATETIME(6) NOT NULL,
                    UNIQUE KEY users_username (username),
                    UNIQUE KEY users_email (email)
                ) ENGINE=InnoDB
                """,
                """
                CREATE TABLE sessions (
                    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
                    token_hash BINARY(32) NOT NULL,
                    user BIGINT NOT NULL,
                    user_agent VARCHAR(255) NOT NULL,
                    address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                    created_at DATETIME(6) NOT NULL,
                    last_seen_at DATETIME(6) NOT NULL,
                    UNIQUE KEY sessions_token (token_hash),
                    KEY sessions_user (user, last_seen_at),
                    KEY sessions_last_seen (last_seen_at),
                    KEY sessions_created (created_at),
                    CONSTRAINT sessions_of_user FOREIGN KEY (user) REFERENCES users (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """,
                """
                CREATE TABLE attempts (
                    subject BINARY(32) NOT NULL PRIMARY KEY,
                    failures INT NOT NULL,
                    window_started_at DATETIME(6) NOT NULL,
                    KEY attempts_window (window_started_at)
                ) ENGINE=InnoDB
                """,
                """
                CREATE TABLE setup_token (
                    one TINYINT NOT NULL PRIMARY KEY CHECK (one = 1),
                    token_hash BINARY(32) NOT NULL
                ) ENGINE=InnoDB
                """,
            ]
        ),
        Migration(
            id: "accounts-002-access-tokens",
            sql: [
                """
                CREATE TABLE access_tokens (
                    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
                    token_hash BINARY(32) NOT NULL,
                    user BIGINT NOT NULL,
                    name VARCHAR(80) NOT NULL,
                    created_at DATETIME(6) NOT NULL,
                    last_used_at DATETIME(6) NULL,
                    UNIQUE KEY access_tokens_token (token_hash),
                    KEY access_tokens_user (user, id),
                    CONSTRAINT access_tokens_of_user FOREIGN KEY (user) REFERENCES users (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """
            ]
        ),
        Migration(
            id: "accounts-003-preferences",
            sql: ["ALTER TABLE users ADD COLUMN preferences VARCHAR(1000) CHARACTER SET utf8mb4 NOT NULL DEFAULT ''"]
        ),
    ]
}
