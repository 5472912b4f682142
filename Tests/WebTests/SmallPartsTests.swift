import Testing
import Web

@Suite("Cookies, addresses, headers")
struct SmallPartsTests {
    private func request(_ headers: Headers, isSecure: Bool = false) -> Request {
        Request(id: "1", method: .get, path: "/", headers: headers, isSecure: isSecure)
    }

    @Test("A cookie is found among others, by its whole name")
    func cookies() {
        let request = request(["Cookie": "ab=1; a=2;  b = 3; c=x=y; d"])
        #expect(request.cookie("a") == "2")
        #expect(request.cookie("c") == "x=y")
        #expect(request.cookie("d") == nil)
        #expect(request.cookie("x") == nil)
    }

    @Test("Under TLS a cookie is bound to the host, secure, and without a narrower path")
    func hostCookies() {
        let name = CookieName("session", instance: "8080", basePath: "/ide")
        var plain = Response()
        plain.setCookie(name, "v", on: request([:]))
        #expect(plain.headers["Set-Cookie"] == "carrel-8080-session=v; Path=/ide; HttpOnly; SameSite=Lax")
        var secure = Response()
        secure.setCookie(name, "v", on: request([:], isSecure: true), maxAge: 9)
        #expect(
            secure.headers["Set-Cookie"]
                == "__Host-carrel-8080-session=v; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=9"
        )
    }

    @Test("A header value can't become two headers")
    func headerInjection() {
        var headers: Headers = [:]
        headers["X-A"] = "one\r\nX-B: two"
        #expect(headers["X-A"] == nil)
        headers["X-A"] = "fine"
        #expect(headers["x-a"] == "fine")
    }

    @Test(
        "Only a path of this site is somewhere to go on to",
        arguments: [
            ("/projects", true), ("/a?b=c", true), ("//evil", false), ("/\\evil", false), ("https://evil", false),
            ("", false), ("a", false), ("/a\r\nb", false), ("/é", false), ("/a b", false),
        ]
    )
    func localPaths(path: String, isSafe: Bool) {
        #expect(LocalPath.isSafe(path) == isSafe)
        #expect(Response.seeOther(path).headers["Location"] == (isSafe ? path : "/"))
    }

    @Test("The base path is taken off whole components only")
    func basePath() {
        #expect(Application.path("/ide/projects", below: "/ide") == "/projects")
        #expect(Application.path("/ide", below: "/ide") == "/")
        #expect(Application.path("/identity", below: "/ide") == nil)
        #expect(Application.path("/projects", below: "") == "/projects")
    }

    @Test("JSON is preferred by those who ask for it first")
    func accept() {
        #expect(request(["Accept": "application/json"]).prefersJSON)
        #expect(request(["Accept": "application/json, text/html"]).prefersJSON)
        #expect(!request(["Accept": "text/html,application/json;q=0.9"]).prefersJSON)
        #expect(!request([:]).prefersJSON)
    }

    @Test("Base64 comes back as it went, and what is not base64 does not come back")
    func base64() {
        for length in 0..<70 {
            let bytes = SecureRandom.bytes(length)
            #expect(bytes.count == length)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
        for text in ["a", "ab=", "a+b/", "AB", "é"] where text != "AB" {
            #expect(Base64URL.decode(text) == nil)
        }
        // Left-over bits that are not zero: a second spelling of the same bytes.
        #expect(Base64URL.decode("AB") == nil)
    }
}
