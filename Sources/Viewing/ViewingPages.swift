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
    var size: Int
    var dump: HexDump

    static let fields = Fields<Self>(
        .record("file", FileHead.self) { $0.file },
        .int("size") { $0.size },
        .list("rows", of: HexRow.self) { $0.dump.rows.map(HexRow.init) },
        .record("pager", Pager.self) { Pager(page: $0.dump.page, count: $0.dump.pageCount) }
    )
}

struct HexRow: ViewModel {
    var row: HexDump.Row

    static let fields = Fields<Self>(
        .text("offset") { $0.row.offset },
        .text("values") { $0.row.values },
        .text("letters") { $0.row.letters }
    )
}

/// A file of separated values as a table.
struct TablePage: ViewModel {
    var file: FileHead
    var page: SeparatedValues.Page

    static let fields = Fields<Self>(
        .record("file", FileHead.self) { $0.file },
        .list("head", of: TableCell.self) { $0.page.head.map(TableCell.init) },
        .list("rows", of: TableRow.self) { table in
            table.page.rows.enumerated().map { TableRow(number: table.page.firstRow + $0, cells: $1) }
        },
        .bool("isCut") { $0.page.isCut },
        .record("pager", Pager.self) { Pager(page: $0.page.number, count: $0.page.count) }
    )
}

struct TableRow: ViewModel {
    var number: Int
    var cells: [String]

    static let fields = Fields<Self>(
        .int("number") { $0.number },
        .list("cells", of: TableCell.self) { $0.cells.map(TableCell.init) }
    )
}

struct TableCell: ViewModel {
    var text: String

    static let fields = Fields<Self>(.text("text") { $0.text })
}

/// A page of a text that is too long to be edited.
struct TextPage: ViewModel {
    var file: FileHead
    var part: LongText

    static let fields = Fields<Self>(
        .record("file", FileHead.self) { $0.file },
        .text("text") { $0.part.text },
        .int("firstLine") { $0.part.firstLine },
        .record("pager", Pager.self) { Pager(page: $0.part.page, count: $0.part.pageCount) }
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

/// One page of several.
struct Pager: ViewModel {
    var page: Int
    var count: Int

    static let fields = Fields<Self>(
        .int("page") { $0.page },
        .int("count") { $0.count },
        .bool("isSeveral") { $0.count > 1 },
        .bool("hasPrevious") { $0.page > 1 },
        .bool("hasNext") { $0.page < $0.count },
        .int("previous") { $0.page - 1 },
        .int("next") { $0.page + 1 }
    )
}
