public import Accounts
public import Projects
import RunProtocol
public import SiteKit
import Templating
public import Web

/// Saves the text that a form without scripts brings along, whatever else the form is for.
public struct FormSaving: Sendable {
    private let documents: Documents
    private let projects: Projects
    private let pages: Pages
    private let page: Page<ConflictPage>

    /// Throws `TemplateError` when the page's template does not fit.
    public init(documents: Documents, projects: Projects, pages: Pages) throws {
        self.documents = documents
        self.projects = projects
        self.pages = pages
        page = try pages.library.page("editing/conflict", for: ConflictPage.self)
    }

    /// What became of a form's text.
    enum Outcome {
        /// It is kept; and whether what others changed meanwhile is in it, too.
        case saved(isMerged: Bool)
        /// It is not kept, and nothing else is to be done: the answer asks what is to stand in lines that others
        /// changed, too.
        case asked(Response)
    }

    /// Saves the fields `text` and `version` of a form. Throws `Problem` when one is missing or can't be saved.
    func save(
        _ form: Form,
        to id: DocumentHead.ID,
        by reader: Reader,
        of request: Request,
        undone: String? = nil
    ) throws -> Outcome {
        guard let text = form["text"], let version = form["version"].flatMap(Int.init(pathComponent:)) else {
            throw Problem.badRequest("This form lacks the text or its version.")
        }
        guard !text.utf8.contains(0) else { throw Problem.invalid("text", "A text can't hold a NUL character.") }
        switch try documents.saveForm(text, of: id, basedOn: version, for: reader) {
        case .saved(let isMerged): return .saved(isMerged: isMerged)
        case .conflict(let conflict): return .asked(try ask(conflict, id, undone, reader, request))
        }
    }

    /// Saves the text that a form brings along which is for something else, if it brings one. Gives the answer that asks
    /// about it first; nil when nothing is in the way.
    ///
    /// - Parameters:
    ///   - id: the text's document; nil for the one that the form names in `document`.
    ///   - undone: what the form is for and is not done then, such as "nothing was run".
    public func question(
        of form: Form,
        for id: DocumentHead.ID? = nil,
        by reader: Reader,
        _ request: Request,
        undone: String
    ) throws -> Response? {
        guard form["text"] != nil, let id = id ?? form["document"].flatMap(DocumentHead.ID.init(pathComponent:)),
            case .asked(let answer) = try save(form, to: id, by: reader, of: request, undone: undone)
        else { return nil }
        return answer
    }

    private func ask(
        _ conflict: Documents.EditConflict,
        _ id: DocumentHead.ID,
        _ undone: String?,
        _ reader: Reader,
        _ request: Request
    ) throws -> Response {
        let project = try projects.project(conflict.project, for: reader)
        let model = ConflictPage(
            project: ProjectHead(project, languageName: projects.languageName(of: project)),
            document: id,
            conflict: conflict,
            undone: undone,
            back: pages.url(FilesRoutes.path(conflict.project, conflict.path))
        )
        return try pages.show(page, model, to: request, status: .conflict)
    }
}

/// Asks what is to stand in lines that two changed at once.
struct ConflictPage: ViewModel {
    /// How many places are shown. The text has all of them.
    private static let shownPlaces = 50

    let project: ProjectHead
    let document: DocumentHead.ID
    let conflict: Documents.EditConflict
    /// What else is not done; nil when the form was for nothing else.
    let undone: String?
    /// The file as it stands.
    let back: String

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.project },
        .text("path") { $0.conflict.path.text },
        .int("document") { $0.document.rawValue },
        .int("version") { $0.conflict.version },
        .text("text") { $0.conflict.merge.text },
        .optionalText("author") { $0.conflict.author },
        .optionalText("undone") { $0.undone },
        .text("back") { $0.back },
        .list("places", of: ConflictPlace.self) { page in
            page.conflict.merge.conflicts.prefix(shownPlaces).map(ConflictPlace.init)
        },
        .int("hiddenPlaces") { max(0, $0.conflict.merge.conflicts.count - shownPlaces) }
    )
}

struct ConflictPlace: ViewModel {
    /// How much of a place is shown, in characters.
    private static let shownLength = 4_000

    let conflict: TextMerge.Conflict

    static let fields = Fields<Self>(
        .int("line") { $0.conflict.line },
        .text("ours") { shown($0.conflict.ours) },
        .text("theirs") { shown($0.conflict.theirs) }
    )

    private static func shown(_ lines: String) -> String {
        lines.count > shownLength ? "\(lines.prefix(shownLength))…" : lines
    }
}
