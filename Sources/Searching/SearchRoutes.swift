import Accounts
import Editing
import Projects
import RunProtocol
public import SiteKit
import Templating
public import Web

/// Where people look through a project and replace what they find: as pages, or slice by slice in JSON.
public struct SearchRoutes: Sendable {
    private let search: ProjectSearch
    private let pages: Pages
    private let page: Page<SearchPage>

    /// Throws `TemplateError` when the page's template does not fit.
    public init(search: ProjectSearch, pages: Pages) throws {
        self.search = search
        self.pages = pages
        page = try pages.library.page("searching/search", for: SearchPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/projects/{project}/search", show)
        routes.members(.post, "/projects/{project}/replacements", replace)
        routes.members(.post, "/projects/{project}/replacements/{name}/reversal", takeBack)
    }

    private static func path(_ project: Project.ID) -> String { "/projects/\(project)/search" }

    private func show(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let form = SearchForm(replaces: request.query["replace"] != nil) { request.query[$0] }
        let (project, files) = try search.projectAndFiles(id, for: reader)
        var model = SearchPage(project: project, form: form, limits: search.limits, address: address(of: id))
        guard request.query["q"] != nil else { return try pages.show(page, model, to: request) }
        do {
            let slice = try search.slice(
                try SearchQuery(form, limits: search.limits),
                in: id,
                files: files,
                from: Self.start(request.query),
                for: reader,
                isAbandoned: request.isAbandoned
            )
            if request.prefersJSON { return try .json(SliceReport(slice, search.limits)) }
            model.slice = slice
            model.next = slice.next.map { next in
                let place = "from=\(Percent.encode(next.path))&skip=\(next.skipped)"
                return pages.url("\(Self.path(id))?\(form.query)&\(place)")
            }
            return try pages.show(page, model, to: request)
        } catch let problem as Problem where problem.status == .unprocessable {
            model.faults = problem.fields
            return try pages.show(page, model, to: request, problem: problem)
        }
    }

    private static func start(_ query: Query) -> ProjectSearch.Start? {
        query["from"].map { path in
            ProjectSearch.Start(path: path, skipped: query["skip"].flatMap { Int(pathComponent: $0) } ?? 0)
        }
    }

    private func address(of project: Project.ID) -> @Sendable (ProjectPath) -> String {
        { [pages] path in pages.url(FilesRoutes.path(project, path)) }
    }

    /// What a script sends: the fields of the form, and the matches that are to be replaced.
    private struct ReplacementOrder: Decodable {
        let fields: [String: String]
        let matches: [String]
    }

    private struct ReplacementReport: Encodable {
        let places: Int
        let files: Int
        let left: Int
        /// Where it is taken back, below the base path.
        let reversal: String?
    }

    private func replace(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        // Whose project it isn't must not learn what would be wrong with the form.
        _ = try search.projectAndFiles(id, for: reader, to: .edit)
        let form: SearchForm
        let matches: [String]
        if request.prefersJSON {
            let order = try request.json(ReplacementOrder.self)
            form = SearchForm(replaces: true) { order.fields[$0] }
            matches = order.matches
        } else {
            let posted = try request.form()
            form = SearchForm(replaces: true) { posted[$0] }
            matches = posted.all("match")
        }
        let chosen = try matches.map { text in
            guard let match = ProjectSearch.ChosenMatch(text) else {
                throw Problem.badRequest("“\(text.prefix(40))” names no match.")
            }
            return match
        }
        let query = try SearchQuery(form, limits: search.limits)
        let done = try search.replace(query, chosen, in: id, for: reader)
        let reversal = done.name.map { "/projects/\(id)/replacements/\($0)/reversal" }
        if request.prefersJSON {
            return try .json(
                ReplacementReport(places: done.places, files: done.documents, left: done.left, reversal: reversal)
            )
        }
        let flash = Flash(
            done.places > 0 ? .ok : .bad,
            Self.words(for: done),
            actionLabel: reversal == nil ? nil : "Undo",
            actionPath: reversal
        )
        // What comes now is no preview: a second press would replace in what was replaced.
        var shown = form
        shown.replacement = nil
        return try pages.seeOther("\(Self.path(id))?\(shown.query)", flash, for: request)
    }

    private static func words(for done: Documents.Replaced) -> String {
        let places = SearchWords.count(done.places, "match", "matches")
        let replaced =
            done.places == 0
            ? "Nothing was replaced."
            : "Replaced \(places) in \(SearchWords.count(done.documents, "file", "files"))."
        guard done.left > 0 else { return replaced }
        let left = done.left == 1 ? "1 place has changed" : "\(done.left) places have changed"
        return "\(replaced) \(left) since the preview and \(done.left == 1 ? "was" : "were") left alone."
    }

    private func takeBack(_ request: Request, _ reader: Reader, id: Project.ID, name: String) throws -> Response {
        _ = try search.projectAndFiles(id, for: reader, to: .edit)
        let count = try search.takeBack(name, in: id, for: reader)
        if request.prefersJSON { return .noContent }
        let flash = Flash(.ok, "\(SearchWords.count(count, "file is", "files are")) as before the replacement.")
        return try pages.seeOther(Self.path(id), flash, for: request)
    }
}
