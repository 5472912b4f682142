import SiteKit
import Templating
import Web

/// The reference of the API, made of the routes that carry an `Operation`: a page and an OpenAPI document (OpenAPI
/// Specification 3.1.0).
struct APIReference: Sendable {
    private let pages: Pages
    private let page: Page<APIReferencePage>
    private let operations: [APIOperation]

    /// - Parameter routes: all of them, or all that are to be told of.
    init(_ routes: Routes, pages: Pages) throws {
        self.pages = pages
        page = try pages.library.page("api/reference", for: APIReferencePage.self)
        operations = routes.entries.compactMap { entry in
            entry.operation.map {
                APIOperation(method: entry.method, pattern: entry.pattern, audience: entry.audience, $0)
            }
        }
    }

    func add(to routes: inout Routes) {
        routes.get("/api", show)
        routes.get("/api/openapi.json", document)
    }

    private func show(_ request: Request) throws -> Response {
        let model = APIReferencePage(address: pages.url(""), operations: operations)
        return try pages.show(page, model, to: request)
    }

    private func document(_ request: Request) throws -> Response {
        var paths: [String: [String: JSONValue]] = [:]
        for operation in operations {
            paths[operation.pattern, default: [:]][operation.method.rawValue.lowercased()] = operation.document
        }
        return try .json(
            [
                "openapi": "3.1.0",
                "info": ["title": "Carrel", "version": "2"],
                "servers": [["url": .string(pages.url("/").droppingLastSlash)]],
                "paths": .object(paths.mapValues { .object($0) }),
                "components": ["securitySchemes": ["token": ["type": "http", "scheme": "bearer"]]],
            ] as JSONValue
        )
    }
}

extension String {
    fileprivate var droppingLastSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}

/// One address of the API with its method.
struct APIOperation: ViewModel {
    let method: Method
    let pattern: String
    let audience: String
    let operation: Operation

    init(method: Method, pattern: String, audience: String, _ operation: Operation) {
        self.method = method
        self.pattern = pattern
        self.audience = audience
        self.operation = operation
    }

    static let fields = Fields<Self>(
        .text("id") { $0.id },
        .text("method") { $0.method.rawValue },
        .text("pattern") { $0.pattern },
        .bool("needsToken") { $0.needsToken },
        .text("summary") { $0.operation.summary },
        .text("details") { $0.operation.details },
        .list("request", of: APIMember.self) { APIMember.all(in: $0.operation.request) },
        .bool("givesMany") { if case .list = $0.operation.response { true } else { false } },
        .list("response", of: APIMember.self) { APIMember.all(in: $0.operation.response) },
        .list("faults", of: APIFault.self) { $0.faults }
    )

    private var id: String { method.rawValue.lowercased() + pattern.map { $0.isLetter || $0.isNumber ? $0 : "-" } }
    private var needsToken: Bool { audience == "tokens" }

    private var faults: [APIFault] {
        operation.faults.sorted { $0.key < $1.key }.map { APIFault(status: $0.key, words: $0.value) }
    }

    /// This as an Operation Object.
    var document: JSONValue {
        let problem: JSONValue = [
            "type": "object", "required": ["message"], "properties": ["message": ["type": "string"]],
        ]
        var responses: [String: JSONValue] = ["200": Self.answer("Done.", operation.response.schema)]
        for fault in faults { responses[String(fault.status)] = Self.answer(fault.words, problem) }
        var members: [String: JSONValue] = [
            "operationId": .string(id),
            "summary": .string(operation.summary),
            "description": .string(operation.details),
            "responses": .object(responses),
            "security": needsToken ? [["token": []]] : [],
        ]
        if let request = operation.request {
            members["requestBody"] = ["required": true, "content": ["application/json": ["schema": request.schema]]]
        }
        return .object(members)
    }

    private static func answer(_ words: String, _ schema: JSONValue) -> JSONValue {
        ["description": .string(words), "content": ["application/json": ["schema": schema]]]
    }
}

struct APIFault: ViewModel {
    let status: Int
    let words: String

    static let fields = Fields<Self>(.int("status") { $0.status }, .text("words") { $0.words })
}

/// A line of a table of members: records inside of records are told by paths (`files[].name`).
struct APIMember: ViewModel {
    let path: String
    let shape: Operation.Shape
    let isRequired: Bool
    let words: String

    static let fields = Fields<Self>(
        .text("path") { $0.path },
        .text("kind") { $0.shape.words },
        .bool("isRequired") { $0.isRequired },
        .text("words") { $0.words }
    )

    static func all(in shape: Operation.Shape?, below path: String = "") -> [APIMember] {
        switch shape {
        case .record(let members):
            return members.flatMap { member in
                let own = path.isEmpty ? member.name : "\(path).\(member.name)"
                let line = APIMember(path: own, shape: member.shape, isRequired: member.isRequired, words: member.words)
                return [line] + all(in: member.shape, below: own)
            }
        // A page says by itself that all of it is an array.
        case .list(let element): return all(in: element, below: path.isEmpty ? "" : path + "[]")
        case .optional(let shape): return all(in: shape, below: path)
        case .text, .whole, .flag, .choice, nil: return []
        }
    }
}

struct APIReferencePage: ViewModel {
    let address: String
    let operations: [APIOperation]

    static let fields = Fields<Self>(
        .text("address") { $0.address },
        .list("operations", of: APIOperation.self) { $0.operations }
    )
}

extension Operation.Shape {
    /// This in a few words.
    fileprivate var words: String {
        switch self {
        case .text: "string"
        case .whole: "integer"
        case .flag: "boolean"
        case .choice(let texts): texts.joined(separator: ", ")
        case .optional(let shape): "\(shape.words), or null"
        case .list(let element): "array of \(element.plural)"
        case .record: "object"
        }
    }

    private var plural: String {
        switch self {
        case .text: "strings"
        case .whole: "integers"
        case .record: "objects"
        default: words
        }
    }

    /// This as a schema (JSON Schema, draft 2020-12).
    fileprivate var schema: JSONValue {
        switch self {
        case .text: ["type": "string"]
        case .whole: ["type": "integer"]
        case .flag: ["type": "boolean"]
        case .choice(let texts): ["type": "string", "enum": .array(texts.map { .string($0) })]
        case .optional(let shape): ["anyOf": [shape.schema, ["type": "null"]]]
        case .list(let element): ["type": "array", "items": element.schema]
        case .record(let members):
            [
                "type": "object",
                "required": .array(members.filter(\.isRequired).map { .string($0.name) }),
                "properties": .object(
                    Dictionary(members.map { ($0.name, $0.described) }, uniquingKeysWith: { $1 })
                ),
            ]
        }
    }
}

extension Operation.Field {
    fileprivate var described: JSONValue {
        guard case .object(var members) = shape.schema else { return shape.schema }
        members["description"] = .string(words)
        return .object(members)
    }
}
