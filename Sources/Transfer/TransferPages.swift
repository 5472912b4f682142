import Archive
import Projects
import Quotas
import SiteKit
import Templating
import Web

/// The page of what goes into a project and out of it.
struct TransferPage: ViewModel {
    var head: ProjectHead
    var limits: TransferLimits
    /// The form that uploads files, and the one that unpacks an archive.
    var upload = ArrivalForm()
    var unpacking = ArrivalForm()
    /// The folder that was to be downloaded.
    var folder = ""
    var folderError: String?
    var report: ArrivalReport?

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.head },
        .record("limits", LimitsView.self) { LimitsView(limits: $0.limits) },
        .int("fileCount") { $0.head.fileCount },
        .int("size") { $0.head.size },
        .record("upload", ArrivalForm.self) { $0.upload },
        .record("unpacking", ArrivalForm.self) { $0.unpacking },
        .text("folder") { $0.folder },
        .optionalText("folderError") { $0.folderError },
        .optionalRecord("report", ReportView.self) { $0.report.map(ReportView.init) }
    )
}

/// A form by which files come in, with what was typed into it.
struct ArrivalForm: ViewModel {
    /// What is wrong with the files.
    var error: String?
    var folder = ""
    var folderError: String?

    init() {}

    /// A form that was refused.
    init(_ form: Form, refused problem: Problem) {
        folderError = problem.fields["into"]
        folder = form["into"] ?? ""
        error = folderError == nil ? problem.message : nil
    }

    static let fields = Fields<Self>(
        .optionalText("error") { $0.error },
        .text("folder") { $0.folder },
        .optionalText("folderError") { $0.folderError }
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
