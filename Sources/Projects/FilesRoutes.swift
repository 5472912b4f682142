import Accounts
import Languages
public import RunProtocol
public import SiteKit
public import Web

/// A file as scripts know it.
public struct FileReport: Codable, Sendable {
    /// The file's number.
    public let id: Int
    /// Where it lies in the project.
    public let path: String
    /// The number of its document; nil for a file that is no text.
    public let document: Int?

    /// Routes over the files of the projects a reader may see.
    public init(_ file: ProjectFile) {
        id = file.id.rawValue
        path = file.path.text
        document = file.document?.rawValue
    }
}

/// What is done with the files of a project: by forms, which lead back to the workbench, or by scripts, in JSON.
public struct FilesRoutes: Sendable {
    private let projects: Projects
    private let pages: Pages

    /// Routes over the files of the projects a reader may see.
    public init(projects: Projects, pages: Pages) {
        self.projects = projects
        self.pages = pages
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/projects/{project}", showMainFile)
        routes.members(.get, "/projects/{project}/files.json", list)
        routes.members(.post, "/projects/{project}/files", create)
        routes.members(.post, "/files/{file}/path", move)
        routes.members(.post, "/files/{file}/deletion", delete)
        routes.members(.post, "/files/{file}/restoration", restore)
    }

    /// Where a file is opened, below the base path.
    public static func path(_ project: Project.ID, _ file: ProjectPath) -> String {
        "/projects/\(project)/files/\(Percent.encodePath(file.text))"
    }

    private func showMainFile(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        do {
            let project = try projects.project(id, for: reader)
            let file = try projects.openingFile(of: project, for: .read(reader))
            return .seeOther(file.map { Self.path(id, $0.path) } ?? "/projects/\(id)/files/")
        } catch let problem as Problem where problem.status == .notFound {
            return .seeOther(try projects.publicAddress(of: id, for: reader))
        }
    }

    private func list(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        struct List: Encodable { let files: [FileReport] }
        return try .json(List(files: try projects.projectAndFiles(id, for: reader).files.map(FileReport.init)))
    }

    private func create(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let typed = try value("path", in: request)
        let shown = request.prefersJSON ? nil : try request.form()["file"].flatMap(ProjectPath.init)
        let back = shown.map { Self.path(id, $0) } ?? "/projects/\(id)"
        return try answer(request, backTo: back, Flash.Fault(form: "new-file", typed: typed)) {
            let file = try projects.addFile(typed, to: id, for: reader)
            return Answer(file: file, flash: nil, status: .created)
        }
    }

    private func move(_ request: Request, _ reader: Reader, id: ProjectFile.ID) throws -> Response {
        let typed = try value("path", in: request)
        let old = try projects.file(id, for: reader)
        let back = Self.path(old.project, old.path)
        return try answer(request, backTo: back, Flash.Fault(form: "rename-file", typed: typed)) {
            let file = try projects.move(id, to: typed, for: reader)
            return Answer(file: file, flash: Flash(.ok, "Renamed to \(file.path)."))
        }
    }

    private func delete(_ request: Request, _ reader: Reader, id: ProjectFile.ID) throws -> Response {
        let file = try projects.delete(id, for: reader)
        if request.prefersJSON { return .noContent }
        let flash = Flash(
            .ok,
            "Deleted \(file.path).",
            actionLabel: "Undo",
            actionPath: "/files/\(id)/restoration"
        )
        return try pages.seeOther("/projects/\(file.project)", flash, for: request)
    }

    private func restore(_ request: Request, _ reader: Reader, id: ProjectFile.ID) throws -> Response {
        do {
            let file = try projects.restore(id, for: reader)
            if request.prefersJSON { return try .json(OneFile(file: FileReport(file))) }
            return try pages.seeOther(
                Self.path(file.project, file.path),
                Flash(.ok, "\(file.path) is back."),
                for: request
            )
        } catch let problem as Problem where problem.status == .unprocessable && !request.prefersJSON {
            let project = try projects.deletedFile(id, for: reader).project
            return try pages.seeOther("/projects/\(project)/deleted-files", Flash(.bad, problem.message), for: request)
        }
    }

    // MARK: Answers for forms and scripts

    private struct Answer {
        var file: ProjectFile?
        var flash: Flash?
        var status = Status.ok
    }

    private struct OneFile: Encodable {
        let file: FileReport
    }

    /// - Parameter fault: what to show at the form again when it is refused.
    private func answer(
        _ request: Request,
        backTo back: String,
        _ fault: Flash.Fault? = nil,
        _ act: () throws -> Answer
    ) throws -> Response {
        do {
            let done = try act()
            if request.prefersJSON {
                guard let file = done.file else { return .noContent }
                return try .json(OneFile(file: FileReport(file)), status: done.status)
            }
            let path = done.file.map { Self.path($0.project, $0.path) } ?? back
            guard let flash = done.flash else { return .seeOther(path) }
            return try pages.seeOther(path, flash, for: request)
        } catch let problem as Problem where problem.status == .unprocessable && !request.prefersJSON {
            var flash = Flash(.bad, problem.message)
            flash.fault = fault
            return try pages.seeOther(back, flash, for: request)
        }
    }

    /// A form's field, or the member of that name of a JSON body.
    private func value(_ name: String, in request: Request) throws -> String {
        guard request.headers["content-type"]?.hasPrefix("application/json") == true else {
            return try request.form()[name] ?? ""
        }
        return try request.json([String: String].self, limit: 65_536)[name] ?? ""
    }
}
