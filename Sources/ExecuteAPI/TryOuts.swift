public import Accounts
import FoundationEssentials
public import RunProtocol
import Running
public import SiteKit
import Web

/// Runs files for somebody who may look at them and no more: as a job, in a container that keeps nothing, without the
/// secrets and settings of the project they are from.
public struct TryOuts: Sendable {
    private let desk: JobDesk
    private let runtimes: Runtimes
    private let limits: ExecuteLimits

    /// Jobs are counted with those of the API.
    init(desk: JobDesk, runtimes: Runtimes, limits: ExecuteLimits) {
        self.desk = desk
        self.runtimes = runtimes
        self.limits = limits
    }

    /// How it went.
    public struct Report: Sendable {
        /// What was printed, up to the limit.
        public let output: String
        /// The end in a sentence.
        public let words: String

        /// How it went, or why it did not.
        public init(output: String, words: String) {
            self.output = output
            self.words = words
        }
    }

    /// The most bytes of all files together.
    private static let maximumBytes: UInt64 = 4 << 20

    /// Throws `Problem` when these are more than is tried out; to be asked before they are read.
    public static func refuseTooMuch(_ files: [ManifestEntry]) throws {
        guard files.count <= RunRequest.maximumFiles, files.reduce(0, { $0 + $1.size.bytes }) <= maximumBytes else {
            throw Problem(.unprocessable, "This project is too large to be tried out. Make a copy, and run that.")
        }
    }

    /// Runs the first of these files beside the others, and waits for its end. Throws `Problem`.
    ///
    /// - Parameter isAbandoned: whether nobody waits any more.
    public func run(
        _ files: [(path: ProjectPath, bytes: [UInt8])],
        in language: LanguageID,
        input: String,
        for account: Account.ID,
        isAbandoned: @escaping @Sendable () -> Bool
    ) throws -> Report {
        guard let runtime = try runtimes.all().first(where: { $0.id == language }) else {
            throw Problem(.serviceUnavailable, "Programs in this language can’t be run at the moment.")
        }
        let job = try JobRequest(runtime: runtime, files: files, input: input, limits: limits)
        do {
            return Report(try desk.run(job, for: .account(account), isAbandoned: isAbandoned))
        } catch is RunnerFault {
            throw Runtimes.away
        }
    }
}

extension TryOuts.Report {
    init(_ job: JobReport) {
        let isCompiled = job.compile.map { $0.code == 0 } ?? true
        let stage = isCompiled ? job.run : job.compile ?? job.run
        output = stage.output
        words =
            isCompiled
            ? stage.message.map { "\($0)." } ?? "Finished normally."
            : "The program could not be compiled. What the compiler says is below."
    }
}
