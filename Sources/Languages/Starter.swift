/// What a new project can begin with: a small program that works, as files.
public struct Starter: Sendable, Equatable {
    /// A file of it.
    public struct File: Sendable, Equatable {
        /// Where it lies in the project: names joined by `/`.
        public let path: String
        /// What is in it.
        public let text: String

        /// A file with this text.
        public init(path: String, text: String) {
            self.path = path
            self.text = text
        }
    }

    /// The name of its folder: 1 to 32 characters of `a–z`, `0–9` and `-`.
    public let name: String
    /// What people call it.
    public let title: String
    /// One sentence on what it does and shows.
    public let summary: String
    /// By path; at least one.
    public let files: [File]
    /// The file that Run starts, one of `files`; nil for the one that is open.
    public let main: String?
    /// What the program is started with.
    public let arguments: [String]

    /// The starter that every language has: a first file that asks for a name.
    static func hello(path: String, text: String) -> Starter {
        Starter(
            name: "hello",
            title: "Hello",
            summary: "Asks for your name and has something to say about it.",
            files: [File(path: path, text: text)],
            main: nil,
            arguments: []
        )
    }

    /// What the site calls a project that begins without any file, so that no starter may have this name.
    public static let empty = "empty"
}
