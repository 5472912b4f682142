/// How much of an archive is read. What is packed small may be large, so nothing of what an archive says of itself is
/// believed: bytes are counted as they come out.
public struct ArchiveLimits: Sendable {
    /// Entries, folders and what is skipped counted, too.
    public var entries = 20_000
    /// Bytes of all entries, unpacked.
    public var bytes = 128 * 1_048_576
    /// How many times the archive's own size may come out of it.
    public var density = 250
    /// So many bytes may come out of the smallest archive.
    public var bytesOfAnyDensity = 8 * 1_048_576

    /// The stated defaults.
    public init() {}
}
