public import Accounts
import FoundationEssentials
public import MariaDB
public import SiteKit
import Web

/// What becomes of a project as a whole: it is laid to rest, or given to somebody else.
extension Projects {
    /// Makes a project one in which nothing can be changed or run, or again one in which it can. Throws `Problem`.
    public func setArchived(_ isArchived: Bool, _ id: Project.ID, for reader: Reader) throws {
        let time = isArchived ? now() : nil
        try deciding(id, for: reader) { db in
            _ = try db.execute("UPDATE projects SET archived_at = \(time) WHERE id = \(id)")
            try ProjectTemplatesStore.end(id, in: db)
        }
    }

    /// Offers a project to one of its members. Throws `Problem`.
    public func offer(_ id: Project.ID, to recipient: Account.ID, for reader: Reader) throws {
        try deciding(id, for: reader) { db in
            guard try TransfersStore.offer(id, to: recipient, at: now(), in: db) else { throw Problem.notFound }
        }
    }

    /// Whom a project is offered to, for its owner; nil for nobody.
    public func recipient(of id: Project.ID, for reader: Reader) throws -> Account.ID? {
        try database.read { db in try TransfersStore.recipient(of: id, for: .own(reader), in: db) }
    }

    /// Whether a project is offered to the reader.
    public func isOffered(_ id: Project.ID, to reader: Reader) throws -> Bool {
        try database.read { db in try TransfersStore.isOffered(id, to: reader.account.id, in: db) }
    }

    /// Takes an offer back, or turns it down. Throws `Problem.notFound` where the reader can do neither.
    public func endOffer(of id: Project.ID, for reader: Reader) throws {
        let ended = try database.write { db in
            try TransfersStore.isOffered(id, to: reader.account.id, in: db)
                || TransfersStore.recipient(of: id, for: .own(reader), in: db) != nil
                ? TransfersStore.end(id, in: db) : false
        }
        guard ended else { throw Problem.notFound }
    }

    /// Makes a project the reader's to whom it was offered; its owner until then goes on as an editor.
    ///
    /// - Parameter more: what else is to happen in the same transaction.
    ///
    /// Throws `Problem`.
    public func accept(_ id: Project.ID, for reader: Reader, _ more: (Connection) throws -> Void) throws {
        let person = reader.account.id
        try naming {
            try database.write { db in
                guard let (former, name) = try TransfersStore.lock(id, offeredTo: person, in: db) else {
                    throw Problem.notFound
                }
                try refuseMore(for: person, db)
                let slug = try AddressesStore.freeSlug(like: Slug.text(of: name), of: person, for: id, in: db)
                try AddressesStore.keepFormer(of: id, before: slug, of: person, in: db)
                try TransfersStore.setOwner(person, slug: slug, instead: former, of: id, at: now(), in: db)
                try more(db)
            }
        }
    }
}

/// The questions that are asked about projects that are to change hands.
enum TransfersStore {
    /// False when they are no member. The caller holds the project's lock.
    static func offer(_ id: Project.ID, to recipient: Account.ID, at now: Date, in db: Connection) throws -> Bool {
        try db.execute(
            """
            REPLACE INTO project_transfers (project, recipient, offered_at)
            SELECT m.project, m.member, \(now) FROM project_members m WHERE m.project = \(id) AND m.member = \(recipient)
            """
        ).affectedRows > 0
    }

    static func recipient(of id: Project.ID, for access: ProjectAccess, in db: Connection) throws -> Account.ID? {
        try db.first(
            """
            SELECT t.recipient FROM project_transfers t JOIN projects p ON p.id = t.project
            WHERE t.project = \(id) AND \(fragment: access.condition)
            """
        ) { try $0[0] }
    }

    static func isOffered(_ id: Project.ID, to person: Account.ID, in db: Connection) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM project_transfers t JOIN projects p ON p.id = t.project
            WHERE t.project = \(id) AND t.recipient = \(person)
                AND \(fragment: ProjectAccess(.read, person).condition)
            """
        )
    }

    static func end(_ id: Project.ID, in db: Connection) throws -> Bool {
        try db.execute("DELETE FROM project_transfers WHERE project = \(id)").affectedRows == 1
    }

    /// Holds a project that is offered to this person, and says whose it is and what it is called.
    static func lock(
        _ id: Project.ID,
        offeredTo person: Account.ID,
        in db: Connection
    ) throws -> (owner: Account.ID, name: String)? {
        try db.first(
            """
            SELECT p.owner, p.name FROM projects p JOIN project_transfers t ON t.project = p.id
            WHERE p.id = \(id) AND t.recipient = \(person) AND \(fragment: ProjectAccess(.read, person).condition)
            FOR UPDATE
            """
        ) { (owner: try $0[0], name: try $0[1]) }
    }

    static func setOwner(
        _ person: Account.ID,
        slug: String,
        instead former: Account.ID,
        of id: Project.ID,
        at now: Date,
        in db: Connection
    ) throws {
        try db.execute("UPDATE projects SET owner = \(person), slug = \(slug) WHERE id = \(id)")
        try db.execute("DELETE FROM project_members WHERE project = \(id) AND member = \(person)")
        try db.execute(
            """
            INSERT INTO project_members (project, member, role, since)
            VALUES (\(id), \(former), \(ProjectRole.editor.rawValue), \(now))
            """
        )
        _ = try end(id, in: db)
    }
}
