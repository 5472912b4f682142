import AgentProtocol
import Crypto
import RunProtocol

/// Passes on what an agent tells of files in one run's name: checks it, and gives contents their digests.
struct ChangeReader {
    /// What the client is told, and what the agent is.
    struct Step {
        var change: FileChange?
        var note: (path: String, digest: [UInt8])?
    }

    private var open: (path: ProjectPath, hash: SHA256)?

    /// Reads the next change. One about a path that no project can have leads to nothing.
    mutating func read(_ change: AgentChange) -> Step {
        switch change {
        case .begins(let path, let base, let size):
            open = nil
            guard let path = ProjectPath(path) else { return Step() }
            open = (path, SHA256())
            return Step(change: .begins(path, base: ContentDigest(base), size: ByteCount(bytes: size)))
        case .piece(let bytes):
            guard open != nil, !bytes.isEmpty else { return Step() }
            open?.hash.update(data: bytes)
            return Step(change: .piece(bytes))
        case .ends(let isWhole):
            guard let (path, hash) = open else { return Step() }
            open = nil
            let digest = Array(hash.finalize())
            guard isWhole, let content = ContentDigest(digest) else { return Step(change: .ends(nil)) }
            return Step(change: .ends(content), note: (path.text, digest))
        case .removed(let path, let base):
            guard let path = ProjectPath(path), let base = ContentDigest(base) else { return Step() }
            return Step(change: .removed(path, base: base))
        case .withheld(let path, let size):
            guard let path = ProjectPath(path) else { return Step() }
            return Step(change: .withheld(path, size: ByteCount(bytes: size)))
        }
    }
}
