import Testing

@testable import Live

@Suite("The request to the hub")
struct LiveRequestHeadTests {
    private func verdict(_ request: String) -> LiveRequestHead.Verdict {
        var head = LiveRequestHead()
        return head.receive(Array(request.utf8))
    }

    @Test(
        "gives its ticket, wherever nginx has left the prefix",
        arguments: [
            "GET /?ticket=a.b HTTP/1.1\r\n\r\n", "GET /carrel/-/hub/?ticket=a.b HTTP/1.0\r\nHost: x\r\n\r\n",
            "GET /?x=1&ticket=a.b&ticket=c HTTP/1.1\r\nCookie: a=\"b\"; ü\r\nContent-Length: 0\r\nX:\r\n\r\n",
        ]
    )
    func good(request: String) {
        #expect(verdict(request) == .ticket("a.b"))
    }

    @Test(
        "is refused otherwise",
        arguments: [
            ("GET / HTTP/1.1\r\n\r\n", LiveRefusal.noTicket), ("GET /?tickets=a HTTP/1.1\r\n\r\n", .noTicket),
            ("GET /other?ticket=a HTTP/1.1\r\n\r\n", .notFound), ("GET //?ticket=a HTTP/1.1\r\n\r\n", .notFound),
            ("POST /?ticket=a HTTP/1.1\r\n\r\n", .method), ("HEAD /?ticket=a HTTP/1.1\r\n\r\n", .method),
            ("GET /?ticket=a HTTP/2.0\r\n\r\n", .malformed), ("GET /?ticket=a\r\n\r\n", .malformed),
            ("GET  /?ticket=a HTTP/1.1\r\n\r\n", .malformed), ("get /?ticket=a HTTP/1.1\r\n\r\n", .malformed),
            ("GET http://x/?ticket=a HTTP/1.1\r\n\r\n", .malformed), ("GET /?ticket=ü HTTP/1.1\r\n\r\n", .malformed),
            ("\r\n\r\n", .malformed), ("GET /?ticket=a HTTP/1.1\nHost: x\r\n\r\n", .malformed),
            ("GET /?ticket=a HTTP/1.1\r\nHost\r\n\r\n", .malformed),
            ("GET /?ticket=a HTTP/1.1\r\n: x\r\n\r\n", .malformed),
            ("GET /?ticket=a HTTP/1.1\r\nHost : x\r\n\r\n", .malformed),
            ("GET /?ticket=a HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", .malformed),
            ("GET /?ticket=a HTTP/1.1\r\nHost: x\u{0}y\r\n\r\n", .malformed),
            ("GET /?ticket=a HTTP/1.1\r\nHost: x\ry\r\n\r\n", .malformed),
            ("GET /?ticket=a HTTP/1.1\r\nContent-Length: 3\r\n\r\n", .malformed),
            ("GET /?ticket=a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", .malformed),
            ("GET /?ticket=a HTTP/1.1\r\n\r\nGET", .malformed),
            ("GET /?ticket=a HTTP/1.1\r\n" + String(repeating: "a: b\r\n", count: 65) + "\r\n", .tooLarge),
            ("GET /?ticket=" + String(repeating: "a", count: 17_000) + " HTTP/1.1\r\n\r\n", .tooLarge),
            (String(repeating: "a", count: 20_000), .tooLarge),
        ]
    )
    func bad(request: String, refusal: LiveRefusal) {
        #expect(verdict(request) == .refused(refusal))
    }

    @Test("may come in any pieces")
    func pieces() {
        let request = Array("GET /?ticket=a.b HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        for size in 1...request.count {
            var head = LiveRequestHead()
            var verdicts: [LiveRequestHead.Verdict] = []
            for start in stride(from: 0, to: request.count, by: size) {
                verdicts.append(head.receive(request[start..<min(request.count, start + size)]))
            }
            #expect(verdicts.last == .ticket("a.b"))
            #expect(verdicts.dropLast().allSatisfy { $0 == .more })
        }
    }
}
