public import Wire

/// The size of a terminal in characters, each 1 to 1000.
public struct WindowSize: Hashable, Sendable {
    /// Lines.
    public let rows: Int
    /// Characters in a line.
    public let columns: Int

    /// A size; what is outside 1 to 1000 is moved to the nearer end.
    public init(rows: Int, columns: Int) {
        self.rows = min(max(rows, 1), 1000)
        self.columns = min(max(columns, 1), 1000)
    }
}

/// Where the program's input comes from.
public enum RunInput: Hashable, Sendable {
    /// A terminal of this size: one output stream, input by `RunnerClient.send` at any time.
    case terminal(WindowSize)
    /// This text and then the end of the input; output and error come as two streams through pipes.
    case text([UInt8])
    /// A pipe that stays open, input by `RunnerClient.send` at any time; output and error as with a text. For a server.
    case stream

    /// The most bytes of `text`: 256 KiB.
    public static let maximumText = 256 * 1024
}

/// What a run starts.
public enum RunProgram: Hashable, Sendable {
    /// This file, by its language's commands. It must be among the request's files.
    case file(ProjectPath)
    /// This command instead of its language's: a program, found as a shell finds it, and what comes before the
    /// request's arguments. 1 to `RunRequest.maximumArguments` words; the first is not empty and has no `=`. Not for a job.
    case command([String])
    /// What the language has to find problems with, looking at this file if it takes one only. The file must be among
    /// the request's files. Not for a job, and not with arguments.
    case check(ProjectPath)
    /// What the language formats a text with, which comes as the input's text and is this file's. The file must be among
    /// the request's files. Not for a job, not with arguments, and not at a terminal.
    case format(ProjectPath)
    /// What the language has to answer questions about its programs, with a stream. Not for a job, and not with arguments
    /// or variables. It is there beside what runs: a workspace with nothing else in it counts as idle.
    case server
    /// A shell at the terminal.
    case shell
    /// Nothing: the files are laid into the workspace for what runs in it already, if it is there at all.
    case nothing
}

/// The digest of a file's content by SHA-256.
public struct ContentDigest: Hashable, Sendable {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Nil unless there are 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }
}

/// One file of the project as it must be when the program starts.
public struct ManifestEntry: Hashable, Sendable {
    /// Where it lies.
    public let path: ProjectPath
    /// What is in it. Two equal digests mean equal contents.
    public let digest: ContentDigest
    /// How long it is, at most `RunRequest.maximumFile`.
    public let size: ByteCount

    /// Describes one file.
    public init(path: ProjectPath, digest: ContentDigest, size: ByteCount) {
        self.path = path
        self.digest = digest
        self.size = size
    }
}

/// Everything the runner is told about a run. There is no image, mount, flag or capability to name: those come from the
/// runner's own configuration and catalogue. A command and variables reach nothing but the project's own container.
public struct RunRequest: Hashable, Sendable {
    /// The most files a project may bring: 8192.
    public static let maximumFiles = 8192
    /// The most bytes of one file: 16 MiB.
    public static let maximumFile = ByteCount.mebibytes(16)
    /// The most arguments: 64.
    public static let maximumArguments = 64
    /// The most bytes of one argument: 4096.
    public static let maximumArgument = 4096

    /// The run's name; must not be that of a run that is alive.
    public var run: RunID
    /// The workspace it happens in; nil for a job, which gets a container that is as new.
    public var workspace: WorkspaceID?
    /// Whose job it is: a container may be used again, cleaned, for another one of the same person. Nil where nobody is
    /// known who would trust whoever asked: then it is thrown away. Not in a workspace.
    public var person: PersonID?
    /// The language whose image and command are used.
    public var language: LanguageID
    /// What is started.
    public var program: RunProgram
    /// What the program gets as arguments. No NUL.
    public var arguments: [String]
    /// What the program finds in its environment besides. Not for a job.
    public var variables: [RunVariable]
    /// Terminal or piped text.
    public var input: RunInput
    /// What it may use.
    public var limits: RunLimits
    /// All files of the project. What an earlier run brought and is not in this list is removed from the workspace.
    public var files: [ManifestEntry]

    /// Describes a run.
    public init(
        run: RunID,
        workspace: WorkspaceID?,
        person: PersonID? = nil,
        language: LanguageID,
        program: RunProgram,
        arguments: [String] = [],
        variables: [RunVariable] = [],
        input: RunInput,
        limits: RunLimits = RunLimits(),
        files: [ManifestEntry]
    ) {
        self.run = run
        self.workspace = workspace
        self.person = person
        self.language = language
        self.program = program
        self.arguments = arguments
        self.variables = variables
        self.input = input
        self.limits = limits
        self.files = files
    }
}

extension WindowSize: WireValue {
    /// Reads rows and columns; throws `refused` outside 1 to 1000.
    public init(from reader: inout WireReader) throws(WireError) {
        let rows = try reader.count(atMost: 1000)
        let columns = try reader.count(atMost: 1000)
        guard rows >= 1, columns >= 1 else { throw .refused }
        self.init(rows: rows, columns: columns)
    }
    /// Writes rows and columns.
    public func write(to writer: inout WireWriter) {
        writer.put(rows)
        writer.put(columns)
    }
}

