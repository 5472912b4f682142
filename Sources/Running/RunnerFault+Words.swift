public import RunProtocol

extension RunnerFault {
    /// What somebody may know whose program could not be run.
    public var words: String {
        switch self {
        case .busy: "All places for running programs are taken at the moment. Try again in a little while."
        case .unknownLanguage: "This language can't be run here any more."
        case .imageMissing: "This language is still being prepared. Try again in a few minutes."
        case .filesRefused:
            """
            The project's files could not be put into its workspace: a program has filled it, or left a folder in a \
            file's place. Run it again: it gets a fresh one, unless a terminal is open in this.
            """
        case .stopping: "Programs can't be run for a moment: the runner is being restarted. Try again shortly."
        case .lost: "The workspace ended while this ran. Run it again."
        case .engineUnavailable, .unreachable:
            "Programs can't be run at the moment. This is our fault and has been noted; try again in a minute."
        case .protocolViolation, .refused: "The program could not be run. This was our fault and has been noted."
        }
    }
}
