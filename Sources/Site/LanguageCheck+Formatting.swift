import Languages
import RunProtocol

extension LanguageCheck {
    /// The language's own formatter makes `messy` what `messy.out` says, leaves that as it is, and refuses `garbled` with
    /// a line that it has. One that takes everything has no `garbled`: it changes nothing but white space in `broken`.
    func formatFindings(
        _ language: Language,
        samples names: [String],
        in workspace: WorkspaceID
    ) throws -> [Finding] {
        guard let formatter = language.format else { return [] }
        let folder = "\(directory)/\(language.id)/samples"
        guard let messy = Self.program("messy", among: names), names.contains("messy.out") else {
            return [Finding(subject: "\(language.id) format", fault: "messy is missing in \(folder).", detail: "")]
        }
        let expected = try bytes("\(folder)/messy.out")
        func finding(_ subject: String, _ text: [UInt8], isRight: (Run) -> Bool) throws -> Finding {
            let run = try format(text, of: language, in: workspace)
            let printed = "It printed \(Self.quoted(run.output)) and \(Self.quoted(run.errors))."
            return Finding(
                subject: "\(language.id) format of \(subject)",
                fault: isRight(run) ? nil : "It ended as \(run.outcome.ending). \(printed)",
                detail: run.detail
            )
        }
        var findings = [
            try finding("messy", try bytes("\(folder)/\(messy)")) { run in
                run.outcome.ending == .exited(0) && run.output == expected
            },
            try finding("what it has formatted", expected) { run in
                run.outcome.ending == .exited(0) && run.output == expected
            },
        ]
        if let garbled = Self.program("garbled", among: names) {
            let text = try bytes("\(folder)/\(garbled)")
            let last = text.count { $0 == UInt8(ascii: "\n") } + 1
            findings.append(
                try finding("garbled", text) { run in
                    let problems = formatter.problems(in: run.errors + run.output, main: language.main)
                    let isRefused = if case .exited(let code) = run.outcome.ending { code != 0 } else { false }
                    return isRefused && problems.contains { $0.file == language.main && $0.line <= last }
                }
            )
        } else if let broken = Self.program("broken", among: names) {
            let text = try bytes("\(folder)/\(broken)")
            findings.append(try finding("broken", text) { Self.words($0.output) == Self.words(text) })
        }
        return findings
    }

    private func format(_ text: [UInt8], of language: Language, in workspace: WorkspaceID) throws -> Run {
        let main = language.main
        return try run([main: text], main: main, as: RunProgram.format, input: text, of: language, in: workspace)
    }

    private static func words(_ text: [UInt8]) -> [UInt8] {
        text.filter { !" \t\r\n".utf8.contains($0) }
    }
}
