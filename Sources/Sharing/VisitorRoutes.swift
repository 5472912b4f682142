import Accounts
public import Editing
import FoundationEssentials
public import Projects
import RunProtocol
public import SiteKit
import Templating
public import Web

/// The stable addresses of projects, `/@owner/slug`, and what visitors see there who are no members: the files, and a
/// copy of their own.
public struct VisitorRoutes: Sendable {
    private let sharing: Sharing
    private let projects: Projects
    private let documents: Documents
    private let pages: Pages
    private let page: Page<VisitorPage>

    /// Throws `TemplateError` when the page's template does not fit.
    public init(sharing: Sharing, projects: Projects, documents: Documents, pages: Pages) throws {
        self.sharing = sharing
        self.projects = projects
        self.documents = documents
        self.pages = pages
        page = try pages.library.page("sharing/visitor", for: VisitorPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.get("/@{owner}/{slug}", showMainFile)
        routes.get("/@{owner}/{slug}/files/{path...}", showFile)
        routes.get("/shared/{key}", showMainFileUnlisted)
        routes.get("/shared/{key}/files/{path...}", showFileUnlisted)
        routes.members(.post, "/projects/{project}/forks", fork)
        routes.members(.post, "/shared/{key}/forks", forkUnlisted)
    }

    static func path(key: String) -> String { "/shared/\(key)" }

    // MARK: Looking in

    private func showMainFile(_ request: Request, owner: String, slug: String) throws -> Response {
        try show(nil, of: try visit(owner, slug, request), to: request)
    }

    private func showFile(_ request: Request, owner: String, slug: String, path: String) throws -> Response {
        try show(path, of: try visit(owner, slug, request), to: request)
    }

    private func showMainFileUnlisted(_ request: Request, key: String) throws -> Response {
        try show(nil, of: try visit(key: key, request), to: request)
    }

    private func showFileUnlisted(_ request: Request, key: String, path: String) throws -> Response {
        try show(path, of: try visit(key: key, request), to: request)
    }

    /// A project that somebody came to, and how.
    private struct Visit {
        let project: Project
        let door: ProjectDoor
        /// Where it is, below the base path.
        let path: String
        /// Whether it was asked for where it is.
        let isThere: Bool
    }

    private func visit(_ owner: String, _ slug: String, _ request: Request) throws -> Visit {
        let project = try projects.project(of: owner, at: slug, for: request.reader)
        let isThere = project.owner == owner && project.slug == slug
        return Visit(project: project, door: .open, path: project.address, isThere: isThere)
    }

    private func visit(key: String, _ request: Request) throws -> Visit {
        let project = try projects.project(key: key, for: request.reader)
        return Visit(project: project, door: .link(key), path: Self.path(key: key), isThere: true)
    }

    /// - Parameter path: of the file to show; nil for the first there is to see.
    private func show(_ path: String?, of visit: Visit, to request: Request) throws -> Response {
        let project = visit.project
        let rest = path.map { "/files/\(Percent.encodePath($0))" } ?? ""
        // Members have a page with more on it.
        if project.role != nil { return .seeOther("/projects/\(project.id)\(rest)") }
        guard visit.isThere else { return .seeOther(visit.path + rest) }
        let access = ProjectAccess.visit(visit.door)
        let files = try projects.files(of: project.id, for: access)
        let file =
            path.map { path in files.first { $0.path.text == path } } ?? projects.mainFile(of: project, in: files)
        guard file != nil || path == nil else { throw Problem.notFound }
        var text: String?
        if case .text(let document)? = file?.content { text = try documents.content(of: document, for: access).text }
        let model = VisitorPage(
            project: ProjectHead(project, languageName: projects.languageName(of: project)),
            owner: project.owner,
            updated: project.updated,
            original: try projects.original(of: project.id, for: request.reader),
            files: files.map { other in
                VisitorFile(file: other, href: link(visit.path, other.path), isCurrent: other.path == file?.path)
            },
            file: file,
            text: text,
            fork: pages.url(visit.door == .open ? "/projects/\(project.id)/forks" : "\(visit.path)/forks"),
            signIn: pages.url("/sign-in?return=\(Percent.encode(request.path))")
        )
        return try pages.show(page, model, to: request)
    }

    private func link(_ place: String, _ file: ProjectPath) -> String {
        pages.url("\(place)/files/\(Percent.encodePath(file.text))")
    }

    // MARK: Copies

    private func fork(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let project = try projects.project(id, forAnybody: reader)
        return try fork(project, project.role == nil ? .visit(.open) : .read(reader), request, reader)
    }

    private func forkUnlisted(_ request: Request, _ reader: Reader, key: String) throws -> Response {
        let project = try projects.project(key: key, for: reader)
        return try fork(project, project.role == nil ? .visit(.link(key)) : .read(reader), request, reader)
    }

    private func fork(
        _ project: Project,
        _ access: ProjectAccess,
        _ request: Request,
        _ reader: Reader
    ) throws -> Response {
        let copy = try sharing.fork(project, through: access, for: reader)
        let flash = Flash(.ok, "This copy of \(project.owner)’s “\(project.name)” is yours.")
        return try pages.seeOther("/projects/\(copy)", flash, for: request)
    }
}

struct VisitorPage: ViewModel {
    var project: ProjectHead
    var owner: String
    var updated: Date
    /// What it was copied from, if the reader may see that.
    var original: Project?
    var files: [VisitorFile]
    /// The file that is shown; nil when there is none.
    var file: ProjectFile?
    /// Its text; nil when it is none.
    var text: String?
    /// Where a copy is made.
    var fork: String
    /// Where those sign in who want one.
    var signIn: String

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.project },
        .text("owner") { $0.owner },
        .date("updated") { $0.updated },
        .optionalText("original") { $0.original?.address },
        .list("files", of: VisitorFile.self) { $0.files },
        .int("fileCount") { $0.files.count },
        .optionalText("path") { $0.file?.path.text },
        .bool("isText") { $0.text != nil },
        .text("text") { $0.text ?? "" },
        .text("lineNumbers") { LineNumbers.column(for: $0.text ?? "") },
        .int("size") { page in if case .blob(let blob)? = page.file?.content { blob.size } else { 0 } },
        .text("fork") { $0.fork },
        .text("signIn") { $0.signIn }
    )
}

struct VisitorFile: ViewModel {
    var file: ProjectFile
    var href: String
    var isCurrent: Bool

    static let fields = Fields<Self>(
        .text("path") { $0.file.path.text },
        .text("href") { $0.href },
        .bool("isCurrent") { $0.isCurrent }
    )
}
