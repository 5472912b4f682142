import AgentProtocol
import Glibc
import Wire

/// From one runner to the next.
extension Agent {
    /// Nobody is there any more. False when the agent is not to wait for another runner, or can't.
    ///
    /// A run whose files were still coming is given up, its client has to ask again. All others go on; what is to be
    /// said of them stays in their journals, and what files they changed is told when somebody hears it.
    mutating func lose() -> Bool {
        guard let patience, let door = Door(patience: patience) else { return false }
        // Not the first one: nothing else may come to have the number of standard input.
        if input > STDERR_FILENO { close(input) }
        self.door = door
        input = door.descriptor
        decoder = FrameDecoder()
        outbox.close()
        watch.lose()
        for (number, run) in runs {
            if case .receiving = run.stage { runs[number] = nil } else { run.lose() }
        }
        return true
    }

    /// Another runner has come through the door.
    mutating func welcome() {
        door?.shut()
        door = nil
        outbox.open(input)
        outbox.put(.hello(AgentCommand.version))
        let runs = survivors.values.sorted { $0.number < $1.number }
        outbox.put(.left(AgentLegacy(lastNumber: lastNumber, runs: runs)))
    }
}
