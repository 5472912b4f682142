public import Accounts
import FoundationEssentials
import MariaDB
import Quotas
public import RunProtocol
public import SiteKit
import Web

/// Where projects are found: by their addresses, also by people who are no members.
extension Projects {
    /// The project that is or was at `/@owner/slug`, in capital or small letters, for its members and, if it is public,
    /// for everybody. Throws `Problem.notFound`.
    public func project(of owner: String, at slug: String, for reader: Reader?) throws -> Project {
        guard let slug = Slug.meant(by: slug), owner.utf8.allSatisfy({ $0 < 128 }) else { throw Problem.notFound }
        return try seen(for: reader, through: .open) { db in try AddressesStore.project(of: owner, slug, in: db) }
    }

    /// The unlisted project with this key in its address. Throws `Problem.notFound`.
    public func project(key: String, for reader: Reader?) throws -> Project {
        guard key.utf8.count <= 32, key.utf8.allSatisfy({ $0 < 128 }) else { throw Problem.notFound }
        return try seen(for: reader, through: .link(key)) { db in try AddressesStore.project(key: key, in: db) }
    }

    /// A public project, or one that the reader may see. Throws `Problem.notFound`.
    public func project(_ id: Project.ID, forAnybody reader: Reader?) throws -> Project {
        try seen(for: reader, through: .open) { _ in id }
    }

    /// Where those find a public project who are no members and have its number. Throws `Problem.notFound`.
    public func publicAddress(of id: Project.ID, for reader: Reader) throws -> String {
        try project(id, forAnybody: reader).address
    }

    /// What the project was copied from, if that is there and the reader may see it.
    public func original(of id: Project.ID, for reader: Reader?) throws -> Project? {
        guard let original = try database.read({ db in try AddressesStore.original(of: id, in: db) }) else {
            return nil
        }
        do {
            return try project(original, forAnybody: reader)
        } catch let problem as Problem where problem.status == .notFound {
            return nil
        }
    }

    /// Throws `Problem.notFound` where `access` does not let through.
    public func require(_ id: Project.ID, for access: ProjectAccess) throws {
        let ids = try database.read { db in try ProjectsStore.visible([id.rawValue], for: access, in: db) }
        guard !ids.isEmpty else { throw Problem.notFound }
    }

    /// Its files by path, for those whom `access` lets through; none for others.
    public func files(of id: Project.ID, for access: ProjectAccess) throws -> [ProjectFile] {
        try database.read { db in try FilesStore.files(of: id, for: access, in: db) }
    }

    private func seen(
        for reader: Reader?,
        through door: ProjectDoor,
        _ find: (Connection) throws -> Project.ID?
    ) throws -> Project {
        let project = try database.read { db -> Project? in
            guard let id = try find(db) else { return nil }
            let person = reader?.account.id
            if let reader, let own = try ProjectsStore.project(id, for: .read(reader), as: person, in: db) {
                return own
            }
            return try ProjectsStore.project(id, for: .visit(door), as: person, in: db)
        }
        guard let project else { throw Problem.notFound }
        return project
    }

    // MARK: Who sees it

    /// The key of a project's unlisted address; nil when it has none, or is not the reader's.
    public func key(of id: Project.ID, for reader: Reader) throws -> String? {
        try database.read { db in try AddressesStore.key(of: id, for: .own(reader), in: db) }
    }

    /// Sets who sees a project besides its members. An unlisted address is a new one each time, so that people who had
    /// it before the project was closed don't have it again. Throws `Problem`.
    public func show(_ id: Project.ID, to visibility: ProjectVisibility, for reader: Reader) throws {
        try deciding(id, for: reader) { db in
            let now = try ProjectsStore.project(id, for: .own(reader), as: reader.account.id, in: db)
            guard now?.visibility != visibility else { return }
            let key = visibility == .unlisted ? SecureRandom.token(bytes: 16) : nil
            try AddressesStore.set(visibility, key: key, of: id, in: db)
        }
    }

    // MARK: Making

    /// A file that a project begins with.
    public struct NewFile: Sendable {
        /// What is in it.
        public enum Content: Sendable {
            /// A text, whose line breaks are `\n`.
            case text(String)
            /// Bytes that are kept already.
            case blob(ContentDigest)
        }

        let path: ProjectPath
        let content: Content

        /// Nothing is looked at but the project's limits.
        public init(path: ProjectPath, content: Content) {
            self.path = path
            self.content = content
        }
    }

    /// Makes the reader's own copy of a project they may see, with these files. Throws `Problem` when they have as many
    /// projects as they may.
    ///
    /// - Parameter name: nil for that of the original
    public func fork(
        _ original: Project,
        named typed: String? = nil,
        files: [NewFile],
        for reader: Reader
    ) throws -> Project.ID {
        try insert(
            name: try typed.map(Project.checked(name:)) ?? original.name,
            language: original.language,
            files: files,
            copyOf: original.id,
            for: reader
        ) { copy, _, db in try copied(original.id, copy, original.role == .owner, db) }.project
    }

    /// Makes a project with these files; `begin` adds what else it has, given its texts by path, in the same
    /// transaction.
    func insert<Value: Sendable>(
        name: String,
        language: LanguageID,
        files: [NewFile],
        copyOf original: Project.ID?,
        for reader: Reader,
        begin: (Project.ID, [ProjectPath: ProjectFile.ID], Connection) throws -> Value
    ) throws -> (project: Project.ID, value: Value) {
        let owner = reader.account.id
        let wanted = Slug.text(of: name)
        return try naming {
            try database.write { db in
                try refuseMore(for: owner, db)
                let slug = try AddressesStore.freeSlug(like: wanted, of: owner, for: nil, in: db)
                let project = try ProjectsStore.insert(
                    name: name,
                    slug: slug,
                    language: language,
                    owner: owner,
                    copyOf: original,
                    at: now(),
                    in: db
                )
                try AddressesStore.keepFormer(of: project, before: slug, of: owner, in: db)
                var texts: [ProjectPath: ProjectFile.ID] = [:]
                for file in files {
                    switch file.content {
                    case .text(let text):
                        let made = try FilesStore.insert(path: file.path, text: text, into: project, at: now(), in: db)
                        texts[file.path] = made.id
                    case .blob(let digest):
                        try BlobsStore.insert(digest, at: file.path, in: project, now: now(), db)
                    }
                }
                try ProjectsStore.filesChanged(in: project, at: now(), before: 0, within: limits, in: db)
                return (project, try begin(project, texts, db))
            }
        }
    }

    /// Throws `Problem` when this person has as many projects as one may.
    func refuseMore(for owner: Account.ID, _ db: Connection) throws {
        guard try ProjectsStore.count(of: owner, in: db) < limits.projects else {
            throw Problem.invalid("name", "You have \(limits.projects) projects, which is the most. Delete one first.")
        }
    }

    /// Tries again when somebody took the slug that was free a moment ago.
    func naming<Value>(_ body: () throws -> Value) throws -> Value {
        for _ in 1...3 {
            do {
                return try body()
            } catch DatabaseError.duplicateKey(let key) where key.hasSuffix("projects_slug") {
                continue
            }
        }
        throw Problem(.conflict, "Another project was given this name at the same moment. Try again.")
    }
}
