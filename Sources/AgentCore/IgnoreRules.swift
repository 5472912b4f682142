import Glibc

/// What `.gitignore` files say (gitignore(5) of git): patterns whose files stay in the workspace.
struct IgnoreRules {
    private struct Rule {
        /// The names of the folder whose file says it.
        let folder: [String]
        /// The pattern, name by name; `**` stands for any number of names.
        let pattern: [String]
        let isNegated: Bool
        let isForFolders: Bool
    }

    /// The most bytes that are read of one `.gitignore`.
    static let maximumFile = 64 * 1024
    /// More rules than this are not looked at.
    private static let maximumRules = 1000
    /// What no project wants, unless it says so: hidden files, and what interpreters and compilers leave about.
    private static let usual = """
        .*
        !.gitignore
        !.gitattributes
        !.editorconfig
        node_modules/
        __pycache__/
        *.pyc
        *.o
        *.class
        """

    private var rules: [Rule] = []

    /// The usual rules, which any `.gitignore` can take back.
    init() {
        add(Self.usual, of: [])
    }

    /// Adds the lines of a `.gitignore`.
    mutating func add(_ text: String, of folder: [String]) {
        for line in text.split(separator: "\n") {
            guard rules.count < Self.maximumRules, let rule = Self.rule(line, folder) else { continue }
            rules.append(rule)
        }
    }

    private static func rule(_ line: Substring, _ folder: [String]) -> Rule? {
        var text = line.hasSuffix("\r") ? line.dropLast() : line
        while text.hasSuffix(" "), !text.hasSuffix("\\ ") { text = text.dropLast() }
        guard !text.isEmpty, !text.hasPrefix("#") else { return nil }
        let isNegated = text.hasPrefix("!")
        if isNegated { text = text.dropFirst() }
        let isForFolders = text.utf8.last == UInt8(ascii: "/")
        if isForFolders { text = Substring(text.utf8.dropLast()) }
        let isAnchored = text.utf8.contains(UInt8(ascii: "/"))
        let names = text.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
        guard !names.isEmpty else { return nil }
        let pattern = isAnchored ? names : ["**"] + names
        return Rule(folder: folder, pattern: pattern, isNegated: isNegated, isForFolders: isForFolders)
    }

    /// Whether a file or folder stays in the workspace. The last rule that fits decides. What lies below an ignored
    /// folder is for the caller to leave out.
    func ignores(_ names: [String], isFolder: Bool) -> Bool {
        for rule in rules.reversed() where isFolder || !rule.isForFolders {
            guard names.starts(with: rule.folder) else { continue }
            if Self.fits(rule.pattern[...], names[rule.folder.count...]) { return !rule.isNegated }
        }
        return false
    }

    private static func fits(_ pattern: ArraySlice<String>, _ names: ArraySlice<String>) -> Bool {
        guard let first = pattern.first else { return names.isEmpty }
        if first == "**" {
            let rest = pattern.dropFirst()
            // By far the most frequent kind: one name, wherever it is.
            if rest.count == 1, rest.first != "**" { return !names.isEmpty && fits(rest, names.suffix(1)) }
            // At the end of a pattern it stands for everything inside, which is at least one name.
            if rest.isEmpty { return !names.isEmpty }
            return names.indices.contains { fits(rest, names[$0...]) }
        }
        guard let name = names.first, fnmatch(first, name, 0) == 0 else { return false }
        return fits(pattern.dropFirst(), names.dropFirst())
    }
}
