public import Languages
public import RunProtocol
import Web

/// Talks to a language's server outside any project, to find out whether it does what pages ask of it.
///
/// One question after the other, by one thread; whoever makes it bounds the time that the server has as a whole.
public struct ServerProbe {
    /// The server has ended, or says what is none of the protocol.
    public struct Silence: Error {
        /// Nothing came.
        public init() {}
    }

    private let language: Language
    private let send: ([UInt8]) throws -> Void
    private let receive: () throws -> [UInt8]?
    private var conversation = ServerConversation()
    private var problems: [String: Int] = [:]

    /// Greets a server, and opens these texts of its home in it.
    ///
    /// - Parameters:
    ///   - send: what the server reads next.
    ///   - receive: what it has written since; nil at its end.
    ///
    /// Throws what these two throw, and `Silence`.
    public init(
        _ language: Language,
        texts: [ProjectPath: String],
        send: @escaping ([UInt8]) throws -> Void,
        receive: @escaping () throws -> [UInt8]?
    ) throws {
        self.language = language
        self.send = send
        self.receive = receive
        try send(conversation.greet(home: Language.home))
        while conversation.abilities == nil { _ = try hear() }
        for (path, text) in texts {
            let item: JSONValue = [
                "uri": .string(uri(of: path)), "languageId": .string(language.editorMode), "version": 1,
                "text": .string(text),
            ]
            try send(ServerConversation.tell("textDocument/didOpen", ["textDocument": item]))
        }
    }

    /// What the server answers a question about a place, as JSON; nil when it refuses. Line and column count from 0.
    public mutating func answer(_ method: String, at path: ProjectPath, line: Int, column: Int) throws -> String? {
        let (id, question) = conversation.ask(
            "textDocument/\(method)",
            [
                "textDocument": ["uri": .string(uri(of: path))],
                "position": ["line": .number(Double(line)), "character": .number(Double(column))],
            ]
        )
        try send(question)
        while true {
            for case .answer(id, let value) in try hear() { return value.map { "\($0)" } }
        }
    }

    /// Waits until the server has found a problem in a text.
    public mutating func waitForProblem(in path: ProjectPath) throws {
        while problems[uri(of: path), default: 0] == 0 { _ = try hear() }
    }

    private func uri(of path: ProjectPath) -> String { ProjectURI.of(path, home: Language.home) }

    private mutating func hear() throws -> [ServerConversation.Event] {
        guard let bytes = try receive() else { throw Silence() }
        guard let (events, replies) = try? conversation.take(bytes) else { throw Silence() }
        if !replies.isEmpty { try send(replies) }
        for case .diagnostics(let uri, let found) in events { problems[uri] = found.count }
        return events
    }
}
