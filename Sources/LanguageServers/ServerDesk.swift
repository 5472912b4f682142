public import Accounts
public import Editing
import Languages
public import Live
public import Logging
public import Projects
import RunProtocol
public import RunnerClient
import Running
public import SiteKit
import Synchronization
import Threads
import Web

/// The language servers of this site process: at most one of a language in a workspace, and no more than there may be.
///
/// A server is started for somebody who asks for it by a key or a command, and for anybody where the workspace is there
/// already: that a page is open starts no container. What one says is heard on the channel of its workspace, which only
/// those may follow who share that.
public final class ServerDesk: Sendable {
    private let servers = Mutex<[LiveServer.Key: LiveServer]>([:])
    /// Servers that ended for a reason which is to be said to whoever asks next, and until when.
    private let ended = Mutex<[LiveServer.Key: (words: String, until: ContinuousClock.Instant)]>([:])
    private let waiting = Mutex<[Account.ID: Int]>([:])
    private let parts: LiveServer.Parts
    let limits: ServerLimits
    private let log: Logger

    /// Starts nothing yet.
    public init(
        client: RunnerClient,
        texts: ProjectTexts,
        documents: Documents,
        hub: LiveHub,
        limits: ServerLimits,
        log: Logger
    ) {
        self.limits = limits
        self.log = log
        let table = Weak()
        parts = LiveServer.Parts(
            client: client,
            texts: texts,
            documents: documents,
            limits: limits,
            publish: { key, news in
                hub.publish(key.channel, news.message)
                // There is a workspace now, or none any more.
                guard news.changesWorkspace else { return }
                hub.publish("project/\(key.workspace.owner.project)", Array(#"{"workspace":true}"#.utf8))
            },
            forget: { server in table.desk?.forget(server) }
        )
        table.set(self)
    }

    /// The servers know the desk, which knows them.
    private final class Weak: Sendable {
        private struct Reference { weak var desk: ServerDesk? }
        private let reference = Mutex(Reference())
        var desk: ServerDesk? { reference.withLock { $0.desk } }
        func set(_ desk: ServerDesk) { reference.withLock { $0.desk = desk } }
    }

    /// What there is for somebody who asks.
    enum Found {
        case server(LiveServer)
        /// There is no workspace, and nobody has asked for one.
        case absent
        /// There is none, and why.
        case none(String)
    }

    /// The server of a project's language in this person's workspace. `mayStart`: somebody asked for it by a key.
    func find(
        _ program: Language.Server,
        of language: Language,
        in project: Project,
        for reader: Reader,
        mayStart: Bool
    ) throws -> Found {
        let workspace = WorkspaceID(of: project, for: reader.account.id)
        let key = LiveServer.Key(workspace: workspace, language: project.language)
        if let server = servers.withLock({ $0[key] }) { return .server(server) }
        if !mayStart {
            let recent = ended.withLock { $0[key] }
            if let recent, recent.until > .now { return .none(recent.words) }
            guard let life = try? parts.client.life(of: workspace), life != .absent else { return .absent }
        }
        try makeRoom(for: reader)
        let server = servers.withLock { servers -> (server: LiveServer, isNew: Bool)? in
            if let server = servers[key] { return (server, false) }
            guard servers.count < limits.servers else { return nil }
            let server = LiveServer(key, language, program, of: project, for: reader, parts, log: log)
            servers[key] = server
            return (server, true)
        }
        guard let server else {
            return .none("All places for language servers are taken at the moment. Try again in a little while.")
        }
        if server.isNew {
            ended.withLock { $0[key] = nil }
            server.server.start()
        }
        return .server(server.server)
    }

    /// Ends the one that a person with many servers has not used for longest.
    private func makeRoom(for reader: Reader) throws {
        let own = servers.withLock { Array($0.values) }.filter { $0.starter == reader.account.id }
        guard own.count >= limits.serversOfOnePerson else { return }
        let oldest = own.min { left, right in left.state.withLock { $0.used } < right.state.withLock { $0.used } }
        guard let oldest else { return }
        end(oldest)
    }

    private func end(_ server: LiveServer) {
        // Gone from the table at once: who asks then gets another one.
        forget(server)
        server.stop()
    }

    private func forget(_ server: LiveServer) {
        servers.withLock { servers in
            if servers[server.key] === server { servers[server.key] = nil }
        }
        if case .over(let words?) = server.state.withLock({ $0.phase }) {
            ended.withLock { ended in
                ended = ended.filter { $0.value.until > .now }
                ended[server.key] = (words, .now + .seconds(60))
            }
        }
    }

    /// Ends the servers of a project, or that this person started there: they may not ask any more.
    public func end(in project: Project.ID, of person: Account.ID?) {
        for server in servers.withLock({ Array($0.values) })
        where server.project.id == project && (person == nil || server.starter == person) {
            end(server)
        }
    }

    /// Looks after the servers every few seconds, as long as the process lives.
    public func startTicker() {
        OwnThread.start { [self] in
            while true {
                Pause.seconds(5)
                for server in servers.withLock({ Array($0.values) }) where server.look() { end(server) }
            }
        }
    }

    /// Does what waits for a server's answer. Throws `Problem` when too many wait already.
    func waiting<Value>(for reader: Reader, _ body: () throws -> Value) throws -> Value {
        let person = reader.account.id
        let isAdmitted = waiting.withLock { waiting in
            guard waiting.values.reduce(0, +) < limits.waiting,
                waiting[person, default: 0] < limits.waitingOfOnePerson
            else { return false }
            waiting[person, default: 0] += 1
            return true
        }
        guard isAdmitted else {
            throw Problem(
                .tooManyRequests,
                "The language server is busy with what was asked before. Try again in a moment.",
                headers: ["Retry-After": "1"]
            )
        }
        defer {
            waiting.withLock { waiting in
                waiting[person, default: 0] -= 1
                if waiting[person] == 0 { waiting[person] = nil }
            }
        }
        return try body()
    }
}
