import CFastCGI
import Web

/// Reads a request's body from its connection as the handler asks for it.
///
/// It lives as long as the request is answered; a body kept beyond that reads as an error instead of freed memory.
final class BodyReader {
    private var stream: UnsafeMutablePointer<FCGX_Stream>?
    private let announced: Int?
    private let limit: Int
    private var count = 0

    /// Whether everything has been read, the mark of the end too.
    private(set) var isAtEnd = false

    init(_ stream: UnsafeMutablePointer<FCGX_Stream>, announced: Int?, limit: Int) {
        self.stream = stream
        self.announced = announced
        self.limit = limit
    }

    /// The next bytes, at most `wanted`; none at the end. Throws a `Problem` when the body is larger than the limit or
    /// ends before its announced length.
    func read(_ wanted: Int) throws -> [UInt8] {
        guard let stream else { throw Problem.badRequest("The request was read after it had been answered.") }
        guard !isAtEnd, wanted > 0 else { return [] }
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            filled = buffer.withMemoryRebound(to: CChar.self) {
                Int(FCGX_GetStr($0.baseAddress, Int32(clamping: wanted), stream))
            }
        }
        count += bytes.count
        if bytes.count < wanted {
            isAtEnd = true
            guard FCGX_GetError(stream) == 0, count >= announced ?? 0 else {
                throw Problem.badRequest("The request ended too early.")
            }
        }
        guard count <= limit else { throw Problem.tooLarge(limit: limit) }
        return bytes
    }

    /// Reads what the handler left, so that the next request on the connection begins at its beginning.
    ///
    /// False when there is more of it than a page is worth waiting for, or the connection broke.
    func drain() -> Bool {
        guard let stream else { return false }
        var rest = Self.mostToDrain
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32_768) { buffer in
            while !isAtEnd, rest > 0 {
                let got = Int(FCGX_GetStr(buffer.baseAddress, Int32(buffer.count), stream))
                isAtEnd = got < buffer.count
                rest -= got
            }
        }
        return isAtEnd && FCGX_GetError(stream) == 0
    }

    /// The stream is about to be freed.
    func close() { stream = nil }

    /// nginx has taken the whole body before it asks us, and doesn't read an answer before it has sent it.
    private static let mostToDrain = 1 << 30
}
