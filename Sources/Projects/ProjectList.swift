import FoundationEssentials
import RunProtocol
import SiteKit
import Web

/// Which of their projects a reader wants to see, as the list's address says it. What an address has that makes no sense
/// counts as not said.
struct ProjectListWish: Sendable {
    /// What comes first.
    enum Order: String, Sendable, CaseIterable {
        /// The one that changed last.
        case changed
        /// By name.
        case name
        /// The youngest.
        case created

        /// What the choice is called.
        var words: String {
            switch self {
            case .changed: "Last change"
            case .name: "Name"
            case .created: "Newest"
            }
        }
    }

    /// The row that the page before ended with.
    struct Place: Sendable {
        /// What its order compares: a name, or microseconds since 1970.
        var key: String
        var id: Project.ID
    }

    /// A part of the name; empty for any.
    var words = ""
    /// Nil for all.
    var language: LanguageID?
    /// Whether only starred ones count.
    var isStarred = false
    var order = Order.changed
    /// Nil for the beginning.
    var after: Place?

    /// Whether some projects are left out on purpose.
    var isNarrowed: Bool { !words.isEmpty || language != nil || isStarred }

    init() {}

    init(_ query: Query) {
        words = String((query["q"] ?? "").trimmingWhitespace().prefix(80))
        language = query["language"].flatMap(LanguageID.init)
        isStarred = query["starred"] == "1"
        order = query["order"].flatMap(Order.init) ?? .changed
        after = query["after"].flatMap(Place.init)
    }

    /// The address of the same list, from another place on.
    func path(after place: Place?) -> String {
        let query = query(after: place)
        return query.isEmpty ? "/projects" : "/projects?\(query)"
    }

    /// What its address has behind the question mark.
    func query(after place: Place?) -> String {
        var pairs: [(String, String)] = []
        if !words.isEmpty { pairs.append(("q", words)) }
        if let language { pairs.append(("language", language.text)) }
        if isStarred { pairs.append(("starred", "1")) }
        if order != .changed { pairs.append(("order", order.rawValue)) }
        if let place { pairs.append(("after", place.text)) }
        return pairs.map { "\($0.0)=\(Percent.encode($0.1))" }.joined(separator: "&")
    }
}

extension ProjectListWish.Place {
    /// Where a page ends that ends with this project.
    init(_ project: Project, in order: ProjectListWish.Order) {
        id = project.id
        key =
            switch order {
            case .name: project.name
            case .changed: project.updated.microseconds
            case .created: project.created.microseconds
            }
    }

    /// The number, a dot and the key.
    init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let id = Project.ID(pathComponent: String(parts[0])) else { return nil }
        self.init(key: String(parts[1]), id: id)
    }

    var text: String { "\(id).\(key)" }

    /// The moment that the key names; nil when it names none.
    var moment: Date? { Date(microseconds: key) }
}
