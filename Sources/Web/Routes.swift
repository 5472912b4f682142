/// Answers one request.
public typealias Handler = @Sendable (Request) throws -> Response

/// The table of addresses, while it is being written. `Router` is its frozen form.
///
/// A pattern is literal components, `{name}` for one component, `@{name}` for one that begins so, and `{name...}` for all
/// that is left. The handler's further parameters take the values in order; their types say what a component must look
/// like.
public struct Routes: Sendable {
    /// One line of the table.
    public struct Entry: Sendable {
        /// Which method it answers; GET answers HEAD too.
        public let method: Method
        /// The address with its parameters' names.
        public let pattern: String
        /// Who may come here, as printed in the table ("anyone", "members").
        public let audience: String
        /// What it does, for the reference of the API; nil for what is no part of that.
        public let operation: Operation?
        let handler: @Sendable (Request, [String]) throws -> Response
    }

    /// In the order in which they were added.
    public private(set) var entries: [Entry] = []

    /// An empty table.
    public init() {}

    /// Adds a route.
    public mutating func add<each Parameter: PathParameter>(
        _ method: Method,
        _ pattern: String,
        audience: String,
        operation: Operation? = nil,
        _ handler: @escaping @Sendable (Request, repeat each Parameter) throws -> Response
    ) {
        let wanted = Self.count(repeat (each Parameter).self)
        precondition(
            pattern.count { $0 == "{" } == wanted,
            "\(pattern) names another number of parameters than its handler takes (\(wanted))"
        )
        entries.append(
            Entry(method: method, pattern: pattern, audience: audience, operation: operation) { request, captured in
                var values = captured.makeIterator()
                return try handler(request, repeat try Self.next((each Parameter).self, &values))
            }
        )
    }

    /// A route open to everyone that changes nothing.
    public mutating func get<each Parameter: PathParameter>(
        _ pattern: String,
        _ handler: @escaping @Sendable (Request, repeat each Parameter) throws -> Response
    ) {
        add(.get, pattern, audience: "anyone", handler)
    }

    /// A route open to everyone that changes something.
    public mutating func post<each Parameter: PathParameter>(
        _ pattern: String,
        _ handler: @escaping @Sendable (Request, repeat each Parameter) throws -> Response
    ) {
        add(.post, pattern, audience: "anyone", handler)
    }

    private static func next<Value: PathParameter>(
        _ type: Value.Type,
        _ values: inout IndexingIterator<[String]>
    ) throws -> Value {
        guard let text = values.next(), let value = Value(pathComponent: text) else { throw Problem.notFound }
        return value
    }

    private static func count<each Value>(_ types: repeat (each Value).Type) -> Int {
        var count = 0
        for _ in repeat each types { count += 1 }
        return count
    }
}
