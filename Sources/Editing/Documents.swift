public import Accounts
import FoundationEssentials
public import Live
public import MariaDB
public import Projects
public import Quotas
public import RunProtocol
public import SiteKit
import Web

/// The authority over every document: edits are put in order here, kept in the database, and only then told to others.
///
/// **Theory of operation.** An editor sends a change set for the version it knows. If that is the document's version
/// the change set becomes the next version; if not, nothing happens and the editor gets what it missed, moves its own
/// edit over that, and sends again (the shape of CodeMirror's collaboration with a central authority). A save without
/// scripts is the same, with the moving done here.
///
/// 1. Versions of a document form one chain: the row lock in `DocumentsStore.lock` lets one edit in at a time, and the
///    primary key (document, version) would refuse a second.
/// 2. An edit is acknowledged and published after its commit, never before.
/// 3. A change set fits the text it is applied to: its length is the document's length before it.
/// 4. The text of any version is the newest snapshot before it with the updates after that applied.
/// 5. Messages on the live channel may come out of order or not at all; an editor sees a gap by the version and asks.
public struct Documents: Sendable {
    let database: Database
    private let hub: LiveHub
    /// What a project may have.
    public let limits: ProjectLimits
    private let now: Now
    /// Called with the project of every edit, after its commit.
    private let changed: @Sendable (Project.ID) -> Void

    /// After how many updates the text is kept anew.
    static let snapshotDistance = 200
    /// How many updates an editor may have missed before it gets the text instead.
    static let longestCatchUp = 400

    /// - Parameters:
    ///   - limits: how long a text may get.
    ///   - changed: called with the project of every edit, after its commit.
    public init(
        database: Database,
        hub: LiveHub,
        limits: ProjectLimits,
        now: @escaping Now,
        changed: @escaping @Sendable (Project.ID) -> Void
    ) {
        self.database = database
        self.hub = hub
        self.limits = limits
        self.now = now
        self.changed = changed
    }

    /// A document's version and its text at that version.
    public struct Content: Sendable {
        /// How many edits the text has had.
        public let version: Int
        /// The text with `\n` as its only line break.
        public let text: String
    }

    /// The text as it stands. Throws `Problem.notFound` when the reader may not see it.
    public func content(of id: DocumentHead.ID, for reader: Reader) throws -> Content {
        try content(of: id, for: .read(reader))
    }

    /// The same, for those whom `access` lets through.
    public func content(of id: DocumentHead.ID, for access: ProjectAccess) throws -> Content {
        let content = try database.read { db -> Content? in
            guard let state = try DocumentsStore.state(id, for: access, in: db) else { return nil }
            return try Self.content(of: id, at: state.head.version, in: db)
        }
        guard let content else { throw Problem.notFound }
        return content
    }

    /// Which file of which project this document is. Throws `Problem.notFound`.
    public func place(of id: DocumentHead.ID, for reader: Reader) throws -> (project: Project.ID, path: ProjectPath) {
        let state = try database.read { db in try DocumentsStore.state(id, for: .read(reader), in: db) }
        guard let state else { throw Problem.notFound }
        return (state.project, state.path)
    }

    /// What an editor that knows `version` has missed: updates, or the whole text when that is shorter.
    func catchUp(_ id: DocumentHead.ID, from version: Int, for reader: Reader) throws -> CatchUp {
        let result = try database.read { db -> CatchUp? in
            guard let state = try DocumentsStore.state(id, for: .read(reader), in: db) else { return nil }
            let head = state.head.version
            guard version <= head else { return .text(try Self.content(of: id, at: head, in: db)) }
            guard head - version <= Self.longestCatchUp else {
                return .text(try Self.content(of: id, at: head, in: db))
            }
            let updates = try DocumentsStore.updates(of: id, after: version, in: db)
            return .updates(version: updates.last?.version ?? head, updates)
        }
        guard let result else { throw Problem.notFound }
        return result
    }

    enum CatchUp: Sendable {
        case updates(version: Int, [DocumentUpdate])
        case text(Content)
    }

    /// Takes an edit in, or says what its sender has to move it over first.
    func push(_ push: Push, to id: DocumentHead.ID, for reader: Reader) throws -> PushAnswer {
        let done = try database.write { db in
            let state = try lock(id, for: reader, in: db)
            guard push.version <= state.head.version else {
                throw Problem.badRequest("This edit is for a version that the document does not have.")
            }
            if try DocumentsStore.contains(push, in: id, db) {
                let updates = try DocumentsStore.updates(of: id, after: push.version, in: db)
                return Done(answer: PushAnswer(isAccepted: true, version: state.head.version, updates: updates))
            }
            guard push.version == state.head.version else {
                let updates = try DocumentsStore.updates(of: id, after: push.version, in: db)
                return Done(answer: PushAnswer(isAccepted: false, version: state.head.version, updates: updates))
            }
            let update = try append(push, to: state, for: reader, in: db)
            let answer = PushAnswer(isAccepted: true, version: update.version, updates: [update])
            return Done(answer: answer, published: (update, state.project))
        }
        if let published = done.published { publish(published.update, to: id, of: published.project) }
        return done.answer
    }

    /// Holds other edits of a document back, for those who may edit it. Throws `Problem` for others.
    func lock(_ id: DocumentHead.ID, for reader: Reader, in db: Connection) throws -> DocumentsStore.State {
        if let state = try DocumentsStore.lock(id, for: .edit(reader), in: db) { return state }
        guard let seen = try DocumentsStore.state(id, for: .read(reader), in: db) else { throw Problem.notFound }
        throw try ProjectsStore.refusal(of: .edit, in: seen.project, to: reader.account.id, db)
    }

