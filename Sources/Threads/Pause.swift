import Glibc

/// Sleep, for threads of our own that do something now and then.
public enum Pause {
    /// Sleeps this many seconds, signals or not.
    public static func seconds(_ count: Int) {
        var left = timespec(tv_sec: count, tv_nsec: 0)
        var rest = timespec()
        while nanosleep(&left, &rest) != 0 && errno == EINTR { left = rest }
    }
}
