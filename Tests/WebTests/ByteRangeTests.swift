import Testing
import Web

@Suite("Parts of files")
struct ByteRangeTests {
    private func range(_ header: String?, size: Int = 100, _ more: Headers = [:], method: Method = .get) -> ByteRange {
        var headers = more
        headers["Range"] = header
        return ByteRange(of: Request(id: "1", method: method, path: "/", headers: headers), size: size, tag: "\"a\"")
    }

    @Test("One range is what RFC 9110 says: from, from to, and the last so many")
    func one() {
        #expect(range("bytes=0-9") == .part(0..<10))
        #expect(range("bytes=90-") == .part(90..<100))
        #expect(range("BYTES=90-1000") == .part(90..<100))
        #expect(range("bytes=-10") == .part(90..<100))
        #expect(range("bytes=-1000") == .part(0..<100))
        #expect(range("bytes=99-99") == .part(99..<100))
        #expect(range(nil) == .all)
    }

    @Test("What is not there can't be had, however large the numbers are")
    func beyond() {
        #expect(range("bytes=100-") == .none)
        #expect(range("bytes=100-200") == .none)
        #expect(range("bytes=-0") == .none)
        #expect(range("bytes=0-", size: 0) == .none)
        #expect(range("bytes=-5", size: 0) == .none)
        #expect(range("bytes=99999999999999999999999999-") == .none)
        #expect(range("bytes=0-99999999999999999999999999") == .part(0..<100))
        #expect(range("bytes=0-9223372036854775807") == .part(0..<100))
        #expect(range("bytes=-9223372036854775808") == .part(0..<100))
        #expect(range("bytes=18446744073709551616-18446744073709551617") == .none)
    }

    @Test("Many ranges, other units and nonsense are no ranges")
    func ignored() {
        let many = "bytes=" + (0..<2_000).map { "\($0)-\($0)" }.joined(separator: ",")
        for header in [
            many, "bytes=0-1,5-6", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "bytes=0-1-2", "bytes=+1-2",
            "bytes= 1-2", "bytes=1 - 2", "bytes=٣-٤", "items=0-1", "0-1", "bytes", "bytes=0x1-0x2", "bytes=1.0-2",
        ] {
            #expect(range(header) == .all, "\(header.prefix(30))")
        }
    }

    @Test("A range of another version is none, and only GET has ranges")
    func versions() {
        #expect(range("bytes=0-9", ["If-Range": "\"a\""]) == .part(0..<10))
        #expect(range("bytes=0-9", ["If-Range": "\"b\""]) == .all)
        #expect(range("bytes=0-9", ["If-Range": "W/\"a\""]) == .all)
        #expect(range("bytes=0-9", ["If-Range": "Fri, 27 Nov 2026 03:00:00 GMT"]) == .all)
        #expect(range("bytes=0-9", ["If-None-Match": "\"a\""]) == .all)
        #expect(range("bytes=0-9", method: .head) == .all)
    }
}
