import Accounts
import Archive
public import Editing
import FoundationEssentials
import Logging
public import Projects
import RunProtocol
public import SiteKit
import Templating
public import Web

/// What goes into projects and out of them as a whole: uploads, archives, downloads.
public struct TransferRoutes: Sendable {
    private let projects: Projects
    private let texts: ProjectTexts
    private let transfers: Transfers
    private let pages: Pages
    private let page: Page<TransferPage>
    private let importPage: Page<ImportPage>

    /// Throws `TemplateError` when a page's template does not fit.
    public init(
        projects: Projects,
        texts: ProjectTexts,
        copy: WorkingCopy,
        pages: Pages
    ) throws {
        self.projects = projects
        self.texts = texts
        self.pages = pages
        transfers = Transfers(copy: copy, limits: TransferLimits(project: projects.limits))
        page = try pages.library.page("transfer/transfer", for: TransferPage.self)
        importPage = try pages.library.page("transfer/import", for: ImportPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/projects/{project}/transfer", show)
        routes.members(.post, "/projects/{project}/uploads", upload)
        routes.members(.post, "/projects/{project}/imports", importInto)
        routes.members(.get, "/projects/import", showImport)
        routes.members(.post, "/projects/imports", importNew)
        routes.members(.get, "/projects/{project}/files.zip", download)
        routes.members(.get, "/files/{file}/download", downloadFile)
    }

    // MARK: In

    private func show(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        try pages.show(page, try transferPage(id, reader), to: request)
    }

    private func upload(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let form = try request.form()
        // A browser sends a nameless empty file for a field that nobody filled in.
        let files = form.files.filter { $0.field == "files" && !$0.name.isEmpty }
        return try take(request, reader, into: id, form, missing: ("files", files.isEmpty)) {
            transfers.source(of: files)
        }
    }

    private func importInto(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let form = try request.form()
        return try take(request, reader, into: id, form, missing: ("archive", archive(in: form) == nil)) {
            transfers.source(ofArchive: try chosenArchive(in: form))
        }
    }

    private func take(
        _ request: Request,
        _ reader: Reader,
        into id: Project.ID,
        _ form: Form,
        missing: (field: String, isMissing: Bool),
        _ source: () throws -> ArrivalSource
    ) throws -> Response {
        // Whose project it isn't must not learn what would be wrong with the form.
        _ = try projects.project(id, for: reader, to: .edit)
        do {
            guard !missing.isMissing else { throw Self.nothingChosen(missing.field) }
            let report = try transfers.take(
                try source(),
                into: id,
                below: try ProjectFile.folder(typed: form["into"] ?? "", field: "into"),
                replacing: form["existing"] == "replace",
                reader
            )
            if request.prefersJSON { return try .json(report) }
            if report.leftOutCount == 0 {
                return try pages.seeOther("/projects/\(id)/transfer", Flash(.ok, report.words), for: request)
            }
            var model = try transferPage(id, reader)
            model.report = report
            return try pages.show(page, model, to: request)
        } catch let problem as Problem where problem.status == .unprocessable {
            var model = try transferPage(id, reader)
            let refused = ArrivalForm(form, refused: problem)
            if missing.field == "files" { model.upload = refused } else { model.unpacking = refused }
            return try pages.show(page, model, to: request, problem: problem)
        }
    }

    private func showImport(_ request: Request, _ reader: Reader) throws -> Response {
        let model = ImportPage(
            languages: try projects.languageChoices(chosen: request.query["language"]),
            limits: transfers.limits
        )
        return try pages.show(importPage, model, to: request)
    }

    private func importNew(_ request: Request, _ reader: Reader) throws -> Response {
        let form = try request.form()
        do {
            let made = try transfers.makeProject(
                name: form["name"] ?? "",
                language: form["language"] ?? "",
                from: transfers.source(ofArchive: try chosenArchive(in: form)),
                reader
            )
            if made.report.leftOutCount == 0 {
                return try pages.seeOther("/projects/\(made.project)", Flash(.ok, made.report.words), for: request)
            }
            var model = try transferPage(made.project, reader)
            model.report = made.report
            return try pages.show(page, model, to: request, status: .created)
        } catch let problem as Problem where problem.status == .unprocessable {
            let model = ImportPage(
                name: form["name"] ?? "",
                nameError: problem.fields["name"],
                languages: try projects.languageChoices(chosen: form["language"]),
                languageError: problem.fields["language"],
                archiveError: problem.fields["archive"] ?? problem.fields["path"],
                limits: transfers.limits
            )
            return try pages.show(importPage, model, to: request, problem: problem)
        }
    }

    private func archive(in form: Form) -> UploadedFile? {
        form.files.first { $0.field == "archive" && $0.size > 0 }
    }

    private func chosenArchive(in form: Form) throws -> UploadedFile {
        guard let file = archive(in: form) else { throw Self.nothingChosen("archive") }
        return file
    }

    private static func nothingChosen(_ field: String) -> Problem {
        .invalid(field, field == "archive" ? "Choose an archive." : "Choose one or more files.")
    }

    private func transferPage(_ id: Project.ID, _ reader: Reader) throws -> TransferPage {
        let project = try projects.project(id, for: reader)
        return TransferPage(
            head: ProjectHead(project, languageName: projects.languageName(of: project)),
            limits: transfers.limits
        )
    }

    // MARK: Out

    private func download(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let project = try projects.project(id, for: reader)
        let folder = request.query["folder"].flatMap { $0.isEmpty ? nil : $0 }
        let path = folder.flatMap(ProjectPath.init)
        let contents = try texts.contents(of: id, below: path, for: reader)
        if let folder, path == nil || contents.isEmpty {
            var model = try transferPage(id, reader)
            model.folder = folder
            model.folderError = "There is no folder \(folder) here."
            return try pages.show(page, model, to: request, status: .notFound)
        }
        // A folder's archive has the folder's own name in it, and not those above.
        let cut = path.map { $0.text.utf8.count - ($0.names.last?.utf8.count ?? 0) } ?? 0
        let modified = Int(project.updated.timeIntervalSince1970)
        let log = request.log
        return Response(
            headers: Attachment.headers(
                name: "\(path?.names.last.map(String.init) ?? project.name).zip",
                type: "application/zip"
            ),
            body: .stream { send in
                do {
                    let writer = try ZipWriter(send)
                    try contents.forEach { path, bytes in
                        try writer.add(bytes, at: String(Substring(path.text.utf8.dropFirst(cut))), modified: modified)
                    }
                    try writer.finish()
                } catch {
                    log.warning("a download was cut off", metadata: ["error": .string("\(type(of: error))")])
                    throw error
                }
            }
        )
    }

    private func downloadFile(_ request: Request, _ reader: Reader, id: ProjectFile.ID) throws -> Response {
        let file = try projects.file(id, for: reader)
        let name = file.path.names.last.map(String.init) ?? "file"
        return Response(
            headers: Attachment.headers(name: name, type: "application/octet-stream"),
            body: .bytes(try texts.bytes(of: file, for: .read(reader)))
        )
    }
}

/// An answer that a browser saves and never shows.
enum Attachment {
    static func headers(name: String, type: String) -> Headers {
        [
            "Content-Type": type,
            "Content-Disposition": "attachment; filename*=UTF-8''\(Percent.encode(name))",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-cache",
        ]
    }
}
