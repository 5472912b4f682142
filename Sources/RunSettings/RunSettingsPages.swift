import FoundationEssentials
import Projects
import RunProtocol
import SiteKit
import Templating

struct RunSettingsPage: ViewModel {
    var project: ProjectHead
    var files: [ProjectFile]
    var form: RunConfigurationForm
    var secrets: [Secret]
    /// What is wrong at which field of the form.
    var faults: [String: String] = [:]
    var secretName = ""
    /// What is wrong at which field of the form for secrets.
    var secretFaults: [String: String] = [:]

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.project },
        .list("files", of: MainFileChoice.self) { page in
            page.files.map { MainFileChoice(file: $0, isChosen: $0.id.description == page.form.main) }
        },
        .text("command") { $0.form.command },
        .text("arguments") { $0.form.arguments },
        .text("variables") { $0.form.variables },
        .optionalText("mainError") { $0.faults["main"] },
        .optionalText("commandError") { $0.faults["command"] },
        .optionalText("argumentsError") { $0.faults["arguments"] },
        .optionalText("variablesError") { $0.faults["variables"] },
        .list("secrets", of: SecretRow.self) { $0.secrets.map(SecretRow.init) },
        .text("secretName") { $0.secretName },
        .optionalText("nameError") { $0.secretFaults["name"] },
        .optionalText("valueError") { $0.secretFaults["value"] },
        .int("mostWords") { _ in RunRequest.maximumArguments },
        .int("longestLine") { _ in RunSettingsLimits.line / 1_024 },
        .int("mostVariables") { _ in RunVariable.maximumCount },
        .int("longestValue") { _ in RunVariable.maximumValue / 1_024 },
        .int("longestTogether") { _ in RunVariable.maximumTotal / 1_024 }
    )
}

struct MainFileChoice: ViewModel {
    var file: ProjectFile
    var isChosen: Bool

    static let fields = Fields<Self>(
        .int("id") { $0.file.id.rawValue },
        .text("path") { $0.file.path.text },
        .bool("isChosen") { $0.isChosen }
    )
}

struct SecretRow: ViewModel {
    var secret: Secret

    static let fields = Fields<Self>(
        .int("id") { $0.secret.id.rawValue },
        .text("name") { $0.secret.name },
        .date("changed") { $0.secret.changed }
    )
}
