import Glibc

/// Why a file could not be laid into the home.
struct FileFault: Error, CustomStringConvertible {
    let description: String

    init(_ action: String, code: Int32 = errno) {
        description = "\(action): \(String(cString: strerror(code)))"
    }
}

/// A descriptor that is closed when nobody needs it any more.
final class Descriptor {
    let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    deinit { close(number) }
}

/// File work below the home, safe against a program that works there at the same time.
///
/// Every path is walked name by name with `openat` and O_NOFOLLOW from the home's own descriptor: a link is never
/// followed, and a folder that is moved away meanwhile is written to where it then is, with no more authority than the
/// program has itself (`carrel_work_as`). So a race can at worst make a program hurt its own files.
struct HomeFolder {
    /// What the kernel knows of a file; when nothing of it changed, the content didn't either (a program can set the
    /// modification time, the change time it can't).
    struct Signature: Equatable {
        var device: UInt64
        var inode: UInt64
        var size: Int64
        var modified: Int64
        var changed: Int64

        init(_ status: stat) {
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
            size = Int64(status.st_size)
            modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
            changed = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
        }
    }

    private static let folderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    private let home: Descriptor

    init(path: String) throws(FileFault) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFault("open the home") }
        home = Descriptor(descriptor)
    }

    /// The names of a path, checked: not empty, no `.`, no `..`, no NUL.
    static func names(of path: String) throws(FileFault) -> [String] {
        // By bytes: as characters, a name that begins with an accent would swallow the slash before it.
        let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        for name in names {
            guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(0) else {
                throw FileFault("use the path", code: EINVAL)
            }
        }
        return names
    }

    /// The folder that holds a path's last name, or nil when there is none (or something else in its place).
    func parent(of names: [String]) -> Descriptor? {
        var folder = home
        for name in names.dropLast() {
            let next = openat(folder.number, name, Self.folderFlags)
            guard next >= 0 else { return nil }
            folder = Descriptor(next)
        }
        return folder
    }

    /// The folder that holds a path's last name, made where it is missing. A file or link in the place of a folder
    /// gives way: the project says that a folder is there.
    func makeParent(of names: [String]) throws(FileFault) -> Descriptor {
        var folder = home
        for name in names.dropLast() {
            var next = openat(folder.number, name, Self.folderFlags)
            if next < 0 {
                if errno != ENOENT { _ = unlinkat(folder.number, name, 0) }
                guard mkdirat(folder.number, name, 0o755) == 0 || errno == EEXIST else {
                    throw FileFault("make a folder")
                }
                next = openat(folder.number, name, Self.folderFlags)
            }
            guard next >= 0 else { throw FileFault("open a folder") }
            folder = Descriptor(next)
        }
        return folder
    }

    /// The signature of a plain file, or nil when there is none.
    func signature(of names: [String]) -> Signature? {
        guard let folder = parent(of: names), let name = names.last else { return nil }
        var status = stat()
        guard fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Signature(status)
    }

    /// A plain file opened for reading, with its signature; nil when there is none that may be read.
    func open(_ names: [String]) -> (file: Descriptor, signature: Signature)? {
        guard let folder = parent(of: names), let name = names.last else { return nil }
        // Whatever is there by now: a FIFO must not make the agent wait.
        let descriptor = openat(folder.number, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        let file = Descriptor(descriptor)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return (file, Signature(status))
    }

    /// The beginning of a file, up to what `IgnoreRules` reads, as text; nil when it can't be read.
    func text(_ names: [String]) -> String? {
        guard let (file, _) = open(names) else { return nil }
        let bytes = [UInt8](unsafeUninitializedCapacity: IgnoreRules.maximumFile) { buffer, count in
            count = max(0, read(file.number, buffer.baseAddress, buffer.count))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Removes a file or link, and the folders above it that became empty. What isn't there is no error.
    func remove(_ names: [String]) {
        guard let name = names.last, let folder = parent(of: names) else { return }
        _ = unlinkat(folder.number, name, 0)
        var rest = names.dropLast()
        while let name = rest.last, let folder = parent(of: Array(rest)) {
            guard unlinkat(folder.number, name, AT_REMOVEDIR) == 0 else { return }
            rest = rest.dropLast()
        }
    }
}

/// A file that is being written beside its place and then moved there in one step, so that no program ever reads half
/// of it. Left behind unfinished, it removes itself.
final class FileWriting {
    private let folder: Descriptor
    private let name: String
    private let temporary: String
    private let file: Descriptor
    private var isInPlace = false

    init(_ names: [String], below home: HomeFolder, number: UInt64) throws(FileFault) {
        folder = try home.makeParent(of: names)
        name = names.last ?? ""
        temporary = ".carrel-\(number)~"
        _ = unlinkat(folder.number, temporary, 0)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = openat(folder.number, temporary, flags, 0o644)
        guard descriptor >= 0 else { throw FileFault("make a file") }
        file = Descriptor(descriptor)
    }

    deinit {
        if !isInPlace { _ = unlinkat(folder.number, temporary, 0) }
    }

    func append(_ bytes: [UInt8]) throws(FileFault) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                write(file.number, buffer.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count > 0 {
                written += count
            } else if errno != EINTR {
                throw FileFault("write a file")
            }
        }
    }

    func finish() throws(FileFault) -> HomeFolder.Signature {
        guard renameat(folder.number, temporary, folder.number, name) == 0 else {
            throw FileFault("put a file in its place")
        }
        isInPlace = true
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw FileFault("look at a file") }
        return HomeFolder.Signature(status)
    }
}
