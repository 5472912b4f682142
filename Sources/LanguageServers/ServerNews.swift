import FoundationEssentials
import RunProtocol

/// What is told of a server on its live channel.
enum ServerNews: Sendable {
    case starting(String)
    case ready(String)
    case restarting(String, String)
    case over(String?)
    case problems(ProjectPath, [FoundProblem])

    /// Whether there may be a workspace where there was none, or the other way round.
    var changesWorkspace: Bool {
        switch self {
        case .ready, .over: true
        case .starting, .restarting, .problems: false
        }
    }

    private struct Message: Encodable {
        struct Problems: Encodable {
            let path: String
            let list: [FoundProblem]
        }

        var state: String?
        var words: String?
        var problems: Problems?
    }

    /// One value of JSON.
    var message: [UInt8] {
        let message =
            switch self {
            case .starting(let name): Message(state: "starting", words: "The \(name) language server is starting.")
            case .ready: Message(state: "ready")
            case .restarting(let name, let end):
                Message(
                    state: "restarting",
                    words: "The \(name) language server \(end). It is being started again."
                )
            case .over(let words): Message(state: "over", words: words)
            case .problems(let path, let list): Message(problems: .init(path: path.text, list: list))
            }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and numbers: there is nothing that could not be encoded.
        return (try? encoder.encode(message)).map { Array($0) } ?? []
    }
}