extension RunProgram: WireValue {
    /// Reads the kind and what belongs to it.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.byte() {
        case 0: self = .file(try ProjectPath(from: &reader))
        case 1: self = .shell
        case 2: self = .nothing
        case 3:
            self = .command(
                try reader.texts(atMost: RunRequest.maximumArguments, length: RunRequest.maximumArgument)
            )
        case 4: self = .check(try ProjectPath(from: &reader))
        case 5: self = .server
        case 6: self = .format(try ProjectPath(from: &reader))
        default: throw .unknown
        }
    }
    /// Writes the kind and what belongs to it.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .file(let path):
            writer.put(byte: 0)
            writer.put(path)
        case .check(let path):
            writer.put(byte: 4)
            writer.put(path)
        case .server: writer.put(byte: 5)
        case .format(let path):
            writer.put(byte: 6)
            writer.put(path)
        case .shell: writer.put(byte: 1)
        case .nothing: writer.put(byte: 2)
        case .command(let words):
            writer.put(byte: 3)
            writer.put(texts: words)
        }
    }
}

extension RunInput: WireValue {
    /// Reads the kind and what belongs to it.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.byte() {
        case 0: self = .terminal(try WindowSize(from: &reader))
        case 1: self = .text(try reader.content(atMost: Self.maximumText))
        case 2: self = .stream
        default: throw .unknown
        }
    }
    /// Writes the kind and what belongs to it.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .terminal(let size):
            writer.put(byte: 0)
            writer.put(size)
        case .text(let bytes):
            writer.put(byte: 1)
            writer.put(bytes)
        case .stream: writer.put(byte: 2)
        }
    }
}

extension ContentDigest: WireValue {
    /// Reads 32 bytes; throws `refused` for any other number of them.
    public init(from reader: inout WireReader) throws(WireError) {
        guard let digest = ContentDigest(try reader.content(atMost: 32)) else { throw .refused }
        self = digest
    }
    /// Writes the bytes.
    public func write(to writer: inout WireWriter) { writer.put(bytes) }
}

extension ManifestEntry: WireValue {
    /// Reads path, digest and size.
    public init(from reader: inout WireReader) throws(WireError) {
        path = try ProjectPath(from: &reader)
        digest = try ContentDigest(from: &reader)
        size = ByteCount(bytes: try reader.number(atMost: RunRequest.maximumFile.bytes))
    }
    /// Writes path, digest and size.
    public func write(to writer: inout WireWriter) {
        writer.put(path)
        writer.put(digest)
        writer.put(size)
    }
}

extension RunRequest: WireValue {
    /// Reads a request; throws `refused` for a file named twice, a main file that is not among the files, a file where
    /// another file needs a folder, a shell without a terminal, a server without a stream, a stream without a server, an
    /// argument with a NUL, a command that is none, variables that are too many, a job with a check, a format, a command,
    /// a server or variables of its own, a check, a format or a server with arguments, a format at a terminal, and a
    /// workspace of a person.
    public init(from reader: inout WireReader) throws(WireError) {
        run = try RunID(from: &reader)
        workspace = try reader.flag() ? try WorkspaceID(from: &reader) : nil
        person = try reader.flag() ? try PersonID(from: &reader) : nil
        language = try LanguageID(from: &reader)
        program = try RunProgram(from: &reader)
        arguments = try reader.texts(atMost: Self.maximumArguments, length: Self.maximumArgument)
        variables = try reader.list(of: RunVariable.self, atMost: RunVariable.maximumCount)
        input = try RunInput(from: &reader)
        limits = try RunLimits(from: &reader)
        files = try reader.list(of: ManifestEntry.self, atMost: Self.maximumFiles)
        guard isConsistent else { throw .refused }
    }

    /// Writes the request.
    public func write(to writer: inout WireWriter) {
        writer.put(run)
        writer.put(workspace != nil)
        if let workspace { writer.put(workspace) }
        writer.put(person != nil)
        if let person { writer.put(person) }
        writer.put(language)
        writer.put(program)
        writer.put(texts: arguments)
        writer.put(list: variables)
        writer.put(input)
        writer.put(limits)
        writer.put(list: files)
    }

    /// Whether the parts fit together: see `init(from:)`.
    public var isConsistent: Bool {
        guard arguments.allSatisfy({ !$0.utf8.contains(0) }), RunVariable.areAllowed(variables) else { return false }
        if case .command(let words) = program {
            // `env`, which finds the program, would take a first word with `=` for a variable.
            guard let first = words.first, !first.isEmpty, !first.utf8.contains(UInt8(ascii: "=")), workspace != nil,
                words.allSatisfy({ !$0.utf8.contains(0) })
            else { return false }
        }
        guard workspace != nil ? person == nil : variables.isEmpty else { return false }
        let paths = Set(files.map(\.path))
        guard paths.count == files.count else { return false }
        if case .file(let main) = program, !paths.contains(main) { return false }
        if case .check(let main) = program {
            guard paths.contains(main), workspace != nil, arguments.isEmpty else { return false }
        }
        if case .format(let main) = program {
            guard paths.contains(main), workspace != nil, arguments.isEmpty, case .text = input else {
                return false
            }
        }
        switch (program, input) {
        case (.shell, .terminal): break
        case (.server, .stream):
            guard workspace != nil, arguments.isEmpty, variables.isEmpty else { return false }
        case (.shell, _), (.server, _), (_, .stream): return false
        default: break
        }
        return paths.allSatisfy { path in path.folders.allSatisfy { !paths.contains($0) } }
    }
}
