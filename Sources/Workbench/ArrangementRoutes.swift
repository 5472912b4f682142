import Accounts
public import Editing
import Projects
import Quotas
import RunProtocol
public import SiteKit
public import Web

/// Moving, copying, deleting and bringing back many files of a project, in one request: by the form beside a folder, or
/// by scripts, in JSON.
public struct ArrangementRoutes: Sendable {
    /// A request names at most so many bytes of paths.
    private static let longestRequest = 4 * 1_048_576

    private let copy: WorkingCopy
    private let pages: Pages

    /// Routes over the files of the projects that a reader may edit.
    public init(copy: WorkingCopy, pages: Pages) {
        self.copy = copy
        self.pages = pages
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.post, "/projects/{project}/arrangements", arrange)
    }

    private func arrange(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        // What is said of a request is not for those who may not make one.
        try copy.requireEditing(of: id, by: reader)
        if request.headers["content-type"]?.hasPrefix("application/json") == true {
            let wanted = try request.json(ArrangementWish.self, limit: Self.longestRequest)
            return try .json(
                ArrangementReport(changes: try copy.arrange(try wanted.arrangement(), in: id, for: reader))
            )
        }
        let wanted = ArrangementWish(try request.form(), request.query)
        do {
            let changes = try copy.arrange(try wanted.arrangement(), in: id, for: reader)
            return try pages.seeOther(back(to: id, wanted, after: changes), said(of: changes, in: id), for: request)
        } catch let problem as Problem where problem.status == .unprocessable {
            var flash = Flash(.bad, problem.message)
            if wanted.act == "restore" {
                return try pages.seeOther("/projects/\(id)/deleted-files", flash, for: request)
            }
            flash.fault = Flash.Fault(
                form: wanted.act == "rename" ? Self.renaming : Self.form,
                typed: wanted.kept(atMost: Self.longestKept)
            )
            return try pages.seeOther(back(to: id, wanted, after: []), flash, for: request)
        }
    }

    /// The folder that the form was beside, with the file that was open, wherever that is now.
    private func back(to id: Project.ID, _ wanted: ArrangementWish, after changes: [FileBatch.Change]) -> String {
        let isRenamed = wanted.act == "rename" && !changes.isEmpty
        let shown = isRenamed ? try? wanted.target()?.text : wanted.folder
        let folder = "?folder=\(Percent.encode(shown ?? ""))"
        guard let file = wanted.file.flatMap(ProjectPath.init) else { return "/projects/\(id)" }
        guard let change = changes.first(where: { $0.id != nil && $0.from == file }) else {
            return FilesRoutes.path(id, file) + folder
        }
        return change.to.map { FilesRoutes.path(id, $0) + folder } ?? "/projects/\(id)"
    }

    /// The form beside a folder, as what was typed into it is found again.
    static let form = "arrange"
    /// The form that gives the folder itself another path.
    static let renaming = "rename-folder"
    /// The most bytes of that, in the cookie that keeps a sentence for the next page.
    private static let longestKept = 1_500

    /// More numbers than these don't fit into the cookie that keeps a sentence for the next page.
    private static let undoable = 100

    private func said(of changes: [FileBatch.Change], in id: Project.ID) -> Flash {
        let files = "\(changes.count) file\(changes.count == 1 ? "" : "s")"
        let ids = changes.compactMap(\.id)
        if changes.isEmpty { return Flash(.ok, "There was nothing to do.") }
        if ids.isEmpty { return Flash(.ok, "Copied \(files).") }
        if changes[0].to == changes[0].from { return Flash(.ok, "\(files) came back.") }
        guard changes[0].to == nil else { return Flash(.ok, "Moved \(files).") }
        guard ids.count <= Self.undoable else {
            return Flash(.ok, "Deleted \(files). They are among the project’s deleted files for 30 days.")
        }
        let numbers = ids.map(\.description).joined(separator: ",")
        let undo = "/projects/\(id)/arrangements?restore=\(numbers)"
        return Flash(.ok, "Deleted \(files).", actionLabel: "Undo", actionPath: undo)
    }
}

/// What somebody wants to be done, as it was sent.
private struct ArrangementWish: Decodable {
    struct Move: Decodable {
        let from: String
        let to: String
    }

    var act: String
    var entries: [String]?
    /// A folder; empty for the top one.
    var into: String?
    var moves: [Move]?
    var files: [Int]?
    /// What the page showed that the form was on.
    var folder: String?
    var file: String?

    init(_ form: Form, _ query: Query) {
        act = form["act"] ?? ""
        entries = form.all("entry")
        into = form["into"]
        folder = form["folder"]
        file = form["file"]
        if act == "restore" { files = form.all("deleted").compactMap { Int($0) } }
        guard let numbers = query["restore"] else { return }
        act = "restore"
        files = numbers.split(separator: ",").compactMap { Int($0) }
    }

    /// What was typed and chosen, for the page that says why nothing was done: the folder, then what was chosen, each in a
    /// line. What doesn't fit has to be chosen again.
    func kept(atMost limit: Int) -> String {
        var text = (into ?? "").replacing("\n", with: " ")
        for entry in entries ?? [] where text.utf8.count + entry.utf8.count < limit && !entry.contains("\n") {
            text += "\n\(entry)"
        }
        return text
    }

    /// Throws `Problem` when it makes no sense.
    func arrangement() throws -> Arrangement {
        switch act {
        case "move":
            if let moves {
                return .move(try moves.map { FileMove(from: try existing($0.from), to: try path($0.to, "path")) })
            }
            return .moveInto(try chosen(), try target())
        case "rename":
            guard let folder = folder.flatMap(ProjectPath.init) else {
                throw Problem.invalid("into", "There is no such folder in the project any more.")
            }
            guard let target = try target() else { throw ProjectLimits.noPath(field: "into") }
            return .move([FileMove(from: folder, to: target)])
        case "copy": return .copyInto(try chosen(), try target())
        case "delete": return .delete(try chosen())
        case "restore":
            guard let files, !files.isEmpty else { throw Problem.invalid("files", "Say which files are to come back.") }
            return .restore(files.map { ProjectFile.ID($0) })
        default: throw Problem.badRequest("Say whether to move, rename, copy, delete or restore.")
        }
    }

    private func chosen() throws -> [ProjectPath] {
        guard let entries, !entries.isEmpty else {
            throw Problem.invalid("entry", "Choose files or folders first.")
        }
        return try entries.map(existing)
    }

    /// A path that no file can have is one that none has.
    private func existing(_ text: String) throws -> ProjectPath {
        guard let path = ProjectPath(text) else {
            throw Problem.invalid("entry", "There is no such file in the project any more.")
        }
        return path
    }

    func target() throws -> ProjectPath? { try ProjectFile.folder(typed: into ?? "", field: "into") }

    private func path(_ text: String, _ field: String) throws -> ProjectPath {
        guard let path = ProjectPath(text.trimmingWhitespace()), !path.isDisguised else {
            throw ProjectLimits.noPath(field: field)
        }
        return path
    }
}

/// What was done, for scripts.
private struct ArrangementReport: Encodable {
    struct Change: Encodable {
        /// Nil for a file that is new.
        let id: Int?
        let from: String
        /// Nil for a file that is deleted.
        let to: String?
    }

    let changes: [Change]

    init(changes: [FileBatch.Change]) {
        self.changes = changes.map { Change(id: $0.id?.rawValue, from: $0.from.text, to: $0.to?.text) }
    }
}
