import FoundationEssentials
import Languages
import RunProtocol

extension LanguageCheck {
    /// Runs every starter with a folder of its own as a new project would, with `check.in` as its input, and compares what
    /// it prints with `check.out`. Without that file it has only to end well: reports of tests have times in them.
    func starterFindings(_ language: Language, in workspace: WorkspaceID) throws -> [Finding] {
        // The first has no folder; the tests in a browser run it.
        try language.starters.dropFirst().map { starter in
            let folder = "\(directory)/\(language.id)/starters/\(starter.name)"
            let subject = "\(language.id) \(starter.name)"
            let expected = try? bytes("\(folder)/check.out")
            let files = Dictionary(uniqueKeysWithValues: starter.files.map { ($0.path, Array($0.text.utf8)) })
            let run = try run(
                files,
                main: starter.main ?? Self.opened(language, starter),
                arguments: starter.arguments,
                input: (try? bytes("\(folder)/check.in")) ?? [],
                of: language,
                in: workspace
            )
            let isRight = run.outcome.ending == .exited(0) && (expected == nil || run.output == expected)
            let printed = "It printed \(Self.quoted(run.output)) and \(Self.quoted(run.errors))."
            return Finding(
                subject: subject,
                fault: isRight ? nil : "It ended as \(run.outcome.ending). \(printed)",
                detail: run.detail
            )
        }
    }

    /// The file that a new project of this starter opens on.
    private static func opened(_ language: Language, _ starter: Starter) -> String {
        starter.files.contains { $0.path == language.main } ? language.main : starter.files[0].path
    }
}
