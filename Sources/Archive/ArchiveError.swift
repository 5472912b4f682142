/// Why an archive was not read to its end, or not written.
public enum ArchiveError: Error, Sendable, Equatable {
    /// The file can't be opened at all.
    case unreadable
    /// It is none of the kinds that are read here.
    case notAnArchive
    /// It is cut off or contradicts itself.
    case damaged
    /// It has more entries than may be looked at.
    case tooManyEntries(limit: Int)
    /// Unpacked it has more bytes than may be read.
    case tooManyBytes(limit: Int)
    /// It unpacks to more than so many times its own size.
    case tooDense(limit: Int)
    /// The library can't be used, or would not write what it was given.
    case library
}
