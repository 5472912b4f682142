import Accounts
import Editing
import Languages
import Projects
import RunProtocol
import SiteKit
import Web

/// The edits of a rename, by file, as a server answered them.
struct RenameEdits {
    struct Edit {
        let start: ServerPlace
        let end: ServerPlace
        let text: String
    }

    /// Why an answer can't be carried out.
    enum Fault: Error, Equatable {
        /// It changes a file that is none of the project's.
        case outside(String)
        /// It does something else than change texts, or too much of it.
        case unreadable
    }

    /// The most edits, and bytes of new text, of one rename.
    static let limits = (edits: 5_000, bytes: 8 << 20)

    private(set) var files: [ProjectPath: [Edit]] = [:]

    init(_ answer: JSONValue, home: String) throws(Fault) {
        var pieces: [(uri: String, edits: [JSONValue])] = []
        if let changes = answer["documentChanges"]?.elements {
            for change in changes {
                // Anything with a kind makes, moves or removes a file.
                guard change["kind"] == nil, let uri = change["textDocument"]?["uri"]?.text,
                    let edits = change["edits"]?.elements
                else { throw .unreadable }
                pieces.append((uri, edits))
            }
        } else if case .object(let changes)? = answer["changes"] {
            for (uri, value) in changes {
                guard let edits = value.elements else { throw .unreadable }
                pieces.append((uri, edits))
            }
        }
        var room = Self.limits
        for (uri, values) in pieces where !values.isEmpty {
            guard let meaning = ProjectURI.meaning(of: uri, home: home) else { throw .unreadable }
            guard case .inside(let path) = meaning else { throw .outside(uri) }
            for value in values {
                guard let start = ServerPlace(value["range"]?["start"]), let end = ServerPlace(value["range"]?["end"]),
                    let text = value["newText"]?.text
                else { throw .unreadable }
                room.edits -= 1
                room.bytes -= text.utf8.count
                guard room.edits >= 0, room.bytes >= 0 else { throw .unreadable }
                files[path, default: []].append(Edit(start: start, end: end, text: text))
            }
        }
    }

    /// The edits of one file as places of its text, in order. A server that gives a whole text anew has it
    /// compared, so that others' edits elsewhere are no obstacle and the places can be counted.
    static func places(_ edits: [Edit], in text: TextPositions) throws(Fault) -> [ChangeSet.Place] {
        var places: [ChangeSet.Place] = []
        for edit in edits {
            guard let from = text.offset(line: edit.start.line, column: edit.start.column),
                let to = text.offset(line: edit.end.line, column: edit.end.column), from <= to
            else { throw .unreadable }
            places.append(ChangeSet.Place(from..<to, edit.text.replacing("\r\n", with: "\n")))
        }
        places.sort { $0.range.lowerBound < $1.range.lowerBound }
        for (left, right) in zip(places, places.dropFirst())
        where left.range.upperBound > right.range.lowerBound { throw .unreadable }
        if places.count == 1, places[0].range == 0..<text.units.count {
            return ChangeSet.places(from: String(decoding: text.units, as: UTF16.self), to: places[0].text)
        }
        return places
    }
}

extension Intelligence {
    /// Carries a rename out: all of it, or nothing. Throws `Problem` when it can't be, or a text has changed since.
    func rename(_ answer: JSONValue, _ scene: Scene, _ reader: Reader) throws -> Reply.Renamed {
        let edits: RenameEdits
        do {
            edits = try RenameEdits(answer, home: Language.home)
        } catch {
            switch error {
            case .outside:
                throw Problem(
                    .unprocessable,
                    "This name belongs to a file outside of the project, which can’t be changed."
                )
            case .unreadable: throw Problem(.unprocessable, "The language server’s answer can’t be carried out.")
            }
        }
        let changed = Problem(.conflict, "A text has changed meanwhile, so nothing was renamed. Try again.")
        var replacements: [Documents.Replacement] = []
        var unread = Set(edits.files.keys)
        try forEachText(of: unread, scene, reader) { path, content in
            unread.remove(path)
            // What the server knew of: the text that was asked about, and the others as they were laid out before.
            let known = path == scene.asked.path ? scene.asked.content.version : scene.listing.text(at: path)?.version
            guard let known, let text = scene.listing.text(at: path) else { throw Self.noText(path) }
            guard content.version == known else { throw changed }
            let places: [ChangeSet.Place]
            do {
                places = try RenameEdits.places(edits.files[path] ?? [], in: scene.server.positions(in: content.text))
            } catch {
                throw Problem(.unprocessable, "The language server’s answer does not fit \(path).")
            }
            guard !places.isEmpty else { return }
            replacements.append(Documents.Replacement(document: text.document, version: known, places: places))
        }
        if let path = unread.first { throw Self.noText(path) }
        let project = scene.server.project.id
        let done = try documents.replace(replacements, in: project, wholly: true, for: reader)
        guard done.left == 0 else { throw changed }
        return Reply.Renamed(
            places: done.places,
            files: done.documents,
            reversal: done.name.map { "/projects/\(project)/replacements/\($0)/reversal" }
        )
    }

    private static func noText(_ path: ProjectPath) -> Problem {
        Problem(.unprocessable, "\(path) is no text of the project, so nothing was renamed.")
    }
}
