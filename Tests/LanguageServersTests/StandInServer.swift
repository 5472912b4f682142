import RunProtocol
import SiteTesting
import Synchronization
import Web

@testable import LanguageServers

/// A language server that answers as a test tells it, and remembers what it was told.
final class StandInServer: Sendable {
    /// The answer to a request, as JSON; behind `raw:` what is said as it is, also to what wants no answer. Nil: it dies
    /// of it.
    typealias Answer = @Sendable (_ method: String, _ parameters: JSONValue) -> String?

    private let answer: Answer
    private let state = Mutex(State())

    private struct State {
        var reader = MessageReader()
        var told: [(method: String, parameters: JSONValue)] = []
    }

    init(_ answer: @escaping Answer) {
        self.answer = answer
    }

    /// What it was told, by method.
    func told(_ method: String) -> [JSONValue] {
        state.withLock { $0.told.filter { $0.method == method }.map(\.parameters) }
    }

    /// For `StandInRunner`.
    func talk(_ bytes: [UInt8]) -> [UInt8]? {
        let messages = state.withLock { state -> [JSONValue] in
            state.reader.append(bytes)
            var messages: [JSONValue] = []
            while let body = try? state.reader.next() { messages.append(JSONValue(parsing: body) ?? .null) }
            return messages
        }
        var said: [UInt8] = []
        for message in messages {
            let method = message["method"]?.text ?? ""
            let parameters = message["params"] ?? .null
            state.withLock { state in
                if method == "initialize" { state.told = [] }
                state.told.append((method, parameters))
            }
            guard let reply = method == "initialize" ? Self.abilities : answer(method, parameters) else { return nil }
            guard !reply.isEmpty else { continue }
            if reply.hasPrefix("raw:") {
                said += Array(reply.dropFirst(4).utf8)
            } else if let id = message["id"]?.number {
                said += MessageReader.envelope(Array(#"{"jsonrpc":"2.0","id":\#(Int(id)),"result":\#(reply)}"#.utf8))
            }
        }
        return said
    }

    private static let abilities = """
        {"capabilities":{"completionProvider":{"triggerCharacters":["."],"resolveProvider":true},"hoverProvider":true,\
        "signatureHelpProvider":{"triggerCharacters":["("]},"definitionProvider":true,"referencesProvider":true,\
        "renameProvider":{}}}
        """
}
