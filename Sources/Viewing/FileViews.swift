public import RunProtocol
public import Templating

/// Some of the bytes of a file, a page of them (`viewing/bytes`).
public struct BytesView: ViewModel {
    private let size: Int
    private let dump: HexDump
    private let parameter: String

    /// - Parameters:
    ///   - wanted: which page, from 1; the nearest is shown where there is none of this number
    ///   - parameter: what an address calls that number
    public init(_ bytes: [UInt8], page wanted: Int, parameter: String) {
        size = bytes.count
        dump = HexDump(bytes, page: wanted)
        self.parameter = parameter
    }

    /// What the template may name.
    public static let fields = Fields<Self>(
        .int("size") { $0.size },
        .list("rows", of: HexRow.self) { $0.dump.rows.map(HexRow.init) },
        .record("pager", Pager.self) {
            Pager(page: $0.dump.page, count: $0.dump.pageCount, parameter: $0.parameter)
        }
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

/// A page of a text that is too long to be edited (`viewing/long-text`).
public struct LongTextView: ViewModel {
    private let part: LongText
    private let parameter: String

    /// Nil for bytes that are no text.
    ///
    /// - Parameters:
    ///   - wanted: which page, from 1; the nearest is shown where there is none of this number
    ///   - parameter: what an address calls that number
    public init?(_ bytes: [UInt8], page wanted: Int, parameter: String) {
        guard LongText.isText(bytes) else { return nil }
        part = LongText(bytes, page: wanted)
        self.parameter = parameter
    }

    init(_ part: LongText) {
        self.part = part
        parameter = Pager.usualParameter
    }

    /// What the template may name.
    public static let fields = Fields<Self>(
        .text("text") { $0.part.text },
        .int("firstLine") { $0.part.firstLine },
        .record("pager", Pager.self) {
            Pager(page: $0.part.page, count: $0.part.pageCount, parameter: $0.parameter)
        }
    )
}

/// Some of the rows of a file of separated values, a page of them (`viewing/values`).
public struct ValuesView: ViewModel {
    private let page: SeparatedValues.Page
    private let parameter: String

    /// - Parameters:
    ///   - wanted: which page, from 1; the nearest is shown where there is none of this number
    ///   - parameter: what an address calls that number
    public init(_ text: String, page wanted: Int, parameter: String) {
        page = SeparatedValues(text).page(wanted)
        self.parameter = parameter
    }

    /// Whether a file is one of separated values, by its name.
    public static func fits(_ path: ProjectPath) -> Bool { ["csv", "tsv"].contains(path.fileExtension) }

    /// What the template may name.
    public static let fields = Fields<Self>(
        .list("head", of: TableCell.self) { $0.page.head.map(TableCell.init) },
        .list("rows", of: TableRow.self) { view in
            view.page.rows.enumerated().map { TableRow(number: view.page.firstRow + $0, cells: $1) }
        },
        .bool("isCut") { $0.page.isCut },
        .record("pager", Pager.self) { Pager(page: $0.page.number, count: $0.page.count, parameter: $0.parameter) }
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

/// One page of several.
struct Pager: ViewModel {
    var page: Int
    var count: Int
    /// What an address calls the number of the page.
    var parameter = usualParameter

    static let usualParameter = "page"

    static let fields = Fields<Self>(
        .int("page") { $0.page },
        .int("count") { $0.count },
        .text("parameter") { $0.parameter },
        .bool("isSeveral") { $0.count > 1 },
        .bool("hasPrevious") { $0.page > 1 },
        .bool("hasNext") { $0.page < $0.count },
        .int("previous") { $0.page - 1 },
        .int("next") { $0.page + 1 }
    )
}
