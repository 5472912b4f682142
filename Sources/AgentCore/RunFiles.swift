import AgentProtocol

/// The files of one run on their way into the home: those that were asked for, one after the other, each in pieces.
struct RunFiles {
    private let files: [AgentFile]
    private var missing: [Int]
    private var open: FileWriting?

    /// What the runner must send.
    var needs: [Int] { missing }

    /// Whether everything that was asked for is there.
    var isComplete: Bool { missing.isEmpty }

    init(
        _ files: [AgentFile],
        keepsChanges: Bool,
        isWatched: Bool,
        into workspace: inout WorkspaceFiles
    ) throws(FileFault) {
        self.files = files
        missing = try workspace.prepare(files, keepsChanges: keepsChanges, isWatched: isWatched)
    }

    /// Takes the next piece; the files come in the order of `needs`.
    mutating func take(
        _ index: Int,
        _ bytes: [UInt8],
        last: Bool,
        into workspace: inout WorkspaceFiles
    ) throws(FileFault) {
        guard missing.first == index else { throw FileFault("take a file that was not asked for", code: 22) }
        let writing: FileWriting
        if let open { writing = open } else { writing = try workspace.begin(files[index]) }
        open = writing
        try writing.append(bytes)
        guard last else { return }
        open = nil
        missing.removeFirst()
        try workspace.finish(files[index], writing)
    }
}
