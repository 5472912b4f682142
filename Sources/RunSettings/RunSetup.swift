public import RunProtocol
import Web

/// What a start in a project is told besides its file: what its owner set, secrets opened.
public struct RunSetup: Sendable {
    /// The file that Run starts.
    enum Main: Sendable {
        /// The one that is open.
        case open
        case file(ProjectPath)
        /// One was chosen and is deleted.
        case gone
    }

    let main: Main
    /// What is started instead of the language's commands; nil for those.
    public let command: [String]?
    /// What the program gets.
    public let arguments: [String]
    /// What it finds in its environment besides. Has secrets.
    public let variables: [RunVariable]

    /// The file to start for somebody who has this one open. Throws `Problem` when the main file is gone.
    public func file(open: ProjectPath) throws -> ProjectPath {
        switch main {
        case .open: return open
        case .file(let path): return path
        case .gone:
            throw Problem.invalid(
                "file",
                "The main file of this project is deleted. Choose another in its run settings."
            )
        }
    }
}
