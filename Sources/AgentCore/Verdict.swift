import AgentProtocol

/// From what was seen at the end of a program to one word about it. No I/O: the whole policy is this file.
struct Verdict {
    /// Why the agent itself ended a run.
    enum Reason {
        case cancelled
        case outOfTime
        case tooMuchOutput
    }

    /// What the agent decided before the program ended, if it did.
    var reason: Reason?
    /// The first process's status as wait(2) gives it.
    var status: Int32
    /// Whether the out-of-memory killer struck in this container since the step began.
    var memoryRanOut: Bool
    /// Whether no other run was in the container, so that the killer can only have struck this one.
    var wasAlone: Bool
    /// Processor time used and allowed.
    var cpu: Duration
    var cpuLimit: Duration

    var ending: AgentEnding {
        switch reason {
        case .cancelled: return .cancelled
        case .outOfTime: return .outOfTime
        case .tooMuchOutput: return .tooMuchOutput
        case nil: break
        }
        let signal = Int(status & 0x7F)
        let code = Int((status >> 8) & 0xFF)
        // A shell or a compiler driver whose child was killed ends by itself with some code: still for want of memory.
        // One that ends with 0 got over it.
        if memoryRanOut, signal == 9 || (wasAlone && (signal != 0 || code != 0)) { return .outOfMemory }
        guard signal != 0 else { return .exited(code) }
        let isCPULimit = signal == 24 || (signal == 9 && cpu >= cpuLimit)
        return isCPULimit ? .outOfTime : .signalled(signal)
    }
}
