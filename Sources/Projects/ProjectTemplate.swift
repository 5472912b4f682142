public import FoundationEssentials
public import RunProtocol
public import SiteKit
import Web

/// A project that every member of the site may make a copy of.
///
/// **What a template shares.** Its files, as they are when somebody copies them, and nothing else: whoever may copy it
/// sees neither the project itself nor its history, runs, members, variables and secrets. An administrator marks it, who
/// must be able to read it; its owner, who goes on editing it, can end that at any time. Archiving or deleting the
/// project ends it, too, and bringing it back does not bring that back: somebody decides anew to share it.
public struct ProjectTemplate: Sendable {
    /// The project's number.
    public let project: Project.ID
    /// What its owner calls it.
    public let name: String
    /// The language of the project, and of its copies.
    public let language: LanguageID
    /// The username of whom it belongs to.
    public let owner: String
    /// What it is for, in a line.
    public let summary: String
    /// How many files a copy has.
    public let fileCount: Int
    /// The username of the administrator who marked it; nil when they are gone.
    public let marker: String?
    /// When they did.
    public let since: Date

    /// A summary as it may be stored, or what is wrong with it.
    static func checked(summary typed: String) throws -> String {
        let summary = typed.trimmingWhitespace()
        guard !summary.isEmpty else { throw Problem.invalid("summary", "Say in a line what the template is for.") }
        guard summary.count <= 120, summary.utf8.count <= 480 else {
            throw Problem.invalid("summary", "A template’s summary has at most 120 characters.")
        }
        guard summary.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }) else {
            throw Problem.invalid("summary", "A template’s summary is one line without control characters.")
        }
        return summary
    }
}
