import CArchive

/// Runs calls of the library in a locale whose character set is UTF-8, whatever the process's is.
enum UTF8Locale {
    // Made once and never freed; glibc has this locale built in.
    nonisolated(unsafe) private static let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)

    /// Runs it with that locale on this thread alone.
    static func run<Value>(_ body: () -> Value) -> Value {
        guard let locale else { return body() }
        let before = uselocale(locale)
        defer { uselocale(before) }
        return body()
    }
}
