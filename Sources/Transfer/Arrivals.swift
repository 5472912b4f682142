import Archive
import Editing
import RunProtocol

/// What comes in: a name that anybody may have chosen, what it is, and the way to its bytes.
struct Arrival {
    let name: [UInt8]
    let kind: ArchiveReader.Kind
    /// Its bytes, unless there are more than so many.
    let content: (Int) throws -> ArchiveReader.Content
}

/// Goes through what comes in, one after the other. May be called again, and begins anew then.
typealias ArrivalSource = (_ body: (Arrival) throws -> Void) throws -> Void

/// What became of an archive or an upload.
struct ArrivalReport: Sendable, Encodable {
    /// One thing that is not in the project.
    struct LeftOut: Sendable, Encodable {
        /// As it can be shown: what is no text or would lie to its reader is replaced.
        let name: String
        /// Why, in words.
        let reason: String
        /// Whether it was left out for a file that is there, and could be replaced.
        let exists: Bool
    }

    /// So many are named; the rest is counted.
    private static let longestList = 500

    /// What came in, for people.
    var words: String {
        let parts = ["\(replaced) replaced", "\(unchanged) the same as before", "\(leftOutCount) left out"]
        let told = zip([replaced, unchanged, leftOutCount], parts).filter { $0.0 > 0 }.map(\.1)
        return (["\(added) new \(added == 1 ? "file" : "files")"] + told).joined(separator: ", ") + "."
    }

    private(set) var added = 0
    private(set) var replaced = 0
    private(set) var unchanged = 0
    private(set) var leftOut: [LeftOut] = []
    private(set) var leftOutCount = 0

    mutating func leaveOut(_ name: String, _ reason: String, exists: Bool = false) {
        leftOutCount += 1
        guard leftOut.count < Self.longestList else { return }
        leftOut.append(LeftOut(name: name, reason: reason, exists: exists))
    }

    mutating func note(_ outcome: Intake.Outcome, of path: ProjectPath) {
        switch outcome {
        case .added: added += 1
        case .replaced: replaced += 1
        case .unchanged: unchanged += 1
        case .kept: leaveOut(path.text, "the project has a file of this name", exists: true)
        case .obstructed(let reason): leaveOut(path.text, reason)
        }
    }
}

/// Decides name by name where in a project something goes, if at all.
///
/// A name is joined to nothing and opened nowhere: it becomes a `ProjectPath` or it stays out. What would lead out of
/// the project is not bent until it fits, because then it would be another file than whoever packed it meant.
struct Arrivals {
    /// The folder into which it all goes; nil for the top one.
    private let folder: ProjectPath?
    private var seen: Set<ProjectPath> = []
    private(set) var report = ArrivalReport()

    init(into folder: ProjectPath?) { self.folder = folder }

    /// Where it goes; nil when it stays out, which is noted, or is a folder, which is nothing by itself.
    mutating func place(_ arrival: Arrival) -> ProjectPath? {
        let shown = Self.shown(arrival.name)
        if arrival.kind == .folder { return nil }
        guard arrival.kind != .link else { return leaveOut(shown, "it is a link") }
        guard arrival.kind != .special else { return leaveOut(shown, "it is a device, a pipe or a socket") }
        guard let text = String(validating: arrival.name, as: UTF8.self) else {
            return leaveOut(shown, "its name is not UTF-8")
        }
        // Bytes are looked at, not characters: one that begins with an accent would swallow the slash before it.
        var name = text.utf8[...]
        // `tar czf x.tar.gz .` puts this before every name.
        while name.starts(with: "./".utf8) { name = name.dropFirst(2) }
        guard !name.contains(UInt8(ascii: "\\")) else {
            return leaveOut(shown, "there is a backslash in its name")
        }
        // What another system's packer wrote with backslashes, libarchive gives with slashes.
        let isOnDrive = name.dropFirst().starts(with: ":/".utf8)
        guard name.first != UInt8(ascii: "/"), !isOnDrive else {
            return leaveOut(shown, "its name begins at the root of a disk")
        }
        guard !name.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual("..".utf8) }) else {
            return leaveOut(shown, "its name leads out of the folder it is in")
        }
        guard let inside = ProjectPath(String(Substring(name))) else {
            return leaveOut(
                shown,
                "its name has an empty part, a control character, more than 255 bytes in a part, or too many parts"
            )
        }
        guard let path = folder.map({ ProjectPath("\($0)/\(inside)") }) ?? inside else {
            return leaveOut(shown, "it would lie too deep in that folder, or its path would be too long")
        }
        guard !path.isDisguised else { return leaveOut(shown, "its name has characters that turn others around") }
        guard seen.insert(path).inserted else { return leaveOut(shown, "there is another of this name before it") }
        return path
    }

    mutating func leaveOut(_ path: ProjectPath, _ reason: String) { report.leaveOut(path.text, reason) }

    mutating func note(_ outcome: Intake.Outcome, of path: ProjectPath) { report.note(outcome, of: path) }

    private mutating func leaveOut(_ name: String, _ reason: String) -> ProjectPath? {
        report.leaveOut(name, reason)
        return nil
    }

    /// A name for the report: at most 200 characters, without those that act on a screen or turn the line around.
    static func shown(_ name: [UInt8]) -> String {
        let text = String(decoding: name.prefix(1_024), as: UTF8.self).unicodeScalars.prefix(200)
        let quiet = text.map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: "\u{FFFD}"
            default: scalar
            }
        }
        guard !quiet.isEmpty else { return "(no name)" }
        return String(String.UnicodeScalarView(quiet))
    }
}
