import FoundationEssentials
import Site
import Synchronization
public import Web

/// A browser without scripts: keeps cookies, sends what browsers send, finds the token in a page's form.
public final class TestClient: Sendable {
    private let site: TestSite
    private let jar = Mutex<[String: String]>([:])

    init(_ site: TestSite) {
        self.site = site
    }

    /// The cookies as they stand.
    public var cookies: [String: String] {
        get { jar.withLock { $0 } }
        set { jar.withLock { $0 = newValue } }
    }

    /// Sends a request as it is. The path is below the base path.
    public func send(
        _ method: Method,
        _ path: String,
        headers: Headers = [:],
        body: [UInt8] = [],
        address: String = "127.0.0.1"
    ) -> TestAnswer {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        var headers = headers
        headers["Host"] = headers["Host"] ?? "carrel.test"
        let cookies = jar.withLock { $0 }
        if !cookies.isEmpty {
            headers["Cookie"] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
                separator: "; "
            )
        }
        let request = Request(
            id: "test-request",
            method: method,
            path: parts[0],
            query: Query(parts.count > 1 ? parts[1] : ""),
            headers: headers,
            remoteAddress: address,
            body: RequestBody(body)
        )
        let answer = TestAnswer(site.site.application.respond(to: request), basePath: site.basePath)
        keepCookies(of: answer.response)
        return answer
    }

    /// Follows a link. Redirects are answers here and are not followed.
    public func get(_ path: String, headers: Headers = ["Accept": "text/html"]) -> TestAnswer {
        send(.get, path, headers: headers)
    }

    /// Posts a form with this browser's token, as a person would after opening some page of the site.
    public func submit(
        _ path: String,
        _ fields: [String: String],
        address: String = "127.0.0.1"
    ) throws -> TestAnswer {
        var fields = fields
        if fields["_csrf"] == nil { fields["_csrf"] = try token() }
        return send(
            .post,
            path,
            headers: [
                "Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded",
                "Origin": "http://carrel.test", "Sec-Fetch-Site": "same-origin",
            ],
            body: Array(
                fields.map { "\(Percent.encode($0.key))=\(Percent.encode($0.value))" }.joined(separator: "&").utf8
            ),
            address: address
        )
    }

    /// The sentence for the next page would turn up on any that a test looks at.
    public func forgetFlash() {
        cookies = cookies.filter { !$0.key.contains("flash") }
    }

    /// Posts JSON as the site's own scripts do.
    public func post(json: String, to path: String) throws -> TestAnswer {
        send(
            .post,
            path,
            headers: [
                "Accept": "application/json", "Content-Type": "application/json", "X-CSRF-Token": try token(),
                "Origin": "http://carrel.test", "Sec-Fetch-Site": "same-origin",
            ],
            body: Array(json.utf8)
        )
    }

    /// The token that forms of this browser carry.
    public func token() throws -> String {
        // The page of an unknown address has the frame too, and needs no right to anything.
        let page = get("/no-such-page").text
        guard let token = page.between("name=\"csrf-token\" content=\"", "\"") else { throw NoToken() }
        return token
    }

    struct NoToken: Error {}

    private func keepCookies(of response: Response) {
        response.headers.forEach { name, value in
            guard name.lowercased() == "set-cookie" else { return }
            let pair = value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            jar.withLock { jar in
                jar[pair[0]] = pair.count < 2 || value.contains("Max-Age=0") ? nil : pair[1]
            }
        }
    }
}

/// A response with the questions that tests ask of it.
public struct TestAnswer: Sendable {
    /// The response as the application gave it.
    public let response: Response
    private let basePath: String

    init(_ response: Response, basePath: String) {
        self.response = response
        self.basePath = basePath
    }

    /// The status code.
    public var status: Int { response.status.code }

    /// The body as text.
    public var text: String {
        switch response.body {
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .file(let path): "file \(path)"
        case .stream: String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The body's bytes, of a stream as far as it comes; none for a file.
    public var bytes: [UInt8] {
        switch response.body {
        case .bytes(let bytes): return bytes
        case .file: return []
        case .stream(let produce):
            let collected = Mutex<[UInt8]>([])
            try? produce { piece in collected.withLock { $0 += piece } }
            return collected.withLock { $0 }
        }
    }

    /// A header's value, nil when it is not there.
    public func header(_ name: String) -> String? { response.headers[name] }

    /// Where it leads, below the base path; nil when it leads nowhere or out of the base path.
    public var location: String? {
        guard let location = response.headers["Location"], location.hasPrefix(basePath) else { return nil }
        return String(location.dropFirst(basePath.count))
    }

    /// The body as JSON.
    public func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

extension String {
    /// The text between two marks; nil when either is missing.
    public func between(_ start: String, _ end: String) -> String? {
        guard let first = firstRange(of: start) else { return nil }
        let rest = self[first.upperBound...]
        guard let second = rest.firstRange(of: end) else { return nil }
        return String(rest[..<second.lowerBound])
    }
}
