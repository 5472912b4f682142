import Accounts
public import Editing
public import ExecuteAPI
import FoundationEssentials
public import Projects
import RunProtocol
public import SiteKit
import Templating
import Viewing
public import Web

/// The stable addresses of projects, `/@owner/slug`, and what visitors see there who are no members: the files, and a
/// copy of their own.
public struct VisitorRoutes: Sendable {
    let sharing: Sharing
    let projects: Projects
    private let documents: Documents
    private let tryOuts: TryOuts
    let pages: Pages
    private let page: Page<VisitorPage>

    /// Throws `TemplateError` when the page's template does not fit.
    public init(
        sharing: Sharing,
        projects: Projects,
        documents: Documents,
        tryOuts: TryOuts,
        pages: Pages
    ) throws {
        self.tryOuts = tryOuts
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
        routes.get("/@{owner}/{slug}/content/{path...}", content)
        routes.get("/shared/{key}/content/{path...}", contentUnlisted)
        routes.members(.post, "/projects/{project}/forks", fork)
        routes.members(.post, "/shared/{key}/forks", forkUnlisted)
        routes.members(.post, "/@{owner}/{slug}/runs", tryOut)
        routes.members(.post, "/shared/{key}/runs", tryOutUnlisted)
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
    struct Visit {
        let project: Project
        let door: ProjectDoor
        /// Where it is, below the base path.
        let path: String
        let asked: Asked
    }

    /// How a project was asked for.
    enum Asked {
        case whereItIs
        /// There, but for capital and small letters.
        case inOtherLetters
        /// Where it was once. Another project may come to have that address.
        case whereItWas
    }

    func visit(_ owner: String, _ slug: String, _ request: Request) throws -> Visit {
        let project = try projects.project(of: owner, at: slug, for: request.reader)
        let (typed, right) = ("/@\(owner)/\(slug)", project.address)
        let isSame = typed.lowercased() == right.lowercased()
        let asked = typed == right ? Asked.whereItIs : isSame ? .inOtherLetters : .whereItWas
        return Visit(project: project, door: .open, path: right, asked: asked)
    }

    func visit(key: String, _ request: Request) throws -> Visit {
        let project = try projects.project(key: key, for: request.reader)
        return Visit(project: project, door: .link(key), path: Self.path(key: key), asked: .whereItIs)
    }

    /// - Parameter path: of the file to show; nil for the first there is to see.
    private func show(_ path: String?, of visit: Visit, to request: Request) throws -> Response {
        let rest = path.map { "/files/\(Percent.encodePath($0))" } ?? ""
        let right = visit.path + rest + request.query.suffix
        if visit.asked == .inOtherLetters { return .moved(right) }
        // Members have a page with more on it.
        if visit.project.role != nil {
            return .seeOther("/projects/\(visit.project.id)\(rest)\(request.query.suffix)")
        }
        guard visit.asked == .whereItIs else { return .seeOther(right) }
        return try pages.show(page, try model(path, of: visit, for: request), to: request)
    }

    private func model(_ path: String?, of visit: Visit, for request: Request) throws -> VisitorPage {
        let project = visit.project
        let access = ProjectAccess.visit(visit.door)
        let file: ProjectFile?
        if let path {
            file = try ProjectPath(path).flatMap { try projects.file(at: $0, in: project.id, for: access) }
            guard file != nil else { throw Problem.notFound }
        } else {
            file = try projects.openingFile(of: project, for: access)
        }
        var text: String?
        if case .text(let document)? = file?.content { text = try documents.content(of: document, for: access).text }
        let media = try media(of: file, text: text, in: visit, for: request)
        let part = request.query.number("part") ?? 1
        let bytes = try file.flatMap { file in
            text == nil && media == nil ? try sharing.texts.bytes(of: file, for: access) : nil
        }
        let long = bytes.flatMap { LongTextView($0, page: part, parameter: "part") }
        return VisitorPage(
            project: ProjectHead(project, languageName: projects.languageName(of: project)),
            owner: project.owner,
            updated: project.updated,
            original: try projects.original(of: project.id, for: request.reader),
            folder: try projects.folder(
                request.query,
                of: project.id,
                beside: file?.path,
                for: access,
                files: pages.url("\(visit.path)/files/")
            ),
            file: file,
            text: text,
            media: media,
            drawn: try drawn(file, text, in: visit),
            values: text.flatMap { text in
                file.map(\.path).map(ValuesView.fits) == true ? ValuesView(text, page: part, parameter: "part") : nil
            },
            part: long,
            bytes: long == nil ? bytes.map { BytesView($0, page: part, parameter: "part") } : nil,
            fork: pages.url(visit.door == .open ? "/projects/\(project.id)/forks" : "\(visit.path)/forks"),
            signIn: pages.url("/sign-in?return=\(Percent.encode(request.path))"),
            run: text == nil || project.isArchived ? nil : pages.url("\(visit.path)/runs")
        )
    }

    // MARK: Trying out

    private func tryOut(_ request: Request, _ reader: Reader, owner: String, slug: String) throws -> Response {
        try run(try visit(owner, slug, request), request, reader)
    }

    private func tryOutUnlisted(_ request: Request, _ reader: Reader, key: String) throws -> Response {
        try run(try visit(key: key, request), request, reader)
    }

    /// Runs the file that is shown and shows what it printed. Nothing of it is kept, so the answer is no redirect.
    private func run(_ visit: Visit, _ request: Request, _ reader: Reader) throws -> Response {
        let project = visit.project
        guard project.role == nil else { return .seeOther("/projects/\(project.id)") }
        guard !project.isArchived else {
            throw Problem(.forbidden, "This project is archived, so it can only be read.")
        }
        let form = try request.form()
        var page = try model(form["file"] ?? "", of: visit, for: request)
        let input = LineBreaks.unified(form["stdin"] ?? "")
        page.input = input
        do {
            let files = try sharing.contents(of: project, through: .visit(visit.door), first: form["file"] ?? "")
            page.report = try tryOuts.run(
                files,
                in: project.language,
                input: input,
                for: reader.account.id,
                isAbandoned: request.isAbandoned
            )
            return try pages.show(self.page, page, to: request)
        } catch let problem as Problem where problem.status != .notFound {
            page.report = TryOuts.Report(output: "", words: problem.message)
            return try pages.show(self.page, page, to: request, problem: problem)
        }
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
