public import RunProtocol
public import Web

/// The bytes of a file as an answer of its own, which pages point to that show it.
///
/// **Theory of operation.** The bytes may be anything, and the address is one of the application's. So:
/// 1. The type is one that `Media` knows, or bytes to be saved; a browser is told not to guess another.
/// 2. Whatever it is, it is shown in a sandbox: an origin of its own, without scripts, forms and windows, that may load
///    nothing. That holds for what a browser takes it for by mistake, too.
/// 3. Nothing of it is shown inside a page but what a page points to as picture, sound or film. The exception are PDFs,
///    which there is no other way to show: a page of ours may have one in a frame, and no other page.
/// 4. Drawings (SVG) and PDFs are saved when they are opened at their own address: the first could show a page of
///    somebody's making there, the second lead the tab away.
public struct FileAnswer {
    private let path: ProjectPath
    private let size: Int
    private let version: String
    private let part: (Range<Int>) throws -> BlobPart?

    /// - Parameters:
    ///   - version: letters and digits that are others when the bytes are
    ///   - part: gives some of the bytes; nil when they are not there any more
    public init(
        path: ProjectPath,
        size: Int,
        version: String,
        part: @escaping (Range<Int>) throws -> BlobPart?
    ) {
        self.path = path
        self.size = size
        self.version = version
        self.part = part
    }

    /// Bytes that are kept by their digest.
    public init(path: ProjectPath, blob: BlobHead, part: @escaping (Range<Int>) throws -> BlobPart?) {
        let digits = blob.digest.bytes.map { String(0x100 + Int($0), radix: 16).dropFirst() }.joined()
        self.init(path: path, size: blob.size, version: digits, part: part)
    }

    /// All of the bytes, or those that were asked for. Throws `Problem`.
    public func answer(to request: Request) throws -> Response {
        // What the name says is part of the tag: after a rename, nobody is told that what they have is still good.
        let named = Media(path: path)
        let isAlone = request.headers["sec-fetch-dest"] == "document"
        let isSaved = named == .svg || (named == .pdf && isAlone)
        let tag = "\"\(version)-\(named.map { "\($0)" } ?? "bytes")\(isSaved ? "-saved" : "")\""
        let range = ByteRange(of: request, size: size, tag: tag)
        let wanted: Range<Int>
        switch range {
        // What the client has needs no bytes; how they begin decides on the headers all the same.
        case .all: wanted = request.knows(tag) ? 0..<0 : 0..<size
        case .part(let some): wanted = some
        case .none:
            throw Problem(
                .rangeNotSatisfiable,
                "This file has \(size) bytes, and none of those that were asked for.",
                headers: ["Content-Range": "bytes */\(size)"]
            )
        }
        guard let part = try part(wanted) else { throw Problem.notFound }
        let media = Media(path: path, beginning: part.beginning)
        let name = Percent.encode(path.names.last.map(String.init) ?? "file")
        var response = Response(
            status: range == .all ? .ok : .partialContent,
            headers: [
                "Content-Type": media?.rawValue ?? "application/octet-stream",
                "Content-Disposition": "\(media == nil || isSaved ? "attachment" : "inline"); filename*=UTF-8''\(name)",
                "Content-Security-Policy": Self.policy(isFramed: media == .pdf),
                "Cache-Control": "private, no-cache",
                "Accept-Ranges": "bytes",
                "Vary": "Sec-Fetch-Dest",
                "ETag": tag,
            ],
            body: .bytes(part.bytes)
        )
        if range != .all {
            response.headers["Content-Range"] = "bytes \(wanted.lowerBound)-\(wanted.upperBound - 1)/\(size)"
        }
        return response
    }

    private static func policy(isFramed: Bool) -> String {
        "sandbox; default-src 'none'; form-action 'none'; base-uri 'none'; "
            + "frame-ancestors \(isFramed ? "'self'" : "'none'")"
    }
}
