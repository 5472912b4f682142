import Markdown
public import Projects
public import RunProtocol
public import Templating

/// A text in Markdown as a page shows it.
public enum DrawnText {
    /// Bytes that are drawn: the library takes much longer over twice as much, if somebody wants it to.
    public static let longest = 60_000

    /// Whether a file's name says that it is such a text.
    public static func isMarkdown(_ file: ProjectFile) -> Bool { ["md", "markdown"].contains(file.path.fileExtension) }

    /// The HTML of a text that is a project's file, without anything around it; nil for one that is too long or becomes
    /// so.
    ///
    /// - Parameters:
    ///   - href: where a file of the project is opened
    ///   - content: where its bytes are
    public static func html(
        _ source: String,
        of file: ProjectFile,
        among files: [ProjectFile],
        href: (ProjectPath) -> String,
        content: (ProjectFile.ID, ProjectPath) -> String
    ) -> HTML? {
        guard source.utf8.count <= longest else { return nil }
        let links = TextLinks(of: file, among: files)
        let made = Markdown.html(
            source,
            link: { written in
                switch links.target(of: written) {
                case .elsewhere(let address): address
                case .file(_, let path): href(path)
                case nil: nil
                }
            },
            picture: { written in links.picture(written).map(content) }
        )
        return made.map(HTML.init(trusted:))
    }
}
