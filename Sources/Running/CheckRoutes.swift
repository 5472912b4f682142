import Accounts
public import Editing
import Languages
public import Live
public import Projects
import RunProtocol
public import SiteKit
import Templating
public import Web

/// Where problems are looked for: answered in JSON, and as a page to a form.
public struct CheckRoutes: Sendable {
    private let desk: CheckDesk
    private let projects: Projects
    private let saving: FormSaving
    private let languages: LanguageStates
    private let hub: LiveHub
    private let pages: Pages
    private let page: Page<CheckPage>

    /// Throws `TemplateError` when the page's template does not fit.
    public init(
        desk: CheckDesk,
        projects: Projects,
        saving: FormSaving,
        languages: LanguageStates,
        hub: LiveHub,
        pages: Pages
    ) throws {
        self.desk = desk
        self.projects = projects
        self.saving = saving
        self.languages = languages
        self.hub = hub
        self.pages = pages
        page = try pages.library.page("running/check", for: CheckPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.post, "/projects/{project}/checks", check)
    }

    private struct Wish: Decodable {
        let file: String
        /// Nobody pressed anything: somebody typed.
        let isAutomatic: Bool?
    }

    private func check(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        if request.headers["content-type"]?.hasPrefix("application/json") == true {
            let wish = try request.json(Wish.self, limit: 65_536)
            let isAsked = wish.isAutomatic != true
            let (_, file, report) = try report(wish.file, isAsked: isAsked, of: id, for: reader)
            return try .json(CheckJSON(file: file.text, report))
        }
        let form = try request.form()
        // Whoever may not run here must not save through this either.
        _ = try projects.project(id, for: reader, to: .run)
        if let question = try saving.question(of: form, by: reader, request, undone: "nothing was checked") {
            return question
        }
        let (project, file, report) = try report(form["file"] ?? "", isAsked: true, of: id, for: reader)
        let model = CheckPage(
            project: ProjectHead(project, languageName: projects.languageName(of: project)),
            file: file,
            report: report,
            address: { [pages] path in pages.url(FilesRoutes.path(id, path)) }
        )
        return try pages.show(page, model, to: request)
    }

    private func report(
        _ typed: String,
        isAsked: Bool,
        of id: Project.ID,
        for reader: Reader
    ) throws -> (Project, ProjectPath, CheckReport) {
        let (project, files) = try projects.projectAndFiles(id, for: reader, to: .run)
        guard let file = files.first(where: { $0.path.text == typed }), let language = projects.language(of: project)
        else { throw RunningRoutes.noSuchFile }
        try languages.requireEnabled(project.language, called: language.name)
        let report = try desk.check(file.path, of: project, in: language, isAsked: isAsked, for: reader)
        // It may have started the workspace, which all pages of the project tell of.
        if isAsked { hub.publish("project/\(id)", Array(#"{"workspace":true}"#.utf8)) }
        return (project, file.path, report)
    }
}

/// A report as scripts know it.
private struct CheckJSON: Encodable {
    let file: String
    let kind: CheckReport.Kind
    let words: String
    let problems: [FoundProblem]
    let looksAtAll: Bool
    let versions: [String: Int]
    let output: String?

    init(file: String, _ report: CheckReport) {
        self.file = file
        kind = report.kind
        words = report.words
        problems = report.problems
        looksAtAll = report.looksAtAll
        versions = report.versions
        output = report.output
    }
}
