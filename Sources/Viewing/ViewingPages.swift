import Projects
import RunProtocol
import SiteKit
import Templating

/// What all views of a file have around them.
struct FileHead: ViewModel {
    var project: ProjectHead
    var file: ProjectFile
    /// Where the file is opened, below the site's address.
    var href: String

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.project },
        .int("id") { $0.file.id.rawValue },
        .text("path") { $0.file.path.text },
        .text("href") { $0.href }
    )
}

/// The bytes of a file.
struct HexPage: ViewModel {
    var file: FileHead
    var bytes: BytesView

    static let fields = Fields<Self>(
        .record("file", FileHead.self) { $0.file },
        .record("bytes", BytesView.self) { $0.bytes }
    )
}

/// A file of separated values as a table.
struct TablePage: ViewModel {
    var file: FileHead
    var values: ValuesView

    static let fields = Fields<Self>(
        .record("file", FileHead.self) { $0.file },
        .record("values", ValuesView.self) { $0.values }
    )
}

/// A page of a text that is too long to be edited.
struct TextPage: ViewModel {
    var file: FileHead
    var part: LongTextView

    static let fields = Fields<Self>(
        .record("file", FileHead.self) { $0.file },
        .record("part", LongTextView.self) { $0.part }
    )
}

/// A text in Markdown, drawn, with its source beside it.
struct RenderedPage: ViewModel {
    var file: FileHead
    var source: String
    var body: HTML

    static let fields = Fields<Self>(
        .record("file", FileHead.self) { $0.file },
        .text("source") { $0.source },
        .html("body") { $0.body }
    )
}

/// A text that is the source of what a browser shows, with its source beside it.
struct PicturePage: ViewModel {
    var file: FileHead
    var media: MediaView
    /// What that is.
    var word: String
    var source: String

    static let fields = Fields<Self>(
        .record("file", FileHead.self) { $0.file },
        .record("media", MediaView.self) { $0.media },
        .text("word") { $0.word },
        .text("source") { $0.source }
    )
}
