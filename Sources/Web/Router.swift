/// Finds the handler of a request. Frozen after start, so threads share it without a lock.
///
/// The table is a tree of components. A literal is tried before a parameter, one with a beginning before one without, a
/// parameter before the rest of a path; there is no backtracking past a literal that leads to a dead end other than to
/// its parameter sibling.
public struct Router: Sendable {
    /// Two routes that nobody could tell apart, found at start.
    public struct Clash: Error, CustomStringConvertible {
        /// Which two routes.
        public let description: String
    }

    private final class Node: Sendable {
        let literals: [String: Node]
        /// Parameters that begin with something, by what that is.
        let begun: [String: Node]
        let parameter: Node?
        let rest: [Method: Routes.Entry]
        let entries: [Method: Routes.Entry]

        init(_ routes: [(components: ArraySlice<String>, entry: Routes.Entry)]) throws {
            var literals: [String: [(components: ArraySlice<String>, entry: Routes.Entry)]] = [:]
            var begun: [String: [(components: ArraySlice<String>, entry: Routes.Entry)]] = [:]
            var parameters: [(components: ArraySlice<String>, entry: Routes.Entry)] = []
            var rest: [Method: Routes.Entry] = [:]
            var entries: [Method: Routes.Entry] = [:]
            for route in routes {
                guard let first = route.components.first else {
                    try Self.put(route.entry, into: &entries)
                    continue
                }
                if first.hasSuffix("...}") {
                    try Self.put(route.entry, into: &rest)
                } else if first.hasPrefix("{") {
                    parameters.append((route.components.dropFirst(), route.entry))
                } else if first.hasSuffix("}"), let brace = first.firstIndex(of: "{") {
                    begun[String(first[..<brace]), default: []].append((route.components.dropFirst(), route.entry))
                } else {
                    literals[first, default: []].append((route.components.dropFirst(), route.entry))
                }
            }
            self.literals = try literals.mapValues(Node.init)
            self.begun = try begun.mapValues(Node.init)
            self.parameter = parameters.isEmpty ? nil : try Node(parameters)
            self.rest = rest
            self.entries = entries
        }

        private static func put(_ entry: Routes.Entry, into table: inout [Method: Routes.Entry]) throws {
            if let other = table[entry.method] {
                throw Clash(
                    description: "\(entry.method.rawValue) \(entry.pattern) is the same address as \(other.pattern)"
                )
            }
            table[entry.method] = entry
        }

        func find(_ components: ArraySlice<String>, _ captured: inout [String]) -> [Method: Routes.Entry]? {
            guard let first = components.first else { return entries.isEmpty ? nil : entries }
            if let next = literals[first], let found = next.find(components.dropFirst(), &captured) { return found }
            let mark = captured.count
            for (beginning, node) in begun where first.hasPrefix(beginning) && first != beginning {
                captured.append(String(first.dropFirst(beginning.count)))
                if let found = node.find(components.dropFirst(), &captured) { return found }
                captured.removeSubrange(mark...)
            }
            if let parameter, !first.isEmpty {
                captured.append(first)
                if let found = parameter.find(components.dropFirst(), &captured) { return found }
                captured.removeSubrange(mark...)
            }
            guard !rest.isEmpty else { return nil }
            captured.append(components.joined(separator: "/"))
            return rest
        }
    }

    private let root: Node

    /// Throws `Clash` when two routes have the same address and method.
    public init(_ routes: Routes) throws {
        root = try Node(routes.entries.map { (Self.components(of: $0.pattern)[...], $0) })
    }

    /// Answers by the handler of the request's address. Throws `Problem` 404, 405 or 400.
    public func respond(to request: Request) throws -> Response {
        var components: [String] = []
        for encoded in request.path.utf8.dropFirst().split(separator: 47, omittingEmptySubsequences: false) {
            guard let component = Percent.decode(encoded) else {
                throw Problem.badRequest("This address is not valid UTF-8.")
            }
            components.append(component)
        }
        if components == [""] { components = [] }
        var captured: [String] = []
        guard let methods = root.find(components[...], &captured) else {
            guard let path = withoutSlash(request, components) else { throw Problem.notFound }
            return .seeOther(path + request.query.suffix)
        }
        let method = request.method == .head && methods[.head] == nil ? .get : request.method
        guard let entry = methods[method] else {
            let allowed = methods.keys.map(\.rawValue).sorted().joined(separator: ", ")
            throw Problem(.methodNotAllowed, "This address is not for \(method.rawValue).", headers: ["Allow": allowed])
        }
        return try entry.handler(request, captured)
    }

    /// The same page's address, of one that somebody wrote with a slash at its end; nil when that is none either.
    private func withoutSlash(_ request: Request, _ components: [String]) -> String? {
        var captured: [String] = []
        guard [.get, .head].contains(request.method), components.count > 1, components.last == "",
            root.find(components.dropLast(), &captured)?[.get] != nil
        else { return nil }
        return String(request.path.dropLast())
    }

    private static func components(of pattern: String) -> [String] {
        pattern.split(separator: "/").map(String.init)
    }
}
