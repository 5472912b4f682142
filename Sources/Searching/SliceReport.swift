import RunProtocol

/// A slice of a search as scripts get it.
struct SliceReport: Encodable {
    struct File: Encodable {
        let path: String
        let matches: [Match]
    }

    struct Match: Encodable {
        /// What a replacement calls it.
        let name: String
        let line: Int
        /// UTF-16 units from the start of the line, and how many the match has.
        let column: Int
        let length: Int
        let before: String
        let match: String
        let after: String
        let replacement: String?
    }

    struct Start: Encodable {
        let from: String
        let skip: Int
    }

    let files: [File]
    let names: [String]
    let notes: [String]
    let searched: Int
    let total: Int
    let next: Start?

    init(_ slice: ProjectSearch.Slice, _ limits: SearchLimits) {
        files = slice.files.filter { !$0.text.matches.isEmpty }.map { file in
            let matches = file.text.matches.enumerated().map { offset, match in
                let chosen = ProjectSearch.ChosenMatch(
                    document: file.document,
                    version: file.version,
                    number: file.skipped + offset
                )
                return Match(
                    name: chosen.text,
                    line: match.line,
                    column: match.column,
                    length: match.range.count,
                    before: match.before,
                    match: match.match,
                    after: match.after,
                    replacement: match.replacement
                )
            }
            return File(path: file.path.text, matches: matches)
        }
        names = slice.names.map(\.text)
        notes = SearchWords.notes(on: slice, limits)
        searched = slice.searched
        total = slice.total
        next = slice.next.map { Start(from: $0.path, skip: $0.skipped) }
    }
}
