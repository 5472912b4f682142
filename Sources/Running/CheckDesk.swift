public import Accounts
public import Editing
import FoundationEssentials
import Languages
public import Logging
public import Projects
import RunProtocol
public import RunnerClient
public import SiteKit

/// Has problems looked for in projects, by what their languages have for it.
///
/// **Theory of operation.** A check is a run that nobody sees: it happens in its person's workspace, on the thread of
/// the request that asked for it, and is written down nowhere. What it prints is read by the language's patterns
/// (`Check`), and the places are counted as editors count.
///
/// 1. Of one person and project there is one at a time: the text that it looks at is out of date as soon as somebody
///    asks anew, so the newest wins. Whoever waits for an older one is told that it was superseded.
/// 2. One that nobody asked for (somebody typed) happens only where a workspace is already.
/// 3. No room for it is an answer like others: the next pause in typing asks again.
/// 4. Files that change in the workspace meanwhile are taken into the project, as those of a run: the workspace tells
///    of each change once, to one run, and this may be it.
public final class CheckDesk: Sendable {
    private let client: RunnerClient
    private let texts: ProjectTexts
    private let copy: WorkingCopy
    private let carrier: EditCarrier
    private let limits: DeskLimits
    private let log: Logger
    private let active = ActiveChecks()

    /// The bytes of what a check printed that are passed on.
    private static let maximumShown = 65_536

    /// Asks nobody yet.
    public init(client: RunnerClient, texts: ProjectTexts, copy: WorkingCopy, limits: DeskLimits, log: Logger) {
        self.client = client
        self.texts = texts
        self.copy = copy
        carrier = EditCarrier(texts: texts, client: client, log: log)
        self.limits = limits
        self.log = log
    }

    /// Looks for problems, in this file if the language's check takes one only. Throws `Problem` for who may not run
    /// the project.
    ///
    /// - Parameter isAsked: whether somebody asked for it; else it is done only where there is a workspace.
    func check(
        _ file: ProjectPath,
        of project: Project,
        in language: Language,
        isAsked: Bool,
        for reader: Reader
    ) throws -> CheckReport {
        guard let check = language.check else {
            return CheckReport(kind: .unchecked, words: "Nothing looks for problems in \(language.name) programs here.")
        }
        guard language.extensions.contains(file.fileExtension) else {
            let words =
                "\(file) is not checked: it is no \(language.name) file, and this project has \(language.name)’s tools."
            return CheckReport(kind: .unchecked, words: words)
        }
        do {
            let workspace = WorkspaceID(of: project, for: reader.account.id)
            if !isAsked, case .absent = try client.life(of: workspace) {
                return CheckReport(kind: .absent, words: "No workspace is running.")
            }
            let place = ActiveCheck.Place(project: project.id, person: reader.account.id)
            guard let (entry, older) = active.enter(place, limits: limits) else {
                return CheckReport(kind: .busy, words: "Too much is being checked at the moment. Try again shortly.")
            }
            defer { active.leave(entry) }
            for other in older { stop(other) }
            for other in older { other.wait(atMost: 2) }
            return try run(entry, check, file, project, workspace, reader)
        } catch let fault as RunnerFault {
            if fault == .busy { return CheckReport(kind: .busy, words: fault.words) }
            log.warning("a check failed", metadata: ["fault": .string(String(describing: fault))])
            return CheckReport(kind: .failed, words: fault.words)
        }
    }

    /// Ends the checks in a project, or those of this person there: they may not run it any more.
    public func cancelChecks(in project: Project.ID, of person: Account.ID?) {
        for check in active.of(project, person) { stop(check) }
    }

    private func stop(_ check: ActiveCheck) {
        check.supersede()
        // One that the helper doesn't know yet finds the mark.
        _ = try? client.cancel(check.run)
    }

