import FoundationEssentials
import Testing
import Web

@Suite("Forms")
struct FormTests {
    private func request(_ type: String, _ body: [UInt8], piece: Int = .max) -> Request {
        var rest = body[...]
        let source = RequestBody(announcedLength: nil) { count in
            defer { rest = rest.dropFirst(min(count, piece)) }
            return Array(rest.prefix(min(count, piece)))
        }
        return Request(id: "1", method: .post, path: "/", headers: ["Content-Type": type], body: source)
    }

    private func multipart(_ text: String, piece: Int = .max) -> Request {
        request(
            "multipart/form-data; boundary=xyz",
            Array(
                text.split(separator: "\n", omittingEmptySubsequences: false)
                    .joined(separator: "\r\n").utf8
            ),
            piece: piece
        )
    }

    @Test("Fields of an urlencoded form are decoded, the first of a name counts, all can be had")
    func urlencoded() throws {
        let form = try request("application/x-www-form-urlencoded", Array("a=1+2&b=%C3%A9&a=3&c".utf8)).form()
        #expect(form["a"] == "1 2")
        #expect(form.all("a") == ["1 2", "3"])
        #expect(form["b"] == "é")
        #expect(form["c"] == "")
        #expect(form["d"] == nil)
    }

    @Test("A form that is not UTF-8 is refused", arguments: ["a=%FF", "a=%", "a=%00", "%C3=1"])
    func invalid(body: String) {
        #expect { try request("application/x-www-form-urlencoded", Array(body.utf8)).form() } throws: {
            ($0 as? Problem)?.status == .badRequest
        }
    }

    private static let story = """
        --xyz
        Content-Disposition: form-data; name="title"

        Nine
        owls
        --xyz
        Content-Disposition: form-data; name="upload"; filename="..%2Fa.txt"
        Content-Type: text/plain

        --xy is not the end
        --xyz--

        """

    @Test("A multipart form is read however the network cuts it", arguments: [1, 2, 3, 7, 64, 100_000])
    func multipartPieces(piece: Int) throws {
        let form = try multipart(Self.story, piece: piece).form()
        #expect(form["title"] == "Nine\r\nowls")
        let file = try #require(form.files.first)
        #expect(file.name == "..%2Fa.txt")
        #expect(file.contentType == "text/plain")
        #expect(try Data(contentsOf: URL(filePath: file.path)) == Data("--xy is not the end".utf8))
    }

    @Test("An uploaded file is gone from the disk with the form")
    func cleanup() throws {
        var path = ""
        do {
            let form = try multipart(Self.story).form()
            path = try #require(form.files.first).path
            #expect(FileManager.default.fileExists(atPath: path))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("A form that is cut off anywhere is refused, and crashes nothing")
    func cutOff() {
        let whole = Array(
            Self.story.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8
        )
        for length in 0..<(whole.count - 4) {
            #expect(throws: Problem.self) {
                try request("multipart/form-data; boundary=xyz", Array(whole.prefix(length))).form()
            }
        }
    }

    @Test("Text, files and fields beyond their limits are refused")
    func limits() {
        var limits = FormLimits.standard
        limits.textBytes = 4
        #expect { try multipart(Self.story).form(limits: limits) } throws: {
            ($0 as? Problem)?.status == .contentTooLarge
        }
        limits = .standard
        limits.fileBytes = 10
        #expect { try multipart(Self.story).form(limits: limits) } throws: {
            ($0 as? Problem)?.status == .contentTooLarge
        }
        limits = .standard
        limits.fieldCount = 1
        #expect { try multipart(Self.story).form(limits: limits) } throws: { ($0 as? Problem)?.status == .badRequest }
    }

    @Test("Random damage to a form never crashes the reader")
    func fuzz() {
        var random = SystemRandomNumberGenerator()
        let whole = Array(
            Self.story.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8
        )
        for _ in 0..<3_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: bytes.prefix(place).suffix(9), at: place)
                }
            }
            _ = try? request("multipart/form-data; boundary=xyz", bytes, piece: 50).form()
        }
    }
}
