import Projects
import RunProtocol
import SiteKit
import Templating
import Web

/// A folder of the project, as the list of files without scripts.
struct FolderView: ViewModel {
    var page: Projects.FolderPage
    /// The file that is open, and where it is; nil for none.
    var current: ProjectPath?
    /// What is put before the paths of files to make addresses of them.
    var files: String
    /// What was typed as the folder to move to, and what is wrong with the request.
    var typed = ""
    var fault: String?

    private var path: String { page.folder?.text ?? "" }

    static let fields = Fields<Self>(
        .text("path") { $0.path },
        .bool("isTop") { $0.page.folder == nil },
        .text("up") { FolderLink.href($0.page.folder?.folder) },
        .text("name") { $0.page.folder?.names.last.map(String.init) ?? "" },
        .list("folders", of: FolderLink.self) { view in
            view.page.entries.compactMap { entry in entry.fileCount.map { FolderLink(entry: entry, count: $0) } }
        },
        .list("files", of: FileLink.self) { view in
            view.page.entries.filter { $0.fileCount == nil }.map { entry in
                FileLink(
                    entry: entry,
                    href: view.files + Percent.encodePath(entry.path.text),
                    isCurrent: entry.path == view.current
                )
            }
        },
        .bool("isEmpty") { $0.page.entries.isEmpty },
        .optionalText("before") { view in
            view.page.number > 1 ? "\(FolderLink.href(view.page.folder))&page=\(view.page.number - 1)" : nil
        },
        .optionalText("after") { view in
            view.page.hasMore ? "\(FolderLink.href(view.page.folder))&page=\(view.page.number + 1)" : nil
        },
        .text("current") { $0.current?.text ?? "" },
        .text("typed") { $0.typed },
        .optionalText("fault") { $0.fault }
    )
}

struct FolderLink: ViewModel {
    var entry: FolderEntry
    var count: Int

    /// The same page with another folder beside it.
    static func href(_ folder: ProjectPath?) -> String { "?folder=\(Percent.encode(folder?.text ?? ""))" }

    static let fields = Fields<Self>(
        .text("name") { $0.entry.name },
        .text("path") { $0.entry.path.text },
        .text("href") { href($0.entry.path) },
        .int("count") { $0.count }
    )
}

struct FileLink: ViewModel {
    var entry: FolderEntry
    var href: String
    var isCurrent: Bool

    static let fields = Fields<Self>(
        .text("name") { $0.entry.name },
        .text("path") { $0.entry.path.text },
        .text("href") { $0.href },
        .bool("isCurrent") { $0.isCurrent }
    )
}
