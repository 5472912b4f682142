public import RunProtocol
public import SiteKit
public import Templating
public import Web

/// A folder of a project, as the list of files without scripts.
public struct FolderView: ViewModel {
    var page: Projects.FolderPage
    /// Where the file is that is shown; nil for none.
    var current: ProjectPath?
    /// What is put before the paths of files to make addresses of them.
    var files: String
    /// The form that moves, copies and deletes what is chosen, if it was refused.
    public var arranging: Refusal?
    /// The form that gives the folder another path, if it was refused.
    public var renaming: Refusal?

    /// A form that was refused.
    public struct Refusal: Sendable {
        /// Why nothing was done.
        let words: String
        /// The folder that was typed.
        let typed: String
        /// The paths that were chosen.
        let chosen: Set<String>

        /// - Parameter kept: the folder, then what was chosen, each in a line
        public init(_ kept: String, words: String) {
            let lines = kept.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            self.words = words
            typed = lines[0]
            chosen = Set(lines.dropFirst())
        }
    }

    private var path: String { page.folder?.text ?? "" }

    private func isChosen(_ entry: FolderEntry) -> Bool { arranging?.chosen.contains(entry.path.text) ?? false }

    /// The page of the same file, with another folder beside it.
    private func href(_ folder: ProjectPath?) -> String {
        "\(files)\(Percent.encodePath(current?.text ?? ""))?folder=\(Percent.encode(folder?.text ?? ""))"
    }

    /// What the template may name.
    public static let fields = Fields<Self>(
        .text("path") { $0.path },
        .bool("isTop") { $0.page.folder == nil },
        .text("up") { $0.href($0.page.folder?.folder) },
        .text("name") { $0.page.folder?.names.last.map(String.init) ?? "" },
        .list("folders", of: FolderLink.self) { view in
            view.page.entries.compactMap { entry in
                entry.fileCount.map {
                    FolderLink(
                        entry: entry,
                        count: $0,
                        href: view.href(entry.path),
                        isChosen: view.isChosen(entry)
                    )
                }
            }
        },
        .list("files", of: FileLink.self) { view in
            view.page.entries.filter { $0.fileCount == nil }.map { entry in
                FileLink(
                    entry: entry,
                    href: view.files + Percent.encodePath(entry.path.text),
                    isCurrent: entry.path == view.current,
                    isChosen: view.isChosen(entry)
                )
            }
        },
        .bool("isEmpty") { $0.page.entries.isEmpty },
        .optionalText("before") { view in
            view.page.number > 1 ? "\(view.href(view.page.folder))&page=\(view.page.number - 1)" : nil
        },
        .optionalText("after") { view in
            view.page.hasMore ? "\(view.href(view.page.folder))&page=\(view.page.number + 1)" : nil
        },
        .text("current") { $0.current?.text ?? "" },
        .text("newPath") { $0.renaming?.typed ?? $0.path },
        .optionalText("pathFault") { $0.renaming?.words },
        .text("typed") { $0.arranging?.typed ?? "" },
        .optionalText("fault") { $0.arranging?.words }
    )
}

struct FolderLink: ViewModel {
    var entry: FolderEntry
    var count: Int
    var href: String
    var isChosen: Bool

    static let fields = Fields<Self>(
        .text("name") { $0.entry.name },
        .text("path") { $0.entry.path.text },
        .text("href") { $0.href },
        .int("count") { $0.count },
        .bool("isChosen") { $0.isChosen }
    )
}

struct FileLink: ViewModel {
    var entry: FolderEntry
    var href: String
    var isCurrent: Bool
    var isChosen: Bool

    static let fields = Fields<Self>(
        .text("name") { $0.entry.name },
        .text("path") { $0.entry.path.text },
        .text("href") { $0.href },
        .bool("isCurrent") { $0.isCurrent },
        .bool("isChosen") { $0.isChosen }
    )
}

extension Projects {
    /// The folder that an address asks for (`folder`, `page`), or else the one that the file is in which is shown. Of an
    /// address that asks for something that is not there, nothing is shown: some of these pages are compressed (see
    /// decision 0020).
    ///
    /// - Parameter files: what is put before the paths of files to make addresses of them.
    public func folder(
        _ query: Query,
        of project: Project.ID,
        beside current: ProjectPath?,
        for access: ProjectAccess,
        files: String
    ) throws -> FolderView {
        let asked = query["folder"].map(ProjectPath.init) ?? current?.folder
        let number = query.number("page") ?? 1
        var page = try page(number, of: asked, in: project, for: access)
        if page.entries.isEmpty { page = try self.page(1, of: current?.folder, in: project, for: access) }
        return FolderView(page: page, current: current, files: files)
    }
}
