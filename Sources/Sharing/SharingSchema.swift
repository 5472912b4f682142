public import MariaDB

/// The tables of invitations. Append-only. Who is a member is in `ProjectsSchema`, where the rule of access is.
public enum SharingSchema {
    /// In the order in which they are applied.
    public static let migrations = [
        Migration(
            id: "sharing-001-invitations",
            sql: [
                """
                CREATE TABLE invitations (
                    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
                    token_hash BINARY(32) NOT NULL,
                    project BIGINT NOT NULL,
                    inviter BIGINT NOT NULL,
                    role VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                    uses INT NOT NULL DEFAULT 0,
                    most_uses INT NOT NULL,
                    created_at DATETIME(6) NOT NULL,
                    expires_at DATETIME(6) NOT NULL,
                    revoked_at DATETIME(6) NULL,
                    UNIQUE KEY invitations_token (token_hash),
                    KEY invitations_of_project (project, id),
                    CONSTRAINT invitations_project FOREIGN KEY (project) REFERENCES projects (id) ON DELETE CASCADE,
                    CONSTRAINT invitations_inviter FOREIGN KEY (inviter) REFERENCES users (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """,
                // A link that was made before somebody was removed does not let them in again.
                """
                CREATE TABLE project_removals (
                    project BIGINT NOT NULL,
                    member BIGINT NOT NULL,
                    removed_at DATETIME(6) NOT NULL,
                    PRIMARY KEY (project, member),
                    CONSTRAINT removals_project FOREIGN KEY (project) REFERENCES projects (id) ON DELETE CASCADE,
                    CONSTRAINT removals_member FOREIGN KEY (member) REFERENCES users (id) ON DELETE CASCADE
                ) ENGINE=InnoDB
                """,
            ]
        )
    ]
}
