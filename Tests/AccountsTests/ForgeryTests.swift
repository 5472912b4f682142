import SiteTesting
import Testing
import Web

@Suite("Requests that another site makes a browser send")
struct ForgeryTests {
    private let form = "application/x-www-form-urlencoded"

    @Test("A form without a token, with another browser's or with one from before sign-in is not carried out")
    func tokens() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let mallory = try site.member(.mallory)
            for token in ["", "made-up", try mallory.token(), try site.visitor().token()] {
                let answer = try ada.submit("/sign-out", ["_csrf": token])
                #expect(answer.status == 403)
            }
            #expect(ada.get("/projects").status == 200)
            #expect(try ada.submit("/sign-out", [:]).status == 303)
        }
    }

    @Test("Each page shows another token, of whose beginning nothing stays the same, and all of them count")
    func masks() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let tokens = try (0..<5).map { _ in try ada.token() }
            for place in 0..<8 { #expect(Set(tokens.map { Array($0)[place] }).count > 1) }
            let halves = tokens.map { ($0.prefix($0.count / 2), $0.suffix($0.count / 2)) }
            #expect(Set(halves.map(\.0)).count == 5 && Set(halves.map(\.1)).count == 5)
            for token in tokens.dropLast() {
                let answer = try ada.submit("/projects", ["_csrf": token, "name": "Words", "language": "python"])
                #expect(answer.status == 303)
            }
            #expect(try ada.submit("/sign-out", ["_csrf": String(tokens[4].dropLast(2))]).status == 403)
            #expect(try ada.submit("/sign-out", ["_csrf": tokens[4]]).status == 303)
        }
    }

    @Test(
        "A request that says it comes from elsewhere is refused even with the right token",
        arguments: [
            ("Origin", "http://evil.example"), ("Origin", "null"), ("Origin", "https://carrel.test"),
            ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"),
        ]
    )
    func origins(name: String, value: String) throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let answer = ada.send(
                .post,
                "/sign-out",
                headers: ["Content-Type": form, name: value],
                body: Array("_csrf=\(try ada.token())".utf8)
            )
            #expect(answer.status == 403)
            #expect(ada.get("/projects").status == 200)
        }
    }

    @Test("Every page forbids frames, foreign scripts and inline ones without its nonce")
    func headers() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            for answer in [site.visitor().get("/"), ada.get("/projects"), ada.get("/no-such-page")] {
                let policy = try #require(answer.response.headers["Content-Security-Policy"])
                #expect(policy.contains("default-src 'none'"))
                #expect(policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("unsafe"))
                #expect(answer.response.headers["X-Content-Type-Options"] == "nosniff")
                #expect(answer.response.headers["Cache-Control"] == "no-store")
            }
            let first = site.visitor().get("/").response.headers["Content-Security-Policy"]
            #expect(first != site.visitor().get("/").response.headers["Content-Security-Policy"])
        }
    }
}