    private func run(
        _ entry: ActiveCheck,
        _ check: Check,
        _ file: ProjectPath,
        _ project: Project,
        _ workspace: WorkspaceID,
        _ reader: Reader
    ) throws -> CheckReport {
        var found: (session: RunSession, listing: ProjectTexts.Listing)?
        for isLast in [false, false, true] where found == nil && !entry.isSuperseded {
            let listing = try texts.listing(of: project.id, for: .run(reader))
            guard listing.version(of: file) != nil else { throw RunningRoutes.noSuchFile }
            let request = RunRequest(
                run: entry.run,
                workspace: workspace,
                language: project.language,
                program: .check(file),
                input: .text([]),
                limits: limits.check,
                files: listing.manifest
            )
            do {
                found = (try client.start(request) { path in try listing.bytes(of: path) }, listing)
            } catch is ProjectTexts.Missing where !isLast {
                // A program replaced a file since it was listed.
            }
        }
        guard let (session, listing) = found else { return Self.superseded }
        defer { session.close() }
        if entry.isSuperseded { _ = try client.cancel(entry.run) }
        let result = try follow(session, project, reader)
        let output = result.output + result.errors
        if entry.isSuperseded { return Self.superseded }
        var report = CheckReport(kind: .done, words: "", looksAtAll: check.looksAtAll)
        report.problems = try problems(check.problems(in: output, main: file.text), check.columnUnit, listing)
        for path in Set(report.problems.map(\.path) + [file.text]) {
            report.versions[path] = ProjectPath(path).flatMap(listing.version)
        }
        Self.judge(result.outcome.ending, &report)
        if report.kind != .done {
            let shown = PlainText.of(Array(output.prefix(Self.maximumShown)))
            let cut = output.count - Self.maximumShown
            report.output = cut > 0 ? "\(shown)\n[… \(cut) more bytes are left out …]" : shown
        }
        return report
    }

    private static let superseded = CheckReport(
        kind: .superseded,
        words: "This check was stopped: a newer one took its place."
    )

    private func follow(_ session: RunSession, _ project: Project, _ reader: Reader) throws -> QuietRuns.Result {
        let most = limits.returnedBytes.run
        var files = ReturningFiles(copy, project: project.id, reader: reader, limit: most, log: log)
        let result = try QuietRuns.result(of: session, &files)
        if files.hasChanged { carrier.carry(project, for: reader) }
        return result
    }

    /// Those in files that the project has: nobody can go anywhere else.
    private func problems(
        _ found: [Diagnostic],
        _ unit: Check.ColumnUnit,
        _ listing: ProjectTexts.Listing
    ) throws -> [FoundProblem] {
        var lines: [String: [Int: String]] = [:]
        for (name, problems) in Dictionary(grouping: found, by: \.file) {
            guard let path = ProjectPath(name), listing.version(of: path) != nil else { continue }
            // A tool may name any number of files; of most there is one, and columns beyond are given as they came.
            guard lines.count < Self.mostRead, let text = try listing.text(of: path) else {
                lines[name] = [:]
                continue
            }
            lines[name] = Self.lines(Set(problems.map(\.line)), of: text)
        }
        return found.compactMap { problem in
            guard let lines = lines[problem.file] else { return nil }
            let line = lines[problem.line].map { $0.unicodeScalars[...] }
            return FoundProblem(problem, line: line, unit: unit)
        }
    }

    /// Files whose texts are read for one report: 50; and bytes of a line that are looked at.
    private static let (mostRead, longestLine) = (50, 4_096)

    /// Lines of a text by their numbers, from 1. Nothing else of it is kept.
    private static func lines(_ wanted: Set<Int>, of text: String) -> [Int: String] {
        var lines: [Int: String] = [:]
        var (number, start) = (1, text.utf8.startIndex)
        func keep(_ end: String.Index) {
            guard wanted.contains(number) else { return }
            lines[number] = String(decoding: text.utf8[start..<end].prefix(longestLine), as: UTF8.self)
        }
        for index in text.utf8.indices where text.utf8[index] == 0x0A {
            keep(index)
            number += 1
            start = text.utf8.index(after: index)
        }
        keep(text.utf8.endIndex)
        return lines
    }

    /// What the end of the check means, beside the problems that it found.
    private static func judge(_ ending: RunOutcome.Ending, _ report: inout CheckReport) {
        let found = !report.problems.isEmpty
        switch ending {
        case .exited(0): break
        case .exited(let code):
            guard !found else { return }
            report.kind = .unclear
            report.words =
                "The check failed with code \(code), and what it says names no line of a file of this project."
        case .signalled(let signal):
            report.kind = .failed
            report.words = "The check was ended by the signal \(Signal.name(signal))."
        case .outOfTime:
            report.kind = .failed
            report.words = "The check took too long and was stopped."
        case .outOfMemory:
            report.kind = .failed
            report.words = "The check used up the workspace’s memory and was stopped."
        case .tooMuchOutput:
            report.kind = found ? .done : .failed
            report.words = "The check printed more than it may. Only its beginning was read."
        case .cancelled:
            report.kind = .failed
            report.words = "The check was stopped, and the workspace perhaps with it. Check again."
        }
    }
}
