public import Accounts
import FoundationEssentials
import MariaDB
public import Projects
public import SiteKit
import Synchronization
import Web

/// What there is to see of runs, and for whom.
extension RunDesk {
    /// A run the reader may see, as this desk or the database knows it. Throws `Problem.notFound`.
    public func run(_ id: Run.ID, for reader: Reader) throws -> Run {
        let stored = try database.read { db in try RunsStore.run(id, for: reader.account.id, in: db) }
        guard let stored else { throw Problem.notFound }
        return asItStands(stored)
    }

    /// A run that the reader may answer and stop. Throws `Problem`.
    func runToTakePart(_ id: Run.ID, for reader: Reader) throws -> Run {
        let stored = try database.read { db in
            if let run = try RunsStore.runToTakePart(id, for: reader.account.id, in: db) { return run }
            guard let seen = try RunsStore.run(id, for: reader.account.id, in: db) else { throw Problem.notFound }
            let right: ProjectRight = seen.starter == reader.account.id && !seen.isTerminal ? .run : .edit
            throw try ProjectsStore.refusal(of: right, in: seen.project, to: reader.account.id, db)
        }
        return asItStands(stored)
    }

    private func asItStands(_ stored: Run) -> Run {
        guard stored.state != .finished else { return stored }
        return active.withLock { $0[stored.id] }?.run ?? stored
    }

    /// The reader's newest run in a project, nil when there is none.
    public func latest(in project: Project.ID, for reader: Reader) throws -> Run? {
        try database.read { db in try RunsStore.latest(in: project, by: reader.account.id, db) }.map(asItStands)
    }

    /// The runs in a project, whoever started them, the newest first: at most `limit` of those before a number, or of
    /// all.
    func runs(
        in project: Project.ID,
        before last: Run.ID?,
        limit: Int,
        for reader: Reader
    ) throws -> [RunsStore.Started] {
        try database.read { db in
            try RunsStore.runs(in: project, for: .read(reader), before: last, limit: limit, db)
        }
    }

    /// The reader's open terminals in a project, the oldest first.
    public func terminals(in project: Project.ID, for reader: Reader) throws -> [Run] {
        let stored = try database.read { db in try RunsStore.terminals(in: project, of: reader.account.id, db) }
        return stored.map(asItStands)
    }

    /// What a run has printed so far. The reader's right to it is checked by `run(_:for:)`.
    func output(of run: Run) throws -> RunOutput {
        if let entry = active.withLock({ $0[run.id] }) { return entry.output }
        return try database.read { db in try RunsStore.output(of: run.id, in: db) }
    }

    /// Waits for the end of a run of this desk, at most so long. Threads that answer requests may wait a little.
    func wait(for id: Run.ID, atMost seconds: Double) {
        guard let entry = active.withLock({ $0[id] }) else { return }
        entry.wait(atMost: seconds)
    }

    /// Which of these runs the reader may listen to.
    public func visible(_ ids: [Int], for reader: Reader) throws -> Set<Int> {
        try database.read { db in try RunsStore.visible(ids, for: reader.account.id, in: db) }
    }
}
