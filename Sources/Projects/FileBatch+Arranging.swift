import FoundationEssentials
import Quotas
public import RunProtocol
import Web

/// Moving, copying, deleting and bringing back many files at once. A file that moves stays the file it is: its number,
/// its document and the history of it.
extension FileBatch {
    /// What became of one file.
    public struct Change: Sendable {
        /// Nil for one that is new.
        public let id: ProjectFile.ID?
        /// Where it was before, or what it is a copy of.
        public let from: ProjectPath
        /// Where it is now; nil when it is deleted.
        public let to: ProjectPath?

        /// What became of a file.
        public init(id: ProjectFile.ID?, from: ProjectPath, to: ProjectPath?) {
            self.id = id
            self.from = from
            self.to = to
        }
    }

    /// What is chosen, into a folder (nil: the top one). A copy beside what it is a copy of gets a name of its own.
    public func moves(of paths: [ProjectPath], into folder: ProjectPath?, isCopy: Bool) throws -> [FileMove] {
        var taken: Set<String> = []
        return try Self.once(paths, by: \.text).map { path in
            let name = String(path.names.last ?? "")
            let isBeside = path.folder?.text == folder?.text
            let prefix = folder.map { "\($0)/" } ?? ""
            let isFile = file(at: path) != nil
            let names = isCopy && isBeside ? Self.copyNames(of: name, isFile: isFile) : AnySequence([name])
            let free = names.lazy.map { prefix + $0 }.first { text in
                !(isCopy && isBeside) || (ProjectPath(text).map { self.isFree($0) } ?? true) && !taken.contains(text)
            }
            guard let text = free, let target = ProjectPath(text) else {
                throw Problem.invalid("into", "\(path) would lie too deep there, or its path would be too long.")
            }
            taken.insert(text)
            return FileMove(from: path, to: target)
        }
    }

    /// Those with different texts, the first of each, in their order; by bytes, as files are told apart. What is named a
    /// thousand times would be looked for a thousand times, while others wait for the project.
    private static func once<Item>(_ items: [Item], by text: (Item) -> String) -> [Item] {
        var known: Set<[UInt8]> = []
        return items.filter { known.insert(Array(text($0).utf8)).inserted }
    }

    private func isFree(_ path: ProjectPath) -> Bool { obstacle(to: path) == nil }

    /// `main-copy.py`, `main-copy-2.py` and so on.
    private static func copyNames(of name: String, isFile: Bool) -> AnySequence<String> {
        let dot = isFile ? name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 } : nil
        let (start, end) = (name[..<(dot ?? name.endIndex)], name[(dot ?? name.endIndex)...])
        return AnySequence((1...).lazy.map { $0 == 1 ? "\(start)-copy\(end)" : "\(start)-copy-\($0)\(end)" })
    }

    /// Moves files, and folders with all that is in them. Throws `Problem`, which names each file that can't go.
    public func move(_ moves: [FileMove]) throws -> [Change] {
        let moves = Self.once(moves) { "\($0.from)\n\($0.to)" }
        guard Self.once(moves, by: \.from.text).count == moves.count else {
            throw Problem.invalid("moves", "A file can’t go to two places.")
        }
        let plan = FilePlan(moves, of: all, isCopy: false)
        try refuse(plan.faults, "moved")
        // Each gives up its place first: what takes it may come before it.
        try FilesStore.delete(plan.steps.map(\.file.id), at: now, in: db)
        for (change, steps) in Dictionary(grouping: plan.steps, by: { Prefixes($0.file.path, $0.to) }) {
            try FilesStore.move(steps.map(\.file.id), cutting: change.from.count, putting: change.to, in: db)
        }
        return plan.steps.map { Change(id: $0.file.id, from: $0.file.path, to: $0.to) }
    }

    /// What a copy consists of: each file that is to be copied, and where the copy goes. Throws like `move`.
    public func copies(of moves: [FileMove]) throws -> [(file: ProjectFile, to: ProjectPath)] {
        let plan = FilePlan(moves, of: all, isCopy: true)
        try refuse(plan.faults, "copied")
        guard all.count + plan.steps.count <= limits.files else { throw limits.noRoom(for: plan.steps.count) }
        return plan.steps.map { ($0.file, $0.to) }
    }

    /// Deletes files, and folders with all that is in them; they can come back for 30 days. Throws like `move`.
    public func delete(_ paths: [ProjectPath]) throws -> [Change] {
        var found: [ProjectFile.ID: ProjectFile] = [:]
        var faults: [ProjectPath: String] = [:]
        for path in Self.once(paths, by: \.text) {
            let files = FilePlan.files(at: path, among: all)
            if files.isEmpty { faults[path] = "\(path) is not in the project any more." }
            for file in files { found[file.id] = file }
        }
        try refuse(faults, "deleted")
        try FilesStore.delete(Array(found.keys), at: now, in: db)
        return found.values.map { Change(id: $0.id, from: $0.path, to: nil) }
    }

    /// Brings deleted files back. Throws like `move`, and when the project has no room for them.
    public func restore(_ ids: [ProjectFile.ID]) throws -> [Change] {
        let oldest = now.addingTimeInterval(-Projects.restorable)
        let files = try FilesStore.deletedFiles(Set(ids), of: project, deletedAfter: oldest, in: db)
        guard files.count == Set(ids).count else { throw Problem.notFound }
        guard all.count + files.count <= limits.files else { throw limits.noRoom(for: files.count) }
        let size = files.reduce(0) { $0 + ($1.blobSize ?? 0) }
        guard size == 0 || blobsSize + size <= limits.blobsSize else { throw limits.noMoreBlobs }
        var faults: [ProjectPath: String] = [:]
        for file in files {
            faults[file.path] = obstacle(to: file.path)
            note(file.path)
        }
        try refuse(faults, "brought back")
        try FilesStore.restore(files.map(\.id), in: db)
        return files.map { Change(id: $0.id, from: $0.path, to: $0.path) }
    }

    /// So many are named, and the rest counted.
    private static let namedFaults = 100

    private func refuse(_ faults: [ProjectPath: String], _ done: String) throws {
        let sorted = faults.sorted { $0.key < $1.key }
        guard let first = sorted.first else { return }
        let rest = sorted.count > 1 ? " The same is so for \(sorted.count - 1) more." : ""
        throw Problem(
            .unprocessable,
            "\(first.value) Nothing was \(done).\(rest)",
            fields: Dictionary(sorted.prefix(Self.namedFaults).map { ($0.key.text, $0.value) }) { first, _ in first }
        )
    }

    /// How the beginning of a path changes when a file moves and what is behind it stays. By bytes: two paths that
    /// Unicode holds for the same need not have the same length.
    private struct Prefixes: Hashable {
        let from: [UInt8]
        let to: [UInt8]

        init(_ from: ProjectPath, _ to: ProjectPath) {
            var (old, new) = (from.names, to.names)
            while let last = old.last, let other = new.last, last.utf8.elementsEqual(other.utf8) {
                old.removeLast()
                new.removeLast()
            }
            let isWhole = old.count == from.names.count
            let head = { (names: [Substring]) in
                Array((names.joined(separator: "/") + (isWhole || names.isEmpty ? "" : "/")).utf8)
            }
            (self.from, self.to) = (head(old), head(new))
        }
    }
}

extension ProjectFile {
    /// How many bytes it has; nil for a text.
    var blobSize: Int? { if case .blob(let blob) = content { blob.size } else { nil } }
}
