public import Accounts
import FoundationEssentials
public import Languages
public import MariaDB
public import Quotas
public import RunProtocol
public import SiteKit
import Web

/// People's projects and the files in them, as the database keeps them.
public struct Projects: Sendable {
    let database: Database
    let catalogue: LanguageCatalogue
    /// What one person and one project may have.
    public let limits: ProjectLimits
    let now: Now
    /// Whether programs can be run, by language; without those of which nobody can tell.
    let languageStates: @Sendable () throws -> [LanguageID: LanguageState]
    /// Called with a project whose list of files is not as it was.
    let filesChanged: @Sendable (Project.ID) -> Void
    /// Writes down how a new project's programs are started, in the transaction that makes it.
    let begun: @Sendable (Project.ID, ProjectStart, Connection) throws -> Void
    /// Writes down that the second project's programs are started as those of the first, of which it is a copy, in the
    /// transaction that makes it; with everything that its owner set only where the copy is the owner's.
    let copied: @Sendable (Project.ID, Project.ID, _ isOwners: Bool, Connection) throws -> Void

    /// How long deleted things can come back, in seconds: 30 days.
    static let restorable: TimeInterval = 30 * 86_400

    /// - Parameter limits: what one person and one project may have.
    public init(
        database: Database,
        catalogue: LanguageCatalogue,
        limits: ProjectLimits,
        now: @escaping Now,
        languageStates: @escaping @Sendable () throws -> [LanguageID: LanguageState],
        filesChanged: @escaping @Sendable (Project.ID) -> Void,
        begun: @escaping @Sendable (Project.ID, ProjectStart, Connection) throws -> Void,
        copied: @escaping @Sendable (Project.ID, Project.ID, _ isOwners: Bool, Connection) throws -> Void
    ) {
        self.database = database
        self.catalogue = catalogue
        self.limits = limits
        self.now = now
        self.languageStates = languageStates
        self.filesChanged = filesChanged
        self.begun = begun
        self.copied = copied
    }

    // MARK: Projects

    /// What a project's language is called; its id when the catalogue no longer has it.
    public func languageName(of project: Project) -> String { languageName(of: project.language) }

    /// What a language is called; its id when the catalogue no longer has it.
    public func languageName(of language: LanguageID) -> String { catalogue[language.text]?.name ?? language.text }

    /// A project's language; nil when the catalogue no longer has it.
    public func language(of project: Project) -> Language? { catalogue[project.language.text] }

    /// The endings of the files in which a project's language looks for problems; none where it doesn't.
    public func checkedExtensions(of project: Project) -> [String] {
        language(of: project).map { $0.check == nil ? [] : $0.extensions } ?? []
    }

    /// The extensions of the files that the project's language has a formatter for; none where it has no formatter.
    public func formattedExtensions(of project: Project) -> [String] {
        guard let language = catalogue[project.language.text], language.format != nil else { return [] }
        return language.extensions
    }

    /// What the reader deleted and can still bring back.
    func deleted(for reader: Reader) throws -> [ProjectsStore.Deleted] {
        let oldest = now().addingTimeInterval(-Self.restorable)
        return try database.read { db in try ProjectsStore.deleted(of: reader.account.id, after: oldest, in: db) }
    }

    /// A project that the reader has a right to. Throws `Problem`: not found when they may not see it, forbidden when
    /// they may see it but not that.
    public func project(_ id: Project.ID, for reader: Reader, to right: ProjectRight = .read) throws -> Project {
        try database.read { db in try found(id, for: reader, to: right, db) }
    }

    /// A project with its files by path, in one go.
    public func projectAndFiles(
        _ id: Project.ID,
        for reader: Reader,
        to right: ProjectRight = .read
    ) throws -> (project: Project, files: [ProjectFile]) {
        let both = try database.read { db in
            Both(
                project: try found(id, for: reader, to: right, db),
                files: try FilesStore.files(of: id, for: .read(reader), in: db)
            )
        }
        return (both.project, both.files)
    }

    private struct Both: Sendable {
        let project: Project
        let files: [ProjectFile]
    }

    func found(
        _ id: Project.ID,
        for reader: Reader,
        to right: ProjectRight,
        _ db: Connection
    ) throws -> Project {
        let person = reader.account.id
        let access = ProjectAccess(right, person)
        guard let project = try ProjectsStore.project(id, for: access, as: person, in: db) else {
            throw try ProjectsStore.refusal(of: right, in: id, to: person, db)
        }
        return project
    }

