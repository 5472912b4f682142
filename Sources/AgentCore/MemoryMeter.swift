import Glibc

/// The memory that the processes of this container have for themselves, all together, as the kernel's cgroup counts it.
struct MemoryMeter {
    /// What was read at one moment, in bytes.
    struct Reading {
        /// Memory of the processes that is no file's.
        var own: UInt64
        /// Shared memory and the files in memory, the home's among them.
        var shared: UInt64
    }

    private let path: String?
    private let name: String

    /// Finds the statistics of either cgroup version; where there are none, `reading` is nil. Anywhere but as process 1
    /// of a container they would be the whole machine's.
    init() {
        let places = [("/sys/fs/cgroup/memory.stat", "anon"), ("/sys/fs/cgroup/memory/memory.stat", "rss")]
        let place = getpid() == 1 ? places.first { SmallFile.number(named: $0.1, in: $0.0) != nil } : nil
        (path, name) = (place?.0, place?.1 ?? "")
    }

    /// What is used now.
    var reading: Reading? {
        // The kernel adds all of it up at each reading.
        guard let path, let text = SmallFile.read(path), let own = SmallFile.number(named: name, among: text) else {
            return nil
        }
        return Reading(own: own, shared: SmallFile.number(named: "shmem", among: text) ?? 0)
    }
}

/// The most memory that was seen in use during a step, looked at often in its beginning and twice a second later.
struct MemoryPeak {
    private static let first = Duration.milliseconds(5)
    private static let longest = Duration.milliseconds(500)

    private let meter: MemoryMeter
    private let start: MemoryMeter.Reading?
    private var pause = Self.first
    /// The most so far, in bytes; 0 where nobody counts.
    private(set) var bytes: UInt64 = 0
    private(set) var nextLook: ContinuousClock.Instant

    init(_ meter: MemoryMeter, now: ContinuousClock.Instant) {
        self.meter = meter
        start = meter.reading
        nextLook = now + pause
    }

    /// Whether there is anything to look at.
    var isCounting: Bool { start != nil }

    mutating func look(now: ContinuousClock.Instant) {
        guard let start, nextLook <= now, let reading = meter.reading else { return }
        // What was in the home before is not the program's.
        bytes = max(bytes, reading.own + (reading.shared > start.shared ? reading.shared - start.shared : 0))
        pause = min(pause * 2, Self.longest)
        nextLook = now + pause
    }
}
