import AgentProtocol
import CProcess
import Glibc
import Wire

// Theory of operation
//
// The agent is process 1 of a workspace's container: one thread, one loop around poll(2), no Foundation. Commands come
// from standard input, reports go to standard output (AgentProtocol has the conversation), nobody else talks to it.
//
//   stdin ──► commands ──► AgentRun (one for each run alive)      terminal or pipes ◄──► the user's program
//   SIGCHLD (signalfd) ──► reap, account ──┘     │
//   stdout ◄── Outbox ◄── reports ◄──────────────┘
//
// What holds:
//  1. Nothing in the loop waits except poll, and whatever it may have to wait for is in that poll. The three calls that
//     can take a while are bounded: starting a program (until execve is through), killing one that waits for a run that
//     did not come, and writing a file to memory.
//  2. Programs run as another user, without capabilities. The agent keeps uid 0 of the container, where only it is, so
//     no program can signal or trace it; its file work has the user's authority (carrel_work_as), so no program can
//     trick it into touching what the program itself may not. A run is marked by a supplementary group (ProcessTable).
//  3. Memory is bounded: a run has at most `AgentCommand.window` bytes of output on their way, above that its terminal
//     is not read and the program waits in write(2); the outbox stops all of them when the pipe to the runner is full.
//  4. A run is reported finished only when none of its processes is left and its output is read to the end.
//  5. Standard input ended, or silent for `AgentCommand.silence`: the runner or the Engine is gone. The agent ends, and
//     with process 1 the kernel ends everything in the container. Where it was told to `outlive` its runner, the end of
//     its input makes it wait for another one first (Door, Agent+Outliving).
//
// While nothing runs but what mostly waits (shells, a language's server), the program of the launch that is expected
// next may be there already: it waits at a gate of its language's before it runs anything of the project (WaitingRoom).
//
// Two runs may be alive at once in one container. They see each other's files and may signal each other (same user,
// same project); their processes are told apart by their marks.

/// Process 1 of a workspace.
public struct Agent: ~Copyable {
    private let options: AgentOptions
    /// Where commands come from: standard input, or the door.
    var input: Int32
    private let children: Int32
    private let memory = OutOfMemoryCounter()
    private let clock = ProcessorClock()
    private let meter = MemoryMeter()
    private var files: WorkspaceFiles
    private var residue: Residue
    var watch = ChangeWatch()
    private var room: WaitingRoom
    var decoder = FrameDecoder()
    var outbox: Outbox
    var runs: [UInt32: AgentRun] = [:]
    /// The runs that were launched and not forgotten.
    var survivors: [UInt32: AgentSurvivor] = [:]
    private(set) var lastNumber: UInt32 = 0
    /// How long to wait for another runner; nil when there is to be none.
    private(set) var patience: Duration?
    /// Open while there is no runner.
    var door: Door?
    private var heard = ContinuousClock.now

    /// An agent that talks over these descriptors. Throws when the home can't be opened or the user not be taken on.
    public init(options: AgentOptions, input: Int32 = 0, output: Int32 = 1) throws(AgentFault) {
        self.options = options
        self.input = input
        room = WaitingRoom(options: options)
        residue = Residue(home: options.home)
        outbox = Outbox(descriptor: output)
        children = carrel_watch_children()
        guard children >= 0 else { throw AgentFault("watch children: \(String(cString: strerror(-children)))") }
        for descriptor in [input, output] {
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        }
        _ = carrel_adopt_orphans()
        if case .user(let user, let group) = options.identity {
            guard carrel_work_as(user, group) == 0 else { throw AgentFault("work as user \(user): not permitted") }
        }
        do {
            files = WorkspaceFiles(home: try HomeFolder(path: options.home))
        } catch {
            throw AgentFault(error.description)
        }
    }

    /// Serves until the other side is gone. Throws when it does not speak the protocol.
    public mutating func serve() throws(AgentFault) {
        outbox.put(.hello(AgentCommand.version))
        while true {
            if !outbox.flush(), !lose() { return }
            // Only now, when what is new is told: starting a program takes a moment.
            tendRoom()
            let now = ContinuousClock.now
            guard end > now else { return }
            let ready = wait(from: now)
            if ready.contains(input), try !hear(), !lose() { return }
            reap()
            tellChanges()
            for run in runs.values { serve(run, ready) }
        }
    }

