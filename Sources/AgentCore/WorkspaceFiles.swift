import AgentProtocol

/// Which files of the home the project knows of, and whether they are still as it knows them.
///
/// The list lives here and not in the runner: it is true exactly as long as the home is. What it does not name (files
/// that programs made and nobody was told of) is never touched.
struct WorkspaceFiles {
    /// A file whose content both sides know.
    struct Record {
        /// What the project's list said last; nil for a program's file that no list has named yet.
        var project: [UInt8]?
        /// The digest of the content.
        var content: [UInt8]
        /// The file that has this content; nil when the content isn't known.
        var signature: HomeFolder.Signature?
    }

    private(set) var home: HomeFolder
    private(set) var records: [HomePath: Record] = [:]
    private var writings: UInt64 = 0

    init(home: HomeFolder) {
        self.home = home
    }

    /// Takes on another home, in which the project had these files: of their contents it is only known that they are not
    /// known.
    mutating func settle(home: HomeFolder, with paths: [String]) {
        self.home = home
        for path in paths { records[HomePath(path)] = Record(project: [], content: [], signature: nil) }
    }

    /// Removes what the project had and has no more, and says which of its files must be brought: those that are new,
    /// that the project changed, or that a program changed or removed (unless such changes are kept).
    ///
    /// `isWatched`: a program's changes are being told. One that is still untold is not written over then: the project
    /// hears of it, puts it in order with its own change, and brings the result.
    mutating func prepare(
        _ files: [AgentFile],
        keepsChanges: Bool,
        isWatched: Bool
    ) throws(FileFault) -> [Int] {
        let wanted = Set(files.map { HomePath($0.path) })
        for (path, record) in records where record.project != nil && !wanted.contains(path) {
            home.remove(try HomeFolder.names(of: path.text))
            records[path] = nil
        }
        var missing: [Int] = []
        for (index, file) in files.enumerated() {
            let path = HomePath(file.path)
            let names = try HomeFolder.names(of: file.path)
            if let record = records[path] {
                let isAsKnown = record.signature != nil && home.signature(of: names) == record.signature
                if keepsChanges && record.project == file.digest { continue }
                if !isAsKnown && isWatched { continue }
                if isAsKnown && record.content == file.digest {
                    records[path]?.project = file.digest
                    continue
                }
            }
            missing.append(index)
        }
        return missing
    }

    /// Begins a file.
    mutating func begin(_ file: AgentFile) throws(FileFault) -> FileWriting {
        writings += 1
        return try FileWriting(try HomeFolder.names(of: file.path), below: home, number: writings)
    }

    /// Ends a file, and remembers it.
    mutating func finish(_ file: AgentFile, _ writing: FileWriting) throws(FileFault) {
        // A record that stays from before makes a file that can't be put in its place count as changed next time.
        records[HomePath(file.path)] = Record(
            project: file.digest,
            content: file.digest,
            signature: try writing.finish()
        )
    }

    /// The other side knows the content that a program gave a file.
    mutating func note(_ path: HomePath, _ digest: [UInt8], _ signature: HomeFolder.Signature) {
        records[path] = Record(project: records[path]?.project, content: digest, signature: signature)
    }

    /// The other side knows that a file is gone.
    mutating func forget(_ path: HomePath) {
        records[path] = nil
    }
}
