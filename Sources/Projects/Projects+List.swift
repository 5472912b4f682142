import Accounts
import Languages
import MariaDB
import RunProtocol
import Web

/// The list of a person's projects, and what a new one in it may begin with.
extension Projects {
    /// A page of what the reader owns and is a member of, and one more if there is one.
    func list(_ wish: ProjectListWish, for reader: Reader) throws -> [ProjectListStore.Summary] {
        try database.read { db in try ProjectListStore.page(wish, of: reader.account.id, in: db) }
    }

    /// Stars a project in the reader's list, or no longer. Throws `Problem.notFound` when they may not see it.
    func star(_ id: Project.ID, _ isStarred: Bool, for reader: Reader) throws {
        try database.write { db in
            _ = try found(id, for: reader, to: .read, db)
            try ProjectListStore.star(id, isStarred, for: reader.account.id, in: db)
        }
    }

    /// The languages in which projects can be begun: those that no administrator has switched off.
    func offeredLanguages() throws -> [Language] {
        let states = try languageStates()
        return catalogue.languages.filter { LanguageID($0.id).flatMap { states[$0] } != .disabled }
    }

    /// The one that whoever has not chosen is offered: they are likely to be learning. Nil when there is none.
    func firstLanguage() throws -> Language? {
        let languages = try offeredLanguages()
        return languages.first { $0.id == "python" } ?? languages.first
    }

    /// The language of the project that the reader changed last; nil when they have none.
    func latestLanguage(of reader: Reader) throws -> String? {
        try database.read { db in try ProjectListStore.latestLanguage(of: reader.account.id, in: db) }
    }
}
