import FoundationEssentials
import Web

/// The conversation with one language server, as a value: what was asked and not answered, and whether the two have
/// greeted one another. No threads, no clock, no I/O.
///
/// 1. Nothing but the greeting is sent before the server has answered it; whoever asks earlier gets an error from here.
/// 2. An answer to what was not asked, or was given up, is dropped.
/// 3. What the server asks of us is answered at once with nothing, or with "no such method": it has no way to us.
struct ServerConversation {
    /// What came of bytes from the server.
    enum Event: Sendable {
        /// It has greeted back.
        case greeted(Abilities)
        /// It answers a request; nil when it refuses.
        case answer(Int, JSONValue?)
        /// What it thinks of a file, by its URI.
        case diagnostics(String, [JSONValue])
    }

    /// What a server says it can do, as far as it matters here.
    struct Abilities: Sendable, Equatable {
        /// After which characters it likes to be asked for completion.
        var completionTriggers: [String] = []
        /// After which characters it likes to be asked for the signature.
        var signatureTriggers: [String] = []
        /// Whether it can tell more of a suggestion when it is asked for that one.
        var resolvesCompletions = false
        /// The methods of the protocol that it has.
        var methods: Set<String> = []
    }

    /// Why the conversation can't go on.
    enum Fault: Error, Equatable {
        /// The envelope is none.
        case envelope(MessageReader.Fault)
        /// A message is no JSON, or no message.
        case message
        /// It refused the greeting.
        case refusedGreeting
    }

    private var reader = MessageReader()
    private var last = 0
    private var pending: Set<Int> = []
    private var greeting: Int?
    /// Nil until it has greeted back.
    private(set) var abilities: Abilities?

    // MARK: To the server

    /// The greeting, for a project that lies in this folder.
    mutating func greet(home: String) -> [UInt8] {
        let (id, bytes) = ask("initialize", Greeting.parameters(home: home))
        greeting = id
        return bytes
    }

    /// A request with its number.
    mutating func ask(_ method: String, _ parameters: JSONValue) -> (id: Int, bytes: [UInt8]) {
        last += 1
        pending.insert(last)
        let message: JSONValue = ["jsonrpc": "2.0", "id": .number(Double(last)), "method": .string(method)]
        return (last, Self.encode(message, with: parameters))
    }

    /// Gives a request up: its answer is not wanted any more.
    mutating func giveUp(_ id: Int) -> [UInt8] {
        guard pending.remove(id) != nil else { return [] }
        return Self.tell("$/cancelRequest", ["id": .number(Double(id))])
    }

    /// A message that wants no answer.
    static func tell(_ method: String, _ parameters: JSONValue) -> [UInt8] {
        encode(["jsonrpc": "2.0", "method": .string(method)], with: parameters)
    }

    // MARK: From the server

    /// What came of the next bytes, and what to send back at once.
    mutating func take(_ bytes: [UInt8]) throws(Fault) -> (events: [Event], replies: [UInt8]) {
        reader.append(bytes)
        var events: [Event] = []
        var replies: [UInt8] = []
        while let body = try nextBody() {
            guard let message = JSONValue(parsing: body), case .object = message else { throw .message }
            switch (message["method"]?.text, message["id"]) {
            case (let method?, let id?): replies += Self.reply(to: method, id, message["params"])
            case (let method?, nil):
                if let event = Self.event(method, message["params"]) { events.append(event) }
            case (nil, let id?):
                if let event = try answer(id, message, &replies) { events.append(event) }
            case (nil, nil): throw .message
            }
        }
        return (events, replies)
    }

    private mutating func nextBody() throws(Fault) -> [UInt8]? {
        do {
            return try reader.next()
        } catch {
            throw .envelope(error)
        }
    }

    private mutating func answer(
        _ id: JSONValue,
        _ message: JSONValue,
        _ replies: inout [UInt8]
    ) throws(Fault) -> Event? {
        guard let number = id.number, let id = Int(exactly: number), pending.remove(id) != nil else { return nil }
        let isRefused = message["error"].map { $0 != .null } ?? false
        guard id == greeting else { return .answer(id, isRefused ? nil : message["result"] ?? .null) }
        guard !isRefused, let result = message["result"] else { throw .refusedGreeting }
        let abilities = Greeting.abilities(result["capabilities"] ?? .null)
        self.abilities = abilities
        replies += Self.tell("initialized", [:])
        return .greeted(abilities)
    }

    private static func event(_ method: String, _ parameters: JSONValue?) -> Event? {
        guard method == "textDocument/publishDiagnostics", let uri = parameters?["uri"]?.text,
            let list = parameters?["diagnostics"]?.elements
        else { return nil }
        return .diagnostics(uri, list)
    }

    private static func reply(to method: String, _ id: JSONValue, _ parameters: JSONValue?) -> [UInt8] {
        // A number or a text is echoed; what else a server might think of can't be an id.
        guard id.number != nil || id.text != nil else { return [] }
        switch method {
        case "workspace/configuration":
            // One answer for each thing that is asked for, and we have an opinion on none.
            let count = min(parameters?["items"]?.elements?.count ?? 0, 100)
            let nothing = JSONValue.array(Array(repeating: .null, count: count))
            return encode(["jsonrpc": "2.0", "id": id, "result": nothing], with: nil)
        case "client/registerCapability", "client/unregisterCapability", "window/workDoneProgress/create":
            return encode(["jsonrpc": "2.0", "id": id, "result": .null], with: nil)
        default:
            let error: JSONValue = ["code": -32_601, "message": "This client has no such method."]
            return encode(["jsonrpc": "2.0", "id": id, "error": error], with: nil)
        }
    }

    private static func encode(_ message: JSONValue, with parameters: JSONValue?) -> [UInt8] {
        guard case .object(var members) = message else { return [] }
        if let parameters { members["params"] = parameters }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        // Texts, whole numbers and what is made of them: there is nothing that could not be encoded.
        guard let data = try? encoder.encode(JSONValue.object(members)) else { return [] }
        return MessageReader.envelope(Array(data))
    }
}