    /// Makes a project and fills it, all in one transaction: a project that can't be filled is not made.
    public func create<Value: Sendable>(
        name typed: String,
        language typedLanguage: String,
        for reader: Reader,
        _ fill: (FileBatch, Language) throws -> Value
    ) throws -> (project: Project.ID, value: Value) {
        var faults: [String: String] = [:]
        let (name, found) = try beginning(name: typed, language: typedLanguage, &faults)
        guard faults.isEmpty, let language = found, let id = LanguageID(language.id) else { throw Self.refused(faults) }
        return try insert(name: name, language: id, files: [], copyOf: nil, for: reader) { project, _, db in
            let value = try fill(FileBatch(project, files: [], limits: limits, now: now(), db), language)
            try ProjectsStore.filesChanged(in: project, at: now(), before: 0, within: limits, in: db)
            return value
        }
    }

    /// A new project's name and language as they were typed; what is wrong with them is added to the faults.
    func beginning(
        name typed: String,
        language typedLanguage: String,
        _ faults: inout [String: String]
    ) throws -> (name: String, language: Language?) {
        var name = ""
        do { name = try Project.checked(name: typed) } catch let problem as Problem { faults = problem.fields }
        let language = catalogue[typedLanguage]
        let state = try LanguageID(typedLanguage).flatMap { try languageStates()[$0] }
        if language == nil || state == .disabled { faults["language"] = "Choose one of the languages." }
        return (name, language)
    }

    static func refused(_ faults: [String: String]) -> Problem {
        Problem(.unprocessable, "The project could not be made yet.", fields: faults)
    }

    func rename(_ id: Project.ID, to typed: String, for reader: Reader) throws {
        let name = try Project.checked(name: typed)
        let wanted = Slug.text(of: name)
        try naming {
            try deciding(id, for: reader) { db in
                let slug = try AddressesStore.freeSlug(
                    like: wanted,
                    of: reader.account.id,
                    for: id,
                    in: db
                )
                try AddressesStore.keepFormer(of: id, before: slug, of: reader.account.id, in: db)
                try ProjectsStore.rename(id, to: name, slug: slug, at: now(), in: db)
            }
        }
    }

    func delete(_ id: Project.ID, for reader: Reader) throws {
        try database.write { db in
            guard try ProjectsStore.delete(id, for: .own(reader), at: now(), in: db) else {
                throw try ProjectsStore.refusal(of: .own, in: id, to: reader.account.id, db)
            }
            try ProjectTemplatesStore.end(id, in: db)
        }
    }

    func restore(_ id: Project.ID, for reader: Reader) throws {
        let oldest = now().addingTimeInterval(-Self.restorable)
        let found = try database.write { db in
            try ProjectsStore.restore(id, for: reader.account.id, deletedAfter: oldest, in: db)
        }
        guard found else { throw Problem.notFound }
    }

    /// A transaction that has the project to itself, for its owner. Throws `Problem` for others.
    public func deciding<Value: Sendable>(
        _ id: Project.ID,
        for reader: Reader,
        _ body: (Connection) throws -> Value
    ) throws -> Value {
        try database.write { db in
            guard try ProjectsStore.lock(id, for: .own(reader), in: db) else {
                throw try ProjectsStore.refusal(of: .own, in: id, to: reader.account.id, db)
            }
            return try body(db)
        }
    }

    // MARK: Files

    /// A file that the reader may see. Throws `Problem.notFound`.
    public func file(_ id: ProjectFile.ID, for reader: Reader) throws -> ProjectFile {
        let file = try database.read { db in try FilesStore.file(id, for: .read(reader), in: db) }
        guard let file else { throw Problem.notFound }
        return file
    }

    /// Adds an empty file, or one with a text whose line breaks are `\n`.
    func addFile(_ typed: String, text: String = "", to project: Project.ID, for reader: Reader) throws -> ProjectFile {
        let path = try ProjectFile.checked(path: typed)
        let file = try changing(project, for: reader) { db in
            try refuseNew(path, in: project, db)
            return try FilesStore.insert(path: path, text: text, into: project, at: now(), in: db)
        }
        filesChanged(project)
        return file
    }

