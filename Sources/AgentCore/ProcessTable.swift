import Glibc

/// Which processes belong to a run, read from `/proc`.
///
/// A program can change its process group, its session, its name, its parent (by double fork) and its environment. What
/// it can't change without a capability are its supplementary groups. So each run gets a group number of its own as a
/// mark, every descendant inherits it, and `/proc/PID/status` shows it to everyone.
enum ProcessTable {
    /// What the processes of a run have in common.
    enum Mark: Equatable {
        /// A supplementary group.
        case group(UInt32)
        /// A session: only where the agent can't set groups.
        case session(Int32)
    }

    /// The processes with this mark; those that have ended but were not reaped yet are counted only if wanted.
    static func processes(with mark: Mark, zombies: Bool) -> [Int32] {
        processes().filter { process in
            guard let (found, isZombie) = inspect(process, for: mark) else { return false }
            return found && (zombies || !isZombie)
        }
    }

    /// Whether a process, ended or not, has this mark.
    static func carries(_ mark: Mark, process: Int32) -> Bool {
        inspect(process, for: mark)?.0 ?? false
    }

    private static func inspect(_ process: Int32, for mark: Mark) -> (found: Bool, isZombie: Bool)? {
        switch mark {
        case .group(let group):
            guard let text = SmallFile.read("/proc/\(process)/status") else { return nil }
            var found = false
            var isZombie = false
            for line in text.split(separator: "\n") {
                if line.hasPrefix("State:") {
                    isZombie = line.dropFirst(6).drop { $0 == "\t" || $0 == " " }.hasPrefix("Z")
                } else if line.hasPrefix("Groups:") {
                    let groups = line.dropFirst(7).split { $0 == " " || $0 == "\t" }
                    found = groups.contains { UInt32($0) == group }
                    break
                }
            }
            return (found, isZombie)
        case .session(let session):
            // The name stands in parentheses and may hold anything; the fields count from the last one.
            guard let text = SmallFile.read("/proc/\(process)/stat"), let close = text.lastIndex(of: ")") else {
                return nil
            }
            let fields = text[text.index(after: close)...].split(separator: " ")
            guard fields.count > 3 else { return nil }
            return (Int32(fields[3]) == session, fields[0] == "Z")
        }
    }

    private static func processes() -> [Int32] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var found: [Int32] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let process = Int32(name) { found.append(process) }
        }
        return found
    }
}

/// Files of the kernel's, a few hundred bytes long.
enum SmallFile {
    /// The first 16 KiB as text, or nil when the file can't be read.
    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 16 * 1024)
        var length = 0
        while length < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress?.advanced(by: length), buffer.count - length)
            }
            guard count > 0 else { break }
            length += count
        }
        return length > 0 ? String(decoding: bytes[..<length], as: UTF8.self) : nil
    }

    /// The number that is all there is.
    static func number(in path: String) -> UInt64? {
        read(path).flatMap { UInt64($0.split(separator: "\n").first ?? "") }
    }

    /// The number behind a word at the start of a line, as in `oom_kill 3`.
    static func number(named name: String, in path: String) -> UInt64? {
        read(path).flatMap { number(named: name, among: $0) }
    }

    /// The same, in what was read.
    static func number(named name: String, among text: String) -> UInt64? {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2, words[0] == name { return UInt64(words[1]) }
        }
        return nil
    }
}

/// How often the kernel has killed something in this container for want of memory.
struct OutOfMemoryCounter {
    private let path: String?

    /// Finds the counter of either cgroup version; where there is none, `count` stays 0.
    init() {
        let places = ["/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control"]
        path = places.first { SmallFile.number(named: "oom_kill", in: $0) != nil }
    }

    /// The count since the container began.
    var count: UInt64 { path.flatMap { SmallFile.number(named: "oom_kill", in: $0) } ?? 0 }
}

/// The processor time of everything in this container.
struct ProcessorClock {
    private enum Source {
        /// Version 2 of cgroups, in microseconds.
        case statistics(String)
        /// Version 1, in nanoseconds.
        case account(String)
    }

    private let source: Source?

    /// Finds the clock of either cgroup version; where there is none, `used` is nil. Anywhere but as process 1 of a
    /// container it would be the whole machine's.
    init() {
        guard getpid() == 1 else {
            source = nil
            return
        }
        let statistics = "/sys/fs/cgroup/cpu.stat"
        let account = "/sys/fs/cgroup/cpuacct/cpuacct.usage"
        if SmallFile.number(named: "usage_usec", in: statistics) != nil {
            source = .statistics(statistics)
        } else {
            source = SmallFile.number(in: account) == nil ? nil : .account(account)
        }
    }

    /// Since the container began.
    var used: Duration? {
        switch source {
        case .statistics(let path): SmallFile.number(named: "usage_usec", in: path).map { .microseconds($0) }
        case .account(let path): SmallFile.number(in: path).map { .nanoseconds($0) }
        case nil: nil
        }
    }
}
