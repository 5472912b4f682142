import AgentProtocol
import CDisks
import FoundationEssentials
import Glibc
import Logging
import RunProtocol
import Synchronization

/// The homes of projects between the lives of their containers: one disk image for each language used in a project, in a
/// folder that only root can enter.
///
/// An image is a copy of `template.ext4`, which stands ready there; it has holes, so an empty home costs a few hundred
/// kilobytes. Beside it lies the list of the files that the project had in it, so that one which is deleted from the
/// project while nothing runs doesn't come back. No two containers ever have an image at once: each has a loop device of
/// its own, and two file systems that know nothing of each other on the same bytes would ruin both.
final class Homes: Sendable {
    /// After so many days without use a home is removed. The project's files are not in danger: they are in the database.
    static let days = 30
    /// How long the kernel may take to let go of an image after its container's end.
    private static let patience = Duration.seconds(10)
    private static let template = "template.ext4"
    private static let image = ".ext4"
    private static let broken = ".broken"
    private static let list = ".files"

    /// How many paths are told in one frame.
    private static let portion = 512

    private let folder: String
    private let log: Logger
    private let nextTidying = Mutex(ContinuousClock.now)

    /// Throws when the folder has no template.
    init(folder: String, log: Logger) throws(ConfigurationError) {
        // As the kernel will name what is in it.
        self.folder =
            realpath(folder, nil).map { path in
                defer { free(path) }
                return String(cString: path)
            } ?? folder
        self.log = log
        guard access("\(folder)/\(Self.template)", R_OK) == 0 else {
            throw ConfigurationError("\(folder): there is no \(Self.template) to make homes from")
        }
    }

    /// The home of a project that lies in a container already.
    func home(of key: Workspace.Key) -> Home { Home(list: path(of: key) + Self.list, log: log) }

    /// Lays the home of a project into a container that nothing of the project ran in yet, and tells its agent.
    ///
    /// - Parameter process: the first one of that container.
    func lay(
        _ key: Workspace.Key,
        into workspace: Workspace,
        _ process: ContainerProcess
    ) throws(RunnerFault) -> Home {
        do {
            try attach(path(of: key), to: process)
            let home = home(of: key)
            var known = home.known[...]
            repeat {
                try workspace.channel.send(.settle(Array(known.prefix(Self.portion))))
                known = known.dropFirst(Self.portion)
            } while !known.isEmpty
            return home
        } catch {
            throw .engineUnavailable("a home can't be laid into its container: \(error)")
        }
    }

    private func attach(_ path: String, to process: ContainerProcess) throws(DiskFault) {
        try waitUntilFree(path)
        do {
            return try process.attach(try open(path))
        } catch {
            guard error.isDamage else { throw error }
        }
        // It was torn by something worse than a power cut. Another home is better than none for good.
        log.error("A home can't be read and is replaced", metadata: ["home": "\(path)"])
        guard rename(path, path + Self.broken) == 0 else { throw DiskFault(step: "put a home aside", code: errno) }
        try process.attach(try open(path))
    }

    /// Removes a home; whoever has it, keeps it. The next container gets a new one.
    func remove(_ key: Workspace.Key) {
        remove(path(of: key))
    }

    private func remove(_ image: String) {
        for end in ["", Self.list] { _ = unlink(image + end) }
    }

    /// Removes what nobody used for long, and the longest unused while the disk has hardly any room left. Looks no more
    /// often than every ten minutes.
    func tidy() {
        let now = ContinuousClock.now
        let isDue = nextTidying.withLock { next in
            defer { next = max(next, now + .seconds(600)) }
            return next <= now
        }
        guard isDue, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
        let used = Self.imagesInUse()
        var images: [(path: String, used: Int)] = []
        for name in names where name != Self.template && (name.hasSuffix(Self.image) || name.hasSuffix(Self.broken)) {
            var status = stat()
            let path = "\(folder)/\(name)"
            guard !used.contains(path), stat(path, &status) == 0 else { continue }
            images.append((path, status.st_mtim.tv_sec))
        }
        let oldest = time(nil) - Self.days * 86_400
        for image in images.sorted(by: { $0.used < $1.used }) {
            guard image.used < oldest || isDiskFull else { return }
            log.notice("A home that nobody used for long is removed", metadata: ["home": "\(image.path)"])
            remove(image.path)
        }
    }

