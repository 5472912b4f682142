import CProcess
import Glibc

/// What programs can leave behind in a container when all their processes have ended, and how it is removed.
///
/// The places are those of a container as the runner makes it (`ContainerSpec`): its root, `/proc` and `/sys` can't be
/// written, there is no network, and keyrings and mounts are refused. So there are the home, the folders that anybody may
/// write, and what the kernel keeps by name: System V's memory, semaphores and queues, and POSIX queues. Folders are
/// emptied; of everything else it is enough to see that it is there, for then the container is not used again.
struct Residue {
    /// Folders that belong to nobody and that anybody may write.
    private static let folders = ["/tmp", "/dev/shm"]
    /// Where the kernel shows what it keeps by name: a line of titles, and one for each thing.
    private static let lists = ["/proc/sysvipc/msg", "/proc/sysvipc/sem", "/proc/sysvipc/shm"]
    private static let queues = "/dev/mqueue"
    /// With more files than this, or deeper ones, a new container is cheaper.
    private static let maximumEntries = 10_000
    private static let maximumDepth = 32

    private let home: String
    private let rights: mode_t
    private var entries = 0

    /// To be made before anything runs: remembers what the home is like.
    init(home: String) {
        var status = stat()
        self.home = home
        rights = stat(home, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    /// Removes what is left, and says whether the container is now as if nothing had run in it. False means that
    /// something is left or that it can't be known; always so anywhere but as process 1 of a container.
    mutating func remove() -> Bool {
        // Nothing may be left that could write while this looks, or later; the zombies count, too.
        guard getpid() == 1, kill(-1, 0) != 0, errno == ESRCH else { return false }
        entries = 0
        return emptyHome() && Self.folders.allSatisfy { empty($0) } && Self.lists.allSatisfy(Self.isTitleOnly)
            && isEmpty(Self.queues)
    }

    /// The home is the programs' own: what they can set of it itself is taken back, too.
    private mutating func emptyHome() -> Bool {
        // A home without rights can't be opened, but its owner can change that.
        guard chmod(home, rights) == 0, let folder = Self.open(AT_FDCWD, home) else { return false }
        guard !Self.hasAttributes(folder), futimens(folder.number, nil) == 0 else { return false }
        return empty(folder, depth: 0)
    }

    /// Lists of rights, and whatever else a program may have put there; `security.` is for the system alone.
    private static func hasAttributes(_ folder: Descriptor) -> Bool {
        var names = [UInt8](repeating: 0, count: 4096)
        let count = names.withUnsafeMutableBytes { flistxattr(folder.number, $0.baseAddress, $0.count) }
        guard count >= 0 else { return errno != ENOTSUP }
        return names[..<count].split(separator: 0).contains { !$0.starts(with: "security.".utf8) }
    }

    private mutating func empty(_ path: String) -> Bool {
        guard let folder = Self.open(AT_FDCWD, path) else { return false }
        return empty(folder, depth: 0)
    }

    private mutating func empty(_ folder: Descriptor, depth: Int) -> Bool {
        guard depth < Self.maximumDepth, let names = names(in: folder) else { return false }
        return names.allSatisfy { name in
            name.withUnsafeBufferPointer { name in
                // Never empty: there is a NUL at the end.
                let name = name.baseAddress.unsafelyUnwrapped
                if unlinkat(folder.number, name, 0) == 0 { return true }
                guard errno == EISDIR else { return false }
                // Nobody is there to put a link in its place.
                guard fchmodat(folder.number, name, 0o700, 0) == 0, let inner = Self.open(folder.number, name) else {
                    return false
                }
                return empty(inner, depth: depth + 1) && unlinkat(folder.number, name, AT_REMOVEDIR) == 0
            }
        }
    }

    private mutating func isEmpty(_ path: String) -> Bool {
        guard let folder = Self.open(AT_FDCWD, path), let names = names(in: folder) else { return false }
        return names.isEmpty
    }

    /// The names, each with a NUL at its end; nil when there are too many, or they can't be read. Whatever bytes they have:
    /// a program chose them.
    private mutating func names(in folder: Descriptor) -> [[CChar]]? {
        var names: [[CChar]] = []
        let isAll = FolderReading.names(in: folder) { name in
            entries += 1
            guard entries <= Self.maximumEntries else { return false }
            names.append(name.map { CChar(bitPattern: $0) } + [0])
            return true
        }
        return isAll == true ? names : nil
    }

    private static func open(_ folder: Int32, _ name: UnsafePointer<CChar>) -> Descriptor? {
        let descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        return descriptor >= 0 ? Descriptor(descriptor) : nil
    }

    private static func isTitleOnly(_ path: String) -> Bool {
        SmallFile.read(path).map { $0.split(separator: "\n").count == 1 } ?? false
    }
}
