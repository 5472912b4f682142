import Accounts
public import Editing
public import Languages
public import Projects
import RunProtocol
public import Running
import SiteKit
import Web

/// Formats files of projects with their languages' formatters, in the workspace of whoever asks.
///
/// The newest text goes to the formatter as it is stored. What it changed is put in place by place, so that what others
/// type meanwhile, and everybody's cursors, stay where they are.
public struct Formatting: Sendable {
    private let documents: Documents
    private let projects: Projects
    private let catalogue: LanguageCatalogue
    private let states: LanguageStates
    private let tools: QuietRuns

    /// What clients are called whose edits are a formatter's.
    static let client = "format"

    /// Formats with the tools of these languages.
    public init(
        documents: Documents,
        projects: Projects,
        catalogue: LanguageCatalogue,
        states: LanguageStates,
        tools: QuietRuns
    ) {
        self.documents = documents
        self.projects = projects
        self.catalogue = catalogue
        self.states = states
        self.tools = tools
    }

    /// What became of a text.
    enum Ending {
        /// It is formatted; nothing was replaced where it was formatted before.
        case formatted(Documents.Replaced)
        /// It stays as it is. The line and column, both from 1, are where the formatter can't read it.
        case refused(String, line: Int?, column: Int?)
    }

    /// A document and the project it is in.
    typealias Place = (project: Project, path: ProjectPath)

    /// Where a document is, for those who may edit it. Throws `Problem`.
    func place(of id: DocumentHead.ID, for reader: Reader) throws -> Place {
        let (project, path) = try documents.place(of: id, for: reader)
        return (try projects.project(project, for: reader, to: .edit), path)
    }

    /// Formats a document. Throws `Problem` when that can't be done here or now.
    func format(_ id: DocumentHead.ID, at place: Place, for reader: Reader) throws -> Ending {
        let (project, path) = place
        guard let language = catalogue[project.language.text], let formatter = language.formatter(of: path.text) else {
            throw Problem(.unprocessable, "There is no formatter for \(path) in this project.")
        }
        try states.requireEnabled(project.language, called: language.name)
        let content = try documents.content(of: id, for: .edit(reader))
        let text = Array(content.text.utf8)
        guard text.count <= RunInput.maximumText else {
            throw Problem(.unprocessable, "Texts of more than \(RunInput.maximumText / 1_024) KB are not formatted.")
        }
        let result = try tools.run(.format(path), input: text, in: project, for: reader)
        switch Answer(result, to: content.text, of: path.text, from: formatter) {
        case .refused(let words, let line, let column): return .refused(words, line: line, column: column)
        case .text(let formatted):
            let places = ChangeSet.places(from: content.text, to: formatted)
            let replacement = Documents.Replacement(document: id, version: content.version, places: places)
            return .formatted(try documents.replace([replacement], in: project.id, as: Self.client, for: reader))
        }
    }

    /// Takes back what `format` did, merging with what was edited since. Throws `Problem`.
    func takeBack(_ name: String, in project: Project.ID, for reader: Reader) throws {
        _ = try documents.takeBack(name, of: Self.client, in: project, for: reader)
    }
}
