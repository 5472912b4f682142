/// How the text of a program is written as its language's people write it: a command that reads the text and prints it
/// formatted, and what it says where it can't read it.
public struct Formatter: Sendable, Equatable {
    /// What is started in the project's home, with the placeholders of `Language`. It reads the text of `{main}` from
    /// its input, prints the formatted one and ends normally; whatever else it does, the text stays as it is. It writes
    /// nothing but below `/tmp`.
    public let command: [String]
    private let complaints: Check?

    /// Nil for a command without words and for a pattern that is none: see `Check`. Without patterns nothing that the
    /// command says is understood.
    public init?(command: [String], problems: [[String]] = [], firstColumn: Int = 1) {
        guard !command.isEmpty else { return nil }
        self.command = command
        complaints = Check(command: command, problems: problems, firstColumn: firstColumn)
        guard complaints != nil || problems.isEmpty else { return nil }
    }

    /// What keeps the command from formatting, as it prints it; `main` is the file whose text it read.
    public func problems(in output: [UInt8], main: String) -> [Diagnostic] {
        complaints?.problems(in: output, main: main) ?? []
    }
}
