import Accounts
public import Editing
import FoundationEssentials
public import Projects
import RunProtocol
import SiteKit
import Synchronization
import Web

/// Looks through the texts of projects, a slice at a time, and replaces what was found.
///
/// A slice is what one request gives: it ends when there are enough matches or the time is over, and says where the next
/// one begins. So a project of any size is searched to its end, no request takes long, and no more texts than a batch
/// are in memory. Nothing is kept between slices; what is edited meanwhile is found as it is then.
public final class ProjectSearch: Sendable {
    let limits: SearchLimits
    private let documents: Documents
    private let projects: Projects
    private let searching = Mutex<[Account.ID: Int]>([:])

    /// - Parameter limits: what one search may cost.
    public init(documents: Documents, projects: Projects, limits: SearchLimits = SearchLimits()) {
        self.documents = documents
        self.projects = projects
        self.limits = limits
    }

    /// Where a slice begins: with a file, after so many of its matches.
    struct Start {
        var path: String
        var skipped = 0

        // By bytes: two names that look the same may be two files.
        func isAfter(_ other: ProjectPath) -> Bool { other.text.utf8.lexicographicallyPrecedes(path.utf8) }
        func isAt(_ other: ProjectPath) -> Bool { other.text.utf8.elementsEqual(path.utf8) }
    }

    /// What was found in one file.
    struct FileFindings {
        let path: ProjectPath
        let document: DocumentHead.ID
        /// The version of the text that the matches are of.
        let version: Int
        /// How many matches of the file an earlier slice had.
        let skipped: Int
        let text: TextFindings
    }

    /// What one request gives.
    struct Slice {
        var files: [FileFindings] = []
        /// Files that have it in their names; in the first slice only.
        var names: [ProjectPath] = []
        var hasMoreNames = false
        /// Where the next slice begins; nil when this is the last.
        var next: Start?
        /// Texts that were looked through by the end of this slice, and how many there are to be.
        var searched = 0
        var total = 0

        var matches: Int { files.reduce(0) { $0 + $1.text.matches.count } }
    }

    /// A slice of a search in the reader's project, whose files are given. Throws `Problem` when the reader has too many
    /// searches going on.
    func slice(
        _ query: SearchQuery,
        in project: Project.ID,
        files: [ProjectFile],
        from start: Start?,
        for reader: Reader,
        isAbandoned: () -> Bool
    ) throws -> Slice {
        try entering(reader) {
            let heads = try documents.heads(of: project, for: reader).filter { query.covers($0.path) }
            let first = start.map { start in heads.firstIndex { !start.isAfter($0.path) } ?? heads.count } ?? 0
            var slice = Slice(searched: first, total: heads.count)
            if start == nil { addNames(query, files, to: &slice) }
            let deadline = ContinuousClock.now + limits.time
            var rest = heads[first...]
            while slice.next == nil, !rest.isEmpty {
                let batch = takeBatch(from: &rest)
                try look(through: batch, query, start, until: deadline, isAbandoned, &slice)
            }
            return slice
        }
    }

    private func look(
        through batch: [Documents.TextHead],
        _ query: SearchQuery,
        _ start: Start?,
        until deadline: ContinuousClock.Instant,
        _ isAbandoned: () -> Bool,
        _ slice: inout Slice
    ) throws {
        let search = TextSearch(query: query, limits: limits)
        var contents = try documents.contents(of: batch)
        var left = limits.matches - slice.matches
        for head in batch {
            // After the first text, so that each slice comes further than the one before it.
            let isFirst = slice.searched == 0 || start?.isAt(head.path) == true
            guard isFirst || (ContinuousClock.now < deadline && left > 0 && !isAbandoned()) else {
                slice.next = Start(path: head.path.text)
                return
            }
            // Deleted since the list was read.
            guard let content = contents.removeValue(forKey: head.document) else { continue }
            let skipped = start?.isAt(head.path) == true ? start?.skipped ?? 0 : 0
            let found = search.findings(in: content.text, skipping: skipped, limit: left)
            left -= found.matches.count
            if !found.matches.isEmpty || found.end == .late || found.leftLines > 0 {
                slice.files.append(
                    FileFindings(
                        path: head.path,
                        document: head.document,
                        version: content.version,
                        skipped: skipped,
                        text: found
                    )
                )
            }
            if found.end == .enough {
                slice.next = Start(path: head.path.text, skipped: skipped + found.matches.count)
                return
            }
            slice.searched += 1
        }
    }

    /// The next texts, as many as may be in memory at once, or one.
    private func takeBatch(from rest: inout ArraySlice<Documents.TextHead>) -> [Documents.TextHead] {
        var batch: [Documents.TextHead] = []
        var length = 0
        while let head = rest.first, batch.isEmpty || (length + head.length <= limits.batch && batch.count < 500) {
            batch.append(head)
            length += head.length
            rest = rest.dropFirst()
        }
        return batch
    }

