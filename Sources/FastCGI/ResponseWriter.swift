import Glibc
import Web

/// Writes a response as CGI/1.1 has it: a `Status` field, the others, an empty line, the body.
struct ResponseWriter {
    private var records: RecordWriter
    private let response: Response
    private let file: OpenFile?

    init(_ response: Response, connection: Int32, requestID: UInt16) {
        if case .file(let path) = response.body {
            file = OpenFile(path)
            self.response = file == nil ? .text("This file can't be read.", status: .internalError) : response
        } else {
            file = nil
            self.response = response
        }
        records = RecordWriter(
            connection: connection,
            requestID: requestID,
            expected: (Self.length(self.response, file) ?? 65_536) + 2_048
        )
    }

    /// The peer has gone; the connection is of no use.
    var isBroken: Bool { records.isBroken }

    /// - Parameter isHead: the request was HEAD: the same header, no body.
    mutating func write(isHead: Bool) {
        let hasBody = ![204, 304].contains(response.status.code) && response.status.code >= 200
        writeHead(hasBody: hasBody)
        guard hasBody, !isHead else { return }
        switch response.body {
        case .bytes(let bytes): records.write(bytes)
        case .file: file?.forEachPiece { records.write($0) }
        case .stream(let produce): stream(produce)
        }
    }

    private mutating func stream(_ produce: Response.Produce) {
        do {
            try withoutActuallyEscaping(
                { bytes in
                    records.write(bytes)
                    guard !records.isBroken else { throw PeerHasGone() }
                },
                do: produce
            )
        } catch {
            records.abandon()
        }
    }

    /// Sends the rest and tells that this was all.
    mutating func end() { records.end() }

    private mutating func writeHead(hasBody: Bool) {
        records.write("Status: \(response.status.code) \(response.status.reason)\r\n")
        response.headers.forEach { name, value in
            records.write(name)
            records.write(": ")
            records.write(value)
            records.write("\r\n")
        }
        if hasBody, response.headers["content-length"] == nil, let length = Self.length(response, file) {
            records.write("Content-Length: \(length)\r\n")
        }
        records.write("\r\n")
    }

    /// Nil when nobody knows it yet.
    private static func length(_ response: Response, _ file: OpenFile?) -> Int? {
        switch response.body {
        case .bytes(let bytes): bytes.count
        case .file: file?.size ?? 0
        case .stream: nil
        }
    }
}

/// Nobody reads the answer any more.
private struct PeerHasGone: Error {}

/// A file that is being sent.
private final class OpenFile {
    let size: Int
    private let descriptor: Int32

    init?(_ path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0 else { return nil }
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Calls `body` with each piece until `size` bytes are through. A file that shrank meanwhile is filled up with
    /// zeros, because its length has been promised.
    func forEachPiece(_ body: (UnsafeRawBufferPointer) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
            var rest = size
            while rest > 0 {
                let count = read(descriptor, buffer.baseAddress, min(rest, buffer.count))
                if count <= 0 { _ = buffer.initializeMemory(as: UInt8.self, repeating: 0) }
                let piece = count > 0 ? count : min(rest, buffer.count)
                body(UnsafeRawBufferPointer(rebasing: buffer[..<piece]))
                rest -= piece
            }
        }
    }
}
