public import MariaDB

/// The tables of run settings. Append-only.
public enum RunSettingsSchema {
    /// In the order in which they are applied.
    public static let migrations = [
        Migration(
            id: "run-settings-001-settings",
            sql: [
                // Words and variables are JSON: they are read and written as a whole. A file that is removed for good
                // takes the choice of it along.
                """
                CREATE TABLE run_settings (
                    project BIGINT NOT NULL PRIMARY KEY,
                    main BIGINT NULL,
                    command MEDIUMTEXT CHARACTER SET utf8mb4 NOT NULL,
                    arguments MEDIUMTEXT CHARACTER SET utf8mb4 NOT NULL,
                    variables MEDIUMTEXT CHARACTER SET utf8mb4 NOT NULL,
                    changed_at DATETIME(6) NOT NULL,
                    CONSTRAINT run_settings_project FOREIGN KEY (project) REFERENCES projects (id) ON DELETE CASCADE,
                    CONSTRAINT run_settings_main FOREIGN KEY (main) REFERENCES files (id) ON DELETE SET NULL
                ) ENGINE=InnoDB
                """,
                """
                CREATE TABLE secrets (
                    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
                    project BIGINT NOT NULL,
                    name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                    sealed BLOB NOT NULL,
                    changed_at DATETIME(6) NOT NULL,
                    UNIQUE KEY secrets_name (project, name),
                    CONSTRAINT secrets_project FOREIGN KEY (project) REFERENCES projects (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """,
            ]
        )
    ]
}