    /// When the agent ends if it hears nothing.
    private var end: ContinuousClock.Instant { door?.deadline ?? heard + AgentCommand.silence }

    /// Waits for the first thing to happen and says which descriptors it happened on.
    private func wait(from now: ContinuousClock.Instant) -> Set<Int32> {
        var entries = [
            pollfd(fd: input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: children, events: Int16(POLLIN), revents: 0),
        ]
        if !outbox.isEmpty { entries.append(pollfd(fd: outbox.descriptor, events: Int16(POLLOUT), revents: 0)) }
        if let descriptor = room.descriptor {
            entries.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        }
        var deadline = end
        if let look = room.deadline(after: now) { deadline = min(deadline, look) }
        for run in runs.values {
            if case .running = run.stage {
                for (descriptor, events) in run.interests(outbox) {
                    entries.append(pollfd(fd: descriptor, events: events, revents: 0))
                }
            }
            if let next = run.deadline(after: now) { deadline = min(deadline, next) }
        }
        if carrier != nil { deadline = min(deadline, watch.nextLook) }
        let left = max(.zero, now.duration(to: deadline))
        // Rounded up: a millisecond too late is better than a loop that spins through the last one.
        let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1
        guard poll(&entries, nfds_t(entries.count), Int32(left == .zero ? 0 : milliseconds)) > 0 else { return [] }
        return Set(entries.lazy.filter { $0.revents != 0 }.map(\.fd))
    }