    private struct Done: Sendable {
        let answer: PushAnswer
        var published: (update: DocumentUpdate, project: Project.ID)?
    }

    func publish(_ update: DocumentUpdate, to id: DocumentHead.ID, of project: Project.ID) {
        hub.publish("document/\(id)", update.json)
        changed(project)
    }

    /// Saves a whole text that was edited from version `base` on, merging it by characters with what others did
    /// meanwhile: for those who can't be asked.
    /// Gives back the version that the document has then. `client` says what kind of editor it comes from.
    @discardableResult
    public func save(
        _ typed: String,
        of id: DocumentHead.ID,
        basedOn base: Int,
        as client: String,
        for reader: Reader
    ) throws -> Int {
        let saved = try database.write { db in
            try save(typed, of: id, basedOn: base, as: client, for: reader, in: db)
        }
        publish(saved)
        return saved.version
    }

    /// A text that was saved, to be told of after the commit.
    struct Saved: Sendable {
        let document: DocumentHead.ID
        let project: Project.ID
        /// The version that the document has.
        let version: Int
        /// Nil when the text was as it is already.
        let update: DocumentUpdate?
    }

    /// The same within a transaction; its caller publishes what was saved once that is kept. Without a base the text
    /// takes the place of the one that is there.
    func save(
        _ typed: String,
        of id: DocumentHead.ID,
        basedOn base: Int?,
        as client: String,
        for reader: Reader,
        in db: Connection
    ) throws -> Saved {
        let state = try lock(id, for: reader, in: db)
        let head = state.head.version
        let base = base ?? head
        guard base >= 0, base <= head else {
            throw Problem.badRequest("This text is for a version that the document does not have.")
        }
        let before = try Self.content(of: id, at: base, in: db)
        var changes = try Self.difference(from: before.text, to: LineBreaks.unified(typed))
        guard !changes.isEmpty else {
            return Saved(document: id, project: state.project, version: head, update: nil)
        }
        for theirs in try DocumentsStore.changes(of: id, after: base, through: head, in: db) {
            changes = try changes.map(over: ChangeSet(json: theirs))
        }
        return try keep(changes, in: state, as: client, for: reader, db)
    }

    func keep(
        _ changes: ChangeSet,
        in state: DocumentsStore.State,
        as client: String,
        for reader: Reader,
        _ db: Connection
    ) throws -> Saved {
        let push = Push(
            version: state.head.version,
            client: "\(client)-\(SecureRandom.token(bytes: 12))",
            sequence: 1,
            changes: changes
        )
        let update = try append(push, to: state, for: reader, in: db)
        return Saved(document: state.head.id, project: state.project, version: update.version, update: update)
    }

    /// Leads from one text to another, by small places: what others change between them stays where it is.
    static func difference(from old: String, to new: String) throws -> ChangeSet {
        let old = TextLines(old)
        return try ChangeSet(replacing: ChangeSet.places(from: old, to: TextLines(new)), in: old.text.count)
    }

    /// Tells everybody who has the document open.
    func publish(_ saved: Saved) {
        if let update = saved.update { publish(update, to: saved.document, of: saved.project) }
    }

    /// Which of these documents the reader may listen to.
    public func visible(_ ids: [Int], for reader: Reader) throws -> Set<Int> {
        try database.read { db in try DocumentsStore.visible(ids, for: .read(reader), in: db) }
    }

    func append(
        _ push: Push,
        to state: DocumentsStore.State,
        for reader: Reader,
        in db: Connection
    ) throws -> DocumentUpdate {
        guard push.changes.length == state.head.length else {
            throw Problem(
                .unprocessable,
                "This edit does not fit the text. Reload the page; what you typed is kept there."
            )
        }
        guard push.changes.newLength <= limits.textLength else {
            throw Problem(
                .unprocessable,
                "A text has at most \(limits.textLength / 1_048_576) million characters. This edit would make it longer."
            )
        }
        let update = DocumentUpdate(
            version: state.head.version + 1,
            author: reader.account.username,
            client: push.client,
            sequence: push.sequence,
            changes: push.changes.json
        )
        guard update.changes.count <= ChangeSet.maximumBytes else {
            throw Problem(.unprocessable, "This is too much to change at once. Change it in smaller pieces.")
        }
        try DocumentsStore.append(
            update,
            length: push.changes.newLength,
            by: reader.account.id,
            to: state.head.id,
            at: now(),
            in: db
        )
        if update.version - state.snapshotVersion >= Self.snapshotDistance {
            let content = try Self.content(of: state.head.id, at: update.version, in: db)
            try DocumentsStore.keepSnapshot(content.text, of: state.head.id, version: update.version, in: db)
        }
        try ProjectsStore.touch(
            state.project,
            growth: push.changes.newLength - state.head.length,
            at: now(),
            within: limits,
            in: db
        )
        return update
    }

    static func content(of id: DocumentHead.ID, at version: Int, in db: Connection) throws -> Content {
        guard let snapshot = try DocumentsStore.snapshot(of: id, before: version, in: db) else {
            throw DocumentDamage(document: id)
        }
        let changes = try DocumentsStore.changes(of: id, after: snapshot.version, through: version, in: db)
        // Autocommitted reads: an edit may have come in between the two questions. That is a later version, whole.
        let text = try Self.text(snapshot.text, changes)
        return Content(version: snapshot.version + changes.count, text: text)
    }

    static func text(_ start: String, _ changes: [[UInt8]]) throws -> String {
        guard !changes.isEmpty else { return start }
        var text = DocumentText(start)
        for change in changes { try ChangeSet(json: change).apply(to: &text) }
        return text.string
    }
}

/// A document without the text it began with: somebody changed the database by hand.
struct DocumentDamage: Error {
    let document: DocumentHead.ID
}
