import AgentProtocol
import RunProtocol
import UnixSocket

/// One run's client and its agent, brought together on the thread of the client's connection: passes on what happens,
/// whichever runner launched the run, and sees to it that nothing of it is left where that is no use any more.
///
/// Waits only in `listen`, for the agent's letters and for the client's connection at once.
struct RunLink {
    /// What ended a wait.
    enum Wait {
        case letters([RunMailbox.Letter])
        case clientGone
        case timeout
    }

    /// How long a client may take to send the next piece of a file, or to take output.
    static let clientPatience = Duration.seconds(60)
    /// What is passed on is acknowledged to the agent in portions of so many bytes, or of so many reports: it keeps no
    /// more of either than a few times that.
    private static let portion = (bytes: AgentCommand.window / 4, reports: 1024)

    let connection: ClientConnection
    let place: RunPlace
    /// Takes the run's name away: before its client hears of the end, so that who has heard of it finds no run.
    let forget: () -> Void

    /// Passes on what happens until the run is over, beginning with these letters. `proceed` is called with the place of
    /// each step but the first when the one before it is over.
    func follow(
        _ run: AgentSurvivor,
        _ first: [RunMailbox.Letter] = [],
        proceed: (Int) throws -> Void = { _ in }
    ) throws {
        // The agent keeps the limits; this is for an agent that does not.
        let began = ContinuousClock.now
        let deadline = began + run.wall + RunPlace.patience
        let (workspace, number) = (place.workspace, place.number)
        var letters = first
        var position: UInt64 = 0
        var phase: RunOutcome.Phase?
        var untaken = (bytes: 0, reports: 0)
        var changes = ChangeReader()
        while true {
            var events = EventJoiner()
            for letter in letters {
                untaken.bytes += letter.weight
                untaken.reports += 1
                position += UInt64(letter.weight)
                switch letter {
                case .fault(let fault): throw fault
                case .report(.resumed(_, let start)): position = start
                case .report(.started(_, let step)):
                    let current = Launch.phase(step, of: run.steps)
                    phase = current
                    events.add(.started(current), at: position)
                case .memoryEnded:
                    guard let phase else { throw RunnerFault.containerEnded }
                    events.add(.finished(place.outOfMemory(phase, since: began)), at: position)
                case .report(.output(_, let stream, let bytes)):
                    events.add(.output(stream == 0 ? .output : .error, bytes), at: position)
                case .report(.stepped(_, let result)):
                    events.add(.stepped(Launch.outcome(result, of: run.steps)), at: position)
                    try proceed(result.step + 1)
                case .report(.changed(_, let change)):
                    let step = changes.read(change)
                    // The agent knows before the client does: what the client then says of the file comes after it.
                    if let note = step.note {
                        workspace.home?.add(note.path)
                        try workspace.channel.send(.noted(number, path: note.path, digest: note.digest))
                    }
                    if let change = step.change { events.add(.changed(change), at: position) }
                case .report(.finished(_, let result)):
                    events.add(.finished(Launch.outcome(result, of: run.steps)), at: position)
                case .report(.refused), .report(.unstartable), .report(.needs), .report(.hello), .report(.left),
                    .report(.cleaned):
                    throw fault(in: letter) ?? place.lose()
                }
            }
            for (event, position) in events.finish() {
                if case .finished = event { forget() }
                do {
                    try connection.send(.event(event, at: position), patience: Self.clientPatience)
                } catch {
                    return letters.contains(where: \.isLast) ? () : try place.abandon()
                }
                if case .finished = event { return }
            }
            if untaken.bytes >= Self.portion.bytes || untaken.reports >= Self.portion.reports {
                try workspace.channel.send(.taken(number, untaken.bytes))
                untaken = (0, 0)
            }
            switch listen(until: deadline) {
            case .letters(let next): letters = next
            case .clientGone: return try place.abandon()
            case .timeout:
                try workspace.channel.send(.kill(number))
                guard try place.drain() else { throw place.lose() }
                throw RunnerFault.lost("the agent did not end a run in time")
            }
        }
    }

    /// What a letter says in place of what was to be.
    func fault(in letter: RunMailbox.Letter?) -> RunnerFault? {
        switch letter {
        case .fault(let fault): return fault
        case .memoryEnded: return .containerEnded
        case .report(.refused(_, let words)): return .filesRefused(words)
        case .report(.unstartable(_, let words)): return .lost("the program could not be started: \(words)")
        default: return nil
        }
    }

    /// Waits for letters. A client must be silent now, so anything from it means that it is gone.
    func listen(until deadline: ContinuousClock.Instant) -> Wait {
        while true {
            guard let ready = try? Poll.readable([place.mailbox.descriptor, connection.descriptor], until: deadline)
            else { return .clientGone }
            if ready[0] {
                let letters = place.mailbox.take()
                if !letters.isEmpty { return .letters(letters) }
            } else {
                return ready[1] ? .clientGone : .timeout
            }
        }
    }
}

/// Joins neighbouring pieces of output of one stream, so that a flood costs few frames. With each event goes the place
/// behind it.
struct EventJoiner {
    private var events: [(RunEvent, UInt64)] = []
    private var open: (stream: RunStream, bytes: [UInt8], position: UInt64)?

    mutating func add(_ event: RunEvent, at position: UInt64) {
        guard case .output(let stream, let bytes) = event else {
            close()
            return events.append((event, position))
        }
        if let current = open, current.stream != stream || current.bytes.count + bytes.count > RunEvent.maximumOutput {
            close()
        }
        if open == nil { open = (stream, [], position) }
        open?.bytes.append(contentsOf: bytes)
        open?.position = position
    }

    mutating func finish() -> [(RunEvent, UInt64)] {
        close()
        return events
    }

    private mutating func close() {
        if let open { events.append((.output(open.stream, open.bytes), open.position)) }
        open = nil
    }
}
