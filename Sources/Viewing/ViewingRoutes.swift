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
    private let pages: Pages
    private let hex: Page<HexPage>
    private let table: Page<TablePage>

    /// Throws `TemplateError` when a page's template does not fit.
    public init(projects: Projects, documents: Documents, pages: Pages) throws {
        self.projects = projects
        self.documents = documents
        self.pages = pages
        hex = try pages.library.page("viewing/hex", for: HexPage.self)
        table = try pages.library.page("viewing/table", for: TablePage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/files/{file}/hex", showHex)
        routes.members(.get, "/files/{file}/table", showTable)
    }

    private func showHex(_ request: Request, _ reader: Reader, id: ProjectFile.ID) throws -> Response {
        let file = try projects.file(id, for: reader)
        let bytes: [UInt8]
        switch file.content {
        case .text(let document): bytes = Array(try documents.content(of: document, for: reader).text.utf8)
        case .blob(let blob):
            guard let found = try projects.bytes(blob.digest, in: file.project, for: reader) else {
                throw Problem.notFound
            }
            bytes = found
        }
        let dump = HexDump(bytes, page: wantedPage(request))
        return try pages.show(
            hex,
            HexPage(file: try head(of: file, reader), size: bytes.count, dump: dump),
            to: request
        )
    }

    private func showTable(_ request: Request, _ reader: Reader, id: ProjectFile.ID) throws -> Response {
        let file = try projects.file(id, for: reader)
        guard case .text(let document) = file.content else { throw Problem.notFound }
        let values = SeparatedValues(try documents.content(of: document, for: reader).text)
        let model = TablePage(file: try head(of: file, reader), page: values.page(wantedPage(request)))
        return try pages.show(table, model, to: request)
    }

    private func wantedPage(_ request: Request) -> Int {
        request.query["page"].flatMap(Int.init(pathComponent:)) ?? 1
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
