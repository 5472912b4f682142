/// What a form may weigh.
public struct FormLimits: Sendable {
    /// Bytes of all text fields together.
    public var textBytes: Int
    /// Bytes of all files together; they go to disk, not to memory.
    public var fileBytes: Int
    /// How many fields and files.
    public var fieldCount: Int
    /// Where files are put until the request is answered.
    public var directory: String

    /// Limits as given.
    public init(textBytes: Int, fileBytes: Int, fieldCount: Int, directory: String) {
        self.textBytes = textBytes
        self.fileBytes = fileBytes
        self.fieldCount = fieldCount
        self.directory = directory
    }

    /// 12 MB of text (an editor file of 5 MB, urlencoded), 64 MB of files, 1,000 fields.
    public static let standard = FormLimits(
        textBytes: 12_582_912,
        fileBytes: 67_108_864,
        fieldCount: 1_000,
        directory: "/tmp"
    )
}

/// The fields and files of a posted form.
public struct Form {
    private var fields: [(name: String, value: String)] = []
    /// Files in the order they came. They are removed from the disk when the last reference goes.
    public private(set) var files: [UploadedFile] = []

    /// The first value of a field, nil when the form has none of that name.
    public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// A field's value without white space around it; empty when absent.
    public func trimmed(_ name: String) -> String { (self[name] ?? "").trimmingWhitespace() }

    /// Every value of a field, in order.
    public func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    init(body: RequestBody, contentType: String?, limits: FormLimits) throws {
        let type = contentType ?? ""
        if type.hasPrefix("application/x-www-form-urlencoded") {
            let query = Query(try body.bytes(limit: limits.textBytes), limit: limits.fieldCount)
            guard query.isWellFormed else { throw Problem.badRequest("This form is not valid UTF-8 text.") }
            fields = query.pairs
        } else if type.hasPrefix("multipart/form-data") {
            guard let boundary = MultipartReader.boundary(in: type) else {
                throw Problem.badRequest("This form has no boundary between its fields.")
            }
            var reader = MultipartReader(body: body, boundary: boundary, limits: limits)
            while let part = try reader.next() {
                switch part {
                case .field(let name, let value): fields.append((name: name, value: value))
                case .file(let file): files.append(file)
                }
            }
        } else if try !body.bytes(limit: limits.textBytes).isEmpty {
            throw Problem(.unsupportedMediaType, "This address takes a form.")
        }
    }
}

extension String {
    /// The text without white space and line breaks at its ends.
    public func trimmingWhitespace() -> String {
        let start = drop { $0.isWhitespace }
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
