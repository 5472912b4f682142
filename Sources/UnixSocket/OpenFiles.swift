import Glibc

/// How many descriptors this process may have open.
public enum OpenFiles {
    /// Raises the limit to what the system allows this user (the soft limit to the hard one, getrlimit(2)) and gives it.
    ///
    /// The usual 1,024 is for programs that use select(2). A server that holds a connection for each reader needs more.
    @discardableResult
    public static func raiseLimit() -> Int {
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(files, &limit) == 0 else { return 0 }
        let before = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        return Int(clamping: setrlimit(files, &limit) == 0 ? limit.rlim_cur : before)
    }
}