    func move(_ id: ProjectFile.ID, to typed: String, for reader: Reader) throws -> ProjectFile {
        let path = try ProjectFile.checked(path: typed)
        let old = try file(id, for: reader)
        guard old.path != path else { return old }
        let moved = try changing(old.project, for: reader) { db in
            guard let current = try FilesStore.file(id, for: .edit(reader), in: db) else { throw Problem.notFound }
            // It may lie in its own new folder's way (`a` to `a/b`): it gives up its place first.
            try FilesStore.delete(id, at: now(), in: db)
            try refuseObstacle(to: path, in: old.project, field: "path", db)
            try FilesStore.restore(id, in: db)
            try FilesStore.move(id, to: path, in: db)
            return ProjectFile(id: id, project: current.project, path: path, content: current.content)
        }
        filesChanged(old.project)
        return moved
    }

    /// Deletes a file; it can come back for 30 days. Throws `Problem.notFound`.
    public func delete(_ id: ProjectFile.ID, for reader: Reader) throws -> ProjectFile {
        let file = try file(id, for: reader)
        try changing(file.project, for: reader) { db in try FilesStore.delete(id, at: now(), in: db) }
        filesChanged(file.project)
        return file
    }

    /// A file that can still come back. Throws `Problem.notFound`.
    func deletedFile(_ id: ProjectFile.ID, for reader: Reader) throws -> ProjectFile {
        let oldest = now().addingTimeInterval(-Self.restorable)
        let file = try database.read { db in
            try FilesStore.deletedFile(id, for: .read(reader), deletedAfter: oldest, in: db)
        }
        guard let file else { throw Problem.notFound }
        return file
    }

    func restore(_ id: ProjectFile.ID, for reader: Reader) throws -> ProjectFile {
        let file = try deletedFile(id, for: reader)
        _ = try changeFiles(of: file.project, for: reader) { try $0.restore([id]) }
        return file
    }

    /// A transaction that has the project's file list to itself, for those who may edit it. Throws `Problem` for others.
    func changing<Value: Sendable>(
        _ project: Project.ID,
        for reader: Reader,
        _ body: (Connection) throws -> Value
    ) throws -> Value {
        try database.write { db in
            try lock(project, for: reader, db)
            let before = try ProjectsStore.size(of: project, in: db)
            let value = try body(db)
            try ProjectsStore.filesChanged(in: project, at: now(), before: before, within: limits, in: db)
            return value
        }
    }

    private func lock(_ project: Project.ID, for reader: Reader, _ db: Connection) throws {
        guard try ProjectsStore.lock(project, for: .edit(reader), in: db) else {
            throw try ProjectsStore.refusal(of: .edit, in: project, to: reader.account.id, db)
        }
    }

    /// Throws `Problem` when a project has no room for one more file, or something lies in its way.
    func refuseNew(_ path: ProjectPath, in project: Project.ID, _ db: Connection) throws {
        guard try FilesStore.count(of: project, in: db) < limits.files else {
            throw limits.noMoreFiles
        }
        try refuseObstacle(to: path, in: project, field: "path", db)
    }

    private func refuseObstacle(
        to path: ProjectPath,
        in project: Project.ID,
        field: String,
        _ db: Connection
    ) throws {
        guard let other = try FilesStore.obstacle(to: path, in: project, db) else { return }
        throw Problem.invalid(field, path.refusal(because: other))
    }
}

extension ProjectPath {
    /// Why a file can't be here when there is another one: in its place, below it, or where one of its folders would be.
    func refusal(because other: ProjectPath) -> String {
        if other == self { return "There is a file \(self) already." }
        return other.isBelow(self)
            ? "\(self) is a folder here." : "\(other) is a file, so nothing can lie below it."
    }
}

/// Whether programs in a language can be run.
public enum LanguageState: Sendable, Equatable {
    /// They can. The version is a number such as `3.11.2`, or nil when nobody tells it.
    case ready(version: String?)
    /// The language is still being prepared.
    case missing
    /// An administrator has switched it off.
    case disabled
}

/// Line breaks as documents have them.
public enum LineBreaks {
    /// The text with every CRLF and CR made into LF.
    public static func unified(_ text: String) -> String {
        guard text.utf8.contains(13) else { return text }
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == 13 {
                out.append(10)
            } else if byte != 10 || previous != 13 {
                out.append(byte)
            }
            previous = byte
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension Projects {
    /// How many projects there are, by language; without those that were deleted.
    public func countsByLanguage() throws -> [LanguageID: Int] {
        try database.read { db in try ProjectsStore.countsByLanguage(in: db) }
    }

    /// Which of these projects the reader may listen to, or have another right to.
    public func visible(_ ids: [Int], for reader: Reader, to right: ProjectRight = .read) throws -> Set<Int> {
        let access = ProjectAccess(right, reader.account.id)
        return try database.read { db in try ProjectsStore.visible(ids, for: access, in: db) }
    }
}
