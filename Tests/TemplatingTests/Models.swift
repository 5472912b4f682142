import FoundationEssentials
import Templating

/// The shared view of these tests.
struct Frame: ViewModel {
    var base = "/carrel"
    var user: Person? = Person(name: "ada")

    static let fields = Fields<Self>(
        .text("base") { $0.base },
        .optionalRecord("user", Person.self) { $0.user }
    )
}

struct Person: ViewModel {
    var name: String
    var email: String?
    var isAdministrator = false
    var visits = 0

    static let fields = Fields<Self>(
        .text("name") { $0.name },
        .optionalText("email") { $0.email },
        .bool("isAdministrator") { $0.isAdministrator },
        .int("visits") { $0.visits }
    )
}

/// A file or folder; folders hold more of them.
struct Entry: ViewModel {
    var name: String
    var size = 0
    var entries: [Entry] = []
    var owner = Person(name: "ada")

    static let fields = Fields<Self>(
        .text("name") { $0.name },
        .int("size") { $0.size },
        .list("entries", of: Entry.self) { $0.entries },
        .record("owner", Person.self) { $0.owner }
    )
}

/// A model with a field of every kind.
struct Sample: ViewModel {
    var text = "a & b"
    var note: String?
    var count = 3
    var code: Int?
    var isOpen = true
    var when = Date(timeIntervalSince1970: 1_795_442_709)
    var ended: Date?
    var markup = HTML(trusted: "<b>bold</b>")
    var data = #"{"a":"</script>"}"#
    var owner = Person(name: "ada")
    var guest: Person?
    var entries: [Entry] = []
    var tags: [String] = []

    static let fields = Fields<Self>(
        .text("text") { $0.text },
        .optionalText("note") { $0.note },
        .int("count") { $0.count },
        .optionalInt("code") { $0.code },
        .bool("isOpen") { $0.isOpen },
        .date("when") { $0.when },
        .optionalDate("ended") { $0.ended },
        .html("markup") { $0.markup },
        .json("data") { $0.data },
        .record("owner", Person.self) { $0.owner },
        .optionalRecord("guest", Person.self) { $0.guest },
        .list("entries", of: Entry.self) { $0.entries },
        .texts("tags") { $0.tags }
    )
}
