import Accounts
import FoundationEssentials
import MariaDB
import Projects
import RunProtocol
import SiteKit

/// The questions that are asked about runs. A run is seen by those who see its project.
enum RunsStore {
    static func insert(
        project: Project.ID,
        user: Account.ID,
        file: ProjectPath?,
        at now: Date,
        in db: Connection
    ) throws -> Run.ID {
        let result = try db.execute(
            """
            INSERT INTO runs (project, user, file, is_terminal, state, started_at, alive_at)
            VALUES (\(project), \(user), \(file?.text ?? ""), \(file == nil), 'starting', \(now), \(now))
            """
        )
        return Run.ID(result.lastInsertID)
    }

    static func run(_ id: Run.ID, for reader: Account.ID, in db: Connection) throws -> Run? {
        try db.first(
            """
            SELECT \(fragment: columns) FROM runs r JOIN projects p ON p.id = r.project
            WHERE r.id = \(id) AND \(fragment: isSeen(by: reader))
            """,
            run
        )
    }

    /// Whoever sees the project sees what its programs print. A terminal shows what its shell knows, secrets and all, so
    /// those look on who could open one.
    private static func isSeen(by reader: Account.ID) -> SQL {
        """
        ((NOT r.is_terminal AND \(fragment: ProjectAccess(.read, reader).condition))
            OR (\(fragment: ProjectAccess(.edit, reader).condition)))
        """
    }

    /// A run that the reader may answer and stop: their own program where they may run, anything where they may edit. To
    /// answer somebody else's program, or a terminal, is to do with its authority.
    static func runToTakePart(_ id: Run.ID, for reader: Account.ID, in db: Connection) throws -> Run? {
        try db.first(
            """
            SELECT \(fragment: columns) FROM runs r JOIN projects p ON p.id = r.project
            WHERE r.id = \(id) AND (
                (r.user = \(reader) AND NOT r.is_terminal AND \(fragment: ProjectAccess(.run, reader).condition))
                OR (\(fragment: ProjectAccess(.edit, reader).condition)))
            """,
            run
        )
    }

    /// The open terminals of a project that this person opened, the oldest first.
    static func terminals(in project: Project.ID, of reader: Account.ID, _ db: Connection) throws -> [Run] {
        try db.all(
            """
            SELECT \(fragment: columns) FROM runs r JOIN projects p ON p.id = r.project
            WHERE r.project = \(project) AND r.user = \(reader)
                AND \(fragment: ProjectAccess(.edit, reader).condition)
                AND r.is_terminal AND r.alive_at IS NOT NULL ORDER BY r.id LIMIT 100
            """,
            run
        )
    }

    /// A run with the name of whoever started it.
    struct Started: Sendable {
        let run: Run
        let username: String
    }

    /// Runs of files of a project, the newest first: those before a number, or the newest of all.
    static func runs(
        in project: Project.ID,
        for access: ProjectAccess,
        before last: Run.ID?,
        limit: Int,
        _ db: Connection
    ) throws -> [Started] {
        try db.all(
            """
            SELECT \(fragment: columns), s.username
            FROM runs r JOIN projects p ON p.id = r.project JOIN users s ON s.id = r.user
            WHERE r.project = \(project) AND \(fragment: access.condition)
                AND NOT r.is_terminal AND r.id < \(last?.rawValue ?? Int.max)
            ORDER BY r.id DESC LIMIT \(limit)
            """
        ) { row in Started(run: try run(row), username: try row[15]) }
    }

    /// The newest run of a file of a project that this person started; nil when there is none.
    static func latest(in project: Project.ID, by reader: Account.ID, _ db: Connection) throws -> Run? {
        try db.first(
            """
            SELECT \(fragment: columns) FROM runs r JOIN projects p ON p.id = r.project
            WHERE r.project = \(project) AND r.user = \(reader)
                AND \(fragment: ProjectAccess(.read, reader).condition)
                AND NOT r.is_terminal
            ORDER BY r.id DESC LIMIT 1
            """,
            run
        )
    }

    /// Which of these runs the reader may listen to.
    static func visible(_ ids: [Int], for reader: Account.ID, in db: Connection) throws -> Set<Int> {
        Set(
            try db.all(
                """
                SELECT r.id FROM runs r JOIN projects p ON p.id = r.project
                WHERE r.id IN (\(list: ids)) AND \(fragment: isSeen(by: reader))
                """
            ) { try $0[0] as Int }
        )
    }

    static func setRunning(_ id: Run.ID, in db: Connection) throws {
        try db.execute("UPDATE runs SET state = 'running' WHERE id = \(id) AND state = 'starting'")
    }

    /// Writes the end of a run down, once: the first end stays.
    static func finish(_ id: Run.ID, _ ending: RunEnding, in db: Connection) throws {
        try db.execute(
            """
            UPDATE runs SET state = 'finished', alive_at = NULL, kind = \(ending.kind.rawValue),
                is_compile = \(ending.isCompile), code = \(ending.code), signal_number = \(ending.signal),
                wall_ms = \(ending.wall), cpu_ms = \(ending.cpu), memory_bytes = \(ending.memory),
                message = \(ending.message)
            WHERE id = \(id) AND state <> 'finished'
            """
        )
    }

    static func setOutput(_ output: RunOutput, of id: Run.ID, in db: Connection) throws {
        try db.execute(
            """
            REPLACE INTO run_outputs (run, length, head, tail)
            VALUES (\(id), \(output.length), \(output.head), \(output.tail))
            """
        )
    }

    static func output(of id: Run.ID, in db: Connection) throws -> RunOutput {
        try db.first("SELECT head, tail, length FROM run_outputs WHERE run = \(id)") { row in
            RunOutput(head: try row[0], tail: try row[1], length: try row[2])
        } ?? RunOutput()
    }

    /// Notes that the desk of these runs is alive.
    static func setAlive(_ ids: [Run.ID], at now: Date, in db: Connection) throws {
        try db.execute("UPDATE runs SET alive_at = \(now) WHERE id IN (\(list: ids)) AND state <> 'finished'")
    }

    /// Runs whose desk has not been heard of since `oldest`: their site process is gone, and with it their program.
    static func abandoned(since oldest: Date, in db: Connection) throws -> [Run] {
        try db.all(
            "SELECT \(fragment: columns) FROM runs r WHERE r.alive_at < \(oldest) AND r.state <> 'finished' LIMIT 1000",
            run
        )
    }

    private static let columns: SQL = """
        r.id, r.project, r.file, r.started_at, r.state, r.kind, r.is_compile, r.code, r.signal_number, \
        r.wall_ms, r.cpu_ms, r.memory_bytes, r.message, r.is_terminal, r.user
        """

    private static func run(_ row: Row) throws -> Run {
        let state: String = try row[4]
        let kind: String? = try row[5]
        var ending = kind.flatMap(RunEnding.Kind.init(rawValue:)).map { RunEnding(kind: $0) }
        ending?.isCompile = try row[6]
        ending?.code = try row[7]
        ending?.signal = try row[8]
        ending?.wall = try row[9]
        ending?.cpu = try row[10]
        ending?.memory = try row[11]
        ending?.message = try row[12]
        return Run(
            id: try row[0],
            project: try row[1],
            file: try row[13] ? nil : ProjectPath(row: row, column: 2),
            starter: try row[14],
            started: try row[3],
            state: Run.State(rawValue: state) ?? .finished,
            ending: ending
        )
    }
}
