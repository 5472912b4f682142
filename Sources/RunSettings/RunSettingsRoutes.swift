import Accounts
public import Projects
public import SiteKit
import Templating
public import Web

/// The page where a project's owner says how its programs are started and which secrets they get.
public struct RunSettingsRoutes: Sendable {
    private let settings: RunSettings
    private let projects: Projects
    private let pages: Pages
    private let page: Page<RunSettingsPage>

    /// Throws `TemplateError` when the page's template does not fit.
    public init(settings: RunSettings, projects: Projects, pages: Pages) throws {
        self.settings = settings
        self.projects = projects
        self.pages = pages
        page = try pages.library.page("run-settings/settings", for: RunSettingsPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/projects/{project}/run-settings", show)
        routes.members(.post, "/projects/{project}/run-settings", save)
        routes.members(.post, "/projects/{project}/secrets", saveSecret)
        routes.members(.post, "/secrets/{secret}/deletion", deleteSecret)
    }

    private static func path(_ project: Project.ID) -> String { "/projects/\(project)/run-settings" }

    private func show(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        var model = try model(of: id, for: reader)
        // The way to another value begins with the name filled in.
        if let name = request.query["secret"], model.secrets.contains(where: { $0.name == name }) {
            model.secretName = name
        }
        return try pages.show(page, model, to: request)
    }

    private func save(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let form = RunConfigurationForm(try request.form())
        do {
            try settings.save(form, of: id, for: reader)
            let flash = Flash(.ok, "The run settings are saved. They hold from the next start.")
            return try pages.seeOther(Self.path(id), flash, for: request)
        } catch let problem as Problem where problem.status == .unprocessable {
            var model = try model(of: id, for: reader)
            model.form = form
            model.faults = problem.fields
            return try pages.show(page, model, to: request, problem: problem)
        }
    }

    private func saveSecret(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let form = try request.form()
        let name = form.trimmed("name")
        let value = LineBreaks.unified(form["value"] ?? "")
        do {
            let saved = try settings.saveSecret(name: name, value: value, of: id, for: reader)
            let words =
                saved.isNew ? "The secret \(saved.name) is stored." : "The secret \(saved.name) has a new value."
            return try pages.seeOther(Self.path(id), Flash(.ok, words), for: request)
        } catch let problem as Problem where problem.status == .unprocessable {
            var model = try model(of: id, for: reader)
            model.secretName = name
            model.secretFaults = problem.fields
            return try pages.show(page, model, to: request, problem: problem)
        }
    }

    private func deleteSecret(_ request: Request, _ reader: Reader, id: Secret.ID) throws -> Response {
        let deleted = try settings.deleteSecret(id, for: reader)
        let flash = Flash(.ok, "The secret \(deleted.name) is deleted.")
        return try pages.seeOther(Self.path(deleted.project), flash, for: request)
    }

    private func model(of id: Project.ID, for reader: Reader) throws -> RunSettingsPage {
        let (project, files) = try projects.projectAndFiles(id, for: reader, to: .own)
        let overview = try settings.overview(of: id, for: reader)
        var model = RunSettingsPage(
            project: ProjectHead(project, languageName: projects.languageName(of: project)),
            files: files,
            form: RunConfigurationForm(overview.configuration),
            secrets: overview.secrets
        )
        if let main = overview.configuration.main, !files.contains(where: { $0.id == main }) {
            model.faults["main"] = "The main file is deleted, so Run starts nothing. Choose another, or none."
        }
        return model
    }
}
