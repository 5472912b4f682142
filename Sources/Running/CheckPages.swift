import Projects
import RunProtocol
import SiteKit
import Templating

struct CheckPage: ViewModel {
    var project: ProjectHead
    var file: ProjectPath
    var report: CheckReport
    /// Where a file is opened, the base path included.
    var address: @Sendable (ProjectPath) -> String

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.project },
        .text("file") { $0.file.text },
        .text("back") { $0.address($0.file) },
        .text("kind") { $0.report.kind.rawValue },
        .text("summary") { $0.summary },
        .list("files", of: CheckedFile.self) { $0.files },
        .optionalText("output") { $0.report.output }
    )

    private var summary: String {
        guard report.kind == .done else { return report.words }
        let counts = Diagnosed.counts(of: report.problems)
        let found =
            counts.isEmpty ? "No problems were found in \(report.looksAtAll ? "the project" : file.text)." : counts
        return report.words.isEmpty ? found : "\(found) \(report.words)"
    }

    /// The problems by file, the checked one first.
    private var files: [CheckedFile] {
        let byPath = Dictionary(grouping: report.problems, by: \.path)
        let paths = byPath.keys.sorted { left, right in
            left == file.text ? right != file.text : right != file.text && left < right
        }
        return paths.compactMap { path in
            guard let name = ProjectPath(path), let problems = byPath[path] else { return nil }
            let href = address(name)
            return CheckedFile(
                path: path,
                problems: problems.sorted { ($0.line, $0.column ?? 0) < ($1.line, $1.column ?? 0) }
                    .map { Diagnosed(problem: $0, href: "\(href)?line=\($0.line)#line") }
            )
        }
    }
}

struct CheckedFile: ViewModel {
    var path: String
    var problems: [Diagnosed]

    static let fields = Fields<Self>(
        .text("path") { $0.path },
        .list("problems", of: Diagnosed.self) { $0.problems }
    )
}

struct Diagnosed: ViewModel {
    var problem: FoundProblem
    var href: String

    static let fields = Fields<Self>(
        .text("severity") { $0.problem.severity },
        .text("word") { $0.problem.severity.prefix(1).uppercased() + $0.problem.severity.dropFirst() },
        .int("line") { $0.problem.line },
        .optionalInt("column") { $0.problem.column },
        .optionalText("code") { $0.problem.code },
        .text("message") { $0.problem.message },
        .text("href") { $0.href }
    )

    /// "2 errors, 1 warning."; an empty text for none.
    static func counts(of problems: [FoundProblem]) -> String {
        let parts = ["error", "warning", "note"].compactMap { severity -> String? in
            let count = problems.count { $0.severity == severity }
            return count == 0 ? nil : "\(count) \(severity)\(count == 1 ? "" : "s")"
        }
        return parts.isEmpty ? "" : parts.joined(separator: ", ") + "."
    }
}
