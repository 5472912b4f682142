import FoundationEssentials
import Projects
import RunProtocol
import Running
import SiteKit
import Templating
import Viewing

struct WorkbenchPage: ViewModel {
    var project: ProjectHead
    var folder: FolderView
    var file: CurrentFile?
    /// The file that is shown, if it is no text.
    var blob: CurrentBlob?
    var run: RunReport?
    /// Whether problems can be looked for in the file.
    var isChecked: Bool
    var workspace: WorkspaceNotice
    /// What was typed into the form for a new file, and what is wrong with it.
    var newPath = ""
    var newPathError: String?
    /// The same for the form that renames the current file.
    var renamedPath = ""
    var renameError: String?
    var boot: String

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.project },
        .record("folder", FolderView.self) { $0.folder },
        .optionalRecord("file", CurrentFile.self) { $0.file },
        .optionalRecord("blob", CurrentBlob.self) { $0.blob },
        .optionalRecord("run", RunReport.self) { $0.run },
        .bool("isChecked") { $0.isChecked },
        .record("workspace", WorkspaceNotice.self) { $0.workspace },
        .text("newPath") { $0.newPath },
        .optionalText("newPathError") { $0.newPathError },
        .text("renamedPath") { $0.renamedPath },
        .optionalText("renameError") { $0.renameError },
        .json("boot") { $0.boot }
    )
}

struct CurrentFile: ViewModel {
    var file: ProjectFile
    var document: DocumentHead.ID
    var version: Int
    var text: String
    /// The line that the address asks for; nil when it asks for none, or for one that isn't there.
    var line: Int?
    /// Whether the reader may have it formatted, and something does that.
    var canBeFormatted: Bool

    init(
        file: ProjectFile,
        document: DocumentHead.ID,
        version: Int,
        text: String,
        line: Int?,
        canBeFormatted: Bool
    ) {
        self.canBeFormatted = canBeFormatted
        self.file = file
        self.document = document
        self.version = version
        self.text = text
        lineCount = LineNumbers.count(in: text)
        self.line = line.flatMap { (1...lineCount).contains($0) ? $0 : nil }
    }

    private let lineCount: Int

    static let fields = Fields<Self>(
        .int("id") { $0.file.id.rawValue },
        .text("path") { $0.file.path.text },
        .int("document") { $0.document.rawValue },
        .int("version") { $0.version },
        .text("text") { $0.text },
        .bool("canBeFormatted") { $0.canBeFormatted },
        .bool("isMarkdown") { ["md", "markdown"].contains($0.file.path.fileExtension) },
        .bool("isTable") { ValuesView.fits($0.file.path) },
        .optionalText("shownAs") { Media(path: $0.file.path, source: $0.text)?.word },
        .optionalInt("line") { $0.line },
        // The numbers before the line that is asked for, and those after it; without one, all.
        .text("numbersBefore") { file in
            guard let line = file.line else { return LineNumbers.column(1...file.lineCount) }
            return line == 1 ? "" : LineNumbers.column(1...(line - 1)) + "\n"
        },
        .text("numbersAfter") { file in
            guard let line = file.line, line < file.lineCount else { return "" }
            return "\n" + LineNumbers.column((line + 1)...file.lineCount)
        }
    )
}

struct CurrentBlob: ViewModel {
    var file: ProjectFile
    var size: Int
    /// Where its bytes are.
    var href: String
    /// How a browser shows it; nil when it does not.
    var media: MediaView?
    /// Whether its name says that a browser shows it.
    var isNamedMedia: Bool
    /// A page of it, where it is a text that is too long to be edited.
    var part: LongTextView?
    /// How long a text that can be edited is, in bytes.
    var textLength: Int

    static let fields = Fields<Self>(
        .int("id") { $0.file.id.rawValue },
        .text("path") { $0.file.path.text },
        .int("size") { $0.size },
        .text("href") { $0.href },
        .optionalRecord("media", MediaView.self) { $0.media },
        .optionalRecord("part", LongTextView.self) { $0.part },
        .int("textLength") { $0.textLength },
        .bool("isMisnamed") { $0.media == nil && $0.isNamedMedia }
    )
}

/// What the page's scripts begin with.
struct Boot: Encodable {
    struct Head: Encodable {
        let id: Int
        let name: String
        let language: String
        /// The extensions of files that its formatter formats.
        let formats: [String]
    }

    struct File: Encodable {
        let id: Int
        let path: String
        let document: Int
        let version: Int
        /// Nil when the page's text field has the text as it is.
        let text: String?
    }

    /// What the reader may do here besides reading; the server asks again each time.
    struct Rights: Encodable {
        let run: Bool
        let edit: Bool
    }

    let now: Int
    let user: String
    /// The reader's number, by which runs say who started them.
    let person: Int
    let may: Rights
    let project: Head
    let fileCount: Int
    /// All files by path, if they are few; nil leaves it to the page's scripts to ask for them.
    let files: [FileReport]?
    let file: File?
    /// The number of the file that is shown, if it is no text.
    let blob: Int?
    let run: RunJSON?
    let terminals: [RunJSON]
    /// The endings of the files in which problems are looked for; none where nothing looks, or not for this reader.
    let checks: [String]
}
