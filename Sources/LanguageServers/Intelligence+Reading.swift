import Accounts
import Editing
import Languages
import Projects
import RunProtocol
import SiteKit
import Synchronization
import Web

/// Reading what a server has answered.
extension Intelligence {
    /// More places than this are left out: 500.
    private static let mostPlaces = 500
    /// Units of a line that are shown beside a place.
    private static let lineLength = 200

    func read(_ value: JSONValue, for question: Question, _ scene: Scene, _ reader: Reader) throws -> Reply {
        var reply = Reply(.ready)
        switch question.kind {
        case .sync, .suggestion: break
        case .completion:
            let (list, isIncomplete, items) = Suggestion.list(value, in: scene.positions)
            scene.server.state.withLock { $0.suggested[reader.account.id] = items }
            reply.completion = Reply.Completion(list: list, isIncomplete: isIncomplete)
        case .hover: reply.hover = ServerText.documentation(value["contents"], limit: 16_384)
        case .signature: reply.signature = SignatureHelp(value)
        case .definition, .references:
            let found = FoundPlace.list(value, home: Language.home, limit: Self.mostPlaces)
            reply.places = try places(found, scene, reader)
        case .rename: reply.renamed = try rename(value, scene, reader)
        }
        return reply
    }

    /// The places with their lines, those of files that the project doesn't have left out.
    private func places(_ found: [FoundPlace], _ scene: Scene, _ reader: Reader) throws -> [Reply.Place] {
        let inside = Set(found.compactMap { if case .inside(let path) = $0.meaning { path } else { nil } })
        let texts = try currentTexts(of: inside, scene, reader).mapValues { scene.server.positions(in: $0.text) }
        return found.compactMap { place in
            switch place.meaning {
            case .outside(let file):
                return Reply.Place(outside: file, line: place.start.line + 1, column: place.start.column, length: 0)
            case .inside(let path):
                guard let text = texts[path], let (column, length) = text.unitColumn(place.start, to: place.end) else {
                    return nil
                }
                return Reply.Place(
                    path: path.text,
                    line: place.start.line + 1,
                    column: column,
                    length: length,
                    text: text.line(place.start.line, limit: Self.lineLength)
                )
            }
        }
    }

    /// Texts of the project as they stand, those that it doesn't have left out.
    func currentTexts(
        of paths: Set<ProjectPath>,
        _ scene: Scene,
        _ reader: Reader
    ) throws -> [ProjectPath: Documents.Content] {
        guard !paths.isEmpty else { return [:] }
        let heads = try documents.heads(of: scene.server.project.id, for: reader).filter { paths.contains($0.path) }
        let contents = try documents.contents(of: heads)
        let pairs = heads.compactMap { head in contents[head.document].map { (head.path, $0) } }
        return Dictionary(pairs) { first, _ in first }
    }
}

extension LiveServer {
    /// The places of a text as this server counts them.
    func positions(in text: String) -> TextPositions { TextPositions(text, columns: program.columns) }

    var abilities: ServerConversation.Abilities? { state.withLock { $0.conversation.abilities } }
}
