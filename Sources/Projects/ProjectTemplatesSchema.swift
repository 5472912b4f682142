public import MariaDB

/// The table of templates. Append-only.
public enum ProjectTemplatesSchema {
    /// In the order in which they are applied.
    public static let migrations = [
        Migration(
            id: "templates-001-templates",
            sql: [
                """
                CREATE TABLE project_templates (
                    project BIGINT NOT NULL PRIMARY KEY,
                    summary VARCHAR(200) CHARACTER SET utf8mb4 NOT NULL,
                    marked_by BIGINT NULL,
                    marked_at DATETIME(6) NOT NULL,
                    CONSTRAINT templates_project FOREIGN KEY (project) REFERENCES projects (id) ON DELETE CASCADE,
                    CONSTRAINT templates_marked_by FOREIGN KEY (marked_by) REFERENCES users (id) ON DELETE SET NULL
                ) ENGINE=InnoDB
                """
            ]
        )
    ]
}
