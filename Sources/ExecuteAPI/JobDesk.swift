import Accounts
import Crypto
import FoundationEssentials
import Glibc
import MariaDB
import RunProtocol
import RunnerClient
import SiteKit
import Synchronization
import Threads
import Web

/// Runs jobs on the threads of the requests that ask for them, and counts who used how much.
///
/// A job whose client has gone away is ended: while there are jobs, a thread of its own asks ten times a second whether
/// each of them is still waited for.
final class JobDesk: Sendable {
    /// Who pays for a job.
    enum Payer: Hashable {
        case account(Account.ID)
        /// Somebody without a token, by their address.
        case address(String)
    }

    private struct Active {
        let payer: Payer
        let isAbandoned: @Sendable () -> Bool
        var isEnded = false
    }

    private struct State {
        var jobs: [RunID: Active] = [:]
        var budgets = RateLimiter<Payer>()
        var isWatched = false
    }

    private let client: RunnerClient
    private let database: Database
    private let limits: ExecuteLimits
    private let now: Now
    private let state = Mutex(State())

    init(client: RunnerClient, database: Database, limits: ExecuteLimits, now: @escaping Now) {
        self.client = client
        self.database = database
        self.limits = limits
        self.now = now
    }

    /// Runs a job to its end. Throws `Problem` when there is no place for it, `RunnerFault` when it could not be run.
    func run(_ job: JobRequest, for payer: Payer, isAbandoned: @escaping @Sendable () -> Bool) throws -> JobReport {
        let id = RunID.unstored()
        try admit(id, Active(payer: payer, isAbandoned: isAbandoned))
        defer { state.withLock { _ = $0.jobs.removeValue(forKey: id) } }
        let started = now()
        var transcript = JobTranscript(limit: limits.outputBytes)
        do {
            try follow(job, id, payer, &transcript)
        } catch RunnerFault.busy {
            throw Self.busy
        }
        let report = JobReport(job, transcript)
        try record(report, payer, started)
        return report
    }

    private func admit(_ id: RunID, _ job: Active) throws {
        let mustWatch = try state.withLock { state in
            guard state.jobs.count < limits.jobs else { throw Self.busy }
            let own = state.jobs.values.count { $0.payer == job.payer }
            guard own < limits.jobsOfOnePerson else {
                throw Self.tooMany("You have \(own) jobs running, which is the most at one time.", seconds: 1)
            }
            let rate = Double(limits.jobsPerSecond)
            guard let wait = state.budgets.wait(job.payer, perSecond: rate, atOnce: rate * 5, at: .now) else {
                state.jobs[id] = job
                defer { state.isWatched = true }
                return !state.isWatched
            }
            throw Self.tooMany("You start more than \(limits.jobsPerSecond) jobs a second.", seconds: wait)
        }
        if mustWatch, OwnThread.start({ [self] in watch() }) != nil { state.withLock { $0.isWatched = false } }
    }

    private func follow(_ job: JobRequest, _ id: RunID, _ payer: Payer, _ transcript: inout JobTranscript) throws {
        // Behind an address there may be anybody.
        let person: PersonID? = if case .account(let id) = payer { PersonID(UInt64(id.rawValue)) } else { nil }
        let contents = Dictionary(uniqueKeysWithValues: job.files.map { ($0.path, $0.bytes) })
        let request = RunRequest(
            run: id,
            workspace: nil,
            person: person,
            language: job.runtime.id,
            program: .file(job.files[0].path),
            arguments: job.arguments,
            input: .text(job.input),
            limits: RunLimits(
                wall: job.run.wall,
                cpu: job.run.cpu,
                // Each of the streams has a limit of its own here; this one is for a job that outruns us.
                output: ByteCount(4 * limits.outputBytes + (1 << 20)),
                compile: job.compile.wall,
                compileCPU: job.compile.cpu,
                memory: job.run.memory,
                compileMemory: job.compile.memory
            ),
            files: try job.files.map { file in
                guard let digest = ContentDigest(Array(SHA256.hash(data: file.bytes))) else {
                    throw RunnerFault.protocolViolation("a digest of another length")
                }
                return ManifestEntry(path: file.path, digest: digest, size: ByteCount(file.bytes.count))
            }
        )
        guard request.isConsistent else { throw Problem.badRequest("a file's name is another file's directory") }
        let session = try client.start(request) { contents[$0] ?? [] }
        defer { session.close() }
        while let event = try session.nextEvent() {
            switch event {
            case .started(let phase): transcript.begin(phase)
            case .output(let stream, let bytes):
                if !transcript.add(stream, bytes) { _ = try client.cancel(id) }
            case .stepped(let outcome), .finished(let outcome): transcript.end(outcome)
            case .changed: break
            }
        }
    }

    /// Ends jobs that nobody waits for, until there are no jobs.
    private func watch() {
        while true {
            usleep(100_000)
            let (isOver, abandoned) = state.withLock { state in
                if state.jobs.isEmpty { state.isWatched = false }
                // Asked under the lock: a connection is not closed, and its number given to another, in the meantime.
                return (
                    state.jobs.isEmpty, state.jobs.filter { !$0.value.isEnded && $0.value.isAbandoned() }.map(\.key)
                )
            }
            if isOver { return }
            for id in abandoned {
                // False before the runner knows it: then it is tried again.
                let isEnded = (try? client.cancel(id)) ?? false
                state.withLock { $0.jobs[id]?.isEnded = isEnded }
            }
        }
    }

    private func record(_ report: JobReport, _ payer: Payer, _ started: Date) throws {
        let account: Account.ID? = if case .account(let id) = payer { id } else { nil }
        let stages = [report.compile, report.run].compactMap { $0 }
        try database.write { db in
            try ExecutionsStore.insert(
                account: account,
                language: report.language,
                at: started,
                wall: stages.reduce(0) { $0 + $1.wall_time },
                cpu: stages.reduce(0) { $0 + $1.cpu_time },
                memory: stages.reduce(0) { max($0, Int(clamping: $1.memory)) },
                status: report.run.status,
                in: db
            )
        }
    }

    private static let busy = tooMany("All places for running programs are taken at the moment.", seconds: 1)

    private static func tooMany(_ message: String, seconds: Int) -> Problem {
        Problem(.tooManyRequests, message, headers: ["Retry-After": String(seconds)])
    }
}

/// How fast each of many may go: everyone has a budget that fills up at a rate (a token bucket).
struct RateLimiter<Key: Hashable> {
    private struct Budget {
        var left: Double
        var at: ContinuousClock.Instant
    }

    private var budgets: [Key: Budget] = [:]

    /// More than so many are looked through for budgets that are full again.
    private static var many: Int { 10_000 }

    /// Takes one; when there is none left, gives the seconds after which there is.
    mutating func wait(
        _ key: Key,
        perSecond rate: Double,
        atOnce most: Double,
        at now: ContinuousClock.Instant
    ) -> Int? {
        if budgets.count > Self.many {
            budgets = budgets.filter { Self.left($0.value, rate, most, now) < most }
        }
        var budget = budgets[key] ?? Budget(left: most, at: now)
        budget.left = Self.left(budget, rate, most, now)
        budget.at = now
        defer { budgets[key] = budget }
        guard budget.left >= 1 else { return Int(((1 - budget.left) / rate).rounded(.up)) }
        budget.left -= 1
        return nil
    }

    private static func left(
        _ budget: Budget,
        _ rate: Double,
        _ most: Double,
        _ now: ContinuousClock.Instant
    ) -> Double {
        min(most, budget.left + rate * (budget.at.duration(to: now) / .seconds(1)))
    }
}
