/// A programming language as its folder in the catalogue describes it.
///
/// The folder's name is the id; `language.json` in it holds the rest. Commands are argument lists, never lines for a
/// shell. In them `{main}` stands for the file to start and `{sources}`, as an argument of its own, for every file of
/// the project with the language's first extension, sorted.
public struct Language: Sendable, Equatable {
    /// The folder's name: 1 to 32 characters of `a–z`, `0–9` and `-`.
    public let id: String
    /// The name for people, for example `JavaScript`.
    public let name: String
    /// Other names that programs know it by, in lower case (`py`, `c++`).
    public let aliases: [String]
    /// File name extensions without the dot, in lower case; the first is the usual one.
    public let extensions: [String]
    /// What a new project's first file is called.
    public let main: String
    /// The editor's name for the highlighting, or an empty text for none.
    public let editorMode: String
    /// How to compile, or nil when the program is started right away.
    public let compile: [String]?
    /// How to start.
    public let run: [String]
    /// How problems are found without running anything, or nil when nothing finds them.
    public var check: Check?
    /// How a program's text is written as the language's people write it, or nil when nothing of Debian's does that.
    public var format: Formatter?
    /// What answers questions about programs while they are written, or nil when nothing does.
    public var server: Server?
    /// How the image tells its version.
    public let version: [String]
    /// What is added to the program's environment.
    public let environment: [String: String]
    /// How a program that is started before anybody asked for it waits, or nil when none is.
    public var waiting: Waiting?
    /// What a new project can begin with; the first is the one that every language has.
    public let starters: [Starter]
    /// Where the language needs more than other languages.
    public let limits: Limits
    /// The Engine's runtime for its containers (such as `runsc`), or nil for the installation's.
    public var runtime: String?

    /// How an interpreter that has everything but its main file waits for its run.
    ///
    /// The image has something in it that the interpreter runs before it opens its main file, and that waits when
    /// `environment` tells it to: it writes `r` to descriptor 3, reads a byte from there and closes it. At `g` it takes
    /// everything of itself away (what `environment` has added, too) and lets the interpreter go on; else it ends the
    /// process at once.
    public struct Waiting: Sendable, Equatable {
        /// What is added to the environment of one that is to wait.
        public let environment: [String: String]
        /// With a variable of the project's whose name begins so nothing is started ahead: it could lead the interpreter
        /// past the place where it waits.
        public let unless: [String]
        /// It has opened its main file by then, and opens it once more when it goes on. So it can't wait in a container
        /// that has no files yet.
        public let needsMain: Bool

        /// Waits so.
        public init(environment: [String: String], unless: [String], needsMain: Bool = false) {
            self.environment = environment
            self.unless = unless
            self.needsMain = needsMain
        }

        /// Whether a program with these variables in its environment can be trusted to wait.
        public func allows(variables: some Sequence<String>) -> Bool {
            variables.allSatisfy { name in environment[name] == nil && !unless.contains { name.hasPrefix($0) } }
        }
    }

    /// A program that speaks the Language Server Protocol over its standard input and output.
    public struct Server: Sendable, Equatable {
        /// What is started in the project's home. It writes nothing but below `/tmp`.
        public let command: [String]
        /// What is added to its environment, over the language's own.
        public let environment: [String: String]
        /// Whether it knows of other files of the project only when they are open in it, too.
        public let needsAllOpen: Bool
        /// What it counts as a column.
        public let columns: Columns

        /// What servers count as a column. The protocol says UTF-16 code units, which not every server heeds.
        public enum Columns: String, Sendable, Decodable {
            /// UTF-16 code units.
            case units
            /// Unicode scalars, so one where UTF-16 has two for an emoji.
            case characters
        }

        /// Starts so.
        public init(
            command: [String],
            environment: [String: String] = [:],
            needsAllOpen: Bool = false,
            columns: Columns = .units
        ) {
            self.command = command
            self.environment = environment
            self.needsAllOpen = needsAllOpen
            self.columns = columns
        }
    }

    /// What a language changes in the runner's limits; nil means the runner's own figure.
    public struct Limits: Sendable, Equatable {
        /// Memory of the workspace in MiB.
        public var memoryMiB: Int?
        /// Processes and threads of the workspace.
        public var processes: Int?
        /// Seconds for the compiler.
        public var compileSeconds: Int?

        /// Changes nothing unless told.
        public init(memoryMiB: Int? = nil, processes: Int? = nil, compileSeconds: Int? = nil) {
            self.memoryMiB = memoryMiB
            self.processes = processes
            self.compileSeconds = compileSeconds
        }
    }

    /// The two commands of a run with the placeholders filled in.
    public struct Commands: Sendable, Equatable {
        /// The compiler's, or nil.
        public let compile: [String]?
        /// The program's, the user's arguments last.
        public let run: [String]

        /// These commands.
        public init(compile: [String]?, run: [String]) {
            self.compile = compile
            self.run = run
        }
    }

    /// Where a project's files lie when its programs run.
    public static let home = "/home/coder"

    /// The commands for a project with these files (paths from its home), one of them `main`.
    public func commands(main: String, files: [String], arguments: [String]) -> Commands {
        func fill(_ command: [String]) -> [String] { self.fill(command, main: main, files: files) }
        return Commands(compile: compile.map(fill), run: fill(run) + arguments)
    }

    /// The command that looks for problems in such a project, in `main` if it takes one file only; nil without a check.
    public func checkCommand(main: String, files: [String]) -> [String]? {
        check.map { fill($0.command, main: main, files: files) }
    }

    /// What formats the file of this path, or nil: of another language's files it knows nothing.
    public func formatter(of path: String) -> Formatter? {
        extensions.contains(Self.extension(of: path)) ? format : nil
    }

    /// The command that formats the text of `main` in such a project; nil without a formatter.
    public func formatCommand(main: String, files: [String]) -> [String]? {
        format.map { fill($0.command, main: main, files: files) }
    }

    private func fill(_ command: [String], main: String, files: [String]) -> [String] {
        command.flatMap { word -> [String] in
            if word == "{sources}" {
                return files.filter { Self.extension(of: $0) == extensions.first }.sorted().map(Self.operand)
            }
            guard let place = word.firstRange(of: "{main}") else { return [word] }
            // Only a word that begins with the path could be taken for an option.
            let path = place.lowerBound == word.startIndex ? Self.operand(main) : main
            return [word.replacingCharacters(in: place, with: path)]
        }
    }

    /// A path that no program can take for an option.
    private static func operand(_ path: String) -> String {
        path.hasPrefix("-") ? "./" + path : path
    }

    /// What follows the last dot of the last name, in lower case.
    static func `extension`(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
