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
        let (name, language) = try beginning(name: typed, language: typedLanguage, &faults)
        let starter = language?.starters.first { $0.name == typedStarter ?? $0.name }
        if starter == nil, typedStarter != Starter.empty, faults["language"] == nil {
            faults["starter"] = "\(language?.name ?? "This language") has no such starter. Choose one of these."
        }
        guard faults.isEmpty, let language, let id = LanguageID(language.id) else { throw Self.refused(faults) }
        let files = (starter?.files ?? []).compactMap { file in
            // What the catalogue lets through is a path here, too.
            ProjectPath(file.path).map { NewFile(path: $0, content: .text(LineBreaks.unified(file.text))) }
        }
        return try insert(name: name, language: id, files: files, copyOf: nil, for: reader) { project, made, db in
            guard let starter else { return }
            let main = starter.main.flatMap(ProjectPath.init).flatMap { made[$0] }
            guard main != nil || !starter.arguments.isEmpty else { return }
            try begun(project, ProjectStart(main: main, arguments: starter.arguments), db)
        }.project
    }
}
