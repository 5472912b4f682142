import ExecuteAPI
import FoundationEssentials
import Projects
import RunProtocol
import SiteKit
import Templating
import Viewing

struct VisitorPage: ViewModel {
    var project: ProjectHead
    var owner: String
    var updated: Date
    /// What it was copied from, if the reader may see that.
    var original: Project?
    var folder: FolderView
    /// The file that is shown; nil when there is none.
    var file: ProjectFile?
    /// Its text; nil when it is none.
    var text: String?
    /// How a browser shows it; nil when it does not.
    var media: MediaView?
    /// The page that its text makes; nil when it makes none.
    var drawn: HTML?
    /// Its values as a table; nil where it has none.
    var values: ValuesView?
    /// A page of it, where it is a text that is too long to be edited.
    var part: LongTextView?
    /// Its bytes; nil where it is shown otherwise.
    var bytes: BytesView?
    /// Where a copy is made.
    var fork: String
    /// Where those sign in who want one.
    var signIn: String
    /// Where the file that is shown is run; nil when it can't be.
    var run: String?
    /// What was typed for the program.
    var input = ""
    /// How the program went that was run just now.
    var report: TryOuts.Report?

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.project },
        .text("owner") { $0.owner },
        .date("updated") { $0.updated },
        .optionalText("original") { $0.original?.address },
        .record("folder", FolderView.self) { $0.folder },
        .int("fileCount") { $0.project.fileCount },
        .optionalText("path") { $0.file?.path.text },
        .optionalRecord("media", MediaView.self) { $0.media },
        .bool("isDrawn") { $0.drawn != nil },
        .html("drawn") { $0.drawn ?? HTML(trusted: "") },
        .optionalRecord("values", ValuesView.self) { $0.values },
        .optionalRecord("part", LongTextView.self) { $0.part },
        .optionalRecord("bytes", BytesView.self) { $0.bytes },
        .bool("isText") { $0.text != nil },
        .text("text") { $0.text ?? "" },
        .text("lineNumbers") { LineNumbers.column(for: $0.text ?? "") },
        .int("size") { page in if case .blob(let blob)? = page.file?.content { blob.size } else { 0 } },
        .text("fork") { $0.fork },
        .text("signIn") { $0.signIn },
        .optionalText("run") { $0.run },
        .text("input") { $0.input },
        .optionalText("reportWords") { $0.report?.words },
        .text("reportOutput") { $0.report?.output ?? "" }
    )
}
