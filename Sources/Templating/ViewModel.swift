/// What a template can see: a value that lists its fields by name and type.
///
/// ```swift
/// struct FileRow: ViewModel {
///     var path: String
///     var bytes: Int
///     var note: String?
///
///     static let fields = Fields<Self>(
///         .text("path") { $0.path },
///         .int("bytes") { $0.bytes },
///         .optionalText("note") { $0.note }
///     )
/// }
/// ```
public protocol ViewModel: Sendable {
    /// The fields, each name once. Use a `static let`: it is read when a page is made, never while one is rendered.
    static var fields: Fields<Self> { get }
}

/// The names and types by which a template reads a view model.
public struct Fields<Model>: Sendable {
    let table: FieldTable

    /// Makes the list of fields; their order has no meaning.
    public init(_ fields: Field<Model>...) {
        table = FieldTable(model: "\(Model.self)", fields: fields.map { ($0.name, $0.source) })
    }
}

/// A list of fields that has forgotten its model's type; only the readers inside know it.
struct FieldTable: Sendable {
    var model: String
    var fields: [(name: String, source: FieldSource)]

    var names: [String] { fields.map(\.name) }

    func source(of name: String) -> FieldSource? {
        fields.first { $0.name == name }?.source
    }

    /// The first name that stands twice, which would make the second unreachable.
    var doubled: String? {
        var seen: Set<String> = []
        return names.first { !seen.insert($0).inserted }
    }
}

/// A pointer to a view model of the type that the reader next to it was made for.
@usableFromInline typealias Instance = UnsafeRawPointer

/// How a field's value is reached. Every reader takes a pointer to an instance of the model its field belongs to; the
/// compiler pairs them by type, so that a reader never meets another model (invariant 1 of `Compiler`).
@usableFromInline enum FieldSource: Sendable {
    @usableFromInline typealias TextReader = @Sendable (Instance) -> String?
    @usableFromInline typealias IntReader = @Sendable (Instance) -> Int?
    @usableFromInline typealias BoolReader = @Sendable (Instance) -> Bool
    /// Seconds since 1970, with fraction.
    @usableFromInline typealias DateReader = @Sendable (Instance) -> Double?
    /// Lends the record for the length of the call; does not call when there is none.
    @usableFromInline typealias RecordReader = @Sendable (Instance, (Instance) -> Void) -> Void
    /// Lends the first element and says how many follow one another; the pointer is nil when there is none.
    @usableFromInline typealias ListReader = @Sendable (Instance, (Instance?, Int) -> Void) -> Void

    case text(TextReader, isOptional: Bool)
    case int(IntReader, isOptional: Bool)
    case bool(BoolReader)
    case date(DateReader, isOptional: Bool)
    case html(TextReader)
    case json(TextReader)
    case record(RecordReader, isOptional: Bool, RecordShape)
    case list(ListReader, stride: Int, RecordShape)
    case texts(ListReader)

    /// The type as error messages name it.
    var words: String {
        switch self {
        case .text(_, let isOptional): isOptional ? "an optional text" : "a text"
        case .int(_, let isOptional): isOptional ? "an optional number" : "a number"
        case .bool: "a yes or no"
        case .date(_, let isOptional): isOptional ? "an optional date" : "a date"
        case .html: "HTML"
        case .json: "JSON"
        case .record(_, let isOptional, _): isOptional ? "an optional record" : "a record"
        case .list, .texts: "a list"
        }
    }
}

/// The fields of a record or of a list's rows, asked for only when a template names one: a model may hold a list of
/// itself.
@usableFromInline struct RecordShape: Sendable {
    private let makeTable: @Sendable () -> FieldTable

    @usableFromInline init<Model: ViewModel>(_ model: Model.Type) {
        makeTable = { model.fields.table }
    }

    var table: FieldTable { makeTable() }
}
