public import RunProtocol

/// Where something is to go: a file, or a folder with all that is in it.
public struct FileMove: Sendable, Hashable {
    /// Where it is.
    public let from: ProjectPath
    /// Where it is to be.
    public let to: ProjectPath

    /// From one path to another.
    public init(from: ProjectPath, to: ProjectPath) {
        self.from = from
        self.to = to
    }
}

/// What moves or copies mean for each file of a project, and what is in their way: worked out before anything is done.
///
/// What holds:
///  1. All is judged as it will be in the end. Files may change places, and `a` may become `a/b`.
///  2. A file goes once: what is chosen beside the folder it is in goes along with that.
///  3. No folder goes where another one is and stays.
///  4. Paths are compared by their bytes, as Linux and the database do.
struct FilePlan {
    /// A file, and where it goes.
    struct Step {
        let file: ProjectFile
        let to: ProjectPath
    }

    private(set) var steps: [Step] = []
    /// What can't be done, by path, in words.
    private(set) var faults: [ProjectPath: String] = [:]

    private let files: [ProjectFile]

    /// - Parameter files: all of the project, in the order of their paths' bytes.
    init(_ moves: [FileMove], of files: [ProjectFile], isCopy: Bool) {
        self.files = files
        var taken: Set<ProjectFile.ID> = []
        var folders: [FileMove] = []
        for move in moves.sorted(by: { $0.from.text.utf8.count < $1.from.text.utf8.count }) {
            let found = Self.files(at: move.from, among: files)
            guard !found.isEmpty else {
                faults[move.from] = "\(move.from) is not in the project any more."
                continue
            }
            let isFolder = found.first?.path.text.utf8.count != move.from.text.utf8.count
            guard !isFolder || !move.to.isBelow(move.from) else {
                faults[move.from] = "\(move.from) can't go into itself."
                continue
            }
            let own = found.filter { taken.insert($0.id).inserted }
            if isFolder, !own.isEmpty { folders.append(move) }
            for file in own {
                let rest = String(decoding: file.path.text.utf8.dropFirst(move.from.text.utf8.count), as: UTF8.self)
                if let path = ProjectPath(move.to.text + rest) {
                    steps.append(Step(file: file, to: path))
                } else {
                    faults[file.path] = "\(file.path) would lie too deep there, or its path would be too long."
                }
            }
        }
        findObstacles(to: folders, staying: isCopy ? files : files.filter { !taken.contains($0.id) })
        steps.removeAll { !isCopy && $0.to == $0.file.path }
    }

    private mutating func findObstacles(to moved: [FileMove], staying: [ProjectFile]) {
        var places: Set<ProjectPath> = []
        var folders: Set<ProjectPath> = []
        for file in staying {
            places.insert(file.path)
            folders.formUnion(file.path.folders)
        }
        // Two folders of one name would become one, which nobody could take back.
        var targets: Set<ProjectPath> = []
        let merged = moved.filter { move in
            let isTaken = !targets.insert(move.to).inserted
            return move.to != move.from && (isTaken || folders.contains(move.to))
        }
        guard merged.isEmpty else {
            for move in merged { faults[move.from] = "There is a folder \(move.to) already." }
            return
        }
        for step in steps {
            if places.contains(step.to) {
                faults[step.file.path] = "There is a file \(step.to) already."
            } else if folders.contains(step.to) {
                faults[step.file.path] = "\(step.to) is a folder here."
            } else if let above = step.to.folders.first(where: places.contains) {
                faults[step.file.path] = step.to.refusal(because: above)
            }
            places.insert(step.to)
            folders.formUnion(step.to.folders)
        }
    }

    /// The file with a path, or else all files below it as a folder.
    static func files(at path: ProjectPath, among files: [ProjectFile]) -> ArraySlice<ProjectFile> {
        let start = place(of: path.text, among: files)
        if start < files.endIndex, files[start].path == path {
            return files[start...start]
        }
        // "0" is the byte after "/".
        return files[place(of: "\(path)/", among: files)..<place(of: "\(path)0", among: files)]
    }

    private static func place(of text: String, among files: [ProjectFile]) -> Int {
        var range = files.startIndex..<files.endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            let isBefore = files[middle].path.text.utf8.lexicographicallyPrecedes(text.utf8)
            range = isBefore ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}
