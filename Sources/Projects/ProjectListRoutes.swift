import Accounts
import Languages
import Quotas
import RunProtocol
public import SiteKit
import Templating
public import Web

/// The list of a reader's projects: the whole of it, searched, by language, starred, page by page.
public struct ProjectListRoutes: Sendable {
    private let projects: Projects
    private let pages: Pages
    private let list: Page<ProjectListPage>

    /// Throws `TemplateError` when the page's template does not fit.
    public init(projects: Projects, pages: Pages) throws {
        self.projects = projects
        self.pages = pages
        list = try pages.library.page("projects/list", for: ProjectListPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/projects", show)
        routes.members(.post, "/projects/{project}/star", star)
        routes.members(.post, "/projects/{project}/star/deletion", unstar)
    }

    private func show(_ request: Request, _ reader: Reader) throws -> Response {
        let wish = ProjectListWish(request.query)
        let found = try projects.list(wish, for: reader)
        let rows = found.prefix(ProjectListStore.pageSize).map { summary in
            ProjectRow(summary: summary, languageName: projects.languageName(of: summary.project))
        }
        let isCut = found.count > rows.count
        let next = rows.last.flatMap { isCut ? ProjectListWish.Place($0.summary.project, in: wish.order) : nil }
        let page = ProjectListPage(
            wish: wish,
            projects: rows,
            languages: projects.catalogue.languages.map { language in
                ListChoice(value: language.id, words: language.name, isChosen: language.id == wish.language?.text)
            },
            most: projects.limits.projects,
            next: next.map { pages.url(wish.path(after: $0)) },
            // Only who has none is offered a first program.
            firstLanguage: rows.isEmpty && !wish.isNarrowed && wish.after == nil ? try projects.firstLanguage() : nil
        )
        return try pages.show(list, page, to: request)
    }

    private func star(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        try setStar(true, on: id, request, reader)
    }

    private func unstar(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        try setStar(false, on: id, request, reader)
    }

    /// Leads back to the list as it was, and to the same star.
    private func setStar(_ isStarred: Bool, on id: Project.ID, _ request: Request, _ reader: Reader) throws -> Response
    {
        try projects.star(id, isStarred, for: reader)
        if request.prefersJSON { return .noContent }
        let form = try request.form()
        return .seeOther("\(ProjectListWish(Query(Array((form["list"] ?? "").utf8))).path(after: nil))#star-\(id)")
    }
}
