import FoundationEssentials
import Languages
import RunProtocol
import Templating

struct LanguagesPage: ViewModel {
    var languages: [AdministeredLanguage]

    static let fields = Fields<Self>(
        .list("languages", of: LanguageRow.self) { $0.languages.map(LanguageRow.init) },
        .int("count") { $0.languages.count },
        .int("readyCount") { $0.languages.count { $0.state == .ready } },
        .int("disabledCount") { $0.languages.count { !$0.isEnabled } },
        .bool("isBuilding") { $0.languages.contains { [.building, .waiting].contains($0.state) } }
    )
}

struct LanguageRow: ViewModel {
    var row: AdministeredLanguage

    static let fields = Fields<Self>(
        .text("id") { $0.row.language.id },
        .text("name") { $0.row.language.name },
        .optionalText("version") { $0.image?.version },
        .optionalText("size") { $0.image.map { "\($0.size.bytes / 1_000_000) MB" } },
        .text("state") { $0.row.state.rawValue },
        .text("words") { $0.row.words },
        .optionalDate("since") { $0.row.state == .ready ? nil : $0.row.build?.since },
        .bool("isOver") { $0.row.state == .failed },
        .int("projects") { $0.row.projects },
        .bool("isEnabled") { $0.row.isEnabled }
    )

    private var image: RunnerStatus.Language? { row.image ?? nil }
}
