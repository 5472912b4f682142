extension AgentReport {
    /// The run it is about; nil when it is about the agent.
    public var run: UInt32? {
        switch self {
        case .hello, .left: nil
        case .needs(let run, _), .refused(let run, _), .unstartable(let run, _), .started(let run, _),
            .stepped(let run, _), .output(let run, _, _), .finished(let run, _), .changed(let run, _),
            .resumed(let run, _), .cleaned(let run, _):
            run
        }
    }

    /// Whether nothing can come after it from the same run.
    public var isLast: Bool {
        switch self {
        case .refused, .unstartable, .finished: true
        case .hello, .left, .needs, .resumed, .started, .stepped, .output, .changed, .cleaned: false
        }
    }

    /// How much of its run's `AgentCommand.window` it takes. All that may have to be said again takes some, so that the
    /// sum of the weights since a launch is a place in what was said.
    public var weight: Int {
        switch self {
        case .hello, .left, .needs, .refused, .resumed, .cleaned: 0
        case .unstartable, .started, .stepped, .finished: 1
        case .output(_, _, let bytes): bytes.count
        case .changed(_, let change): change.weight
        }
    }
}
