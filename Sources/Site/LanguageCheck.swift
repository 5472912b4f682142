import Crypto
import FoundationEssentials
import Languages
import RunProtocol
import RunnerClient

/// Runs the sample programs of a language as a member's programs are run, and compares what they do with what they
/// should do.
///
/// The folder `samples` of a language has four programs: `hello` and `input` print what the file `.out` beside them
/// says (`input` is given `input.in`), `broken` can't be compiled or parsed, `failing` prints `before` and then fails:
/// by a signal, or with an exit code and a word on the error stream. The language's check has to find something in
/// `broken`, in a line that it has, and no error in `hello`.
struct LanguageCheck {
    let directory: String
    let runner: RunnerClient

    /// Runs every sample, in a workspace of its own that is gone afterwards, and says how long each took, the compiler not
    /// counted. Throws `RunnerFault`, or what reading a sample throws.
    func findings(_ language: Language) throws -> [Finding] {
        let workspace = WorkspaceID(.random(in: 1 << 62 ... .max))
        defer { _ = try? runner.stop(workspace) }
        let folder = "\(directory)/\(language.id)/samples"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        let runs = try ["hello", "input", "broken", "failing"].compactMap { sample in
            let subject = "\(language.id) \(sample)"
            guard let program = program(sample, among: names) else {
                // A language that isn't compiled may take anything for a program until it gets there.
                let isMissing = sample != "broken" || language.compile != nil
                return isMissing ? Finding(subject: subject, fault: "It is missing in \(folder).", detail: "") : nil
            }
            let input = names.contains("\(sample).in") ? try bytes("\(folder)/\(sample).in") : []
            let run = try run(try bytes("\(folder)/\(program)"), input: input, of: language, in: workspace)
            let expected = names.contains("\(sample).out") ? try bytes("\(folder)/\(sample).out") : []
            return Finding(
                subject: subject,
                fault: fault(of: run, sample, language, expected),
                detail: "\(Int(run.outcome.wall / .milliseconds(1))) ms"
            )
        }
        guard let check = language.check else {
            return runs + [Finding(subject: "\(language.id) check", fault: "It has none.", detail: "")]
        }
        return runs
            + (try ["hello", "broken"].compactMap { sample in
                guard let name = program(sample, among: names) else { return nil }
                let program = try bytes("\(folder)/\(name)")
                let run = try run(program, as: .check, of: language, in: workspace)
                let problems = check.problems(in: run.output + run.errors, main: language.main)
                return Finding(
                    subject: "\(language.id) check of \(sample)",
                    fault: fault(of: run, problems, sample, language, lines: program.split(separator: 10).count),
                    detail: "\(problems.count) problems, \(Int(run.outcome.wall / .milliseconds(1))) ms"
                )
            })
    }

    private func program(_ sample: String, among names: [String]) -> String? {
        names.first { $0.hasPrefix("\(sample).") && $0 != "\(sample).in" && $0 != "\(sample).out" }
    }

    private enum Kind { case program, check }

    private struct Run {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var outcome: RunOutcome
    }

    private func run(
        _ program: [UInt8],
        as kind: Kind = .program,
        input: [UInt8] = [],
        of language: Language,
        in workspace: WorkspaceID
    ) throws -> Run {
        guard let id = LanguageID(language.id), let main = ProjectPath(language.main),
            let digest = ContentDigest(Array(SHA256.hash(data: program)))
        else { throw RunnerFault.unknownLanguage }
        let request = RunRequest(
            run: .unstored(),
            workspace: workspace,
            language: id,
            program: kind == .check ? .check(main) : .file(main),
            input: .text(input),
            limits: RunLimits(wall: .seconds(30)),
            files: [ManifestEntry(path: main, digest: digest, size: ByteCount(program.count))]
        )
        let session = try runner.start(request) { _ in program }
        defer { session.close() }
        var run = Run(
            outcome: RunOutcome(ending: .cancelled, phase: .run, wall: .zero, cpu: .zero, memory: ByteCount(0))
        )
        while let event = try session.nextEvent() {
            switch event {
            case .started, .stepped, .changed: break
            case .output(.output, let bytes): run.output += bytes
            case .output(.error, let bytes): run.errors += bytes
            case .finished(let outcome): run.outcome = outcome
            }
        }
        return run
    }

    private func fault(of run: Run, _ sample: String, _ language: Language, _ expected: [UInt8]) -> String? {
        let printed = "It printed \(Self.quoted(run.output)) and \(Self.quoted(run.errors))."
        switch sample {
        case "hello", "input":
            guard run.outcome.ending == .exited(0) else { return "It ended as \(run.outcome.ending). \(printed)" }
            return run.output == expected ? nil : printed
        case "broken":
            let isRefused = language.compile == nil ? run.output.isEmpty : run.outcome.phase == .compile
            return isRefused && run.outcome.ending != .exited(0) ? nil : "It was run. \(printed)"
        default:
            let isTold =
                switch run.outcome.ending {
                case .exited(let code): code != 0 && !run.errors.isEmpty
                case .signalled: true
                default: false
                }
            return isTold && run.output == Array("before\n".utf8) && run.outcome.phase == .run
                ? nil : "It ended as \(run.outcome.ending) in \(run.outcome.phase). \(printed)"
        }
    }

    private func fault(
        of run: Run,
        _ problems: [Problem],
        _ sample: String,
        _ language: Language,
        lines: Int
    ) -> String? {
        let errors = problems.filter { $0.severity == .error }
        // What ends too early is reported in the line behind the last one.
        let isRight =
            sample == "hello"
            ? errors.isEmpty : errors.contains { $0.file == language.main && $0.line <= lines + 2 }
        guard case .exited = run.outcome.ending, isRight else {
            return "It ended as \(run.outcome.ending). It printed \(Self.quoted(run.output + run.errors))."
        }
        return nil
    }

    private static func quoted(_ bytes: [UInt8]) -> String {
        "“\(String(decoding: bytes.prefix(500), as: UTF8.self))”"
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path)))
    }
}
