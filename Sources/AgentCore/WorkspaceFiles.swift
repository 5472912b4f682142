import AgentProtocol

/// Which files the project has put into the home, and whether they are still as they were put there.
///
/// The list lives here and not in the runner: it is true exactly as long as the home is. What it does not name (files
/// that programs made) is never touched.
struct WorkspaceFiles {
    private struct Record {
        var digest: [UInt8]
        var signature: HomeFolder.Signature
    }

    private let home: HomeFolder
    private var records: [String: Record] = [:]
    private var writings: UInt64 = 0

    init(home: HomeFolder) {
        self.home = home
    }

    /// Removes what the project had and has no more, and says which of its files must be brought: those that are new,
    /// that the project changed, or that a program changed or removed (unless such changes are kept).
    mutating func prepare(_ files: [AgentFile], keepsChanges: Bool) throws(FileFault) -> [Int] {
        let wanted = Set(files.map(\.path))
        for path in records.keys where !wanted.contains(path) {
            home.remove(try HomeFolder.names(of: path))
            records[path] = nil
        }
        var missing: [Int] = []
        for (index, file) in files.enumerated() {
            let names = try HomeFolder.names(of: file.path)
            if let record = records[file.path], record.digest == file.digest,
                keepsChanges || home.signature(of: names) == record.signature
            {
                continue
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
        records[file.path] = Record(digest: file.digest, signature: try writing.finish())
    }
}
