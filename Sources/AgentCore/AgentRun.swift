import AgentProtocol
import CProcess
import Glibc

/// One run: its files, its steps one after the other, its streams, its limits, its end.
///
/// The stages only go forward: `receiving` → `running` → `ending` (→ `waiting` → `running` again for the next step) →
/// over, which is the moment `settle` gives the last report. Nothing here waits; the agent's loop calls when something happened.
final class AgentRun {
    enum Stage {
        /// The files are coming.
        case receiving
        /// A step's first process lives.
        case running
        /// It has ended or is being ended: what is left of the step is killed, then its last output is read.
        case ending(since: ContinuousClock.Instant)
        /// Nothing is left of a step, and the next one may not begin yet.
        case waiting
    }

    /// What a step used, all its ended processes together.
    struct Usage {
        var cpu = Duration.zero
        var kibibytes: Int64 = 0
    }

    let number: UInt32
    var files: RunFiles
    private(set) var stage = Stage.receiving
    var streams = RunStreams()
    private(set) var leader: Int32 = 0
    private(set) var reason: Verdict.Reason?

    private let options: AgentOptions
    private let memory: OutOfMemoryCounter
    private let clock: ProcessorClock
    private let meter: MemoryMeter
    private var peak: MemoryPeak?
    private var launch: AgentLaunch?
    private var step = 0
    private var status: Int32?
    private var isSwept = false
    private var hasLookedLast = false
    private var wasAlone = true
    private var began = ContinuousClock.now
    private var ended = ContinuousClock.now
    private var killsBefore: UInt64 = 0
    private var usage = Usage()
    private var leaderBefore = Duration.zero
    private var waiter: Waiter?
    private var processorBefore: Duration?
    private var nextLook = ContinuousClock.now

    init(
        _ number: UInt32,
        files: RunFiles,
        options: AgentOptions,
        memory: OutOfMemoryCounter,
        clock: ProcessorClock,
        meter: MemoryMeter
    ) {
        self.number = number
        self.files = files
        self.memory = memory
        self.clock = clock
        self.meter = meter
        self.options = options
    }

    /// What all processes of this run carry.
    var mark: ProcessTable.Mark {
        switch options.identity {
        case .user: return .group(group)
        case .unchanged: return .session(leader)
        }
    }

    /// Whether there may be processes of this run.
    var hasProcesses: Bool {
        switch stage {
        case .receiving, .waiting: return false
        case .running, .ending: return !isSwept
        }
    }

    /// Whether what its programs do to files is told.
    var watchesFiles: Bool {
        switch stage {
        case .receiving, .waiting: return false
        case .running, .ending: return launch?.watchesFiles == true
        }
    }

    /// Whether it has been started and mostly waits itself.
    var mostlyWaits: Bool { launch?.role.mostlyWaits == true }

    /// 10,000 runs later a number may come again.
    private var group: UInt32 { waiter?.group ?? options.firstMark + number % 10_000 }

    /// Starts the first step: the program that waits for such a launch goes on, or a new one is started. Throws when
    /// that can't be; the run is over then.
    func begin(_ launch: AgentLaunch, _ room: inout WaitingRoom) throws(AgentFault) {
        self.launch = launch
        if let waiter = room.candidate(for: launch) {
            if take(on: waiter, launch) { return }
            room.dismiss(waiter)
        }
        try streams.open(launch.input)
        streams.fill(launch.input)
        try startStep()
    }

    /// False when it can't be used; then nothing was done.
    private func take(on waiter: Waiter, _ launch: AgentLaunch) -> Bool {
        // What it did until now is nobody's.
        startCounting(launch.steps[step])
        leaderBefore = waiter.processorTime
        // Before it goes on: its terminal must have its size by then.
        let own = streams
        streams.take(on: waiter.streams, launch.input)
        guard waiter.goOn() else {
            streams = own
            return false
        }
        leader = waiter.process
        self.waiter = waiter
        streams.fill(launch.input)
        stage = .running
        return true
    }

    /// Starts the step that waits; nothing when none does. Throws when that can't be; the run is over then.
    func proceed(_ outbox: inout Outbox) throws(AgentFault) {
        guard case .waiting = stage else { return }
        try startStep()
        outbox.put(.started(number, step: step))
    }

    /// The end of a run that was ended while it waited.
    func cancelled() -> AgentResult {
        AgentResult(ending: .cancelled, step: step, wall: .zero, cpu: .zero, memory: 0)
    }

    private func startStep() throws(AgentFault) {
        guard let launch else { throw AgentFault("launch: nothing to start") }
        let current = launch.steps[step]
        let isLast = step == launch.steps.count - 1
        let (input, output, error) = try streams.ends(isLast: isLast)
        startCounting(current)
        leader = try Program.start(
            current.arguments,
            environment: launch.environment,
            directory: options.home,
            streams: (input.number, output.number, error.number),
            hasTerminal: streams.hasTerminal,
            identity: options.identity,
            mark: group,
            cpuSeconds: current.cpuSeconds,
            fileSize: launch.fileSize
        )
        stage = .running
    }

    private func startCounting(_ step: AgentStep) {
        killsBefore = memory.count
        usage = Usage()
        leaderBefore = .zero
        status = nil
        isSwept = false
        wasAlone = true
        began = .now
        processorBefore = clock.used
        nextLook = began + step.cpu / 2
        peak = MemoryPeak(meter, now: began)
    }

