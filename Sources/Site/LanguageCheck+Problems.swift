import Languages
import RunProtocol

extension LanguageCheck {
    /// The language's own check finds an error in `broken`, in a line that it has, and none in `hello`.
    func problemFindings(
        _ language: Language,
        samples names: [String],
        in workspace: WorkspaceID
    ) throws -> [Finding] {
        guard let check = language.check else { return [] }
        return try ["hello", "broken"].compactMap { sample in
            guard let name = Self.program(sample, among: names) else { return nil }
            let text = try bytes("\(directory)/\(language.id)/samples/\(name)")
            let main = language.main
            let run = try run([main: text], main: main, as: RunProgram.check, of: language, in: workspace)
            let problems = check.problems(in: run.output + run.errors, main: main)
            let errors = problems.filter { $0.severity == .error }
            // What ends too early is found in the line behind the last one.
            let last = text.count { $0 == UInt8(ascii: "\n") } + 1
            let isRight =
                sample == "hello"
                ? errors.isEmpty : errors.contains { $0.file == main && $0.line <= last }
            let isDone = if case .exited = run.outcome.ending { true } else { false }
            let printed = Self.quoted(run.output + run.errors)
            return Finding(
                subject: "\(language.id) check of \(sample)",
                fault: isRight && isDone ? nil : "It ended as \(run.outcome.ending). It printed \(printed).",
                detail: run.detail
            )
        }
    }
}
