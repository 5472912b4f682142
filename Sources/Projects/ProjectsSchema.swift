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
        Migration(
            id: "projects-004-members",
            sql: [
                // The owner is in `projects`, and nowhere else.
                """
                CREATE TABLE project_members (
                    project BIGINT NOT NULL,
                    member BIGINT NOT NULL,
                    role VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                    since DATETIME(6) NOT NULL,
                    PRIMARY KEY (project, member),
                    KEY projects_of_member (member, project),
                    CONSTRAINT members_project FOREIGN KEY (project) REFERENCES projects (id) ON DELETE CASCADE,
                    CONSTRAINT members_member FOREIGN KEY (member) REFERENCES users (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """,
                // Whom an owner offers a project to; theirs as soon as they accept.
                """
                CREATE TABLE project_transfers (
                    project BIGINT NOT NULL PRIMARY KEY,
                    recipient BIGINT NOT NULL,
                    offered_at DATETIME(6) NOT NULL,
                    CONSTRAINT transfers_project FOREIGN KEY (project) REFERENCES projects (id) ON DELETE CASCADE,
                    CONSTRAINT transfers_recipient FOREIGN KEY (recipient) REFERENCES users (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """,
            ]
        ),
        Migration(
            id: "projects-005-addresses",
            sql: [
                """
                ALTER TABLE projects
                    ADD COLUMN slug VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER name,
                    ADD COLUMN visibility VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'private',
                    ADD COLUMN link_key VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
                    ADD COLUMN archived_at DATETIME(6) NULL,
                    ADD COLUMN forked_from BIGINT NULL,
                    ADD CONSTRAINT projects_original FOREIGN KEY (forked_from) REFERENCES projects (id)
                        ON DELETE SET NULL
                """,
                // The number makes those unique that were there before there were addresses.
                """
                UPDATE projects SET slug = TRIM(LEADING '-' FROM CONCAT(
                    TRIM(BOTH '-' FROM LEFT(REGEXP_REPLACE(LOWER(name), '[^a-z0-9]+', '-'), 40)), '-', id))
                """,
                """
                ALTER TABLE projects
                    MODIFY COLUMN slug VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                    ADD UNIQUE KEY projects_slug (owner, slug),
                    ADD UNIQUE KEY projects_link (link_key)
                """,
                // Where projects were before they were renamed or given away.
                """
                CREATE TABLE former_addresses (
                    owner BIGINT NOT NULL,
                    slug VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                    project BIGINT NOT NULL,
                    PRIMARY KEY (owner, slug),
                    KEY former_addresses_project (project),
                    CONSTRAINT former_owner FOREIGN KEY (owner) REFERENCES users (id) ON DELETE CASCADE,
                    CONSTRAINT former_project FOREIGN KEY (project) REFERENCES projects (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """,
            ]
        ),
        Migration(
            id: "projects-006-stars",
            sql: [
                """
                CREATE TABLE project_stars (
                    person BIGINT NOT NULL,
                    project BIGINT NOT NULL,
                    PRIMARY KEY (person, project),
                    KEY stars_of_project (project),
                    CONSTRAINT stars_person FOREIGN KEY (person) REFERENCES users (id) ON DELETE CASCADE,
                    CONSTRAINT stars_project FOREIGN KEY (project) REFERENCES projects (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """
            ]
        ),
        // For the list of projects, as the count of files is.
        Migration(
            id: "projects-007-size",
            sql: [
                "ALTER TABLE projects ADD COLUMN size BIGINT NOT NULL DEFAULT 0",
                """
                UPDATE projects p SET size =
                    (SELECT COALESCE(SUM(COALESCE(d.length, b.size)), 0) FROM files f
                        LEFT JOIN documents d ON d.id = f.document LEFT JOIN blobs b ON b.digest = f.blob_digest
                    WHERE f.project = p.id AND f.deleted_at IS NULL)
                """,
            ]
        ),
    ]
}
