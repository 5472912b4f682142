import Accounts
public import Editing
import FoundationEssentials
public import Projects
import RunProtocol
public import SiteKit
import Templating
public import Web

/// The addresses of runs: start, look on, take part.
public struct RunningRoutes: Sendable {
    private let desk: RunDesk
    private let projects: Projects
    private let saving: FormSaving
    private let languages: LanguageStates
    private let pages: Pages
    private let page: Page<RunPage>
    private let history: Page<RunHistoryPage>

    /// Throws `TemplateError` when the page's template does not fit.
    public init(
        desk: RunDesk,
        projects: Projects,
        saving: FormSaving,
        languages: LanguageStates,
        pages: Pages
    ) throws {
        self.desk = desk
        self.projects = projects
        self.saving = saving
        self.languages = languages
        self.pages = pages
        page = try pages.library.page("running/run", for: RunPage.self)
        history = try pages.library.page("running/history", for: RunHistoryPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.post, "/projects/{project}/runs", start)
        routes.members(.post, "/projects/{project}/terminals", openTerminal)
        routes.members(.get, "/projects/{project}/runs", showHistory)
        routes.members(.get, "/runs/{run}", show)
        routes.members(.get, "/runs/{run}/output.txt", download)
        routes.members(.get, "/runs/{run}/output", output)
        routes.members(.post, "/runs/{run}/input", input)
        routes.members(.post, "/runs/{run}/size", resize)
        routes.members(.post, "/runs/{run}/cancellation", cancel)
    }

    // MARK: Start

    private func start(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        if request.headers["content-type"]?.hasPrefix("application/json") == true {
            return try startInTerminal(request, reader, id)
        }
        return try startFromForm(request, reader, id)
    }

    private struct Terminal: Decodable {
        let file: String
        let rows: Int?
        let columns: Int?
    }

    private struct Started: Encodable {
        let run: RunJSON
    }

    private func startInTerminal(_ request: Request, _ reader: Reader, _ id: Project.ID) throws -> Response {
        let wish = try request.json(Terminal.self, limit: 65_536)
        let (project, file) = try self.file(wish.file, of: id, for: reader)
        try requireEnabled(project)
        let size = WindowSize(rows: wish.rows ?? 24, columns: wish.columns ?? 80)
        let run = try desk.start(file, of: project, input: .terminal(size), for: reader)
        return try .json(Started(run: RunJSON(run)), status: .created)
    }

    private struct Window: Decodable {
        let rows: Int?
        let columns: Int?
    }

    private func openTerminal(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let window = try request.json(Window.self, limit: 1_024)
        // What is typed into a shell changes files.
        let project = try projects.project(id, for: reader, to: .edit)
        try requireEnabled(project)
        let size = WindowSize(rows: window.rows ?? 24, columns: window.columns ?? 80)
        return try .json(Started(run: RunJSON(try desk.openTerminal(size, of: project, for: reader))), status: .created)
    }

    /// Run without scripts: save what is in the text field, run with the input that was typed beforehand, and wait a
    /// moment so that a short program's output is on the very next page.
    private func startFromForm(_ request: Request, _ reader: Reader, _ id: Project.ID) throws -> Response {
        let form = try request.form()
        let (project, file) = try self.file(form["file"] ?? "", of: id, for: reader)
        if let question = try saving.question(of: form, by: reader, request, undone: "nothing was run") {
            return question
        }
        let back = FilesRoutes.path(id, file)
        let text = LineBreaks.unified(form["stdin"] ?? "")
        guard text.utf8.count <= RunInput.maximumText else {
            return try pages.seeOther(
                back,
                Flash(.bad, "The program's input is longer than \(RunInput.maximumText / 1_024) KB."),
                for: request
            )
        }
        do {
            try requireEnabled(project)
            let run = try desk.start(file, of: project, input: .text(Array(text.utf8)), for: reader)
            desk.wait(for: run.id, atMost: 2)
            return .seeOther("\(back)?run=\(run.id)")
        } catch let problem as Problem where !request.prefersJSON {
            return try pages.seeOther(back, Flash(.bad, problem.message), for: request)
        }
    }

    private func requireEnabled(_ project: Project) throws {
        try languages.requireEnabled(project.language, called: projects.languageName(of: project))
    }

