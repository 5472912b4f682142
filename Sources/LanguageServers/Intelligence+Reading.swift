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
            let kept = items.map { $0.size <= desk.limits.suggestion ? $0 : .null }
            scene.server.state.withLock { $0.suggested[reader.account.id] = kept }
            reply.completion = Reply.Completion(list: list, isIncomplete: isIncomplete)
        case .hover: reply.hover = ServerText.documentation(value["contents"], limit: 16_384)
        case .signature: reply.signature = SignatureHelp(value)
        case .definition, .references:
            let found = FoundPlace.list(value, home: Language.home, limit: Self.mostPlaces)
            reply.places = try places(found, scene, reader)
            reply.unseen = scene.server.state.withLock { $0.unseen }
        case .rename:
            reply.unseen = scene.server.state.withLock { $0.unseen }
            reply.renamed = try rename(value, scene, reader)
        }
        return reply
    }

    /// The places with their lines, those of files that the project doesn't have left out.
    private func places(_ found: [FoundPlace], _ scene: Scene, _ reader: Reader) throws -> [Reply.Place] {
        var indices: [ProjectPath: [Int]] = [:]
        var places: [Int: Reply.Place] = [:]
        for (index, place) in found.enumerated() {
            switch place.meaning {
            case .inside(let path): indices[path, default: []].append(index)
            case .outside(let file):
                let (line, column) = (place.start.line + 1, place.start.column)
                places[index] = Reply.Place(outside: file, line: line, column: column, length: 0)
            }
        }
        try forEachText(of: Set(indices.keys), scene, reader) { path, content in
            let text = scene.server.positions(in: content.text)
            for index in indices[path] ?? [] {
                let place = found[index]
                guard let (column, length) = text.unitColumn(place.start, to: place.end) else { continue }
                places[index] = Reply.Place(
                    path: path.text,
                    line: place.start.line + 1,
                    column: column,
                    length: length,
                    text: text.line(place.start.line, limit: Self.lineLength)
                )
            }
        }
        return found.indices.compactMap { places[$0] }
    }

    /// UTF-16 code units of texts that one answer may make us read: 32 million.
    private static let mostRead = 32 << 20

    /// Gives texts of the project as they stand, one after the other; those that it doesn't have are left out. Throws
    /// `Problem` when they have too much.
    func forEachText(
        of paths: Set<ProjectPath>,
        _ scene: Scene,
        _ reader: Reader,
        _ body: (ProjectPath, Documents.Content) throws -> Void
    ) throws {
        guard !paths.isEmpty else { return }
        let heads = try documents.heads(of: scene.server.project.id, for: reader).filter { paths.contains($0.path) }
        guard heads.reduce(0, { $0 + $1.length }) <= Self.mostRead else {
            throw Problem(.unprocessable, "This is in more text than can be looked through at once.")
        }
        for portion in TextPortions(heads, length: \.length) {
            let contents = try documents.contents(of: Array(portion))
            for head in portion {
                if let content = contents[head.document] { try body(head.path, content) }
            }
        }
    }
}

extension LiveServer {
    /// The places of a text as this server counts them.
    func positions(in text: String) -> TextPositions { TextPositions(text, columns: program.columns) }

    var abilities: ServerConversation.Abilities? { state.withLock { $0.conversation.abilities } }
}
