import Projects
import RunProtocol
import Templating

struct SearchPage: ViewModel {
    var project: ProjectHead
    var form: SearchForm
    var limits: SearchLimits
    /// What is wrong at which field.
    var faults: [String: String] = [:]
    /// What was found; nil when nothing was looked for yet.
    var slice: ProjectSearch.Slice?
    /// The address of a file, below the base path of the site.
    var address: @Sendable (ProjectPath) -> String
    /// Where the next matches are shown.
    var next: String?

    private var isPreview: Bool { slice != nil && form.replacement != nil }

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.project },
        .text("text") { $0.form.text },
        .text("include") { $0.form.include },
        .text("exclude") { $0.form.exclude },
        .text("replacement") { $0.form.replacement ?? "" },
        .bool("matchesCase") { $0.form.matchesCase },
        .bool("wholeWord") { $0.form.wholeWord },
        .bool("isExpression") { $0.form.isExpression },
        .optionalText("textError") { $0.faults["q"] },
        .optionalText("includeError") { $0.faults["include"] },
        .optionalText("excludeError") { $0.faults["exclude"] },
        .optionalText("replacementError") { $0.faults["replacement"] },
        .optionalText("summary") { page in page.slice.map { SearchWords.summary(of: $0) } },
        .texts("notes") { page in page.slice.map { SearchWords.notes(on: $0, page.limits) } ?? [] },
        .bool("isPreview") { $0.isPreview },
        .bool("canReplace") { $0.isPreview && ($0.slice?.matches ?? 0) > 0 },
        .list("names", of: FoundName.self) { page in
            (page.slice?.names ?? []).map { FoundName(path: $0.text, href: page.address($0)) }
        },
        .list("files", of: FoundFile.self) { page in
            (page.slice?.files ?? []).filter { !$0.text.matches.isEmpty }
                .map { FoundFile(findings: $0, href: page.address($0.path)) }
        },
        .optionalText("next") { $0.next },
        .int("most") { $0.limits.matches }
    )
}

struct FoundName: ViewModel {
    let path: String
    let href: String

    static let fields = Fields<Self>(.text("path") { $0.path }, .text("href") { $0.href })
}

struct FoundFile: ViewModel {
    var findings: ProjectSearch.FileFindings
    var href: String

    static let fields = Fields<Self>(
        .text("path") { $0.findings.path.text },
        .text("href") { $0.href },
        .int("count") { $0.findings.text.matches.count },
        .list("matches", of: FoundMatch.self) { file in
            let findings = file.findings
            return findings.text.matches.enumerated().map { offset, match in
                let chosen = ProjectSearch.ChosenMatch(
                    document: findings.document,
                    version: findings.version,
                    number: findings.skipped + offset
                )
                return FoundMatch(match: match, name: chosen.text, href: "\(file.href)?line=\(match.line)#line")
            }
        }
    )
}

struct FoundMatch: ViewModel {
    var match: TextMatch
    var name: String
    var href: String

    static let fields = Fields<Self>(
        .text("name") { $0.name },
        .text("href") { $0.href },
        .int("line") { $0.match.line },
        .text("before") { $0.match.before },
        .text("match") { $0.match.match },
        .text("after") { $0.match.after },
        .optionalText("replacement") { $0.match.replacement }
    )
}

/// What a page and a script are told about a slice.
enum SearchWords {
    static func summary(of slice: ProjectSearch.Slice) -> String {
        let files = slice.files.count { !$0.text.matches.isEmpty }
        guard files > 0 else {
            return slice.next == nil ? "No matches." : "No matches so far."
        }
        let words = "\(count(slice.matches, "match", "matches")) in \(count(files, "file", "files"))"
        return slice.next == nil ? "\(words)." : "\(words) so far."
    }

    /// What was not looked at or not shown, and why.
    static func notes(on slice: ProjectSearch.Slice, _ limits: SearchLimits) -> [String] {
        var notes: [String] = []
        if slice.hasMoreNames { notes.append("More than \(limits.names) files have it in their names.") }
        for file in slice.files {
            if file.text.end == .late {
                notes.append("\(file.path) was not searched to its end: this expression takes too long in it.")
            }
            if file.text.leftLines > 0 {
                let lines = count(file.text.leftLines, "line", "lines")
                notes.append("\(lines) of \(file.path) longer than \(limits.line / 1_024) KB left out.")
            }
        }
        return notes
    }

    static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }
}
