public import Accounts
import MariaDB
import RunProtocol
public import SiteKit
import Web

/// Projects that every member of the site may make a copy of (`ProjectTemplate`).
extension Projects {
    /// All templates, in languages that are not switched off too, by name.
    public func templates() throws -> [ProjectTemplate] {
        try database.read { db in try ProjectTemplatesStore.templates(in: nil, db) }
    }

    /// The templates of one language, by name.
    func templates(in language: String?) throws -> [ProjectTemplate] {
        guard let language = language.flatMap(LanguageID.init) else { return [] }
        return try database.read { db in try ProjectTemplatesStore.templates(in: language, db) }
    }

    /// The mark of a project, for its owner; nil when it is no template.
    func template(of id: Project.ID, for reader: Reader) throws -> ProjectTemplate? {
        try database.read { db in try ProjectTemplatesStore.template(id, for: .own(reader), in: db) }
    }

    /// Makes a project a template, for administrators who may read it, and says what it is called. Throws `Problem` with
    /// the fault of a field.
    ///
    /// - Parameter typed: its number, or its address as a browser shows it.
    public func markTemplate(_ typed: String, summary typedSummary: String, for reader: Reader) throws -> Project {
        let summary = try ProjectTemplate.checked(summary: typedSummary)
        guard let project = try projectAsTyped(typed, for: reader) else {
            throw Problem.invalid("project", "There is no project there that you can read.")
        }
        guard !project.isArchived else {
            throw Problem.invalid("project", "“\(project.name)” is archived. Bring it back into use first.")
        }
        let isMarked = try database.write { db in
            try ProjectTemplatesStore.mark(project.id, summary: summary, by: reader.account.id, at: now(), in: db)
        }
        guard isMarked else { throw Problem.notFound }
        return project
    }

    /// Makes a project no template any more, for administrators and its owner. Throws `Problem.notFound`.
    public func unmarkTemplate(_ id: Project.ID, for reader: Reader) throws {
        let ended = try database.write { db in
            try ProjectTemplatesStore.unmark(id, by: reader.account.id, in: db)
        }
        guard ended else { throw Problem.notFound }
    }

    /// Throws `Problem` at the field of the form for new projects unless this is a template of that language.
    func offeredTemplate(_ id: Project.ID, in language: String) throws -> Project.ID {
        guard try templates(in: language).contains(where: { $0.project == id }) else { throw Self.noTemplate }
        return id
    }

    /// A template as the project that it is, to be copied through `ProjectAccess.template`. Throws `Problem` as above.
    public func templateProject(_ id: Project.ID, for reader: Reader) throws -> Project {
        let project = try database.read { db in
            try ProjectsStore.project(id, for: .template, as: reader.account.id, in: db)
        }
        guard let project else { throw Self.noTemplate }
        return project
    }

    private static let noTemplate = refused(["starter": "This template is not offered here. Choose one of these."])

    private func projectAsTyped(_ typed: String, for reader: Reader) throws -> Project? {
        // Of an address, what comes after the site's own part.
        let text = typed.trimmingWhitespace()
        let parts = text.split { "/?#".contains($0) }.map(String.init)
        do {
            if let at = parts.firstIndex(where: { $0.hasPrefix("@") }), parts.count > at + 1 {
                return try project(of: String(parts[at].dropFirst()), at: parts[at + 1], for: reader)
            }
            let number = parts.firstIndex(of: "projects").flatMap { parts.dropFirst($0 + 1).first } ?? text
            return try Project.ID(pathComponent: number).map { try project($0, forAnybody: reader) }
        } catch let problem as Problem where problem.status == .notFound {
            return nil
        }
    }
}
