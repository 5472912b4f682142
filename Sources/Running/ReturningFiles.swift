import Accounts
import Editing
import Logging
import Projects
import RunProtocol
import Web

/// Takes what the programs of one run do to files back into the project.
struct ReturningFiles {
    /// Whether the project is not as it was.
    private(set) var hasChanged = false
    /// What could not be taken, in words for whoever ran the program.
    private(set) var notes: [String] = []

    /// More notes than this say nothing more.
    private static let maximumNotes = 5
    private let copy: WorkingCopy
    private let project: Project.ID
    private let reader: Reader
    private let log: Logger
    private var room: Int
    private var open: (path: ProjectPath, base: ContentDigest?, bytes: [UInt8])?

    /// - Parameter limit: bytes that one run may bring back in all.
    init(_ copy: WorkingCopy, project: Project.ID, reader: Reader, limit: ByteCount, log: Logger) {
        self.copy = copy
        self.project = project
        self.reader = reader
        self.log = log
        room = Int(clamping: limit.bytes)
    }

    /// Takes the next change. Waits as long as the database is away.
    mutating func take(_ change: FileChange) {
        let (id, person) = (project, reader)
        switch change {
        case .begins(let path, let base, let size):
            open = nil
            guard size <= FileChange.maximumFile, room >= Int(clamping: size.bytes) else {
                return note(path, "this run has brought back as much as one may.")
            }
            open = (path, base, [])
        case .piece(let bytes): open?.bytes += bytes
        case .ends(let digest):
            guard let digest, let (path, base, bytes) = open else { return }
            open = nil
            room -= bytes.count
            attempt(path) { try $0.write(bytes, digest, at: path, base: base, in: id, for: person) }
        case .removed(let path, let base):
            attempt(path) { try $0.remove(path, base: base, in: id, for: person) }
        case .withheld(let path, let size):
            let isLarge = size > FileChange.maximumFile
            note(
                path,
                isLarge
                    ? "it has more than \(FileChange.maximumFile.bytes / 1_048_576) MB."
                    : "this run changed too many files."
            )
        }
    }

    private mutating func attempt(_ path: ProjectPath, _ act: (WorkingCopy) throws -> Void) {
        var refusal: Problem?
        let isStored = persist(log, "a file could not be brought back yet") {
            do {
                try act(copy)
            } catch let problem as Problem {
                refusal = problem
            }
        }
        if let refusal { return note(path, refusal.message) }
        guard isStored else { return note(path, "the site could not store it.") }
        hasChanged = true
    }

    private mutating func note(_ path: ProjectPath, _ reason: String) {
        guard notes.count < Self.maximumNotes else { return }
        notes.append("\(path) stays in the workspace: \(reason)")
    }
}
