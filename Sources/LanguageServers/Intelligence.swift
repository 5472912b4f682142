public import Accounts
public import Editing
public import Languages
public import Projects
import RunProtocol
public import Running
import SiteKit
import Synchronization
import Web

/// Answers questions about a project's texts, by asking its language's server.
///
/// **Theory of operation.** A question names a text, its version and a place. The right to the project is checked in the
/// statement that reads it; then the server is brought up to date with the texts as they are stored, so that no text of
/// a page reaches it; then it is asked, and its answer is read strictly into our own shapes. The answer goes to whoever
/// asked. What a program in the workspace could make of that is no more than what it could print into its person's
/// console: it answers only those who may run programs in the same workspace.
public struct Intelligence: Sendable {
    let desk: ServerDesk
    let catalogue: LanguageCatalogue
    let states: LanguageStates
    let projects: Projects
    let documents: Documents
    let texts: ProjectTexts

    /// Asks the servers of a desk.
    public init(
        desk: ServerDesk,
        catalogue: LanguageCatalogue,
        states: LanguageStates,
        projects: Projects,
        documents: Documents,
        texts: ProjectTexts
    ) {
        self.desk = desk
        self.catalogue = catalogue
        self.states = states
        self.projects = projects
        self.documents = documents
        self.texts = texts
    }

    /// Throws `Problem` where the reader may not, or asks for what makes no sense.
    func answer(_ question: Question, in id: Project.ID, for reader: Reader) throws -> Reply {
        let project = try projects.project(id, for: reader, to: question.kind == .rename ? .edit : .run)
        let path = try question.checkedPath()
        guard let language = catalogue[project.language.text], let program = language.server else {
            return Reply(.none, words: "There is no language server for this project’s language.")
        }
        guard language.extensions.contains(path.fileExtension) else {
            return Reply(.none, words: "The \(language.name) language server does not know files of this kind.")
        }
        guard try !states.isSwitchedOff(project.language) else {
            return Reply(.none, words: LanguageStates.words(switchedOff: language.name))
        }
        return try desk.waiting(for: reader) {
            let mayStart = question.start == true
            switch try desk.find(program, of: language, in: project, for: reader, mayStart: mayStart) {
            case .absent: return Reply(.absent)
            case .none(let words): return Reply(.none, words: words)
            case .server(let server): return try ask(server, question, path, reader)
            }
        }
    }

    /// Which of these servers' channels, by the numbers of their workspaces, the reader may follow: those of workspaces
    /// where the reader may run programs.
    public func visible(_ ids: [Int], for reader: Reader) throws -> Set<Int> {
        var visible: Set<Int> = []
        for (right, isOwn) in [(ProjectRight.edit, false), (.run, true)] {
            let candidates = ids.filter { id in
                guard let person = WorkspaceID(UInt64(max(0, id))).owner.person else { return !isOwn }
                return isOwn && person == reader.account.id
            }
            guard !candidates.isEmpty else { continue }
            let projects = candidates.map { WorkspaceID(UInt64(max(0, $0))).owner.project.rawValue }
            let allowed = try self.projects.visible(projects, for: reader, to: right)
            visible.formUnion(zip(candidates, projects).filter { allowed.contains($0.1) }.map(\.0))
        }
        return visible
    }

    private func ask(_ server: LiveServer, _ question: Question, _ path: ProjectPath, _ reader: Reader) throws -> Reply
    {
        server.use(by: reader)
        let patience = question.start == true ? desk.limits.patienceAtStart : .zero
        var reply: Reply
        if server.waitUntilReady(until: .now + patience) {
            do {
                reply = try askReady(server, question, path, reader)
            } catch is RunnerFault {
                reply = Reply(.failed, words: "The \(server.language.name) language server is not there at the moment.")
            }
        } else if case .over(let words) = server.state.withLock({ $0.phase }) {
            reply = Reply(.none, words: words)
        } else {
            reply = Reply(.starting, words: "The \(server.language.name) language server is starting.")
        }
        reply.channel = server.key.channel
        return reply
    }

