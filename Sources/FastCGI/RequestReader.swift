import Web

/// Makes a `Request` of parameters, or the answer to what can't be one.
struct RequestReader: Sendable {
    /// Where the site is mounted: empty, or `/carrel` without a slash at its end.
    let basePath: String

    /// The longest body, in bytes.
    let maximumBodyBytes: Int

    /// What comes of parameters.
    enum Outcome {
        case request(Request)
        case refusal(Response)
    }

    /// - Parameter connection: the descriptor that the answer goes to.
    func read(_ parameters: Parameters, announced: Int?, body: BodyReader, connection: Int32) -> Outcome {
        guard let method = Method(rawValue: parameters.method) else {
            return .refusal(.text("This method is not known here.", status: Status(501, "Not Implemented")))
        }
        guard parameters.contentLength == nil || announced != nil, let full = path(parameters.target) else {
            return .refusal(.text("This request can't be understood.", status: .badRequest))
        }
        guard announced ?? 0 <= maximumBodyBytes else {
            let text = "This is larger than the \(maximumBodyBytes / 1024) KB that can be sent here."
            return .refusal(.text(text, status: .contentTooLarge))
        }
        guard let path = Application.path(full, below: basePath) else {
            return .refusal(.text("There is nothing at this address.", status: .notFound))
        }
        return .request(
            Request(
                id: requestID(parameters.requestID),
                method: method,
                path: path,
                query: Query(parameters.query),
                headers: parameters.headers,
                remoteAddress: parameters.remoteAddress,
                isSecure: parameters.isSecure,
                body: RequestBody(announcedLength: announced, read: body.read),
                isAbandoned: { isHungUp(connection) }
            )
        )
    }

    /// The announced length of a body; nil when there is none or it isn't a length.
    static func announcedLength(_ text: String?) -> Int? {
        guard let text, !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }

    /// The path of a request target, still percent-encoded. nil when there is none: `*`, or garbage.
    private func path(_ target: String) -> String? {
        let path = target.prefix { $0 != "?" && $0 != "#" }
        if path.utf8.first == UInt8(ascii: "/") { return String(path) }
        // The absolute form, which a server has to take (RFC 9112, section 3.2.2).
        for scheme in ["http://", "https://"] where path.lowercased().hasPrefix(scheme) {
            return String(path.dropFirst(scheme.count).drop { $0 != "/" })
        }
        return nil
    }

    /// nginx's id when it is one, so that both logs tell of the same request.
    private func requestID(_ given: String) -> String {
        let isPlain = given.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0 & 0xDF) }
        return isPlain && (1...64).contains(given.utf8.count) ? given : SecureRandom.token(bytes: 12)
    }
}
