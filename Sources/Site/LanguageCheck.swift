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
/// by a signal, or with an exit code and a word on the error stream. The starters are in
/// `LanguageCheck+Starters.swift`, what finds problems in `LanguageCheck+Problems.swift`,
/// what formats in `LanguageCheck+Formatting.swift`, and language servers in `LanguageCheck+Servers.swift`.
struct LanguageCheck {
    let directory: String
    let runner: RunnerClient

    /// Runs every sample and every starter, in a workspace of its own that is gone afterwards, and says how long each took,
    /// the compiler not counted. Throws `RunnerFault`, or what reading a sample throws.
    func findings(_ language: Language) throws -> [Finding] {
        let workspace = WorkspaceID(.random(in: 1 << 62 ... .max))
        defer { _ = try? runner.stop(workspace) }
        let folder = "\(directory)/\(language.id)/samples"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        let samples = try ["hello", "input", "broken", "failing"].compactMap { sample -> Finding? in
            let subject = "\(language.id) \(sample)"
            guard let program = Self.program(sample, among: names) else {
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
                detail: run.detail
            )
        }
        return samples + (try starterFindings(language, in: workspace))
            + (try problemFindings(language, samples: names, in: workspace))
            + (try formatFindings(language, samples: names, in: workspace))
            + (try serverFindings(language, samples: names, in: workspace))
    }

    /// The file name of a sample program, among those in the folder.
    static func program(_ sample: String, among names: [String]) -> String? {
        names.first { $0.hasPrefix("\(sample).") && $0 != "\(sample).in" && $0 != "\(sample).out" }
    }

    /// What a program did.
    struct Run {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var outcome: RunOutcome

        var detail: String { "\(Int(outcome.wall / .milliseconds(1))) ms" }
    }

    private func run(
        _ program: [UInt8],
        input: [UInt8],
        of language: Language,
        in workspace: WorkspaceID
    ) throws -> Run {
        try run([language.main: program], main: language.main, input: input, of: language, in: workspace)
    }

    /// Runs a project with these files, or has problems found in it.
    func run(
        _ files: [String: [UInt8]],
        main: String,
        as program: (ProjectPath) -> RunProgram = RunProgram.file,
        arguments: [String] = [],
        input: [UInt8] = [],
        of language: Language,
        in workspace: WorkspaceID
    ) throws -> Run {
        guard let id = LanguageID(language.id), let main = ProjectPath(main) else { throw RunnerFault.unknownLanguage }
        let request = RunRequest(
            run: .unstored(),
            workspace: workspace,
            language: id,
            program: program(main),
            arguments: arguments,
            input: .text(input),
            limits: RunLimits(wall: .seconds(30)),
            files: Self.manifest(of: files)
        )
        let session = try runner.start(request) { path in files[path.text] ?? [] }
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

    static func manifest(of files: [String: [UInt8]]) -> [ManifestEntry] {
        files.compactMap { path, content in
            guard let path = ProjectPath(path), let digest = ContentDigest(Array(SHA256.hash(data: content))) else {
                return nil
            }
            return ManifestEntry(path: path, digest: digest, size: ByteCount(content.count))
        }
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

    static func quoted(_ bytes: [UInt8]) -> String {
        "“\(String(decoding: bytes.prefix(500), as: UTF8.self))”"
    }

    func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path)))
    }
}
