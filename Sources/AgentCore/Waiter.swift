import AgentProtocol
import CProcess
import Glibc

/// A program that was started ahead of its run. It has everything that a run's program has (user, limits, mark,
/// session, streams, arguments, environment), and stops at a gate that its language has: before it does anything with
/// its main file it writes `ready` to descriptor 3 and reads from there. On `go` it closes the descriptor and is that
/// run's program from then on.
///
/// Other programs of the project are the same user and can do to it what they like, as to any program beside them. So
/// what it says decides only whether it is tried; how a run ends is told by the kernel, as always.
final class Waiter {
    private static let ready = UInt8(ascii: "r")
    private static let go = UInt8(ascii: "g")
    /// How long it may take until it is ready.
    private static let patience = Duration.seconds(10)
    /// One that is younger may go on before it is ready: it is further than a new one would be.
    private static let youth = Duration.seconds(1)

    /// The launch that it is there for.
    let launch: AgentLaunch
    let process: Int32
    /// The supplementary group that marks it, and later its run.
    let group: UInt32
    /// Its run's, once it has one: an input that is to end may be held open by nobody else.
    private(set) var streams: RunStreams
    /// Whether there were programs beside it that could have made it start others.
    var hadCompany = false
    private let began = ContinuousClock.now
    private var isReady = false
    /// Open for as long as its run lasts, so that one that goes on early can still say that it is ready.
    private let control: Descriptor

    init(for launch: AgentLaunch, options: AgentOptions, group: UInt32) throws(AgentFault) {
        var streams = RunStreams()
        try streams.open(launch.input)
        let (input, output, error) = try streams.ends(isLast: true)
        var ours: Int32 = -1
        var theirs: Int32 = -1
        let result = carrel_open_pair(&ours, &theirs)
        guard result == 0 else { throw AgentFault("make a pair of sockets: \(String(cString: strerror(-result)))") }
        control = Descriptor(ours)
        defer { close(theirs) }
        process = try Program.start(
            launch.steps[0].arguments,
            environment: launch.environment + launch.gate,
            directory: options.home,
            streams: (input.number, output.number, error.number),
            control: theirs,
            hasTerminal: streams.hasTerminal,
            identity: options.identity,
            mark: group,
            cpuSeconds: launch.steps[0].cpuSeconds,
            fileSize: launch.fileSize
        )
        self.launch = launch
        self.group = group
        self.streams = streams
    }

    /// When it is given up; nil once it is ready.
    var deadline: ContinuousClock.Instant? { isReady ? nil : began + Self.patience }

    /// Readable when it says something or is gone.
    var descriptor: Int32 { control.number }

    /// What it has used of the processor so far.
    var processorTime: Duration { .microseconds(carrel_processor_time(process)) }

    /// Reads what it says. False when it is of no use any more: it is gone, or says more than its one word.
    func hear() -> Bool {
        var bytes: [UInt8] = [0, 0]
        while true {
            let count = read(control.number, &bytes, bytes.count)
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN { return true }
            guard count == 1, bytes[0] == Self.ready, !isReady else { return false }
            isReady = true
        }
    }

    /// Lets it go on as the program of a run, now or when it is ready. False when it can't: it takes too long for that,
    /// or was meddled with.
    func goOn() -> Bool {
        guard hear(), isReady || began + Self.youth > .now, streams.areUntouched else { return false }
        guard [Self.go].withUnsafeBytes({ write(control.number, $0.baseAddress, 1) }) == 1 else { return false }
        streams = RunStreams()
        return true
    }
}

extension AgentStep {
    /// The limit that each process of it has, in whole seconds.
    var cpuSeconds: UInt64 {
        UInt64(max(1, cpu.components.seconds + (cpu.components.attoseconds > 0 ? 1 : 0)))
    }
}
