import LanguageServers
import Languages
import RunProtocol
import RunnerClient

extension LanguageCheck {
    /// What `samples/server.in` says in four words: a starter, a file of it, a name in that file, and how the file is
    /// called, or its beginning, that declares it.
    private struct Sample {
        let starter: String
        let asked: ProjectPath
        let name: String
        let declaration: String

        init?(_ text: [UInt8]) {
            let words = String(decoding: text, as: UTF8.self).split(separator: " ").map {
                String($0.filter { !$0.isNewline })
            }
            guard words.count == 4, let asked = ProjectPath(words[1]) else {
                return nil
            }
            self.asked = asked
            (starter, name, declaration) = (words[0], words[2], words[3])
        }
    }

    /// The language's server knows a name of another file: tells what it is and where it is declared, and completes
    /// it; and finds the mistake in `broken`.
    func serverFindings(_ language: Language, samples names: [String], in workspace: WorkspaceID) throws -> [Finding] {
        guard language.server != nil else { return [] }
        let folder = "\(directory)/\(language.id)/samples"
        guard names.contains("server.in"), let sample = Sample(try bytes("\(folder)/server.in")),
            let starter = language.starters.first(where: { $0.name == sample.starter }),
            let program = Self.program("broken", among: names), let broken = ProjectPath("broken/\(language.main)")
        else {
            return [Finding(subject: "\(language.id) server", fault: "server.in is wrong in \(folder).", detail: "")]
        }
        var texts = Dictionary(
            starter.files.compactMap { file in ProjectPath(file.path).map { ($0, file.text) } }
        ) { first, _ in first }
        texts[broken] = String(decoding: try bytes("\(folder)/\(program)"), as: UTF8.self)
        let lines = texts[sample.asked, default: ""].split(separator: "\n", omittingEmptySubsequences: false)
        guard let line = lines.firstIndex(where: { $0.contains(sample.name) }),
            let start = lines[line].firstRange(of: sample.name)?.lowerBound
        else { return [Finding(subject: "\(language.id) server", fault: "\(sample.name) is not there.", detail: "")] }
        let column = lines[line].utf16.distance(from: lines[line].startIndex, to: start)

        let (session, run) = try startServer(language, texts, in: workspace)
        defer { session.close() }
        var findings: [Finding] = []
        let began = ContinuousClock.now
        func add(_ subject: String, _ fault: String?) {
            let detail = "\(Int(began.duration(to: .now) / .milliseconds(1))) ms since the start"
            findings.append(Finding(subject: "\(language.id) server's \(subject)", fault: fault, detail: detail))
        }
        do {
            var probe = try ServerProbe(
                language,
                texts: texts,
                send: { bytes in
                    guard try runner.send(input: bytes, to: run) else { throw ServerProbe.Silence() }
                },
                receive: {
                    while let event = try session.nextEvent() {
                        if case .output(.output, let bytes) = event { return bytes }
                    }
                    return nil
                }
            )
            let wanted = [
                ("hover", 1, sample.name), ("definition", 1, "/\(sample.declaration)"),
                ("completion", sample.name.utf16.count - 1, sample.name),
            ]
            for (method, offset, words) in wanted {
                let answer = try probe.answer(method, at: sample.asked, line: line, column: column + offset)
                let isRight = answer?.contains(words) == true
                add(method, isRight ? nil : "It says nothing of \(words): \(answer ?? "no answer").")
            }
            try probe.waitForProblem(in: broken)
            add("problems", nil)
        } catch let fault where fault is ServerProbe.Silence || fault is RunnerFault {
            add("answers", "It ended: \(fault).")
        }
        return findings
    }

    /// It has a minute for everything.
    private func startServer(
        _ language: Language,
        _ texts: [ProjectPath: String],
        in workspace: WorkspaceID
    ) throws -> (RunSession, RunID) {
        guard let id = LanguageID(language.id) else { throw RunnerFault.unknownLanguage }
        let files = Dictionary(texts.map { ($0.key.text, Array($0.value.utf8)) }) { first, _ in first }
        let request = RunRequest(
            run: .unstored(),
            workspace: workspace,
            language: id,
            program: .server,
            input: .stream,
            limits: RunLimits(wall: .seconds(60), cpu: .seconds(60), output: ByteCount(64 << 20)),
            files: Self.manifest(of: files)
        )
        return (try runner.start(request) { path in files[path.text] ?? [] }, request.run)
    }
}
