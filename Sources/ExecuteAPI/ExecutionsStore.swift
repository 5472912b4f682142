import Accounts
import FoundationEssentials
public import MariaDB

/// The table of jobs that were run, for quotas and figures of use. Append-only.
public enum ExecuteSchema {
    /// In the order in which they are applied.
    public static let migrations = [
        Migration(
            id: "execute-001-executions",
            sql: [
                """
                CREATE TABLE executions (
                    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
                    user BIGINT NULL,
                    language VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                    started_at DATETIME(6) NOT NULL,
                    wall_ms BIGINT NOT NULL,
                    cpu_ms BIGINT NOT NULL,
                    memory_bytes BIGINT NOT NULL,
                    status VARCHAR(2) CHARACTER SET ascii COLLATE ascii_bin NULL,
                    KEY executions_user (user, started_at),
                    KEY executions_started (started_at),
                    CONSTRAINT executions_of_user FOREIGN KEY (user) REFERENCES users (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """
            ]
        )
    ]
}

/// The questions that are asked about jobs that were run.
enum ExecutionsStore {
    /// Writes down a job; `account` is nil for one of somebody without a token.
    static func insert(
        account: Account.ID?,
        language: String,
        at started: Date,
        wall: Int,
        cpu: Int,
        memory: Int,
        status: String?,
        in db: Connection
    ) throws {
        try db.execute(
            """
            INSERT INTO executions (user, language, started_at, wall_ms, cpu_ms, memory_bytes, status)
            VALUES (\(account), \(language), \(started), \(wall), \(cpu), \(memory), \(status))
            """
        )
    }
}
