import Accounts
public import Editing
import FoundationEssentials
public import Projects
import Quotas
import RunProtocol
public import Running
public import SiteKit
import Templating
import Viewing
public import Web

/// The page where people work: the files of a project, one of them open, and what it printed.
public struct WorkbenchRoutes: Sendable {
    private let projects: Projects
    private let documents: Documents
    private let desk: RunDesk
    private let workspaces: Workspaces
    private let pages: Pages
    private let now: Now
    private let page: Page<WorkbenchPage>

    /// Throws `TemplateError` when the page's template does not fit.
    public init(
        projects: Projects,
        documents: Documents,
        desk: RunDesk,
        workspaces: Workspaces,
        pages: Pages,
        now: @escaping Now
    ) throws {
        self.projects = projects
        self.documents = documents
        self.desk = desk
        self.workspaces = workspaces
        self.pages = pages
        self.now = now
        page = try pages.library.page("projects/workbench", for: WorkbenchPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/projects/{project}/files/{path...}", show)
    }

    private func show(_ request: Request, _ reader: Reader, id: Project.ID, path: String) throws -> Response {
        let project: Project
        do {
            project = try projects.project(id, for: reader)
        } catch let problem as Problem where problem.status == .notFound {
            return .seeOther("\(try projects.publicAddress(of: id, for: reader))/files/\(Percent.encodePath(path))")
        }
        let current = try ProjectPath(path).flatMap { try projects.file(at: $0, in: id, for: reader) }
        // The page without a file is for projects that have none; the address stays in somebody's window.
        if path.isEmpty, project.fileCount > 0 { return .seeOther("/projects/\(id)") }
        guard current != nil || (path.isEmpty && project.fileCount == 0) else { throw Problem.notFound }
        let file = try current.flatMap { file -> CurrentFile? in
            guard case .text(let document) = file.content else { return nil }
            let content = try documents.content(of: document, for: reader)
            return CurrentFile(
                file: file,
                document: document,
                version: content.version,
                text: content.text,
                line: request.query.number("line"),
                canBeFormatted: project.may(.edit)
                    && projects.formattedExtensions(of: project).contains(file.path.fileExtension)
            )
        }
        let blob = try current.flatMap { file -> CurrentBlob? in
            guard case .blob(let blob) = file.content else { return nil }
            let media = try projects.media(of: file, for: .read(reader))
            request[Embedding.self] = media?.embedding
            let href = pages.url("/files/\(file.id)/content")
            return CurrentBlob(
                file: file,
                size: blob.size,
                href: href,
                media: media.map { MediaView($0, path: file.path, href: href) },
                isNamedMedia: Media(path: file.path) != nil,
                part: media == nil ? try part(of: blob, in: id, request, reader) : nil,
                textLength: documents.limits.textLength
            )
        }
        let shown = try request.query["run"].flatMap(Run.ID.init(pathComponent:)).flatMap { number -> RunReport? in
            let run = try desk.run(number, for: reader)
            guard run.project == id else { return nil }
            // What a run names may be any file; they are read where a run is shown only.
            let files = try projects.projectAndFiles(id, for: reader).files
            return try desk.report(on: run, files: files, pages: pages)
        }
        let newFile = pages.fault(of: "new-file", for: request)
        let rename = pages.fault(of: "rename-file", for: request)
        let languageName = projects.languageName(of: project)
        let checked = project.may(.run) ? projects.checkedExtensions(of: project) : []
        let model = WorkbenchPage(
            project: ProjectHead(project, languageName: languageName),
            folder: try folder(request, reader, of: id, current?.path),
            file: file,
            blob: blob,
            run: shown,
            isChecked: file.map { checked.contains($0.file.path.fileExtension) } ?? false,
            workspace: try workspaces.notice(of: project, for: reader, languageName: languageName),
            newPath: newFile?.typed ?? "",
            newPathError: newFile?.message,
            renamedPath: rename?.typed ?? current?.path.text ?? "",
            renameError: rename?.message,
            boot: try boot(project, file, blob, checked, reader)
        )
        return try pages.show(page, model, to: request)
    }

    /// A page of a text that is too long to be edited; nil for what is none.
    private func part(
        of blob: BlobHead,
        in project: Project.ID,
        _ request: Request,
        _ reader: Reader
    ) throws -> LongTextView? {
        // What is shorter than the least that `CARREL_TEXT_MB` can be, and still no text, need not be read to know that.
        guard blob.size >= 1 << 20 || blob.size > documents.limits.textLength,
            let bytes = try projects.bytes(blob.digest, in: project, for: .read(reader))
        else { return nil }
        return LongTextView(bytes, page: request.query.number("part") ?? 1, parameter: "part")
    }

    private func folder(
        _ request: Request,
        _ reader: Reader,
        of project: Project.ID,
        _ current: ProjectPath?
    ) throws -> FolderView {
        let files = pages.url("/projects/\(project)/files/")
        var view = try projects.folder(request.query, of: project, beside: current, for: .read(reader), files: files)
        view.arranging = pages.fault(of: ArrangementRoutes.form, for: request).map(FolderView.Refusal.init)
        view.renaming = pages.fault(of: ArrangementRoutes.renaming, for: request).map(FolderView.Refusal.init)
        return view
    }

    private func boot(
        _ project: Project,
        _ file: CurrentFile?,
        _ blob: CurrentBlob?,
        _ checked: [String],
        _ reader: Reader
    ) throws -> String {
        let boot = Boot(
            now: now().unixMilliseconds,
            user: reader.account.username,
            person: reader.account.id.rawValue,
            may: Boot.Rights(run: project.may(.run), edit: project.may(.edit)),
            project: Boot.Head(
                id: project.id.rawValue,
                name: project.name,
                language: project.language.text,
                formats: projects.formattedExtensions(of: project)
            ),
            fileCount: project.fileCount,
            files: project.fileCount <= Projects.FolderPage.length
                ? try projects.projectAndFiles(project.id, for: reader).files.map(FileReport.init) : nil,
            file: file.map { file in
                Boot.File(
                    id: file.file.id.rawValue,
                    path: file.file.path.text,
                    document: file.document.rawValue,
                    version: file.version,
                    // A NUL would not survive a text field.
                    text: file.text.utf8.contains(0) ? file.text : nil
                )
            },
            blob: blob?.file.id.rawValue,
            run: try desk.latest(in: project.id, for: reader).map(RunJSON.init),
            terminals: try desk.terminals(in: project.id, for: reader).map(RunJSON.init),
            checks: checked
        )
        return String(decoding: try JSONEncoder().encode(boot), as: UTF8.self)
    }
}
