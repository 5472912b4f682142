import Accounts
import MariaDB
import SiteKit

/// The questions that are asked about the addresses of projects, `/@owner/slug`.
enum AddressesStore {
    /// A slug that no other project of this owner has: `base`, or `base-2` and so on.
    static func freeSlug(
        like base: String,
        of owner: Account.ID,
        for project: Project.ID?,
        in db: Connection
    ) throws -> String {
        let taken = Set(
            try db.all(
                """
                SELECT slug FROM projects
                WHERE owner = \(owner) AND (slug = \(base) OR slug LIKE \(base + "-%")) AND id <> \(project?.rawValue ?? 0)
                """
            ) { try $0[0] as String }
        )
        guard taken.contains(base) else { return base }
        var number = 2
        while taken.contains("\(base)-\(number)") { number += 1 }
        return "\(base)-\(number)"
    }

    /// Keeps the address that a project has now, which is about to get another, and gives up what stood at the new one.
    static func keepFormer(
        of id: Project.ID,
        before slug: String,
        of owner: Account.ID,
        in db: Connection
    ) throws {
        try db.execute("DELETE FROM former_addresses WHERE owner = \(owner) AND slug = \(slug)")
        try db.execute(
            """
            REPLACE INTO former_addresses (owner, slug, project)
            SELECT p.owner, p.slug, p.id FROM projects p
            WHERE p.id = \(id) AND NOT (p.owner = \(owner) AND p.slug = \(slug))
            """
        )
    }

    /// The project that is or was at this address. Who may see it is asked with its number.
    static func project(of username: String, _ slug: String, in db: Connection) throws -> Project.ID? {
        try db.first(
            """
            SELECT p.id FROM users w JOIN projects p ON p.owner = w.id
            WHERE w.username = \(username) AND p.slug = \(slug)
            UNION ALL
            SELECT f.project FROM users w JOIN former_addresses f ON f.owner = w.id
            WHERE w.username = \(username) AND f.slug = \(slug) LIMIT 1
            """
        ) { try $0[0] }
    }

    /// The project with this key in its unlisted address.
    static func project(key: String, in db: Connection) throws -> Project.ID? {
        try db.first("SELECT id FROM projects WHERE link_key = \(key)") { try $0[0] }
    }

    /// The key of a project's unlisted address, for its owner; nil when it has none.
    static func key(of id: Project.ID, for access: ProjectAccess, in db: Connection) throws -> String? {
        let key: String?? = try db.first(
            "SELECT p.link_key FROM projects p WHERE p.id = \(id) AND \(fragment: access.condition)"
        ) { try $0[0] as String? }
        return key ?? nil
    }

    /// Sets who sees a project; the caller holds its lock. Without a key it has no unlisted address.
    static func set(
        _ visibility: ProjectVisibility,
        key: String?,
        of id: Project.ID,
        in db: Connection
    ) throws {
        try db.execute("UPDATE projects SET visibility = \(visibility.rawValue), link_key = \(key) WHERE id = \(id)")
    }

    /// What a project was copied from; nil for nothing, or for what is gone.
    static func original(of id: Project.ID, in db: Connection) throws -> Project.ID? {
        let original: Project.ID?? = try db.first("SELECT forked_from FROM projects WHERE id = \(id)") {
            try $0[0] as Project.ID?
        }
        return original ?? nil
    }
}
