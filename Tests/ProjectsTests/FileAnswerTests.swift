import Projects
import RunProtocol
import Synchronization
import Testing
import Web

@Suite("The bytes of a file as an answer")
struct FileAnswerTests {
    @Test("Are not read for somebody who has them, and read for everybody else")
    func known() throws {
        let bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(repeating: 7, count: 9_000)
        let read = Mutex<[Range<Int>]>([])
        let path = try #require(ProjectPath("a.png"))
        @Sendable func answer(_ request: Request) throws -> Response {
            let file = FileAnswer(path: path, size: bytes.count, version: "1") { range in
                read.withLock { $0.append(range) }
                return BlobPart(range, of: bytes)
            }
            return try file.answer(to: request)
        }
        func get(_ headers: Headers) throws -> Response {
            try notModified(Request(id: "1", method: .get, path: "/", headers: headers), answer)
        }
        let first = try get([:])
        let tag = try #require(first.headers["ETag"])
        let again = try get(["If-None-Match": "\"other\", W/\(tag)"])
        #expect(first.status == .ok && again.status == .notModified)
        #expect(again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"])
        #expect(try get(["If-None-Match": "\"other\""]).status == .ok)
        #expect(read.withLock { $0 } == [0..<bytes.count, 0..<0, 0..<bytes.count])
    }
}
