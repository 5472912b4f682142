import CFastCGI
import Glibc
import Web

/// Writes a response as CGI/1.1 has it: a `Status` field, the others, an empty line, the body.
///
/// Nothing here fails: when the peer has gone the stream swallows the rest, and the connection is closed after it.
struct ResponseWriter {
    private let stream: UnsafeMutablePointer<FCGX_Stream>

    init(_ stream: UnsafeMutablePointer<FCGX_Stream>) {
        self.stream = stream
    }

    /// - Parameter isHead: the request was HEAD: the same header, no body.
    func write(_ response: Response, isHead: Bool) {
        var file: OpenFile?
        if case .file(let path) = response.body {
            file = OpenFile(path)
            guard file != nil else {
                write(.text("This file can't be read.", status: .internalError), isHead: isHead)
                return
            }
        }
        var head: [UInt8] = []
        head.reserveCapacity(512)
        head += "Status: \(response.status.code) \(response.status.reason)\r\n".utf8
        response.headers.forEach { name, value in
            head += name.utf8
            head += ": ".utf8
            head += value.utf8
            head += "\r\n".utf8
        }
        let hasBody = ![204, 304].contains(response.status.code) && response.status.code >= 200
        if hasBody, response.headers["content-length"] == nil {
            head += "Content-Length: \(length(response.body, file))\r\n".utf8
        }
        head += "\r\n".utf8
        put(head)
        guard hasBody, !isHead else { return }
        switch response.body {
        case .bytes(let bytes): put(bytes)
        case .file: file?.forEachPiece(put)
        }
    }

    /// Sends what is in the buffer.
    func flush() { FCGX_FFlush(stream) }

    private func length(_ body: Response.Body, _ file: OpenFile?) -> Int {
        switch body {
        case .bytes(let bytes): bytes.count
        case .file: file?.size ?? 0
        }
    }

    private func put(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { put($0) }
    }

    private func put(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.assumingMemoryBound(to: CChar.self).baseAddress else { return }
        // The library counts in Int32.
        var sent = 0
        while sent < bytes.count {
            let piece = min(bytes.count - sent, 1 << 30)
            guard FCGX_PutStr(start + sent, Int32(piece), stream) >= 0 else { return }
            sent += piece
        }
    }
}

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
