import Archive
import Projects
import Quotas
import SiteKit
import Templating

/// The page of what goes into a project and out of it.
struct TransferPage: ViewModel {
    var head: ProjectHead
    var limits: TransferLimits
    var filesError: String?
    var archiveError: String?
    /// The folder that was to be downloaded.
    var folder = ""
    var folderError: String?
    var report: ArrivalReport?

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.head },
        .record("limits", LimitsView.self) { LimitsView(limits: $0.limits) },
        .int("fileCount") { $0.head.fileCount },
        .int("size") { $0.head.size },
        .optionalText("filesError") { $0.filesError },
        .optionalText("archiveError") { $0.archiveError },
        .text("folder") { $0.folder },
        .optionalText("folderError") { $0.folderError },
        .optionalRecord("report", ReportView.self) { $0.report.map(ReportView.init) }
    )
}

/// The page that makes a project of an archive.
struct ImportPage: ViewModel {
    var name = ""
    var nameError: String?
    var languages: [LanguageChoice]
    var languageError: String?
    var archiveError: String?
    var limits: TransferLimits

    static let fields = Fields<Self>(
        .text("name") { $0.name },
        .optionalText("nameError") { $0.nameError },
        .list("languages", of: LanguageChoice.self) { $0.languages },
        .optionalText("languageError") { $0.languageError },
        .optionalText("archiveError") { $0.archiveError },
        .record("limits", LimitsView.self) { LimitsView(limits: $0.limits) }
    )
}

struct LimitsView: ViewModel {
    var limits: TransferLimits

    static let fields = Fields<Self>(
        .int("files") { $0.limits.files },
        .int("projectFiles") { $0.limits.project.files },
        .int("requestBytes") { $0.limits.requestBytes },
        .int("unpackedBytes") { $0.limits.archive.bytes },
        .int("blobSize") { $0.limits.project.blobSize },
        .int("blobsSize") { $0.limits.project.blobsSize },
        .int("textLength") { $0.limits.project.textLength },
        .int("size") { $0.limits.project.size },
        .text("pathWords") { _ in ProjectLimits.pathWords }
    )
}

struct ReportView: ViewModel {
    var report: ArrivalReport

    static let fields = Fields<Self>(
        .text("words") { $0.report.words },
        .list("leftOut", of: LeftOutRow.self) { $0.report.leftOut.map(LeftOutRow.init) },
        .int("unnamed") { $0.report.leftOutCount - $0.report.leftOut.count }
    )
}

struct LeftOutRow: ViewModel {
    var item: ArrivalReport.LeftOut

    static let fields = Fields<Self>(.text("name") { $0.item.name }, .text("reason") { $0.item.reason })
}
