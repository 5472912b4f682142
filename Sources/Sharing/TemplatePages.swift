import FoundationEssentials
import Projects
import SiteKit
import Templating

struct TemplatesPage: ViewModel {
    var templates: [TemplateRow]
    var project: String
    var summary = ""
    var faults: [String: String] = [:]

    static let fields = Fields<Self>(
        .list("templates", of: TemplateRow.self) { $0.templates },
        .bool("isEmpty") { $0.templates.isEmpty },
        .text("project") { $0.project },
        .optionalText("projectError") { $0.faults["project"] },
        .text("summary") { $0.summary },
        .optionalText("summaryError") { $0.faults["summary"] }
    )
}

struct TemplateRow: ViewModel {
    var template: ProjectTemplate
    var languageName: String

    static let fields = Fields<Self>(
        .int("id") { $0.template.project.rawValue },
        .text("name") { $0.template.name },
        .text("language") { $0.languageName },
        .text("owner") { $0.template.owner },
        .text("summary") { $0.template.summary },
        .int("files") { $0.template.fileCount },
        .optionalText("marker") { $0.template.marker },
        .date("since") { $0.template.since }
    )
}
