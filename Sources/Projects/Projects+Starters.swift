import Accounts
import Languages
import MariaDB
import RunProtocol
import Web

/// How the programs of a new project are started, where its starter says so.
public struct ProjectStart: Sendable {
    /// The file that Run starts; nil for the one that is open.
    public let main: ProjectFile.ID?
    /// What the program gets.
    public let arguments: [String]
}

extension Projects {
    /// Makes a project that begins with a starter of its language; without a choice, with the one that each has.
    ///
    /// Throws `Problem` with what is wrong at which field; then nothing is made.
    func create(
        name typed: String,
        language typedLanguage: String,
        starter typedStarter: String?,
        for reader: Reader
    ) throws -> Project.ID {
        var faults: [String: String] = [:]
        var name = ""
        do { name = try Project.checked(name: typed) } catch let problem as Problem { faults = problem.fields }
        let language = catalogue[typedLanguage]
        let state = try LanguageID(typedLanguage).flatMap { try languageStates()[$0] }
        if language == nil || state == .disabled { faults["language"] = "Choose one of the languages." }
        let starter = language?.starters.first { $0.name == typedStarter ?? $0.name }
        if starter == nil, typedStarter != Starter.empty, faults["language"] == nil {
            faults["starter"] = "\(language?.name ?? "This language") has no such starter. Choose one of these."
        }
        guard faults.isEmpty, let language, let id = LanguageID(language.id) else {
            throw Problem(.unprocessable, "The project could not be made yet.", fields: faults)
        }
        return try database.write { db in
            guard try ProjectsStore.count(of: reader.account.id, in: db) < limits.projects else {
                throw Problem.invalid(
                    "name",
                    "You have \(limits.projects) projects, which is the most. Delete one first."
                )
            }
            let project = try ProjectsStore.insert(
                name: name,
                language: id,
                owner: reader.account.id,
                at: now(),
                in: db
            )
            if let starter { try begin(project, with: starter, in: db) }
            return project
        }
    }

    private func begin(_ project: Project.ID, with starter: Starter, in db: Connection) throws {
        var main: ProjectFile.ID?
        for file in starter.files {
            // What the catalogue lets through is a path here, too.
            guard let path = ProjectPath(file.path) else { continue }
            let made = try FilesStore.insert(
                path: path,
                text: LineBreaks.unified(file.text),
                into: project,
                at: now(),
                in: db
            )
            if file.path == starter.main { main = made.id }
        }
        try ProjectsStore.filesChanged(in: project, at: now(), in: db)
        if main != nil || !starter.arguments.isEmpty {
            try begun(project, ProjectStart(main: main, arguments: starter.arguments), db)
        }
    }
}
