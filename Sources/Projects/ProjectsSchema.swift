public import MariaDB

/// The tables of projects, files and the texts in them. Append-only.
public enum ProjectsSchema {
    /// In the order in which they are applied.
    public static let migrations = [
        Migration(
            id: "projects-001-projects",
            sql: [
                """
                CREATE TABLE projects (
                    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
                    owner BIGINT NOT NULL,
                    name VARCHAR(80) CHARACTER SET utf8mb4 NOT NULL,
                    language VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                    created_at DATETIME(6) NOT NULL,
                    updated_at DATETIME(6) NOT NULL,
                    deleted_at DATETIME(6) NULL,
                    KEY projects_of_owner (owner, deleted_at, updated_at, id),
                    CONSTRAINT projects_owner FOREIGN KEY (owner) REFERENCES users (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """,
                // The text of a version is a snapshot plus the updates after it; a snapshot is made now and then.
                """
                CREATE TABLE documents (
                    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
                    version INT NOT NULL DEFAULT 0,
                    length INT NOT NULL,
                    snapshot_version INT NOT NULL DEFAULT 0
                ) ENGINE=InnoDB
                """,
                """
                CREATE TABLE document_snapshots (
                    document BIGINT NOT NULL,
                    version INT NOT NULL,
                    text LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
                    PRIMARY KEY (document, version),
                    CONSTRAINT snapshots_of_document FOREIGN KEY (document) REFERENCES documents (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """,
                // A path is compared byte by byte. Only live files occupy theirs: a deleted one has no live_path.
                """
                CREATE TABLE files (
                    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
                    project BIGINT NOT NULL,
                    path VARBINARY(1024) NOT NULL,
                    document BIGINT NOT NULL,
                    created_at DATETIME(6) NOT NULL,
                    deleted_at DATETIME(6) NULL,
                    live_path VARBINARY(1024) AS (IF(deleted_at IS NULL, path, NULL)) STORED,
                    UNIQUE KEY files_path (project, live_path),
                    UNIQUE KEY files_document (document),
                    CONSTRAINT files_of_project FOREIGN KEY (project) REFERENCES projects (id) ON DELETE CASCADE,
                    CONSTRAINT files_of_document FOREIGN KEY (document) REFERENCES documents (id)
                ) ENGINE=InnoDB
                """,
            ]
        ),
        // Counting the files of each project was half of the work of listing them.
        Migration(
            id: "projects-002-file-count",
            sql: [
                "ALTER TABLE projects ADD COLUMN file_count INT NOT NULL DEFAULT 0",
                """
                UPDATE projects p SET file_count =
                    (SELECT COUNT(*) FROM files f WHERE f.project = p.id AND f.deleted_at IS NULL)
                """,
            ]
        ),
        // What is no text has no versions; equal bytes are kept once.
        Migration(
            id: "projects-003-blobs",
            sql: [
                """
                CREATE TABLE blobs (
                    digest BINARY(32) NOT NULL PRIMARY KEY,
                    size INT NOT NULL,
                    bytes LONGBLOB NOT NULL
                ) ENGINE=InnoDB
                """,
                """
                ALTER TABLE files
                    MODIFY COLUMN document BIGINT NULL,
                    ADD COLUMN blob_digest BINARY(32) NULL AFTER document,
                    ADD CONSTRAINT files_of_blob FOREIGN KEY (blob_digest) REFERENCES blobs (digest),
                    ADD CONSTRAINT files_content CHECK ((document IS NULL) <> (blob_digest IS NULL))
                """,
            ]
        ),
    ]
}
