import AgentProtocol
import CProcess
import Glibc

/// Keeps one program started ahead (`Waiter`) for the launch that is expected next.
///
/// It is there only while nothing runs but what mostly waits: a run either takes it or has it ended before its own
/// program starts, and the next one is started when the run is over. So no run sees it, shares its memory with it or
/// waits for its start, and the end of a run that is alone, where the agent kills everything, needs to know nothing of
/// it.
struct WaitingRoom {
    /// As long as there are so many marks in use for runs.
    private static let marks: UInt32 = 10_000

    private let options: AgentOptions
    private var expected: AgentLaunch?
    private var waiter: Waiter?
    /// One that ended by itself, or could not be started, is not replaced before another run is over.
    private var isResting = false
    private var count: UInt32 = 0
    /// Processes that were ended here and are not reaped yet.
    private var dismissed: Set<Int32> = []
    /// Marks that may be on processes which somebody made a waiter start.
    private var strays: [ProcessTable.Mark] = []

    init(options: AgentOptions) {
        self.options = options
    }

    /// Readable when the one that waits has something to say.
    var descriptor: Int32? { waiter?.descriptor }

    /// When to look again even if nothing happens.
    func deadline(after now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        strays.isEmpty ? waiter?.deadline : now + .milliseconds(2)
    }

    /// A launch like this is likely to be the next; nil for none.
    mutating func expect(_ launch: AgentLaunch?) {
        expected = launch?.canBeExpected == true ? launch : nil
        if let waiter, expected?.isServed(by: waiter.launch) != true { dismiss(waiter) }
    }

    /// The one for a launch that begins now, if it fits; it is the caller's then, to be used or dismissed. One that
    /// doesn't fit is gone, unless what is started is something that it may wait beside.
    mutating func candidate(for launch: AgentLaunch) -> Waiter? {
        if launch.canBeExpected {
            expected = launch
        } else if (!launch.watchesFiles && launch.role == .program) || expected?.input.isTerminal == false {
            // After a job there is nothing to expect, and what was expected for a job is nobody's business here.
            expected = nil
        }
        guard let waiter else { return nil }
        if launch.role.mostlyWaits, expected != nil { return nil }
        guard launch.isServed(by: waiter.launch) else {
            dismiss(waiter)
            return nil
        }
        self.waiter = nil
        return waiter
    }

    /// Ends one.
    mutating func dismiss(_ waiter: Waiter) {
        // Not reaped, so the number is still its own. A moment's patience, so that the program that comes instead does
        // not find it dying beside itself.
        carrel_end_child(waiter.process, 20)
        dismissed.insert(waiter.process)
        forget(waiter)
    }

    private mutating func forget(_ waiter: Waiter) {
        if waiter === self.waiter { self.waiter = nil }
        guard waiter.hadCompany else { return }
        switch options.identity {
        case .user: strays.append(.group(waiter.group))
        case .unchanged: strays.append(.session(waiter.process))
        }
    }

    /// A child has ended. True when it was one of those here.
    mutating func ended(_ process: Int32) -> Bool {
        if let waiter, waiter.process == process {
            isResting = true
            forget(waiter)
            return true
        }
        return dismissed.remove(process) != nil
    }

    /// A run is over.
    mutating func runIsOver() {
        isResting = false
    }

    /// Does what is due. `isFree`: there is no run but such as mostly wait; `hasCompany`: there may be programs.
    mutating func tend(isFree: Bool, hasCompany: Bool) {
        if hasCompany { waiter?.hadCompany = true }
        if let waiter, !waiter.hear() || waiter.deadline.map({ $0 < .now }) == true {
            isResting = true
            dismiss(waiter)
        }
        strays.removeAll { mark in
            let left = ProcessTable.processes(with: mark, zombies: false)
            for process in left { kill(process, SIGKILL) }
            return left.isEmpty
        }
        guard isFree, waiter == nil, !isResting, strays.isEmpty, let expected else { return }
        count &+= 1
        let group = options.firstMark + Self.marks + count % Self.marks
        waiter = try? Waiter(for: expected, options: options, group: group)
        isResting = waiter == nil
    }
}
