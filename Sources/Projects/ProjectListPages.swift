import FoundationEssentials
import Languages
import RunProtocol
import SiteKit
import Templating

struct ProjectListPage: ViewModel {
    var wish: ProjectListWish
    var projects: [ProjectRow]
    /// Every language, for whoever wants to see only one.
    var languages: [ListChoice]
    /// How many projects one may have.
    var most: Int
    /// Where the next page is; nil when this is the last.
    var next: String?
    /// In what somebody without projects is offered to begin; nil when no language can be chosen.
    var firstLanguage: Language?

    /// How many projects somebody is led back to before the list: those that changed last.
    private static let continued = 3

    /// None where the list is as short as that, or is asked for otherwise than it comes by itself.
    private var continuing: [ProjectRow] {
        guard projects.count > Self.continued, wish.after == nil, !wish.isNarrowed, wish.order == .changed else {
            return []
        }
        return Array(projects.prefix(Self.continued))
    }

    static let fields = Fields<Self>(
        .text("words") { $0.wish.words },
        .bool("isStarred") { $0.wish.isStarred },
        .bool("isNarrowed") { $0.wish.isNarrowed },
        .bool("isLaterPage") { $0.wish.after != nil },
        .list("continuing", of: ProjectRow.self) { $0.continuing },
        .list("projects", of: ProjectRow.self) { $0.projects },
        .list("languages", of: ListChoice.self) { $0.languages },
        .list("orders", of: ListChoice.self) { page in
            ProjectListWish.Order.allCases.map { order in
                ListChoice(value: order.rawValue, words: order.words, isChosen: order == page.wish.order)
            }
        },
        // What a star's form brings along, to lead back to this list.
        .text("list") { $0.wish.query(after: nil) },
        .int("owned") { $0.projects.first?.summary.owned ?? 0 },
        .int("most") { $0.most },
        .optionalText("next") { $0.next },
        .optionalText("firstLanguage") { $0.firstLanguage?.id },
        .text("firstLanguageName") { $0.firstLanguage?.name ?? "" }
    )
}

/// One of several to choose from.
struct ListChoice: ViewModel {
    var value: String
    var words: String
    var isChosen: Bool

    static let fields = Fields<Self>(
        .text("value") { $0.value },
        .text("words") { $0.words },
        .bool("isChosen") { $0.isChosen }
    )
}

struct ProjectRow: ViewModel {
    var summary: ProjectListStore.Summary
    var languageName: String

    static let fields = Fields<Self>(
        .int("id") { $0.summary.project.id.rawValue },
        .text("name") { $0.summary.project.name },
        .text("language") { $0.summary.project.language.text },
        .text("languageName") { $0.languageName },
        .int("fileCount") { $0.summary.project.fileCount },
        .int("size") { $0.summary.project.size },
        .date("updated") { $0.summary.project.updated },
        .text("owner") { $0.summary.project.owner },
        .text("role") { $0.summary.project.role?.rawValue ?? "" },
        .bool("mayOwn") { $0.summary.project.may(.own) },
        .bool("isArchived") { $0.summary.project.isArchived },
        .bool("isOffered") { $0.summary.isOffered },
        .bool("isStarred") { $0.summary.isStarred }
    )
}
