import AgentProtocol

/// What was reported of one run and is not known to have been passed on: another runner may want it again.
///
/// A place in it is the sum of the weights of all that was reported before. Output of one stream is joined, so that a
/// program which prints byte by byte costs no more than its bytes.
struct Journal {
    private struct Entry {
        var stream: UInt8
        var bytes: [UInt8]
        /// Something else than output.
        var other: AgentReport?
        /// The place behind it.
        var end: UInt64

        var weight: Int { other?.weight ?? bytes.count }
    }

    /// More entries than this are not kept, for what is between their bytes takes room, too.
    private static let maximumEntries = 4096

    private var entries: [Entry] = []
    private var said: UInt64 = 0
    private var taken: UInt64 = 0
    /// Whether nobody hears of the run now.
    private(set) var isHeld = false

    /// Whether the run may go on to say things. Its end and the like always have room.
    var hasRoom: Bool { said - taken < UInt64(AgentCommand.window) && entries.count < Self.maximumEntries }

    mutating func add(_ report: AgentReport) {
        said += UInt64(report.weight)
        guard case .output(_, let stream, let bytes) = report else {
            return entries.append(Entry(stream: 0, bytes: [], other: report, end: said))
        }
        if let last = entries.last, last.other == nil, last.stream == stream,
            last.bytes.count + bytes.count <= AgentReport.maximumOutput
        {
            entries[entries.count - 1].bytes.append(contentsOf: bytes)
            entries[entries.count - 1].end = said
        } else {
            entries.append(Entry(stream: stream, bytes: bytes, other: nil, end: said))
        }
    }

    /// So much more was passed on. The end of a run is kept until the run is forgotten.
    mutating func take(_ count: Int) {
        taken = min(said, taken + UInt64(count))
        let gone = entries.prefix { $0.end <= taken && $0.other?.isLast != true }.count
        entries.removeFirst(gone)
    }

    /// Nobody is there any more who hears of the run.
    mutating func hold() {
        isHeld = true
    }

    /// Somebody is there who has heard all before this place, or nothing that was passed on before. Gives the place from
    /// where it goes on, and what was said since; of the largest place there is nothing but the end, if it has come.
    mutating func resume(_ run: UInt32, from position: UInt64) -> (position: UInt64, reports: [AgentReport]) {
        isHeld = false
        let start = min(said, max(taken, position))
        take(Int(start - taken))
        let reports = entries.map { entry -> AgentReport in
            if let other = entry.other { return other }
            let begin = entry.end - UInt64(entry.weight)
            return .output(run, entry.stream, Array(entry.bytes.dropFirst(Int(max(start, begin) - begin))))
        }
        return (start, reports)
    }
}
