public import RunProtocol
public import Templating

/// A file as a page shows it (`viewing/media`).
public struct MediaView: ViewModel {
    let media: Media
    let path: ProjectPath
    let href: String

    /// - Parameter href: where its bytes are (`FileAnswer`)
    public init(_ media: Media, path: ProjectPath, href: String) {
        self.media = media
        self.path = path
        self.href = href
    }

    /// What the template may name.
    public static let fields = Fields<Self>(
        .text("path") { $0.path.text },
        .text("href") { $0.href },
        .bool("isPicture") { $0.media.showing == .picture },
        .bool("isSound") { $0.media.showing == .sound },
        .bool("isFilm") { $0.media.showing == .film },
        .bool("isFrame") { $0.media.showing == .frame }
    )
}
