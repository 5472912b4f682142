public import Accounts
import Languages
import RunProtocol
public import SiteKit
import Templating
public import Web

/// The pages of projects: new, settings, what was deleted, and what a project's owner does with it as a whole.
public struct ProjectsRoutes: Sendable {
    private let projects: Projects
    private let pages: Pages
    private let copyOfTemplate: CopyOfTemplate
    private let deleted: Page<DeletedProjectsPage>
    private let deletedFiles: Page<DeletedFilesPage>
    private let new: Page<NewProjectPage>
    private let settings: Page<ProjectSettingsPage>

    /// Makes a project of that name as a template is (`ProjectTemplate`).
    public typealias CopyOfTemplate = @Sendable (Project.ID, _ name: String, Reader) throws -> Project.ID

    /// Throws `TemplateError` when a page's template does not fit.
    public init(projects: Projects, pages: Pages, copyOfTemplate: @escaping CopyOfTemplate) throws {
        self.copyOfTemplate = copyOfTemplate
        self.projects = projects
        self.pages = pages
        deleted = try pages.library.page("projects/deleted", for: DeletedProjectsPage.self)
        deletedFiles = try pages.library.page("projects/deleted-files", for: DeletedFilesPage.self)
        new = try pages.library.page("projects/new", for: NewProjectPage.self)
        settings = try pages.library.page("projects/settings", for: ProjectSettingsPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.post, "/projects", create)
        routes.members(.get, "/projects/new", showNew)
        routes.members(.get, "/projects/deleted", showDeleted)
        routes.members(.get, "/projects/{project}/settings", showSettings)
        routes.members(.get, "/projects/{project}/deleted-files", showDeletedFiles)
        routes.members(.post, "/projects/{project}/name", rename)
        routes.members(.post, "/projects/{project}/deletion", delete)
        routes.members(.post, "/projects/{project}/restoration", restore)
    }

    private func showDeleted(_ request: Request, _ reader: Reader) throws -> Response {
        let rows = try projects.deleted(for: reader).map(DeletedProjectRow.init)
        return try pages.show(deleted, DeletedProjectsPage(projects: rows), to: request)
    }

    private func showDeletedFiles(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let place = request.query["from"].flatMap(FilesStore.Deleted.Place.init)
        let (project, files) = try projects.deletedFiles(of: id, from: place, for: reader)
        let head = ProjectHead(project, languageName: projects.languageName(of: project))
        let rows = files.prefix(FilesStore.Deleted.pageLength).map(DeletedFileRow.init)
        let next = rows.count < files.count ? rows.last.map { "?from=\(FilesStore.Deleted.Place($0.file).text)" } : nil
        let page = DeletedFilesPage(head: head, files: rows, isLaterPage: place != nil, next: next)
        return try pages.show(deletedFiles, page, to: request)
    }

    private func showNew(_ request: Request, _ reader: Reader) throws -> Response {
        let page = try newPage(
            language: try request.query["language"] ?? projects.latestLanguage(of: reader),
            starter: request.query["starter"]
        )
        return try pages.show(new, page, to: request)
    }

    private func create(_ request: Request, _ reader: Reader) throws -> Response {
        let form = try request.form()
        let (name, language, starter) = (form["name"] ?? "", form["language"] ?? "", form["starter"])
        if form["show"] != nil {
            // The button is in this form, and not in one of its own, so that what was typed stays.
            return try pages.show(new, try newPage(name: name, language: language, starter: starter), to: request)
        }
        do {
            let id =
                if let template = starter.flatMap(StarterChoice.template) {
                    try copyOfTemplate(try projects.offeredTemplate(template, in: language), name, reader)
                } else {
                    try projects.create(name: name, language: language, starter: starter, for: reader)
                }
            return .seeOther("/projects/\(id)")
        } catch let problem as Problem where problem.status == .unprocessable {
            var page = try newPage(name: name, language: language, starter: starter)
            page.nameError = problem.fields["name"]
            page.languageError = problem.fields["language"]
            page.starterError = problem.fields["starter"]
            return try pages.show(new, page, to: request, problem: problem)
        }
    }

    private func newPage(name: String = "", language: String?, starter: String?) throws -> NewProjectPage {
        let languages = try projects.languageChoices(chosen: language)
        let templates = try projects.templates(in: languages.first { $0.isChosen }?.language.id)
        return NewProjectPage(name: name, languages: languages, templates: templates, starter: starter)
    }

    private func showSettings(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        try pages.show(settings, try settingsPage(id, for: reader), to: request)
    }

    private func rename(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let name = try request.form()["name"] ?? ""
        do {
            try projects.rename(id, to: name, for: reader)
            return try pages.seeOther("/projects/\(id)/settings", Flash(.ok, "The name is changed."), for: request)
        } catch let problem as Problem where problem.status == .unprocessable {
            var page = try settingsPage(id, for: reader)
            page.name = name
            page.nameError = problem.fields["name"]
            return try pages.show(settings, page, to: request, problem: problem)
        }
    }

    private func delete(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        if try projects.deleted(for: reader).contains(where: { $0.id == id }) {
            return try pages.seeOther("/projects/deleted", Flash(.ok, "It is deleted already."), for: request)
        }
        let project = try projects.project(id, for: reader, to: .own)
        try projects.delete(id, for: reader)
        let flash = Flash(
            .ok,
            "Deleted “\(project.name)”. It can be brought back for 30 days.",
            actionLabel: "Undo",
            actionPath: "/projects/\(id)/restoration"
        )
        return try pages.seeOther("/projects", flash, for: request)
    }

    private func restore(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        do {
            try projects.restore(id, for: reader)
        } catch let problem as Problem where problem.status == .notFound {
            // Another window may have been quicker; whose project it isn't is told nothing else than before.
            _ = try projects.project(id, for: reader, to: .own)
        }
        let project = try projects.project(id, for: reader)
        return try pages.seeOther("/projects", Flash(.ok, "“\(project.name)” is back."), for: request)
    }

    private func settingsPage(_ id: Project.ID, for reader: Reader) throws -> ProjectSettingsPage {
        let project = try projects.project(id, for: reader, to: .own)
        let head = ProjectHead(project, languageName: projects.languageName(of: project))
        return ProjectSettingsPage(
            head: head,
            name: project.name,
            fileCount: project.fileCount,
            original: try projects.original(of: id, for: reader)?.address,
            template: try projects.template(of: id, for: reader),
            canMark: reader.account.isAdministrator && !project.isArchived
        )
    }
}
