import AgentProtocol
import Glibc

/// Finds out what programs do to the files of the home, and tells it.
///
/// It looks at the whole home while a run that watches is alive, and once more at that run's end. A file is told of when
/// two looks in a row saw it the same, so that it is not told in the middle of being written; one that never comes to
/// rest is told of every few seconds. A new content counts as known when the other side has said its digest (`noted`);
/// until then the next look finds the file changed again.
struct ChangeWatch {
    private struct Suspect {
        var signature: HomeFolder.Signature
        var since: ContinuousClock.Instant
    }

    private struct Sending {
        let path: HomePath
        let file: Descriptor
        let signature: HomeFolder.Signature
        var sent = 0
    }

    /// Between two looks, unless looking takes long.
    private static let pause = Duration.milliseconds(400)
    /// After this a file is told of even if it does not come to rest.
    private static let patience = Duration.seconds(5)

    private(set) var nextLook = ContinuousClock.now
    private var suspects: [HomePath: Suspect] = [:]
    private var missing: Set<HomePath> = []
    private var queue: [HomePath] = []
    private var sending: Sending?
    private var unconfirmed: [HomePath: (signature: HomeFolder.Signature, run: UInt32)] = [:]
    private var withheld: Set<HomePath> = []
    private var carrier: UInt32?
    private var counts: [UInt32: Int] = [:]

    /// Whether everything that was found is told.
    var isDone: Bool { queue.isEmpty && sending == nil }

    /// Looks, if it is time to; the last look of a run waits for nothing.
    mutating func look(at files: WorkspaceFiles, isLast: Bool = false) {
        let now = ContinuousClock.now
        guard isLast || (nextLook <= now && isDone) else { return }
        let scan = HomeScan(files.home, known: files.records.keys)
        nextLook = .now + max(Self.pause, now.duration(to: .now) * 20)
        var found = queue
        var fresh: [HomePath: Suspect] = [:]
        for (path, signature) in scan.files where !isKnown(path, signature, files) {
            if !isLast && sending?.path == path { continue }
            let suspect = suspects[path]
            if isLast || suspect?.signature == signature || suspect.map({ $0.since + Self.patience <= now }) == true {
                found.append(path)
            } else {
                fresh[path] = Suspect(signature: signature, since: suspect?.since ?? now)
            }
        }
        suspects = fresh
        if scan.isComplete {
            let gone = Set(files.records.keys.filter { scan.files[$0] == nil })
            found += isLast ? gone : gone.intersection(missing)
            missing = gone
        }
        queue = Set(found).sorted()
    }

    private func isKnown(_ path: HomePath, _ signature: HomeFolder.Signature, _ files: WorkspaceFiles) -> Bool {
        files.records[path]?.signature == signature || unconfirmed[path]?.signature == signature
            || (withheld.contains(path) && (signature.size > Int64(AgentChange.maximumFile) || isFull))
    }

    private var isFull: Bool { carrier.map { counts[$0, default: 0] >= AgentChange.maximumFiles } ?? false }

    /// Tells what was found, as far as the run's window and the way to the runner have room.
    mutating func tell(
        as run: UInt32,
        _ files: inout WorkspaceFiles,
        _ outbox: inout Outbox
    ) {
        if carrier != run {
            // The other side puts a content together by the run that it began in.
            guard sending == nil else { return }
            carrier = run
        }
        while outbox.hasRoom(for: run) {
            guard sending != nil else {
                guard !queue.isEmpty else { return }
                begin(queue.removeFirst(), as: run, &files, &outbox)
                continue
            }
            sendPiece(as: run, &outbox)
        }
    }

    private mutating func begin(
        _ path: HomePath,
        as run: UInt32,
        _ files: inout WorkspaceFiles,
        _ outbox: inout Outbox
    ) {
        let base = files.records[path]?.content ?? []
        guard let names = try? HomeFolder.names(of: path.text), let (file, signature) = files.home.open(names) else {
            // Not to be read, or gone; what nobody knows of need not be told.
            guard let names = try? HomeFolder.names(of: path.text), files.home.signature(of: names) == nil else {
                return
            }
            if !base.isEmpty { report(.removed(path: path.text, base: base), as: run, &outbox) }
            files.forget(path)
            missing.remove(path)
            return
        }
        guard signature.size <= Int64(AgentChange.maximumFile), !isFull else {
            if withheld.insert(path).inserted {
                report(.withheld(path: path.text, size: UInt64(signature.size)), as: run, &outbox)
            }
            return
        }
        withheld.remove(path)
        counts[run, default: 0] += 1
        sending = Sending(path: path, file: file, signature: signature)
        report(.begins(path: path.text, base: base, size: UInt64(signature.size)), as: run, &outbox)
    }

    private mutating func sendPiece(as run: UInt32, _ outbox: inout Outbox) {
        guard let current = sending else { return }
        let bytes = [UInt8](unsafeUninitializedCapacity: AgentReport.maximumOutput) { buffer, count in
            count = max(0, read(current.file.number, buffer.baseAddress, buffer.count))
        }
        sending?.sent += bytes.count
        if !bytes.isEmpty, current.sent + bytes.count <= AgentChange.maximumFile {
            return report(.piece(bytes), as: run, &outbox)
        }
        var status = stat()
        let isWhole =
            bytes.isEmpty && fstat(current.file.number, &status) == 0
            && HomeFolder.Signature(status) == current.signature
        report(.ends(isWhole: isWhole), as: run, &outbox)
        if isWhole { unconfirmed[current.path] = (current.signature, run) }
        sending = nil
    }

    private func report(_ change: AgentChange, as run: UInt32, _ outbox: inout Outbox) {
        outbox.put(.changed(run, change))
    }

    /// The other side has a content that was told, and calls it by this digest.
    mutating func noted(_ path: HomePath, _ digest: [UInt8], _ files: inout WorkspaceFiles) {
        guard let told = unconfirmed.removeValue(forKey: path) else { return }
        files.note(path, digest, told.signature)
    }

    /// Nobody is there any more. What is not noted by now is told again to whoever comes.
    mutating func lose() {
        stopTelling()
        unconfirmed = [:]
    }

    /// A run is over.
    mutating func forget(_ run: UInt32) {
        counts[run] = nil
        if carrier == run { stopTelling() }
    }

    private mutating func stopTelling() {
        carrier = nil
        sending = nil
        queue = []
    }

    /// Another run begins. What was told in the name of one that is over would be noted by now; it is told again.
    mutating func begin(beside runs: some Collection<UInt32>) {
        unconfirmed = unconfirmed.filter { runs.contains($0.value.run) }
    }
}
