import Accounts
import FoundationEssentials
import MariaDB
import RunProtocol
import SiteKit

/// The list of what a person owns and is a member of, and what they starred in it.
enum ProjectListStore {
    /// How many rows a page has.
    static let pageSize = 50

    /// A row of the list of projects.
    struct Summary: Sendable {
        let project: Project
        /// Whether its owner offers it to the reader.
        let isOffered: Bool
        let isStarred: Bool
        /// How many the reader owns, of all and not only of these.
        let owned: Int
    }

    /// A page of a person's projects and one row more, if there is one.
    ///
    /// Two questions for whose it is, each by its index: an OR over both tables would look at every project of the site.
    static func page(_ wish: ProjectListWish, of reader: Account.ID, in db: Connection) throws -> [Summary] {
        try db.all(
            """
            SELECT \(fragment: ProjectsStore.common), mine.role, mine.offered, s.person IS NOT NULL,
                (SELECT COUNT(*) FROM projects o WHERE o.owner = \(reader) AND o.deleted_at IS NULL)
            FROM (
                SELECT id, 'owner' AS role, FALSE AS offered FROM projects
                WHERE owner = \(reader) AND deleted_at IS NULL
                UNION ALL
                SELECT m.project, m.role, t.project IS NOT NULL FROM project_members m
                    LEFT JOIN project_transfers t ON t.project = m.project AND t.recipient = m.member
                WHERE m.member = \(reader)
            ) mine JOIN projects p ON p.id = mine.id JOIN users w ON w.id = p.owner
                LEFT JOIN project_stars s ON s.project = p.id AND s.person = \(reader)
            WHERE p.deleted_at IS NULL AND \(fragment: condition(wish)) AND \(fragment: place(wish))
            ORDER BY \(fragment: order(wish)) LIMIT \(pageSize + 1)
            """
        ) { row in
            Summary(
                project: try ProjectsStore.project(row),
                isOffered: try row[12],
                isStarred: try row[13],
                owned: try row[14]
            )
        }
    }

    /// The language of the project that this person changed last; nil when they have none.
    static func latestLanguage(of reader: Account.ID, in db: Connection) throws -> String? {
        try db.first(
            """
            SELECT language FROM projects WHERE owner = \(reader) AND deleted_at IS NULL
            ORDER BY updated_at DESC, id DESC LIMIT 1
            """
        ) { try $0[0] }
    }

    /// Stars a project for somebody who may see it, or no longer. What is so already stays.
    static func star(_ id: Project.ID, _ isStarred: Bool, for reader: Account.ID, in db: Connection) throws {
        guard isStarred else {
            try db.execute("DELETE FROM project_stars WHERE project = \(id) AND person = \(reader)")
            return
        }
        let access = ProjectAccess(.read, reader)
        try db.execute(
            """
            INSERT IGNORE INTO project_stars (person, project)
            SELECT \(reader), p.id FROM projects p WHERE p.id = \(id) AND \(fragment: access.condition)
            """
        )
    }

    private static func condition(_ wish: ProjectListWish) -> SQL {
        var condition: SQL = "TRUE"
        if !wish.words.isEmpty {
            condition = "\(fragment: condition) AND p.name LIKE \(pattern(wish.words)) ESCAPE '!'"
        }
        if let language = wish.language { condition = "\(fragment: condition) AND p.language = \(language.text)" }
        if wish.isStarred { condition = "\(fragment: condition) AND s.person IS NOT NULL" }
        return condition
    }

    private static func pattern(_ words: String) -> String {
        var pattern = "%"
        for character in words {
            if "%_!".contains(character) { pattern.append("!") }
            pattern.append(character)
        }
        return pattern + "%"
    }

    private static func place(_ wish: ProjectListWish) -> SQL {
        guard let after = wish.after else { return "TRUE" }
        switch wish.order {
        case .name: return "(p.name, p.id) > (\(after.key), \(after.id))"
        case .changed:
            guard let moment = after.moment else { return "TRUE" }
            return "(p.updated_at, p.id) < (\(moment), \(after.id))"
        case .created:
            guard let moment = after.moment else { return "TRUE" }
            return "(p.created_at, p.id) < (\(moment), \(after.id))"
        }
    }

    private static func order(_ wish: ProjectListWish) -> SQL {
        switch wish.order {
        case .name: "p.name, p.id"
        case .changed: "p.updated_at DESC, p.id DESC"
        case .created: "p.created_at DESC, p.id DESC"
        }
    }
}
