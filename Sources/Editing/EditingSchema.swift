public import MariaDB

/// The table of edits. Append-only in both senses: rows are never changed, migrations are never edited.
public enum EditingSchema {
    /// In the order in which they are applied.
    public static let migrations = [
        Migration(
            id: "editing-001-updates",
            sql: [
                // (document, version) makes the versions a chain without forks; (document, client, sequence) makes a
                // repeated push the same push.
                """
                CREATE TABLE document_updates (
                    document BIGINT NOT NULL,
                    version INT NOT NULL,
                    author BIGINT NOT NULL,
                    client VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                    sequence INT NOT NULL,
                    changes MEDIUMBLOB NOT NULL,
                    created_at DATETIME(6) NOT NULL,
                    PRIMARY KEY (document, version),
                    UNIQUE KEY updates_once (document, client, sequence),
                    CONSTRAINT updates_of_document FOREIGN KEY (document) REFERENCES documents (id) ON DELETE CASCADE,
                    CONSTRAINT updates_author FOREIGN KEY (author) REFERENCES users (id)
                ) ENGINE=InnoDB
                """
            ]
        )
    ]
}
