import Accounts
import Editing
import Projects
import RunProtocol
import SiteKit
import Templating
import Viewing
import Web

/// The bytes of files that visitors are shown (`FileAnswer`).
extension VisitorRoutes {
    func content(_ request: Request, owner: String, slug: String, path: String) throws -> Response {
        try content(path, of: try visit(owner, slug, request), to: request)
    }

    func contentUnlisted(_ request: Request, key: String, path: String) throws -> Response {
        try content(path, of: try visit(key: key, request), to: request)
    }

    private func content(_ path: String, of visit: Visit, to request: Request) throws -> Response {
        let access = visit.project.role == nil ? ProjectAccess.visit(visit.door) : nil
        guard let access = access ?? request.reader.map(ProjectAccess.read),
            let file = try ProjectPath(path).flatMap({ try projects.file(at: $0, in: visit.project.id, for: access) })
        else { throw Problem.notFound }
        return try sharing.texts.answer(with: file, for: access, to: request)
    }

    /// What of a file is shown that is not its text, and what the page needs for it.
    func media(of file: ProjectFile?, text: String?, in visit: Visit, for request: Request) throws -> MediaView? {
        guard let file,
            let media = try text.map({ Media(path: file.path, source: $0) })
                ?? projects.media(of: file, for: .visit(visit.door))
        else { return nil }
        request[Embedding.self] = media.embedding
        let href = pages.url("\(visit.path)/content/\(Percent.encodePath(file.path.text))")
        return MediaView(media, path: file.path, href: href)
    }

    /// The page that a text in Markdown makes, with links to where visitors find the other files.
    func drawn(_ file: ProjectFile?, _ text: String?, in visit: Visit) throws -> HTML? {
        guard let file, let text, DrawnText.isMarkdown(file) else { return nil }
        let files = try projects.files(of: visit.project.id, for: .visit(visit.door))
        return DrawnText.html(
            text,
            of: file,
            among: files,
            href: { path in pages.url("\(visit.path)/files/\(Percent.encodePath(path.text))") },
            content: { _, path in pages.url("\(visit.path)/content/\(Percent.encodePath(path.text))") }
        )
    }
}