    private func addNames(_ query: SearchQuery, _ files: [ProjectFile], to slice: inout Slice) {
        for file in files where query.covers(file.path) && query.pattern.matches(file.path.text) {
            guard slice.names.count < limits.names else {
                slice.hasMoreNames = true
                return
            }
            slice.names.append(file.path)
        }
    }

    private func entering<Value>(_ reader: Reader, _ body: () throws -> Value) throws -> Value {
        let id = reader.account.id
        let isAdmitted = searching.withLock { searching in
            guard searching[id, default: 0] < limits.searches else { return false }
            searching[id, default: 0] += 1
            return true
        }
        guard isAdmitted else {
            throw Problem(
                .tooManyRequests,
                "\(limits.searches) searches of yours are going on. Try again when one is done.",
                headers: ["Retry-After": "1"]
            )
        }
        defer {
            searching.withLock { searching in
                searching[id, default: 0] -= 1
                if searching[id] == 0 { searching[id] = nil }
            }
        }
        return try body()
    }

    // MARK: Replacing

    /// A match as a preview named it: the so-and-so-many'th of a document's text at a version.
    struct ChosenMatch: Hashable {
        let document: DocumentHead.ID
        let version: Int
        /// Counted from 0.
        let number: Int

        init(document: DocumentHead.ID, version: Int, number: Int) {
            self.document = document
            self.version = version
            self.number = number
        }

        /// Reads `12.7.0`. Nil when it is not of that shape.
        init?(_ text: String) {
            let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
                .map { Int(pathComponent: String($0)) }
            guard numbers.count == 3, let document = numbers[0], let version = numbers[1], let number = numbers[2],
                document > 0
            else { return nil }
            self.init(document: DocumentHead.ID(document), version: version, number: number)
        }

        var text: String { "\(document).\(version).\(number)" }
    }

    /// Replaces matches that a preview showed. The texts are searched again as they were in the preview, so that what is
    /// put in is what it showed, whatever came from the browser; then the edits are moved over those made since.
    func replace(
        _ query: SearchQuery,
        _ chosen: [ChosenMatch],
        in project: Project.ID,
        for reader: Reader
    ) throws -> Documents.Replaced {
        guard chosen.count <= limits.matches else {
            throw Problem.badRequest("At most \(limits.matches) matches can be replaced at once.")
        }
        return try entering(reader) {
            let byDocument = Dictionary(grouping: Set(chosen)) { $0.document }
            let heads = try documents.heads(of: project, for: reader).filter { byDocument[$0.document] != nil }
            var replacements: [Documents.Replacement] = []
            var rest = heads[...]
            while !rest.isEmpty {
                let batch = takeBatch(from: &rest)
                let contents = try documents.contents(of: batch)
                for head in batch {
                    guard let matches = byDocument[head.document] else { continue }
                    let made = try replacement(query, matches, of: head, contents[head.document])
                    if let made { replacements.append(made) }
                }
            }
            let found = replacements.reduce(0) { $0 + $1.places.count }
            var replaced = try documents.replace(replacements, in: project, for: reader)
            replaced.leaveAlone(Set(chosen).count - found)
            return replaced
        }
    }

    /// The places of a text that chosen matches of it mean; nil when none of them is there.
    private func replacement(
        _ query: SearchQuery,
        _ matches: [ChosenMatch],
        of head: Documents.TextHead,
        _ current: Documents.Content?
    ) throws -> Documents.Replacement? {
        // All of one preview are of one version.
        guard let version = matches.first?.version, let current, version <= current.version else { return nil }
        let numbers = Set(matches.filter { $0.version == version }.map(\.number))
        guard let first = numbers.min(), let last = numbers.max(), last - first < limits.matches else { return nil }
        let content = version == current.version ? current : try documents.content(of: head, at: version)
        guard let content else { return nil }
        let found = TextSearch(query: query, limits: limits)
            .findings(in: content.text, skipping: first, limit: last - first + 1)
        let places = found.matches.enumerated().compactMap { offset, match -> ChangeSet.Place? in
            guard numbers.contains(first + offset), let text = match.replacement else { return nil }
            return ChangeSet.Place(match.range, text)
        }
        return places.isEmpty ? nil : Documents.Replacement(document: head.document, version: version, places: places)
    }

    /// Takes a replacement back. Gives the number of files.
    func takeBack(_ name: String, in project: Project.ID, for reader: Reader) throws -> Int {
        try documents.takeBack(name, in: project, for: reader)
    }

    /// The project and its files, for those who have a right to it. Throws `Problem`.
    func projectAndFiles(
        _ id: Project.ID,
        for reader: Reader,
        to right: ProjectRight = .read
    ) throws -> (head: ProjectHead, files: [ProjectFile]) {
        let (project, files) = try projects.projectAndFiles(id, for: reader, to: right)
        return (ProjectHead(project, languageName: projects.languageName(of: project)), files)
    }
}
