public import Accounts
import FoundationEssentials
import MariaDB
public import Projects
public import SiteKit
import Web

/// Editing many documents of a project in one go, and taking that back in one go. All or nothing, each document by one
/// change set of the reader's that merges with what others type, like any other.
extension Documents {
    /// What is to be replaced in one document.
    public struct Replacement: Sendable {
        /// The document.
        public let document: DocumentHead.ID
        /// The version whose text the places are of.
        public let version: Int
        /// In order, without overlaps.
        public let places: [ChangeSet.Place]

        /// Places of one document's text at a version.
        public init(document: DocumentHead.ID, version: Int, places: [ChangeSet.Place]) {
            self.document = document
            self.version = version
            self.places = places
        }
    }

    /// What became of replacements.
    public struct Replaced: Sendable {
        /// How many places were replaced.
        public internal(set) var places = 0
        /// In how many documents.
        public internal(set) var documents = 0
        /// How many places were left alone because somebody has changed them since.
        public internal(set) var left = 0
        /// By what name it can be taken back; nil when nothing was replaced.
        public internal(set) var name: String?

        /// Counts places that were left alone before anything was replaced.
        public mutating func leaveAlone(_ places: Int) { left += places }
    }

    /// Replaces places of documents of a project. A place that was touched since the version it was found in is left
    /// alone; the others are found again where they are now. Throws `Problem`, and then nothing is changed.
    ///
    /// - Parameters:
    ///   - client: what kind of editor it comes from.
    ///   - wholly: whether all is left alone when a single place would be.
    public func replace(
        _ replacements: [Replacement],
        in project: Project.ID,
        as client: String = Self.replacing,
        wholly: Bool = false,
        for reader: Reader
    ) throws -> Replaced {
        let name = SecureRandom.token(bytes: 12)
        let (replaced, edits) = try database.write { db -> (Replaced, [Edit]) in
            var replaced = Replaced()
            var edits: [Edit] = []
            let states = try lock(replacements.map(\.document), of: project, for: reader, in: db)
            if wholly {
                replaced.left = try replacements.reduce(0) { try $0 + left($1, in: states[$1.document], db) }
                if replaced.left > 0 { return (replaced, []) }
            }
            for replacement in replacements {
                guard let state = states[replacement.document], replacement.version <= state.head.version else {
                    replaced.left += replacement.places.count
                    continue
                }
                let places = try find(replacement, in: state, db)
                replaced.left += replacement.places.count - places.count
                guard !places.isEmpty else { continue }
                let changes = try ChangeSet(replacing: places, in: state.head.length)
                edits.append(try edit(state, changes, as: "\(client)-\(name)", for: reader, in: db))
                replaced.places += places.count
                replaced.documents += 1
            }
            if !edits.isEmpty { replaced.name = name }
            return (replaced, edits)
        }
        for edit in edits { publish(edit.update, to: edit.document, of: project) }
        return replaced
    }

    /// Takes back what one call of `replace` did, merging with what was edited since. Gives the number of documents.
    /// Throws `Problem` when there is no such replacement of the reader's, or it was taken back already.
    public func takeBack(
        _ name: String,
        of client: String = Self.replacing,
        in project: Project.ID,
        for reader: Reader
    ) throws -> Int {
        guard name.utf8.count <= 24, name.utf8.allSatisfy({ $0 < 128 }) else { throw Problem.notFound }
        let edits = try database.write { db -> [Edit] in
            let done = try DocumentsStore.edits(as: "\(client)-\(name)", by: reader.account.id, in: project, db)
            let states = try lock(done.map(\.document), of: project, for: reader, in: db)
            guard !states.isEmpty else { throw Problem.notFound }
            guard
                try DocumentsStore.edits(as: "\(Self.takingBack)-\(name)", by: reader.account.id, in: project, db)
                    .isEmpty
            else { throw Problem(.conflict, "This was undone already.") }
            return try done.compactMap { old -> Edit? in
                guard let state = states[old.document] else { return nil }
                let before = try Self.content(of: old.document, at: old.version - 1, in: db)
                var changes = try ChangeSet(json: old.changes).invert(in: DocumentText(before.text))
                let later = try DocumentsStore.changes(
                    of: old.document,
                    after: old.version,
                    through: state.head.version,
                    in: db
                )
                for theirs in later { changes = try changes.map(over: ChangeSet(json: theirs)) }
                guard !changes.isEmpty else { return nil }
                return try edit(state, changes, as: "\(Self.takingBack)-\(name)", for: reader, in: db)
            }
        }
        for edit in edits { publish(edit.update, to: edit.document, of: project) }
        return edits.count
    }

    /// What clients are called whose edits belong together; a name follows.
    public static let replacing = "replace"
    private static let takingBack = "restore"

    private struct Edit: Sendable {
        let document: DocumentHead.ID
        let update: DocumentUpdate
    }

    /// The documents of the project that the reader may edit, held until the transaction ends. In the order of their
    /// numbers, so that two who replace at once wait for one another instead of both for ever.
    private func lock(
        _ ids: [DocumentHead.ID],
        of project: Project.ID,
        for reader: Reader,
        in db: Connection
    ) throws -> [DocumentHead.ID: DocumentsStore.State] {
        try DocumentsStore.lock(ids, in: db)
        let states = try DocumentsStore.states(of: ids, for: .edit(reader), in: db)
        return Dictionary(states.filter { $0.project == project }.map { ($0.head.id, $0) }) { first, _ in first }
    }

    /// Where the places are in the document as it stands, without those that others touched.
    private func find(
        _ replacement: Replacement,
        in state: DocumentsStore.State,
        _ db: Connection
    ) throws -> [ChangeSet.Place] {
        let head = state.head.version
        guard head > replacement.version else { return replacement.places }
        guard head - replacement.version <= Self.longestCatchUp else { return [] }
        return try DocumentsStore.changes(of: state.head.id, after: replacement.version, through: head, in: db)
            .reduce(replacement.places) { try ChangeSet(json: $1).moved($0) }
    }

    /// How many places of a replacement can't be found again.
    private func left(_ replacement: Replacement, in state: DocumentsStore.State?, _ db: Connection) throws -> Int {
        guard let state, replacement.version <= state.head.version else { return replacement.places.count }
        return replacement.places.count - (try find(replacement, in: state, db).count)
    }

    private func edit(
        _ state: DocumentsStore.State,
        _ changes: ChangeSet,
        as client: String,
        for reader: Reader,
        in db: Connection
    ) throws -> Edit {
        let push = Push(version: state.head.version, client: client, sequence: 1, changes: changes)
        return Edit(document: state.head.id, update: try append(push, to: state, for: reader, in: db))
    }
}
