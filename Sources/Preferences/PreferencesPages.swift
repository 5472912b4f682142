import Templating

struct PreferencesPage: ViewModel {
    var preferences: Preferences
    /// What is wrong at which field.
    var faults: [String: String]

    init(_ preferences: Preferences, faults: [String: String] = [:]) {
        self.preferences = preferences
        self.faults = faults
    }

    static let fields = Fields<Self>(
        .list("themes", of: Choice.self) { page in
            Preferences.Theme.allCases.map { Choice($0.rawValue, $0.label, isChosen: $0 == page.preferences.theme) }
        },
        .list("codeSizes", of: Choice.self) { page in
            Preferences.codeSizes.map { size in
                Choice(String(size), "\(size) pixels", isChosen: size == page.preferences.codeSize)
            }
        },
        .list("tabWidths", of: Choice.self) { page in
            let chosen = page.preferences.tabWidth
            return [Choice(PreferencesForm.byLanguage, "As the file’s language has it", isChosen: chosen == nil)]
                + Preferences.tabWidths.map { Choice(String($0), "\($0) columns", isChosen: $0 == chosen) }
        },
        .list("keySets", of: Choice.self) { page in
            Preferences.Keys.allCases.map { Choice($0.rawValue, $0.label, isChosen: $0 == page.preferences.keys) }
        },
        .bool("wrapsLines") { $0.preferences.wrapsLines },
        .bool("numbersLines") { $0.preferences.numbersLines },
        .bool("closesBrackets") { $0.preferences.closesBrackets },
        .bool("formatsOnSave") { $0.preferences.formatsOnSave },
        .optionalText("themeError") { $0.faults["theme"] },
        .optionalText("codeSizeError") { $0.faults["codeSize"] },
        .optionalText("tabWidthError") { $0.faults["tabWidth"] },
        .optionalText("keysError") { $0.faults["keys"] }
    )
}

/// One of several that a person may choose.
struct Choice: ViewModel {
    let value: String
    let label: String
    let isChosen: Bool

    init(_ value: String, _ label: String, isChosen: Bool) {
        self.value = value
        self.label = label
        self.isChosen = isChosen
    }

    static let fields = Fields<Self>(
        .text("value") { $0.value },
        .text("label") { $0.label },
        .bool("isChosen") { $0.isChosen }
    )
}

extension Preferences.Theme {
    fileprivate var label: String {
        switch self {
        case .system: "As my system is"
        case .light: "Light"
        case .dark: "Dark"
        case .contrast: "High contrast"
        }
    }
}

extension Preferences.Keys {
    fileprivate var label: String {
        switch self {
        case .standard: "Standard"
        case .emacs: "Emacs moves as well"
        }
    }
}
