import FoundationEssentials
import Web

/// How far the image of a language is, as the script that builds it writes down.
///
/// The script runs as root beside the site and leaves a file for each language, named by its id, as long as there is
/// something to tell: a word, Unix seconds and a sentence, each on a line of its own. A file is replaced as a whole.
struct ImageBuild: Equatable {
    enum State: String {
        /// Others come first.
        case waiting
        case building
        case failed
    }

    let state: State
    /// When this state began.
    let since: Date
    /// How far it is, or why it failed; may be empty.
    let words: String

    /// Nil when the text is none of the three lines.
    init?(_ text: String) {
        let lines = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count >= 2, let state = State(rawValue: String(lines[0])), let seconds = Double(lines[1]),
            seconds.isFinite
        else { return nil }
        self.state = state
        since = Date(timeIntervalSince1970: seconds)
        words = lines.count > 2 ? String(lines[2].prefix(300)).trimmingWhitespace() : ""
    }
}

/// The folder with the files of builds.
public struct ImageBuilds: Sendable {
    private let directory: String?

    /// - Parameter directory: nil when nobody builds images here.
    public init(directory: String?) {
        self.directory = directory
    }

    /// The build of a language; nil when there is nothing to tell.
    subscript(language: String) -> ImageBuild? {
        guard let directory, let data = try? Data(contentsOf: URL(filePath: "\(directory)/\(language)")) else {
            return nil
        }
        return ImageBuild(String(decoding: data, as: UTF8.self))
    }
}
