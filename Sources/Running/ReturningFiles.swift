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

    /// More files than this are not spoken of.
    private static let maximumNotes = 5
    private var noted: Set<ProjectPath> = []
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
    ///
    /// Gives what to tell whoever ran the program when the project can't take it; of each file once.
    mutating func take(_ change: FileChange) -> String? {
        let (id, person) = (project, reader)
        switch change {
        case .begins(let path, let base, let size):
            open = nil
            guard size <= FileChange.maximumFile, room >= Int(clamping: size.bytes) else {
                return note(path, "this run has brought back as much as one may.")
            }
            open = (path, base, [])
            return nil
        case .piece(let bytes):
            open?.bytes += bytes
            if let size = open?.bytes.count, ByteCount(size) > FileChange.maximumFile { open = nil }
            return nil
        case .ends(let digest):
            guard let digest, let (path, base, bytes) = open else { return nil }
            open = nil
            room -= bytes.count
            return attempt(path) { try $0.write(bytes, digest, at: path, base: base, in: id, for: person) }
        case .removed(let path, let base):
            return attempt(path) { try $0.remove(path, base: base, in: id, for: person) }
        case .withheld(let path, let size):
            guard size > FileChange.maximumFile else { return note(path, "this run changed too many files.") }
            return note(path, "it has more than \(FileChange.maximumFile.bytes / 1_048_576) MB.")
        }
    }

    private mutating func attempt(_ path: ProjectPath, _ act: (WorkingCopy) throws -> Void) -> String? {
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
        return nil
    }

    private mutating func note(_ path: ProjectPath, _ reason: String) -> String? {
        guard noted.count < Self.maximumNotes, noted.insert(path).inserted else { return nil }
        return "\(path) stays in the workspace: \(reason)"
    }
}
