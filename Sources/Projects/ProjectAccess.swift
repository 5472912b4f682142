public import Accounts
public import MariaDB

/// What somebody wants to do with a project.
public enum ProjectRight: Sendable, CaseIterable {
    /// See its files and texts, their history, and what programs print.
    case read
    /// Start the project's programs, answer them and stop them.
    case run
    /// Change its files; open a terminal, which can do the same.
    case edit
    /// Decide about it: settings, secrets, members, who sees it, its end.
    case own
}

/// What a person is in a project. Its owner is named in the project; the others are its members.
public enum ProjectRole: String, Sendable, CaseIterable {
    case reader
    /// May run, not edit.
    case runner
    case editor
    case owner

    /// The roles that an owner can give.
    public static let given: [ProjectRole] = [.editor, .runner, .reader]

    /// Whether this role is enough: the whole rule.
    public func may(_ right: ProjectRight) -> Bool {
        switch right {
        case .read: true
        case .run: self != .reader
        case .edit: self == .editor || self == .owner
        case .own: self == .owner
        }
    }
}

/// Who asks a store about projects, and by what right: the condition that every such question carries.
///
/// **Theory of operation.** Authority is part of the statement that reads or changes something: `condition` is put
/// behind its WHERE, where the project's row is called `p`. What it does not let through isn't there, so nothing can
/// be read first and checked later, or checked and then done to somebody else's. Why a statement found nothing, whether
/// the reader may not see the project (not found) or may see it but not do this (forbidden, with a sentence), is asked
/// afterwards and only then (`ProjectsStore.refusal`).
///
/// The owner is compared first, so that a person's own project costs no look at the members; those are found by their
/// primary key.
public struct ProjectAccess: Sendable {
    /// For the WHERE of a statement in which `p` is the project.
    public let condition: SQL

    /// A signed-in person with a right.
    public init(_ right: ProjectRight, _ reader: Account.ID) {
        let roles = ProjectRole.given.filter { $0.may(right) }.map(\.rawValue)
        let standing: SQL =
            if roles.isEmpty {
                "p.owner = \(reader)"
            } else {
                """
                (p.owner = \(reader) OR EXISTS (SELECT 1 FROM project_members m
                    WHERE m.project = p.id AND m.member = \(reader) AND m.role IN (\(list: roles))))
                """
            }
        condition =
            Self.needsLife(right)
            ? "p.deleted_at IS NULL AND p.archived_at IS NULL AND \(fragment: standing)"
            : "p.deleted_at IS NULL AND \(fragment: standing)"
    }

    private init(condition: SQL) {
        self.condition = condition
    }

    /// May copy the files, as everybody who is signed in may those of a template (`ProjectTemplate`).
    public static let template = Self(
        condition: """
            p.deleted_at IS NULL AND p.archived_at IS NULL
                AND EXISTS (SELECT 1 FROM project_templates pt WHERE pt.project = p.id)
            """
    )

    /// Anybody, by an address that shows the project to whoever has it.
    init(door: ProjectDoor) {
        condition =
            switch door {
            case .open: "p.deleted_at IS NULL AND p.visibility = 'public'"
            case .link(let key): "p.deleted_at IS NULL AND p.visibility = 'unlisted' AND p.link_key = \(key)"
            }
    }

    /// Whether an archived project refuses it to everybody.
    static func needsLife(_ right: ProjectRight) -> Bool { right == .run || right == .edit }
}

extension ProjectAccess {
    /// May see.
    public static func read(_ reader: Reader) -> Self { Self(.read, reader.account.id) }
    /// May run.
    public static func run(_ reader: Reader) -> Self { Self(.run, reader.account.id) }
    /// May change files.
    public static func edit(_ reader: Reader) -> Self { Self(.edit, reader.account.id) }
    /// May decide.
    public static func own(_ reader: Reader) -> Self { Self(.own, reader.account.id) }
    /// May look in as a visitor.
    public static func visit(_ door: ProjectDoor) -> Self { Self(door: door) }
}

/// The way by which somebody who is no member comes to a project.
public enum ProjectDoor: Sendable, Hashable {
    /// It is public.
    case open
    /// It is unlisted, and this is its key.
    case link(String)
}

/// Who sees a project besides its members.
public enum ProjectVisibility: String, Sendable, CaseIterable {
    case `private`
    /// Whoever has its address, which can't be guessed.
    case unlisted
    case `public`
}