    private func file(
        _ typed: String,
        of id: Project.ID,
        for reader: Reader
    ) throws -> (project: Project, file: ProjectPath) {
        let project = try projects.project(id, for: reader, to: .run)
        guard let path = ProjectPath(typed), try projects.file(at: path, in: id, for: reader) != nil else {
            throw Self.noSuchFile
        }
        return (project, path)
    }

    static let noSuchFile = Problem.invalid("file", "This project has no file of that name.")

    // MARK: Look on

    private func show(_ request: Request, _ reader: Reader, id: Run.ID) throws -> Response {
        let run = try desk.run(id, for: reader)
        let (project, files) = try projects.projectAndFiles(run.project, for: reader)
        if request.prefersJSON { return try .json(Started(run: RunJSON(run))) }
        let head = ProjectHead(project, languageName: projects.languageName(of: project))
        let model = RunPage(
            project: head,
            run: try desk.report(on: run, files: files, pages: pages),
            back: pages.url(Self.page(of: run))
        )
        return try pages.show(page, model, to: request)
    }

    /// Runs on a page of the history.
    private static let pageLength = 50

    private func showHistory(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let project = try projects.project(id, for: reader)
        let last = request.query["before"].flatMap(Run.ID.init(pathComponent:))
        // One more than is shown tells whether there are more.
        let runs = try desk.runs(in: id, before: last, limit: Self.pageLength + 1, for: reader)
        let shown = runs.prefix(Self.pageLength)
        let model = RunHistoryPage(
            project: ProjectHead(project, languageName: projects.languageName(of: project)),
            runs: shown.map { RunRow(run: $0.run, starter: $0.username) },
            next: runs.count > shown.count ? shown.last?.run.id : nil
        )
        return try pages.show(history, model, to: request)
    }

    /// The output as it was printed, as a file. What was cut out of a long one is said at its place.
    private func download(_ request: Request, _ reader: Reader, id: Run.ID) throws -> Response {
        let output = try desk.output(of: try desk.run(id, for: reader))
        let cut = output.length - output.head.count - output.tail.count
        let gap = cut > 0 ? Array("\n[… \(cut) bytes were not kept …]\n".utf8) : []
        return Response(
            headers: [
                "Content-Type": "text/plain; charset=utf-8",
                "Content-Disposition": "attachment; filename=\"run-\(id).txt\"",
            ],
            body: .bytes(output.head + gap + output.tail)
        )
    }

    private struct OutputPiece: Encodable {
        let run: RunJSON
        let from: Int
        let length: Int
        let bytes: String
        /// For a terminal that is to be closed soon unless it is used: when, in Unix milliseconds.
        let closes: Int?
    }

    private func output(_ request: Request, _ reader: Reader, id: Run.ID) throws -> Response {
        let from = request.query.number("from") ?? 0
        let run = try desk.run(id, for: reader)
        let output = try desk.output(of: run)
        let piece = output.bytes(from: from)
        return try .json(
            OutputPiece(
                run: RunJSON(run),
                from: piece.from,
                length: output.length,
                bytes: Data(piece.bytes).base64EncodedString(),
                closes: desk.closes(run)?.unixMilliseconds
            )
        )
    }

    // MARK: Take part

    private func input(_ request: Request, _ reader: Reader, id: Run.ID) throws -> Response {
        let run = try desk.runToTakePart(id, for: reader)
        let bytes = try request.body.bytes(limit: 65_536)
        try desk.send(bytes, to: run)
        return .noContent
    }

    private struct Size: Decodable {
        let rows: Int
        let columns: Int
    }

    private func resize(_ request: Request, _ reader: Reader, id: Run.ID) throws -> Response {
        let run = try desk.runToTakePart(id, for: reader)
        let size = try request.json(Size.self, limit: 1_024)
        try desk.resize(run, rows: size.rows, columns: size.columns)
        return .noContent
    }

    private func cancel(_ request: Request, _ reader: Reader, id: Run.ID) throws -> Response {
        let run = try desk.runToTakePart(id, for: reader)
        try desk.cancel(run)
        if request.prefersJSON { return .noContent }
        desk.wait(for: id, atMost: 2)
        return .seeOther(Self.page(of: run))
    }

    /// The page of the file that was started, with the run beside it.
    private static func page(of run: Run) -> String {
        guard let file = run.file else { return "/projects/\(run.project)" }
        return "\(FilesRoutes.path(run.project, file))?run=\(run.id)"
    }
}
