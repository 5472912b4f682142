import Accounts
public import Editing
public import Projects
public import SiteKit
import Templating
public import Web

/// Views of files that are more useful drawn than as text, or are none: pages for whoever may see the file.
public struct ViewingRoutes: Sendable {
    private let projects: Projects
    private let documents: Documents
    private let texts: ProjectTexts
    private let pages: Pages
    private let hex: Page<HexPage>
    private let table: Page<TablePage>
    private let rendered: Page<RenderedPage>
    private let text: Page<TextPage>
    private let picture: Page<PicturePage>

    /// Throws `TemplateError` when a page's template does not fit.
    public init(projects: Projects, documents: Documents, texts: ProjectTexts, pages: Pages) throws {
        self.projects = projects
        self.documents = documents
        self.texts = texts
        self.pages = pages
        hex = try pages.library.page("viewing/hex", for: HexPage.self)
        table = try pages.library.page("viewing/table", for: TablePage.self)
        rendered = try pages.library.page("viewing/rendered", for: RenderedPage.self)
        text = try pages.library.page("viewing/text", for: TextPage.self)
        picture = try pages.library.page("viewing/picture", for: PicturePage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/files/{file}/content", content)
        routes.members(.get, "/files/{file}/picture", showPicture)
        routes.members(.get, "/files/{file}/hex", showHex)
        routes.members(.get, "/files/{file}/text", showText)
        routes.members(.get, "/files/{file}/table", showTable)
        routes.members(.get, "/files/{file}/rendered", showRendered)
    }

    private func content(_ request: Request, _ reader: Reader, id: ProjectFile.ID) throws -> Response {
        try texts.answer(with: try projects.file(id, for: reader), for: .read(reader), to: request)
    }

    /// A text that is the source of a picture or the like, beside that.
    private func showPicture(_ request: Request, _ reader: Reader, id: ProjectFile.ID) throws -> Response {
        let file = try projects.file(id, for: reader)
        guard case .text(let document) = file.content else { throw Problem.notFound }
        let source = try documents.content(of: document, for: reader).text
        guard let media = Media(path: file.path, source: source) else { throw Problem.notFound }
        request[Embedding.self] = media.embedding
        let view = MediaView(media, path: file.path, href: pages.url("/files/\(id)/content"))
        let model = PicturePage(file: try head(of: file, reader), media: view, word: media.word, source: source)
        return try pages.show(picture, model, to: request)
    }

    private func showHex(_ request: Request, _ reader: Reader, id: ProjectFile.ID) throws -> Response {
        let file = try projects.file(id, for: reader)
        let bytes = try texts.bytes(of: file, for: .read(reader))
        let view = BytesView(bytes, page: wantedPage(request), parameter: "page")
        return try pages.show(hex, HexPage(file: try head(of: file, reader), bytes: view), to: request)
    }

    private func showText(_ request: Request, _ reader: Reader, id: ProjectFile.ID) throws -> Response {
        let file = try projects.file(id, for: reader)
        let part = LongText(try texts.bytes(of: file, for: .read(reader)), page: wantedPage(request))
        return try pages.show(text, TextPage(file: try head(of: file, reader), part: LongTextView(part)), to: request)
    }

    private func showTable(_ request: Request, _ reader: Reader, id: ProjectFile.ID) throws -> Response {
        let file = try projects.file(id, for: reader)
        guard case .text(let document) = file.content else { throw Problem.notFound }
        let source = try documents.content(of: document, for: reader).text
        let values = ValuesView(source, page: wantedPage(request), parameter: "page")
        return try pages.show(table, TablePage(file: try head(of: file, reader), values: values), to: request)
    }

    private func showRendered(_ request: Request, _ reader: Reader, id: ProjectFile.ID) throws -> Response {
        let file = try projects.file(id, for: reader)
        guard case .text(let document) = file.content else { throw Problem.notFound }
        let source = try documents.content(of: document, for: reader).text
        let drawn = DrawnText.html(
            source,
            of: file,
            among: try projects.projectAndFiles(file.project, for: reader).files,
            href: { path in pages.url(FilesRoutes.path(file.project, path)) },
            content: { id, _ in pages.url("/files/\(id)/content") }
        )
        guard let drawn else { throw Self.tooLong }
        let model = RenderedPage(file: try head(of: file, reader), source: source, body: drawn)
        return try pages.show(rendered, model, to: request)
    }

    private static let tooLong = Problem(
        .unprocessable,
        "A text of more than \(DrawnText.longest / 1_000) KB, or that becomes much longer, is not drawn. It can be edited."
    )

    private func wantedPage(_ request: Request) -> Int {
        request.query.number("page") ?? 1
    }

    private func head(of file: ProjectFile, _ reader: Reader) throws -> FileHead {
        let project = try projects.project(file.project, for: reader)
        return FileHead(
            project: ProjectHead(project, languageName: projects.languageName(of: project)),
            file: file,
            href: pages.url(FilesRoutes.path(file.project, file.path))
        )
    }
}
