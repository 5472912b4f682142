import FoundationEssentials
import MariaDB
import RunProtocol
import SiteKit

/// The questions that are asked about files that are no texts.
enum BlobsStore {
    /// Adds a file that is no text; the project's list is the caller's alone meanwhile.
    static func insert(
        _ bytes: [UInt8],
        _ digest: ContentDigest,
        at path: ProjectPath,
        in project: Project.ID,
        now: Date,
        _ db: Connection
    ) throws {
        try keep(bytes, digest, in: db)
        try insert(digest, at: path, in: project, now: now, db)
    }

    /// Adds a file whose bytes are kept already. Throws `DatabaseError` when they are not any more.
    static func insert(
        _ digest: ContentDigest,
        at path: ProjectPath,
        in project: Project.ID,
        now: Date,
        _ db: Connection
    ) throws {
        try db.execute(
            """
            INSERT INTO files (project, path, blob_digest, created_at)
            VALUES (\(project), \(path.text), \(digest.bytes), \(now))
            """
        )
    }

    /// Gives a file that is no text other bytes.
    static func replace(
        _ file: ProjectFile.ID,
        _ old: BlobHead,
        by bytes: [UInt8],
        _ digest: ContentDigest,
        _ db: Connection
    ) throws {
        try keep(bytes, digest, in: db)
        try db.execute("UPDATE files SET blob_digest = \(digest.bytes) WHERE id = \(file)")
        // A row that refers to it and comes in between is refused by the foreign key, and tried again.
        try db.execute(
            """
            DELETE FROM blobs WHERE digest = \(old.digest.bytes)
                AND NOT EXISTS (SELECT 1 FROM files WHERE blob_digest = \(old.digest.bytes))
            """
        )
    }

    private static func keep(_ bytes: [UInt8], _ digest: ContentDigest, in db: Connection) throws {
        try db.execute(
            """
            INSERT INTO blobs (digest, size, bytes) VALUES (\(digest.bytes), \(bytes.count), \(bytes))
            ON DUPLICATE KEY UPDATE digest = VALUES(digest)
            """
        )
    }

    /// How many bytes the live files of a project have that are no texts.
    static func size(of project: Project.ID, in db: Connection) throws -> Int {
        try db.first(
            """
            SELECT CAST(COALESCE(SUM(b.size), 0) AS SIGNED) FROM files f JOIN blobs b ON b.digest = f.blob_digest
            WHERE f.project = \(project) AND f.deleted_at IS NULL
            """
        ) { try $0[0] } ?? 0
    }

    /// The bytes with a digest, if a file of a project that `access` opens has them.
    static func bytes(
        _ digest: ContentDigest,
        in project: Project.ID,
        for access: ProjectAccess,
        _ db: Connection
    ) throws -> [UInt8]? {
        try db.first(
            """
            SELECT b.bytes FROM files f JOIN blobs b ON b.digest = f.blob_digest JOIN projects p ON p.id = f.project
            WHERE b.digest = \(digest.bytes) AND f.project = \(project) AND f.deleted_at IS NULL
                AND \(fragment: access.condition) LIMIT 1
            """
        ) { try $0[0] }
    }

    /// Some of the bytes with a digest, and those that they all begin with, if a file of a project that `access` opens
    /// has them. No more is read from the database than that.
    static func part(
        _ range: Range<Int>,
        of digest: ContentDigest,
        in project: Project.ID,
        for access: ProjectAccess,
        _ db: Connection
    ) throws -> BlobPart? {
        try db.first(
            """
            SELECT SUBSTRING(b.bytes, 1, \(Media.signatureLength)), SUBSTRING(b.bytes, \(range.lowerBound + 1), \(range.count))
            FROM files f JOIN blobs b ON b.digest = f.blob_digest JOIN projects p ON p.id = f.project
            WHERE b.digest = \(digest.bytes) AND f.project = \(project) AND f.deleted_at IS NULL
                AND \(fragment: access.condition) LIMIT 1
            """
        ) { BlobPart(beginning: try $0[0], bytes: try $0[1]) }
    }
}

/// Some bytes of a file.
public struct BlobPart: Sendable {
    /// Those that the file begins with, by which its kind is known (`Media`).
    public let beginning: [UInt8]
    /// Those that were asked for.
    public let bytes: [UInt8]

    /// A part of bytes that are all at hand.
    public init(_ range: Range<Int>, of bytes: [UInt8]) {
        self.init(beginning: Array(bytes.prefix(Media.signatureLength)), bytes: Array(bytes[range]))
    }

    init(beginning: [UInt8], bytes: [UInt8]) {
        self.beginning = beginning
        self.bytes = bytes
    }
}
