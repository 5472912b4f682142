extension AgentLaunch {
    /// Whether its program can be started ahead: one step, which nothing is done for beforehand, and a gate to wait at.
    public var canBeExpected: Bool { steps.count == 1 && !gate.isEmpty && role == .program }

    /// Whether a program that was started ahead for `expected` is the one that this launch would start. What a program
    /// finds at its start must be the same to the last byte; what only the agent looks at (the wall time, the output,
    /// what is typed, the terminal's size) may differ.
    public func isServed(by expected: AgentLaunch) -> Bool {
        guard steps.count == 1, expected.canBeExpected, role == .program else { return false }
        let (own, other) = (steps[0], expected.steps[0])
        return own.arguments == other.arguments && own.cpu == other.cpu && environment == expected.environment
            && fileSize == expected.fileSize && input.isTerminal == expected.input.isTerminal
    }
}

extension AgentInput {
    /// Whether it is a terminal.
    public var isTerminal: Bool {
        if case .terminal = self { true } else { false }
    }

    /// Whether more of it may come while the program runs.
    public var staysOpen: Bool {
        switch self {
        case .terminal, .stream: true
        case .text: false
        }
    }
}
