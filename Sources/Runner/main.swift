import Glibc
import Logging
import RunnerCore
import UnixSocket

// carrel-runner --configuration FILE: reads the file, serves until SIGTERM or SIGINT, logs to standard error. SIGHUP makes it
// leave: it ends at once, and workspaces with what runs in them wait a while for the next one.

func fail(_ words: String) -> Never {
    let line = Array("carrel-runner: \(words)\n".utf8)
    _ = write(2, line, line.count)
    exit(1)
}

let words = CommandLine.arguments
guard words.count == 3, words[1] == "--configuration" else { fail("usage: carrel-runner --configuration FILE") }

// Before there is a second thread: every thread inherits the mask, so that only the `sigwait` below gets these three.
var ending = sigset_t()
sigemptyset(&ending)
sigaddset(&ending, SIGTERM)
sigaddset(&ending, SIGINT)
sigaddset(&ending, SIGHUP)
pthread_sigmask(SIG_BLOCK, &ending, nil)
signal(SIGPIPE, SIG_IGN)
OpenFiles.raiseLimit()

LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }

do {
    let configuration = try RunnerConfiguration(file: words[2])
    let runner = try Runner(configuration, log: Logger(label: "carrel-runner"))
    runner.serve { fail("\($0)") }
    var number: Int32 = 0
    sigwait(&ending, &number)
    if number != SIGHUP { runner.stop() }
    exit(0)
} catch {
    fail("\(error)")
}