    /// Reads commands and obeys them. False at the end of the input.
    private mutating func hear() throws(AgentFault) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        let count = read(input, &chunk, chunk.count)
        guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
        heard = .now
        decoder.append(chunk[..<count])
        while let command = try next() { try obey(command) }
        return true
    }

    private mutating func next() throws(AgentFault) -> AgentCommand? {
        do {
            return try decoder.next(AgentCommand.self)
        } catch {
            throw AgentFault("the runner's frame can't be read (\(error))")
        }
    }

    private mutating func obey(_ command: AgentCommand) throws(AgentFault) {
        guard (command == .claim) == (door != nil) else { throw AgentFault("the runner's first word is another one") }
        switch command {
        case .ping: break
        case .claim: welcome()
        case .outlive(let time): patience = time
        case .resume(let number, let position): outbox.resume(number, from: position)
        case .forget(let number): forget(number)
        case .expect(let launch): room.expect(launch)
        case .prepare(let number, let list, let keepsChanges): prepare(number, list, keepsChanges)
        case .file(let number, let index, let bytes, let last):
            guard let run = runs[number] else { return }
            do {
                try run.files.take(index, bytes, last: last, into: &files)
            } catch {
                refuse(number, error)
            }
        case .launch(let number, let launch):
            guard let run = runs[number] else { return }
            self.launch(run, launch)
        case .input(let number, let bytes):
            if let run = runs[number], !run.streams.add(input: bytes) { run.end(.cancelled) }
        case .resize(let number, let rows, let columns):
            runs[number]?.streams.resize(rows: max(1, rows), columns: max(1, columns))
        case .kill(let number): kill(number)
        case .taken(let number, let count): outbox.taken(number, count)
        case .proceed(let number):
            guard let run = runs[number] else { return }
            do {
                try run.proceed(&outbox)
            } catch {
                give(up: run, error)
            }
        case .settle(let paths):
            do {
                files.settle(home: try HomeFolder(path: options.home), with: paths)
            } catch {
                throw AgentFault(error.description)
            }
        case .noted(_, let path, let digest): watch.noted(HomePath(path), digest, &files)
        case .clean(let number, let launch):
            forget(number)
            let isClean = try clean()
            if isClean { room.expect(launch) }
            outbox.put(.cleaned(number, isClean))
        }
    }

    /// Nobody will ask for a run again.
    private mutating func forget(_ number: UInt32) {
        survivors[number] = nil
        outbox.forget(number)
    }

    /// Makes the container as if nothing had run in it. False when that can't be done, or can't be known.
    private mutating func clean() throws(AgentFault) -> Bool {
        guard runs.isEmpty, residue.remove() else { return false }
        do {
            files = WorkspaceFiles(home: try HomeFolder(path: options.home))
        } catch {
            throw AgentFault(error.description)
        }
        watch = ChangeWatch()
        return true
    }

    /// In whose name changes of files are told.
    private var carrier: AgentRun? {
        runs.values.filter { $0.watchesFiles && !outbox.isHeld($0.number) }.min { $0.number < $1.number }
    }

    private mutating func tellChanges() {
        guard let carrier else { return }
        watch.look(at: files)
        watch.tell(as: carrier.number, &files, &outbox)
    }

    private mutating func tendRoom() {
        room.tend(
            isFree: runs.values.allSatisfy(\.mostlyWaits),
            hasCompany: runs.values.contains(where: \.hasProcesses)
        )
    }

    /// Forgets a run that is over.
    private mutating func remove(_ number: UInt32) {
        runs[number] = nil
        room.runIsOver()
        watch.forget(number)
    }

    private mutating func prepare(_ number: UInt32, _ list: [AgentFile], _ keepsChanges: Bool) {
        lastNumber = max(lastNumber, number)
        do {
            let isWatched = carrier != nil
            watch.begin(beside: runs.keys)
            let files = try RunFiles(list, keepsChanges: keepsChanges, isWatched: isWatched, into: &files)
            let run = AgentRun(number, files: files, options: options, memory: memory, clock: clock, meter: meter)
            runs[number] = run
            outbox.put(.needs(number, run.files.needs))
        } catch {
            refuse(number, error)
        }
    }

    private mutating func refuse(_ number: UInt32, _ fault: FileFault) {
        runs[number] = nil
        outbox.put(.refused(number, fault.description))
    }

    private mutating func launch(_ run: AgentRun, _ launch: AgentLaunch) {
        guard case .receiving = run.stage, run.files.isComplete else {
            return refuse(run.number, FileFault("start before the files are there", code: EINVAL))
        }
        do {
            survivors[run.number] = AgentSurvivor(run.number, launch)
            try run.begin(launch, &room)
            outbox.put(.started(run.number, step: 0))
        } catch {
            give(up: run, error)
        }
    }

    private mutating func give(up run: AgentRun, _ fault: AgentFault) {
        remove(run.number)
        outbox.put(.unstartable(run.number, fault.description))
    }

    private mutating func kill(_ number: UInt32) {
        guard let run = runs[number] else { return }
        switch run.stage {
        case .running, .ending: run.end(.cancelled)
        case .receiving, .waiting:
            runs[number] = nil
            outbox.put(.finished(number, run.cancelled()))
        }
    }

    /// Takes away every child that has ended and books what it used to its run.
    private mutating func reap() {
        var signals = [UInt8](repeating: 0, count: 1024)
        while read(children, &signals, signals.count) > 0 {}
        while true {
            let child = carrel_ended_child()
            guard child > 0 else { return }
            let owner = room.ended(child) ? nil : owner(of: child)
            var usage = carrel_usage()
            guard carrel_reap(child, &usage) == 0 else { return }
            owner?.account(
                child,
                status: usage.status,
                cpu: .microseconds(usage.microseconds),
                kibibytes: usage.kibibytes
            )
        }
    }

    private func owner(of child: Int32) -> AgentRun? {
        if let run = runs.values.first(where: { $0.leader == child }) { return run }
        let candidates = runs.values.filter(\.hasProcesses)
        guard candidates.count > 1 else { return candidates.first }
        return candidates.first { ProcessTable.carries($0.mark, process: child) }
    }

    private mutating func serve(_ run: AgentRun, _ ready: Set<Int32>) {
        let isAlone = !runs.values.contains { $0 !== run && $0.hasProcesses }
        run.check(now: .now, isAlone: isAlone)
        if case .running = run.stage, run.interests(outbox).contains(where: { ready.contains($0.descriptor) }) {
            run.streams.writeInput()
            run.readOutput(&outbox)
        }
        do {
            // Once through for what was killed just now, so that a short program's end costs no extra turn.
            for _ in 0..<2 {
                if let result = try run.settle(isAlone: isAlone, &watch, &files, &outbox) {
                    remove(run.number)
                    outbox.put(.finished(run.number, result))
                    return
                }
                reap()
            }
        } catch {
            give(up: run, error)
        }
    }
}
