import FoundationEssentials
import MariaDB

/// The same about many files at once. The caller holds the project's lock, and the files are the project's.
extension FilesStore {
    static func delete(_ files: [ProjectFile.ID], at now: Date, in db: Connection) throws {
        guard !files.isEmpty else { return }
        try db.execute("UPDATE files SET deleted_at = \(now) WHERE id IN (\(list: files)) AND deleted_at IS NULL")
    }

    static func restore(_ files: [ProjectFile.ID], in db: Connection) throws {
        guard !files.isEmpty else { return }
        try db.execute("UPDATE files SET deleted_at = NULL WHERE id IN (\(list: files))")
    }

    /// Puts these bytes in the place of the first so many of files' paths, and brings them back from having been deleted.
    static func move(
        _ files: [ProjectFile.ID],
        cutting count: Int,
        putting beginning: [UInt8],
        in db: Connection
    ) throws {
        try db.execute(
            """
            UPDATE files SET path = CONCAT(\(beginning), SUBSTRING(path, \(count + 1))), deleted_at = NULL
            WHERE id IN (\(list: files))
            """
        )
    }

    /// Those of these files that are deleted, but can still come back to this project.
    static func deletedFiles(
        _ ids: Set<ProjectFile.ID>,
        of project: Project.ID,
        deletedAfter oldest: Date,
        in db: Connection
    ) throws -> [ProjectFile] {
        guard !ids.isEmpty else { return [] }
        return try db.all(
            """
            SELECT \(fragment: columns) FROM files f LEFT JOIN blobs b ON b.digest = f.blob_digest
            WHERE f.id IN (\(list: ids)) AND f.project = \(project) AND f.deleted_at > \(oldest)
            """,
            file
        )
    }
}
