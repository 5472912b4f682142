import Glibc

/// A file that came with a form, on disk until the last reference to it goes.
public final class UploadedFile {
    /// The form field's name.
    public let field: String
    /// The name the client gave it: a label, never a path to open.
    public let name: String
    /// The media type the client claims.
    public let contentType: String
    /// Where its bytes are.
    public let path: String
    /// Its size in bytes.
    public fileprivate(set) var size = 0
    fileprivate let descriptor: Int32

    fileprivate init(field: String, name: String, contentType: String, directory: String) throws {
        var template = Array("\(directory)/carrel-upload-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw UploadError(code: errno) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        self.field = field
        self.name = name
        self.contentType = contentType
        path = template.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// All of its bytes.
    public func bytes() throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: size) { buffer, done in
            while done < size {
                let count = pread(descriptor, buffer.baseAddress?.advanced(by: done), size - done, off_t(done))
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw UploadError(code: errno) }
                done += count
            }
        }
    }

    fileprivate func append(_ bytes: ArraySlice<UInt8>) throws {
        try bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw UploadError(code: errno) }
                done += count
            }
        }
        size += bytes.count
    }
}

/// The disk refused an upload; `code` is the errno.
public struct UploadError: Error {
    /// The errno.
    public let code: Int32
}

/// Reads multipart/form-data (RFC 7578) piece by piece: text fields to memory, files to disk, all within limits.
///
/// The buffer always holds at least one delimiter's length of bytes that were not given out yet, so that a delimiter
/// cut in two by the network is still seen.
struct MultipartReader {
    enum Part {
        case field(name: String, value: String)
        case file(UploadedFile)
    }

    private let body: RequestBody
    private let delimiter: [UInt8]
    private let limits: FormLimits
    private var buffer: [UInt8] = [13, 10]
    private var textBytes = 0
    private var fileBytes = 0
    private var count = 0
    private var isAtStart = true

    init(body: RequestBody, boundary: String, limits: FormLimits) {
        self.body = body
        self.limits = limits
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// The boundary parameter of a content type; nil when absent or not of the 1 to 70 characters of RFC 2046.
    static func boundary(in contentType: String) -> String? {
        guard let value = parameter("boundary", of: contentType) else { return nil }
        return (1...70).contains(value.utf8.count) ? value : nil
    }

    mutating func next() throws -> Part? {
        if isAtStart {
            isAtStart = false
            _ = try take(until: delimiter, limit: 65_536) { _ in }
        }
        try fill(4)
        if buffer.starts(with: [45, 45]) { return nil }
        count += 1
        guard count <= limits.fieldCount else { throw Problem.badRequest("This form has too many fields.") }
        var header: [UInt8] = []
        try take(until: [13, 10, 13, 10], limit: 16_384) { header += $0 }
        guard let text = String(validating: header, as: UTF8.self) else { throw Self.malformed }
        let lines = text.split(separator: "\r\n")
        guard let disposition = Self.value(of: "content-disposition", in: lines),
            let name = Self.parameter("name", of: disposition)
        else { throw Self.malformed }
        if let fileName = Self.parameter("filename", of: disposition) {
            return .file(
                try file(name, named: fileName, type: Self.value(of: "content-type", in: lines) ?? "")
            )
        }
        var value: [UInt8] = []
        let left = limits.textBytes - textBytes
        try take(until: delimiter, limit: left) { value += $0 }
        textBytes += value.count
        guard let field = String(validating: value, as: UTF8.self), !value.contains(0) else {
            throw Problem.badRequest("This form is not valid UTF-8 text.")
        }
        return .field(name: name, value: field)
    }

    private mutating func file(_ field: String, named name: String, type: String) throws -> UploadedFile {
        let file = try UploadedFile(field: field, name: name, contentType: type, directory: limits.directory)
        try take(until: delimiter, limit: limits.fileBytes - fileBytes) { try file.append($0) }
        fileBytes += file.size
        return file
    }

    private static let malformed = Problem.badRequest("This form is cut off or malformed.")

    /// Gives out everything before `mark` and drops the mark itself.
    private mutating func take(until mark: [UInt8], limit: Int, _ give: (ArraySlice<UInt8>) throws -> Void) throws {
        var given = 0
        while true {
            let found = Self.first(mark, in: buffer)
            let end = found ?? max(0, buffer.count - mark.count + 1)
            given += end
            guard given <= limit else { throw Problem.tooLarge(limit: limit) }
            if end > 0 { try give(buffer[..<end]) }
            if found != nil {
                buffer.removeFirst(end + mark.count)
                return
            }
            buffer.removeFirst(end)
            let more = try body.next()
            guard !more.isEmpty else { throw Self.malformed }
            buffer += more
        }
    }

    private mutating func fill(_ count: Int) throws {
        while buffer.count < count {
            let more = try body.next()
            guard !more.isEmpty else { break }
            buffer += more
        }
        guard buffer.count >= 2 else { throw Self.malformed }
    }

    private static func first(_ mark: [UInt8], in buffer: [UInt8]) -> Int? {
        guard buffer.count >= mark.count else { return nil }
        return buffer.withUnsafeBytes { hay -> Int? in
            guard let base = hay.baseAddress, let start = mark.first else { return nil }
            var index = 0
            let last = hay.count - mark.count
            while index <= last, let hit = memchr(base + index, Int32(start), last - index + 1) {
                index = UnsafeRawPointer(hit) - base
                if hay[index..<(index + mark.count)].elementsEqual(mark) { return index }
                index += 1
            }
            return nil
        }
    }

    private static func value(of name: String, in lines: [Substring]) -> String? {
        for line in lines {
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else { continue }
            return String(line[colon...].dropFirst()).trimmingWhitespace()
        }
        return nil
    }

    /// A `name=value` or `name="value"` parameter of a header value. Browsers write `"` in a name as `%22`.
    private static func parameter(_ name: String, of header: String) -> String? {
        var rest = header[...]
        while let semicolon = rest.firstIndex(of: ";") {
            rest = rest[semicolon...].dropFirst().drop { $0 == " " || $0 == "\t" }
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let key = rest[..<equals].lowercased()
            rest = rest[equals...].dropFirst()
            let value: Substring
            if rest.first == "\"" {
                rest = rest.dropFirst()
                guard let quote = rest.firstIndex(of: "\"") else { return nil }
                value = rest[..<quote]
                rest = rest[quote...]
            } else {
                value = rest.prefix { $0 != ";" && $0 != " " }
                rest = rest.dropFirst(value.count)
            }
            if key == name { return String(value) }
        }
        return nil
    }
}
