import Glibc

/// One look at all files of the home that the project may want.
struct HomeScan {
    /// More files and folders than this are not looked at.
    private static let maximumEntries = 20_000
    private static let maximumDepth = 32

    /// The plain files with what the kernel knows of them.
    private(set) var files: [HomePath: HomeFolder.Signature] = [:]
    /// Whether everything was seen: only then what is not in `files` is not there.
    private(set) var isComplete = true

    private let home: HomeFolder
    private let known: Set<HomePath>
    private var rules = IgnoreRules()
    private var entries = 0

    /// - Parameter known: files that are looked at whatever rules say.
    init(_ home: HomeFolder, known: some Sequence<HomePath>) {
        self.home = home
        var all = Set<HomePath>()
        for path in known {
            all.insert(path)
            // The folders above it, with their slash.
            let bytes = path.text.utf8
            for index in bytes.indices where bytes[index] == UInt8(ascii: "/") {
                all.insert(HomePath(String(Substring(bytes[...index]))))
            }
        }
        self.known = all
        walk([], isIgnored: false)
    }

    private mutating func walk(_ folder: [String], isIgnored: Bool) {
        guard let (names, descriptor) = list(folder) else {
            isComplete = false
            return
        }
        if !isIgnored, names.contains(".gitignore"), let text = home.text(folder + [".gitignore"]) {
            rules.add(text, of: folder)
        }
        for name in names {
            entries += 1
            guard entries <= Self.maximumEntries else {
                isComplete = false
                return
            }
            var status = stat()
            guard fstatat(descriptor.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            let path = folder + [name]
            let place = HomePath(path.joined(separator: "/"))
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                guard known.contains(place) || !(isIgnored || rules.ignores(path, isFolder: false)) else { continue }
                files[place] = HomeFolder.Signature(status)
            case S_IFDIR:
                let isIgnored = isIgnored || rules.ignores(path, isFolder: true)
                guard path.count < Self.maximumDepth, !isIgnored || known.contains(HomePath(place.text + "/")) else {
                    continue
                }
                walk(path, isIgnored: isIgnored)
            default: continue
            }
        }
    }

    /// The names in a folder that a project could have, in the order of their bytes; nil when it can't be read.
    private func list(_ folder: [String]) -> (names: [String], descriptor: Descriptor)? {
        // One name more, which is dropped, makes the folder itself the parent.
        guard let parent = home.parent(of: folder + ["."]) else { return nil }
        var names: [String] = []
        let isRead = FolderReading.names(in: parent) { bytes in
            // One more than are looked at, so that the walk knows that it has not seen all.
            guard names.count <= Self.maximumEntries else { return false }
            if let name = String(validating: bytes, as: UTF8.self) { names.append(name) }
            return true
        }
        return isRead == nil ? nil : (names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, parent)
    }
}