    private func askReady(
        _ server: LiveServer,
        _ question: Question,
        _ path: ProjectPath,
        _ reader: Reader
    ) throws -> Reply {
        if question.kind == .suggestion { return try askMore(server, question, reader) }
        if let method = question.kind.method, server.abilities?.methods.contains(method) != true {
            return Reply(.none, words: "The \(server.language.name) language server can’t do this.")
        }
        // The turn ends when the question is sent: others may ask while the answer is on its way.
        switch try server.turn.withLock({ _ in try bringUpToDate(server, question, path, reader) }) {
        case .stale: return Reply(.stale, words: "The text has changed meanwhile. Try again.")
        case .tooLong:
            let most = desk.limits.text / 1_048_576
            return Reply(.none, words: "This file has more than \(most) MB, which is too long for the language server.")
        case .known: return known(server)
        case .sent(let sent, let scene):
            let patience = question.kind.isSlow ? desk.limits.patience.slow : desk.limits.patience.quick
            guard let answer = server.wait(for: sent, until: .now + patience) else {
                return Reply(.late, words: "The \(server.language.name) language server takes too long.")
            }
            switch answer {
            case .superseded: return Reply(.superseded)
            case .gone: return Reply(.failed, words: "The \(server.language.name) language server has ended.")
            case .refused:
                return Reply(.failed, words: "The \(server.language.name) language server can’t do this here.")
            case .value(let value): return try read(value, for: question, scene, reader)
            }
        }
    }

    /// What was asked about, as the server knows it.
    struct Scene {
        let server: LiveServer
        let asked: LiveServer.Asked
        let positions: TextPositions
        let listing: ProjectTexts.Listing
    }

    private enum Step {
        case stale
        case tooLong
        /// The server knows the text, and nothing else was asked.
        case known
        case sent(LiveServer.Sent, Scene)
    }

    private func bringUpToDate(
        _ server: LiveServer,
        _ question: Question,
        _ path: ProjectPath,
        _ reader: Reader
    ) throws -> Step {
        let listing = try texts.listing(of: server.project.id, for: .run(reader))
        guard let text = listing.text(at: path) else { throw Problem.notFound }
        let content = try documents.content(of: text.document, for: reader)
        guard content.version == question.version else { return .stale }
        guard content.text.utf8.count <= desk.limits.text else { return .tooLong }
        let asked = LiveServer.Asked(path: path, document: text.document, content: content)
        try server.synchronise(listing, asked, for: reader)
        guard let method = question.kind.method else { return .known }
        let positions = server.positions(in: content.text)
        let scene = Scene(server: server, asked: asked, positions: positions, listing: listing)
        let parameters = try parameters(of: question, scene)
        let sent =
            question.kind == .completion
            ? try server.askAnew(method, parameters, for: reader.account.id) : try server.ask(method, parameters)
        return .sent(sent, scene)
    }

    private func parameters(of question: Question, _ scene: Scene) throws -> JSONValue {
        guard let at = question.at, let place = scene.positions.place(at: at) else {
            throw Problem.badRequest("This place is not in the text.")
        }
        var parameters: [String: JSONValue] = [
            "textDocument": ["uri": .string(scene.server.uri(of: scene.asked.path))],
            "position": ["line": .number(Double(place.line)), "character": .number(Double(place.column))],
        ]
        switch question.kind {
        case .completion: parameters["context"] = ["triggerKind": 1]
        case .references: parameters["context"] = ["includeDeclaration": true]
        case .rename: parameters["newName"] = .string(try question.checkedName())
        case .sync, .suggestion, .hover, .signature, .definition: break
        }
        return .object(parameters)
    }

    /// What a page wants to know that begins.
    private func known(_ server: LiveServer) -> Reply {
        var reply = Reply(.ready)
        reply.abilities = server.abilities.map { abilities in
            Reply.Abilities(
                completionTriggers: abilities.completionTriggers,
                signatureTriggers: abilities.signatureTriggers,
                resolvesCompletions: abilities.resolvesCompletions
            )
        }
        let problems = server.state.withLock { $0.problems }
        reply.problems = problems.map { .init(path: $0.key.text, list: $0.value) }.sorted { $0.path < $1.path }
        return reply
    }

    /// More of one of the suggestions that this person was given last.
    private func askMore(_ server: LiveServer, _ question: Question, _ reader: Reader) throws -> Reply {
        let items = server.state.withLock { $0.suggested[reader.account.id] } ?? []
        guard let number = question.number, items.indices.contains(number), items[number] != .null,
            server.abilities?.resolvesCompletions == true, let method = question.kind.method
        else { return Reply(.stale) }
        let sent = try server.ask(method, items[number])
        guard let answer = server.wait(for: sent, until: .now + desk.limits.patience.quick) else { return Reply(.late) }
        guard case .value(let value) = answer else { return Reply(.failed) }
        var reply = Reply(.ready)
        reply.info = ServerText.documentation(value["documentation"], limit: 8_192)
        return reply
    }
}
