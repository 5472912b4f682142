import AgentCore
import Glibc

// Process 1 of every workspace. It has no configuration of its own: what it may do, the container decides; what it is
// to do, the runner says. The arguments are for tests.

func fail(_ words: String) -> Never {
    let line = Array("carrel-agent: \(words)\n".utf8)
    _ = write(2, line, line.count)
    exit(1)
}

guard let options = AgentOptions(arguments: Array(CommandLine.arguments.dropFirst())) else {
    fail("usage: carrel-agent [--home FOLDER] [--user NUMBER | --unchanged-user] [--first-mark NUMBER]")
}
do {
    var agent = try Agent(options: options)
    try agent.serve()
} catch {
    fail(error.description)
}
