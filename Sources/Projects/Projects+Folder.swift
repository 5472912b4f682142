import Languages
import MariaDB
import Quotas
public import RunProtocol
public import SiteKit

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

    /// A page of what lies directly in a folder. Empty where `access` does not let through.
    func page(
        _ number: Int,
        of folder: ProjectPath?,
        in project: Project.ID,
        for access: ProjectAccess
    ) throws -> FolderPage {
        let number = min(max(number, 1), limits.files)
        let entries = try database.read { db in
            try FilesStore.entries(
                in: folder,
                of: project,
                for: access,
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

    /// The file that a project opens on: the language's usual main file, else the first; nil when there is none, or
    /// `access` does not let through.
    public func openingFile(of project: Project, for access: ProjectAccess) throws -> ProjectFile? {
        let main = catalogue[project.language.text].flatMap { ProjectPath($0.main) }
        return try database.read { db in
            if let main, let file = try FilesStore.place(main, in: project.id, for: access, db)?.file { return file }
            return try FilesStore.first(of: project.id, for: access, db)
        }
    }

    /// The file with this path; nil when there is none, or `access` does not let through.
    public func file(at path: ProjectPath, in project: Project.ID, for access: ProjectAccess) throws -> ProjectFile? {
        try database.read { db in try FilesStore.place(path, in: project, for: access, db)?.file }
    }
}

extension ProjectPath {
    /// The folder it is in; nil for the top one.
    public var folder: ProjectPath? { folders.last }
}
