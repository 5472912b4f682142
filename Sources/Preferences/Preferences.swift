import FoundationEssentials
import SiteKit
import Web

/// How a person likes the site: its look, and how the editor behaves.
struct Preferences: Equatable, Sendable {
    /// Which colours pages have.
    enum Theme: String, CaseIterable {
        /// Light or dark, as the reader's system is, and with more contrast where that asks for it.
        case system
        case light
        case dark
        /// The most contrast, light or dark as the reader's system is.
        case contrast
    }

    /// Which keys the editor listens to.
    enum Keys: String, CaseIterable {
        case standard
        /// The moves and deletions that Emacs, shells and macOS have on the Control key.
        case emacs
    }

    var theme = Theme.system
    /// Pixels of the text of programs, one of `codeSizes`.
    var codeSize = 14
    /// Columns of a tab, one of `tabWidths`; nil leaves it to the file's language.
    var tabWidth: Int?
    var wrapsLines = false
    var numbersLines = true
    var closesBrackets = true
    var formatsOnSave = false
    var keys = Keys.standard

    static let codeSizes = [11, 12, 13, 14, 15, 16, 18, 20, 24]
    static let tabWidths = [2, 3, 4, 8]

    var look: Frame.Look {
        Frame.Look(
            theme: theme.rawValue,
            codeSize: codeSize,
            tabWidth: tabWidth,
            wrapsLines: wrapsLines,
            numbersLines: numbersLines,
            closesBrackets: closesBrackets,
            formatsOnSave: formatsOnSave,
            keys: keys.rawValue
        )
    }
}

/// Preferences as a form, a script and the database have them: words. What a person never chose is absent.
struct PreferencesForm: Codable, Sendable {
    var theme: String?
    var codeSize: String?
    var tabWidth: String?
    var wrapLines: String?
    var lineNumbers: String?
    var closeBrackets: String?
    var formatOnSave: String?
    var keys: String?

    /// Reads the fields of a posted form, where a box that isn't ticked is absent.
    init(_ form: Form) {
        theme = form["theme"]
        codeSize = form["codeSize"]
        tabWidth = form["tabWidth"]
        wrapLines = form["wrapLines"] ?? "off"
        lineNumbers = form["lineNumbers"] ?? "off"
        closeBrackets = form["closeBrackets"] ?? "off"
        formatOnSave = form["formatOnSave"] ?? "off"
        keys = form["keys"]
    }

    init(_ preferences: Preferences) {
        theme = preferences.theme.rawValue
        codeSize = String(preferences.codeSize)
        tabWidth = preferences.tabWidth.map(String.init) ?? Self.byLanguage
        wrapLines = preferences.wrapsLines ? "on" : "off"
        lineNumbers = preferences.numbersLines ? "on" : "off"
        closeBrackets = preferences.closesBrackets ? "on" : "off"
        formatOnSave = preferences.formatsOnSave ? "on" : "off"
        keys = preferences.keys.rawValue
    }

    /// The value of `tabWidth` that leaves it to the file's language.
    static let byLanguage = "auto"

    /// What the form says. Throws `Problem` with what is wrong at which field; nothing but a form of somebody's own
    /// making has such values.
    func checked() throws -> Preferences {
        let (preferences, faults) = read()
        guard faults.isEmpty else {
            throw Problem(.unprocessable, "These preferences could not be saved.", fields: faults)
        }
        return preferences
    }

    /// What a stored form says. A value that a later or an earlier Carrel wrote, and this one doesn't know, counts as
    /// never chosen.
    var understood: Preferences { read().preferences }

    private func read() -> (preferences: Preferences, faults: [String: String]) {
        var preferences = Preferences()
        var faults: [String: String] = [:]
        func take<Value>(_ field: String, _ text: String?, into value: inout Value, _ meaning: (String) -> Value?) {
            guard let text else { return }
            if let known = meaning(text) {
                value = known
            } else {
                faults[field] = "Choose one of these."
            }
        }
        func number(_ text: String, of choices: [Int]) -> Int? { choices.first { String($0) == text } }
        func switched(_ text: String) -> Bool? { ["on": true, "off": false][text] }
        take("theme", theme, into: &preferences.theme, Preferences.Theme.init(rawValue:))
        take("codeSize", codeSize, into: &preferences.codeSize) { number($0, of: Preferences.codeSizes) }
        take("tabWidth", tabWidth, into: &preferences.tabWidth) { text in
            text == Self.byLanguage ? .some(nil) : number(text, of: Preferences.tabWidths).map(Optional.some)
        }
        take("wrapLines", wrapLines, into: &preferences.wrapsLines, switched)
        take("lineNumbers", lineNumbers, into: &preferences.numbersLines, switched)
        take("closeBrackets", closeBrackets, into: &preferences.closesBrackets, switched)
        take("formatOnSave", formatOnSave, into: &preferences.formatsOnSave, switched)
        take("keys", keys, into: &preferences.keys, Preferences.Keys.init(rawValue:))
        return (preferences, faults)
    }
}

extension Preferences {
    /// Reads what an account carries. Anything that makes no sense is as if it had never been said.
    init(stored text: String) {
        guard !text.isEmpty, let form = try? JSONDecoder().decode(PreferencesForm.self, from: Data(text.utf8)) else {
            self.init()
            return
        }
        self = form.understood
    }

    /// What an account is to carry.
    var stored: String {
        get throws { String(decoding: try JSONEncoder().encode(PreferencesForm(self)), as: UTF8.self) }
    }
}
