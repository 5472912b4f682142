public import Accounts
import Languages
import MariaDB
import Quotas
public import RunProtocol
public import SiteKit
import Web

/// Looking at a project file by file and folder by folder: what is read is what is shown, however many files there are.
extension Projects {
    /// What is to be seen of a project: some of what is in a folder.
    public struct FolderPage: Sendable {
        /// Entries of one page; a folder may have more.
        public static let length = 200

        /// Nil for the top one.
        public let folder: ProjectPath?
        /// The entries of this page: folders first, by name.
        public let entries: [FolderEntry]
        /// Counted from 1.
        public let number: Int
        /// Whether there are entries after these.
        public let hasMore: Bool
    }

    /// A page of what lies directly in a folder. Empty where the reader may not see the project.
    public func page(
        _ number: Int,
        of folder: ProjectPath?,
        in project: Project.ID,
        for reader: Reader
    ) throws -> FolderPage {
        let number = min(max(number, 1), limits.files)
        let entries = try database.read { db in
            try FilesStore.entries(
                in: folder,
                of: project,
                for: .read(reader),
                from: (number - 1) * FolderPage.length,
                atMost: FolderPage.length + 1,
                db
            )
        }
        return FolderPage(
            folder: folder,
            entries: Array(entries.prefix(FolderPage.length)),
            number: number,
            hasMore: entries.count > FolderPage.length
        )
    }

    /// The file that a project opens on: the language's usual main file, else the first; nil when there is none. Throws
    /// `Problem.notFound` where the reader may not see the project.
    func openingFile(of id: Project.ID, for reader: Reader) throws -> ProjectFile? {
        let project = try project(id, for: reader)
        if let main = catalogue[project.language.text].flatMap({ ProjectPath($0.main) }),
            let file = try file(at: main, in: id, for: reader)
        {
            return file
        }
        return try database.read { db in try FilesStore.first(of: id, for: .read(reader), db) }
    }
}

extension ProjectPath {
    /// The folder it is in; nil for the top one.
    public var folder: ProjectPath? { folders.last.flatMap(ProjectPath.init) }
}
