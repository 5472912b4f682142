import FoundationEssentials

/// The bytes after a request's header, read when somebody asks for them, once, within a bound.
public final class RequestBody {
    /// The length the client announced, nil when it announced none.
    public let announcedLength: Int?
    private let source: (Int) throws -> [UInt8]
    private var collected: [UInt8]?
    private var form: Form?
    private var hasBegun = false

    /// - Parameter read: returns at most that many next bytes; none means the end.
    public init(announcedLength: Int?, read: @escaping (Int) throws -> [UInt8]) {
        self.announcedLength = announcedLength
        self.source = read
    }

    /// A body that is at hand.
    public convenience init(_ bytes: [UInt8] = []) {
        var rest = bytes[...]
        self.init(announcedLength: bytes.count) { count in
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
    }

    /// The next bytes, for those who read a large body piece by piece; none at the end.
    public func next(upTo count: Int = 32_768) throws -> [UInt8] {
        hasBegun = true
        return try source(count)
    }

    /// The whole body. Throws a `Problem` (413) when it is larger than `limit` bytes.
    public func bytes(limit: Int) throws -> [UInt8] {
        if let collected {
            guard collected.count <= limit else { throw Problem.tooLarge(limit: limit) }
            return collected
        }
        if let announcedLength, announcedLength > limit { throw Problem.tooLarge(limit: limit) }
        guard !hasBegun else { throw Problem.badRequest("The request could not be read twice.") }
        var all: [UInt8] = []
        while case let piece = try next(), !piece.isEmpty {
            all += piece
            guard all.count <= limit else { throw Problem.tooLarge(limit: limit) }
        }
        collected = all
        return all
    }

    func form(contentType: String?, limits: FormLimits) throws -> Form {
        if let form { return form }
        let form = try Form(body: self, contentType: contentType, limits: limits)
        self.form = form
        return form
    }
}

extension Request {
    /// The form that came as urlencoded or multipart body; read once, kept. An absent body is an empty form.
    public func form(limits: FormLimits = .standard) throws -> Form {
        try body.form(contentType: headers["content-type"], limits: limits)
    }

    /// The body as JSON. Throws a `Problem` (415, 400 or 413).
    public func json<Value: Decodable>(_ type: Value.Type, limit: Int = 1_048_576) throws -> Value {
        guard headers["content-type"]?.hasPrefix("application/json") == true else {
            throw Problem(.unsupportedMediaType, "This address takes application/json.")
        }
        let bytes = try body.bytes(limit: limit)
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw Problem.badRequest("The JSON in this request is not of the expected shape.")
        }
    }
}