    /// Whether less than a twentieth of the disk is free.
    private var isDiskFull: Bool {
        var status = statvfs()
        return statvfs(folder, &status) == 0 && status.f_bavail < status.f_blocks / 20
    }

    private func path(of key: Workspace.Key) -> String { "\(folder)/\(key.workspace)-\(key.language)\(Self.image)" }

    /// Opens an image, which is made when there is none.
    private func open(_ path: String) throws(DiskFault) -> Descriptor {
        if let image = Descriptor(Glibc.open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)) {
            _ = futimens(image.number, nil)
            return image
        }
        guard errno == ENOENT else { throw DiskFault(step: "open a home", code: errno) }
        // What the project had in one that is gone.
        _ = unlink(path + Self.list)
        let fresh = path + ".new"
        _ = unlink(fresh)
        guard let template = Descriptor(Glibc.open("\(folder)/\(Self.template)", O_RDONLY | O_CLOEXEC)),
            let image = Descriptor(Glibc.open(fresh, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
        else { throw DiskFault(step: "make a home", code: errno) }
        let result = carrel_copy_sparse(template.number, image.number)
        guard result == 0 else {
            _ = unlink(fresh)
            throw DiskFault(step: "make a home", code: -result)
        }
        guard rename(fresh, path) == 0 else { throw DiskFault(step: "make a home", code: errno) }
        return image
    }

    /// Waits until no loop device has the image: the kernel lets go of it a moment after the container's last process.
    private func waitUntilFree(_ path: String) throws(DiskFault) {
        let deadline = ContinuousClock.now + Self.patience
        while Self.imagesInUse().contains(path) {
            guard ContinuousClock.now < deadline else {
                throw DiskFault(step: "wait for the container before", code: EBUSY)
            }
            usleep(5_000)
        }
    }

    /// The files behind all loop devices, by the kernel's words.
    private static func imagesInUse() -> Set<String> {
        let devices = (try? FileManager.default.contentsOfDirectory(atPath: "/sys/block")) ?? []
        return Set(
            devices.lazy.filter { $0.hasPrefix("loop") }.compactMap { device in
                let file = Descriptor(Glibc.open("/sys/block/\(device)/loop/backing_file", O_RDONLY | O_CLOEXEC))
                return file.map { String($0.text.dropLast()) }
            }
        )
    }
}

/// One project's home in a live container, and the list of the files that the project has in it.
final class Home: Sendable {
    private struct State {
        var paths: Set<String>
        var isSaved = true
    }

    private let list: String
    private let log: Logger
    private let state: Mutex<State>

    fileprivate init(list: String, log: Logger) {
        self.list = list
        self.log = log
        let data = (try? Data(contentsOf: URL(filePath: list))) ?? Data()
        let paths = data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        state = Mutex(State(paths: Set(paths)))
    }

    /// The files that the project had when the home was used last.
    var known: [String] { state.withLock { $0.paths.sorted() } }

    /// From now on the project has these files and no others.
    func have(_ paths: some Sequence<String>) {
        let paths = Set(paths)
        state.withLock { state in
            guard paths != state.paths else { return }
            state = State(paths: paths, isSaved: false)
        }
        save()
    }

    /// The project has been told of a file that a program made.
    func add(_ path: String) {
        state.withLock { state in
            if state.paths.insert(path).inserted { state.isSaved = false }
        }
    }

    /// Writes the list, if it is another one than the last time.
    func save() {
        state.withLock { state in
            guard !state.isSaved else { return }
            do {
                let bytes = state.paths.sorted().joined(separator: "\0")
                try Data(bytes.utf8).write(to: URL(filePath: list), options: .atomic)
                state.isSaved = true
            } catch {
                log.error("The list of a home can't be written", metadata: ["list": "\(list)", "reason": "\(error)"])
            }
        }
    }
}
