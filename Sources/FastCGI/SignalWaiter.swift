import CFastCGI
import Glibc

/// The one place where signals are handled.
///
/// libfcgi installs handlers for SIGTERM, SIGUSR1 and SIGPIPE, after which a plain SIGTERM no longer ends a process.
/// Here SIGTERM and SIGINT are blocked in every thread and taken out by one that does nothing else, and SIGPIPE is
/// ignored: a peer that went away is an error of `write`.
public enum SignalWaiter {
    /// Why the process should stop.
    public enum Signal: Sendable, Equatable {
        /// SIGTERM: a supervisor asks.
        case terminate

        /// SIGINT: somebody pressed Ctrl-C.
        case interrupt
    }

    /// Blocks the signals. Call it first of all in `main`: threads inherit it from the one that starts them.
    public static func prepare() {
        var set = stopSignals
        pthread_sigmask(SIG_BLOCK, &set, nil)
        cfastcgi_ignore_signal(SIGPIPE)
    }

    /// Waits for the next of them. Call it on a thread of its own, or the main one.
    public static func wait() -> Signal {
        var set = stopSignals
        var number: Int32 = 0
        while sigwait(&set, &number) != 0 {}
        return number == SIGINT ? .interrupt : .terminate
    }

    private static var stopSignals: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        return set
    }

    /// Runs a closure that may install handlers and puts back what was there, with SIGPIPE ignored in any case.
    static func keepingHandlers<Result>(_ body: () -> Result) -> Result {
        let numbers = [SIGTERM, SIGUSR1]
        let before = numbers.map { number in
            var action = sigaction()
            sigaction(number, nil, &action)
            return action
        }
        let result = body()
        for (number, action) in zip(numbers, before) {
            var action = action
            sigaction(number, &action, nil)
        }
        cfastcgi_ignore_signal(SIGPIPE)
        return result
    }
}
