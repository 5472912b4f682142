import Accounts
import Logging
public import Projects
import RunProtocol
public import SiteKit
import Templating
public import Web

/// Where administrators make projects templates, and whoever may ends that (`ProjectTemplate`).
public struct TemplateRoutes: Sendable {
    private let projects: Projects
    private let pages: Pages
    private let page: Page<TemplatesPage>

    /// Throws `TemplateError` when the page's template does not fit.
    public init(projects: Projects, pages: Pages) throws {
        self.projects = projects
        self.pages = pages
        page = try pages.library.page("sharing/templates", for: TemplatesPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.administrators(.get, "/admin/templates", show)
        routes.administrators(.post, "/admin/templates", mark)
        routes.administrators(.post, "/admin/templates/{project}/deletion", unmark)
        routes.members(.post, "/projects/{project}/template/deletion", endOwn)
    }

    private func show(_ request: Request, _ reader: Reader) throws -> Response {
        try pages.show(page, try model(project: request.query["project"] ?? ""), to: request)
    }

    private func mark(_ request: Request, _ reader: Reader) throws -> Response {
        let form = try request.form()
        let (typed, summary) = (form["project"] ?? "", form["summary"] ?? "")
        do {
            let project = try projects.markTemplate(typed, summary: summary, for: reader)
            request.log.notice("project made a template", metadata: of(project.id, reader))
            return try pages.seeOther("/admin/templates", Flash(.ok, "“\(project.name)” is a template."), for: request)
        } catch let problem as Problem where problem.status == .unprocessable {
            var model = try model(project: typed)
            model.summary = summary
            model.faults = problem.fields
            return try pages.show(page, model, to: request, problem: problem)
        }
    }

    private func unmark(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        try end(id, leadingTo: "/admin/templates", request, reader)
    }

    private func endOwn(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        _ = try projects.project(id, for: reader, to: .own)
        return try end(id, leadingTo: "/projects/\(id)/settings", request, reader)
    }

    private func end(
        _ id: Project.ID,
        leadingTo path: String,
        _ request: Request,
        _ reader: Reader
    ) throws -> Response {
        try projects.unmarkTemplate(id, for: reader)
        request.log.notice("project made no template", metadata: of(id, reader))
        let flash = Flash(.ok, "The project is no longer a template. Copies that were made of it stay.")
        return try pages.seeOther(path, flash, for: request)
    }

    private func of(_ id: Project.ID, _ reader: Reader) -> Logger.Metadata {
        ["project": .stringConvertible(id), "person": .stringConvertible(reader.account.id)]
    }

    private func model(project: String) throws -> TemplatesPage {
        TemplatesPage(
            templates: try projects.templates().map { template in
                TemplateRow(template: template, languageName: projects.languageName(of: template.language))
            },
            project: project
        )
    }
}
