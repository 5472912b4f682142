public import MariaDB

/// The tables of runs. Append-only.
public enum RunningSchema {
    /// In the order in which they are applied.
    public static let migrations = [
        Migration(
            id: "running-001-runs",
            sql: [
                """
                CREATE TABLE runs (
                    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
                    project BIGINT NOT NULL,
                    user BIGINT NOT NULL,
                    file VARBINARY(1024) NOT NULL,
                    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                    started_at DATETIME(6) NOT NULL,
                    alive_at DATETIME(6) NULL,
                    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
                    is_compile BOOLEAN NOT NULL DEFAULT FALSE,
                    code INT NULL,
                    signal_number INT NULL,
                    wall_ms BIGINT NOT NULL DEFAULT 0,
                    cpu_ms BIGINT NOT NULL DEFAULT 0,
                    memory_bytes BIGINT NOT NULL DEFAULT 0,
                    message VARCHAR(500) NULL,
                    KEY runs_of_project (project, id),
                    KEY runs_alive (alive_at),
                    CONSTRAINT runs_project FOREIGN KEY (project) REFERENCES projects (id) ON DELETE CASCADE,
                    CONSTRAINT runs_user FOREIGN KEY (user) REFERENCES users (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """,
                """
                CREATE TABLE run_outputs (
                    run BIGINT NOT NULL PRIMARY KEY,
                    length BIGINT NOT NULL,
                    head MEDIUMBLOB NOT NULL,
                    tail MEDIUMBLOB NOT NULL,
                    CONSTRAINT output_of_run FOREIGN KEY (run) REFERENCES runs (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """,
            ]
        ),
        Migration(
            id: "running-002-terminals",
            sql: [
                "ALTER TABLE runs ADD COLUMN is_terminal BOOLEAN NOT NULL DEFAULT FALSE"
            ]
        ),
    ]
}
