import FoundationEssentials
import Languages
import RunProtocol
import SiteKit
public import Templating

struct DeletedProjectsPage: ViewModel {
    var projects: [DeletedProjectRow]

    static let fields = Fields<Self>(.list("projects", of: DeletedProjectRow.self) { $0.projects })
}

struct DeletedProjectRow: ViewModel {
    var project: ProjectsStore.Deleted

    static let fields = Fields<Self>(
        .int("id") { $0.project.id.rawValue },
        .text("name") { $0.project.name },
        .date("deleted") { $0.project.at }
    )
}

struct DeletedFilesPage: ViewModel {
    var head: ProjectHead
    var files: [DeletedFileRow]
    var isLaterPage: Bool
    /// Where the next page is; nil when this is the last.
    var next: String?

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.head },
        .list("files", of: DeletedFileRow.self) { $0.files },
        .bool("isLaterPage") { $0.isLaterPage },
        .optionalText("next") { $0.next }
    )
}

struct DeletedFileRow: ViewModel {
    var file: FilesStore.Deleted

    static let fields = Fields<Self>(
        .int("id") { $0.file.id.rawValue },
        .text("path") { $0.file.path.text },
        .date("deleted") { $0.file.at }
    )
}

/// A project as the top of its pages names it.
public struct ProjectHead: ViewModel {
    var project: Project
    var languageName: String

    /// How many files it has.
    public var fileCount: Int { project.fileCount }
    /// How many bytes its files have together, as far as that was counted already.
    public var size: Int { project.size }

    /// What the template is filled with.
    public init(_ project: Project, languageName: String) {
        self.project = project
        self.languageName = languageName
    }

    /// What the template may name.
    public static let fields = Fields<Self>(
        .int("id") { $0.project.id.rawValue },
        .text("name") { $0.project.name },
        .text("language") { $0.project.language.text },
        .text("languageName") { $0.languageName },
        .text("address") { $0.project.address },
        .bool("mayRun") { $0.project.may(.run) },
        .bool("mayEdit") { $0.project.may(.edit) },
        .bool("mayOwn") { $0.project.may(.own) },
        .bool("isArchived") { $0.project.isArchived }
    )
}

struct ProjectSettingsPage: ViewModel {
    var head: ProjectHead
    var name: String
    var nameError: String?
    var fileCount: Int
    /// The address of what it was copied from, if the owner may see that.
    var original: String?
    /// Its mark, when it is a template.
    var template: ProjectTemplate?
    /// Whether the reader could make it one.
    var canMark: Bool

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.head },
        .optionalRecord("template", TemplateMark.self) { $0.template.map(TemplateMark.init) },
        .bool("canMark") { $0.canMark },
        .text("name") { $0.name },
        .optionalText("nameError") { $0.nameError },
        .int("fileCount") { $0.fileCount },
        .optionalText("original") { $0.original },
        .date("created") { $0.head.project.created }
    )
}

/// That a project is a template, for its owner.
struct TemplateMark: ViewModel {
    var template: ProjectTemplate

    static let fields = Fields<Self>(
        .optionalText("marker") { $0.template.marker },
        .date("since") { $0.template.since }
    )
}
