public import Logging

/// One HTTP request, as nginx handed it over. It belongs to the thread that answers it.
public struct Request {
    /// Names this request in the log and on error pages.
    public let id: String
    /// What is asked to be done.
    public let method: Method
    /// The path below the base path, still percent-encoded, starting with `/`.
    public let path: String
    /// What follows the question mark.
    public let query: Query
    /// The header fields as the client sent them, cookies included.
    public let headers: Headers
    /// The address of the client as nginx saw it.
    public let remoteAddress: String
    /// True when the client came over TLS.
    public let isSecure: Bool
    /// Read by whoever needs it.
    public let body: RequestBody
    /// The one-time number that allows this page's own script and style elements (CSP).
    public let nonce: String
    /// Whether nobody waits for the answer any more, for handlers that take long to make one. To be asked while the
    /// handler works, from any thread.
    public let isAbandoned: @Sendable () -> Bool
    private let scope = RequestScope()

    /// A request as the server, or a test, has it.
    public init(
        id: String,
        method: Method,
        path: String,
        query: Query = Query(""),
        headers: Headers = [:],
        remoteAddress: String = "127.0.0.1",
        isSecure: Bool = false,
        body: RequestBody = RequestBody(),
        isAbandoned: @escaping @Sendable () -> Bool = { false }
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.remoteAddress = remoteAddress
        self.isSecure = isSecure
        self.body = body
        self.isAbandoned = isAbandoned
        self.nonce = SecureRandom.token(bytes: 16)
    }

    /// A logger that carries the request's id. Made when it is asked for: few requests have anything to say.
    public var log: Logger {
        var log = Self.logger
        log[metadataKey: "request"] = .string(id)
        return log
    }

    private static let logger = Logger(label: "request")

    /// The value of a cookie, nil when the client sent none of that name.
    public func cookie(_ name: String) -> String? {
        guard let header = headers["cookie"] else { return nil }
        for pair in header.utf8.split(separator: UInt8(ascii: ";")) {
            let trimmed = pair.drop { $0 == 32 }
            guard let equals = trimmed.firstIndex(of: UInt8(ascii: "=")) else { continue }
            if Substring(trimmed[..<equals]) == name { return String(Substring(trimmed[equals...].dropFirst())) }
        }
        return nil
    }

    /// Whether this is an address for programs, which show a token of their own: cookies count for nothing there, and
    /// answers are JSON.
    public var isForPrograms: Bool { path.hasPrefix("/api/") }

    /// True when the client would rather have JSON than a page.
    public var prefersJSON: Bool {
        guard let accept = headers["accept"] else { return false }
        guard let json = accept.range(of: "application/json") else { return false }
        guard let html = accept.range(of: "text/html") else { return true }
        return json < html
    }

    /// What a part of the program has found out about this request, kept until it is answered.
    public subscript<Key: RequestKey>(key: Key.Type) -> Key.Value? {
        get { scope.value(Key.self) }
        nonmutating set { scope.set(Key.self, newValue) }
    }
}

/// Names a value that is kept beside a request while it is answered.
public protocol RequestKey {
    associatedtype Value
}

/// A handful of values: looking through them costs less than a dictionary would.
private final class RequestScope {
    private var values: [(key: ObjectIdentifier, value: AnyObject)] = []

    private final class Box<Value> {
        let value: Value
        init(_ value: Value) { self.value = value }
    }

    func value<Key: RequestKey>(_: Key.Type) -> Key.Value? {
        let key = ObjectIdentifier(Key.self)
        guard let found = values.first(where: { $0.key == key }) else { return nil }
        // `set` puts nothing else under this key.
        return unsafeDowncast(found.value, to: Box<Key.Value>.self).value
    }

    func set<Key: RequestKey>(_: Key.Type, _ value: Key.Value?) {
        let key = ObjectIdentifier(Key.self)
        values.removeAll { $0.key == key }
        if let value { values.append((key, Box(value))) }
    }
}

extension String {
    /// The offset of the first occurrence, nil when there is none; enough for comparing positions.
    fileprivate func range(of needle: String) -> Int? {
        let hay = Array(utf8)
        let pin = Array(needle.utf8)
        guard hay.count >= pin.count else { return nil }
        return (0...(hay.count - pin.count)).first { hay[$0..<($0 + pin.count)].elementsEqual(pin) }
    }
}