    /// The runner wants it to end, or a limit was passed. The first reason stays.
    func end(_ reason: Verdict.Reason) {
        if self.reason == nil { self.reason = reason }
        leaveRunning()
    }

    /// A process of this run was reaped.
    func account(_ process: Int32, status: Int32, cpu: Duration, kibibytes: Int64) {
        usage.cpu += process == leader ? max(.zero, cpu - leaderBefore) : cpu
        usage.kibibytes = max(usage.kibibytes, kibibytes)
        guard process == leader else { return }
        self.status = status
        leaveRunning()
    }

    private func leaveRunning() {
        guard case .running = stage else { return }
        ended = .now
        stage = .ending(since: ended)
    }

    /// When the loop must look again even if nothing happens.
    func deadline(after now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        switch stage {
        case .receiving, .waiting: return nil
        case .running:
            guard let launch else { return nil }
            let end = began + launch.steps[step].wall
            let look = peak.map { $0.isCounting ? min(end, $0.nextLook) : end } ?? end
            return processorBefore == nil ? look : min(look, nextLook)
        case .ending: return isSwept ? nil : now + .milliseconds(2)
        }
    }

    /// Ends a step whose time is over, on the wall or on the processor.
    ///
    /// `isAlone`: no other run has processes now. The container's clock tells of all its processes together, so it is of
    /// no use for a step that was not alone; each process still has its own limit (`RLIMIT_CPU`) then.
    func check(now: ContinuousClock.Instant, isAlone: Bool) {
        guard case .running = stage, let current = launch?.steps[step] else { return }
        peak?.look(now: now)
        if began + current.wall <= now { return end(.outOfTime) }
        if !isAlone { processorBefore = nil }
        guard let processorBefore, nextLook <= now, let used = clock.used else { return }
        let left = current.cpu - (used - processorBefore)
        if left <= .zero { return end(.outOfTime) }
        nextLook = now + max(.milliseconds(10), left / 2)
    }

    /// What to wait for: descriptors with the events of poll(2).
    func interests(_ outbox: Outbox) -> [(descriptor: Int32, events: Int16)] {
        streams.interests(mayRead: outbox.hasRoom(for: number))
    }

    /// Nobody hears of it any more, and what was said of files is told again.
    func lose() {
        hasLookedLast = false
    }

    /// Takes a run in `ending` further. Nil while it is not over.
    ///
    /// `isAlone`: no other run has processes now. Throws when the next step can't be started.
    func settle(
        isAlone: Bool,
        _ watch: inout ChangeWatch,
        _ files: inout WorkspaceFiles,
        _ outbox: inout Outbox
    ) throws(AgentFault) -> AgentResult? {
        if !isAlone { wasAlone = false }
        guard case .ending(let since) = stage else { return nil }
        if !isSwept {
            let isLate = since + .seconds(3) < .now
            isSwept = Sweep.kill(mark, isAlone: isAlone, isLate: isLate) && status != nil
            guard isSwept else { return nil }
        }
        readOutput(&outbox)
        guard streams.areDry else { return nil }
        if reason == nil, status == 0, let launch, step + 1 < launch.steps.count {
            outbox.put(.stepped(number, result()))
            step += 1
            stage = .waiting
            if !launch.steps[step].waits { try proceed(&outbox) }
            return nil
        }
        guard watchesFiles else { return result() }
        // What it did to files can be told only to somebody, and is told before its end.
        guard !outbox.isHeld(number) else { return nil }
        // Nothing of the run is left that could change a file: this is what it leaves behind.
        if !hasLookedLast { watch.look(at: files, isLast: true) }
        hasLookedLast = true
        watch.tell(as: number, &files, &outbox)
        return watch.isDone ? result() : nil
    }

    /// Reads and reports what was printed; ends the run when that is more than it may.
    func readOutput(_ outbox: inout Outbox) {
        if streams.readAll(number, limit: launch?.output ?? 0, &outbox) { end(.tooMuchOutput) }
    }

    private func result() -> AgentResult {
        let verdict = Verdict(
            reason: reason,
            status: status ?? 0,
            memoryRanOut: memory.count > killsBefore,
            wasAlone: wasAlone,
            cpu: usage.cpu,
            cpuLimit: launch?.steps[step].cpu ?? .zero
        )
        return AgentResult(
            ending: verdict.ending,
            step: step,
            wall: began.duration(to: ended),
            cpu: usage.cpu,
            // Beside another run the container's count is of both.
            memory: max(UInt64(max(0, usage.kibibytes)) * 1024, wasAlone ? peak?.bytes ?? 0 : 0)
        )
    }
}

/// Killing what is left of a run.
enum Sweep {
    /// Kills the processes with a mark. True when there are none, zombies included.
    ///
    /// Alone in the container, and when it takes too long beside other runs: process 1 kills all other processes of the
    /// container instead. The kernel does that in one step that no fork can escape, so it ends what would breed faster
    /// than a list of it can be read.
    static func kill(_ mark: ProcessTable.Mark, isAlone: Bool, isLate: Bool) -> Bool {
        // Anywhere but as process 1 of a container this call would end the whole machine.
        if isAlone || isLate, getpid() == 1 {
            return Glibc.kill(-1, SIGKILL) != 0 && errno == ESRCH
        }
        let left = ProcessTable.processes(with: mark, zombies: !isLate)
        for process in left { _ = Glibc.kill(process, SIGKILL) }
        return left.isEmpty
    }
}
