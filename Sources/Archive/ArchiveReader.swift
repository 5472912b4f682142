import CArchive
import Glibc

// Theory of operation
//
// An archive comes from a stranger. It is gone through from front to back, once, and nothing is ever written to a disk:
// whoever reads gets a name, a kind and bytes, and decides.
//
//  1. Only zip and tar (plain or compressed by gzip, bzip2, xz or zstd) are known to the library; none of its other
//     readers is reachable.
//  2. Each entry is read to its end here, wanted or not, before the next is asked for: the library would skip it on
//     its own and unpack gigabytes doing so. So every byte that is unpacked is counted. Holes of sparse files count.
//  3. A name is bytes. The library would turn it into the process's character set and put question marks where that
//     has no such letter, so each call runs in a UTF-8 locale that is this thread's alone meanwhile.

/// Reads an archive entry by entry, within limits.
public final class ArchiveReader {
    /// What an entry is.
    public enum Kind: Sendable, Equatable {
        case file
        case folder
        /// A symbolic or a hard link.
        case link
        /// A device, a pipe, a socket.
        case special
    }

    /// What is in an entry.
    public enum Content: Sendable, Equatable {
        case bytes([UInt8])
        /// More bytes than were asked for.
        case tooLong
        /// It is encrypted, or packed in a way that is not known here.
        case locked
    }

    /// One entry of an archive, and the way to its bytes until the next one is asked for.
    public struct Entry {
        /// Its name as it stands in the archive: any bytes but NUL, perhaps none.
        public let name: [UInt8]
        /// What it is.
        public let kind: Kind
        fileprivate let reader: ArchiveReader

        /// Its bytes, unless it has more than `limit`. To be asked once, before the next entry is.
        public func content(limit: Int) throws(ArchiveError) -> Content { try reader.content(limit: limit) }
    }

    private let archive: OpaquePointer
    private let limits: ArchiveLimits
    private let size: Int
    private var entries = 0
    private var unpacked = 0
    private var isAtEndOfEntry = true
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    /// Opens an archive that is a plain file on disk. Throws `unreadable` or `notAnArchive`.
    public init(path: String, limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & Glibc.S_IFMT == Glibc.S_IFREG else { throw .unreadable }
        guard let archive = archive_read_new() else { throw .library }
        self.archive = archive
        self.limits = limits
        size = Int(status.st_size)
        archive_read_support_format_zip(archive)
        archive_read_support_format_tar(archive)
        for support in [
            archive_read_support_filter_gzip, archive_read_support_filter_bzip2, archive_read_support_filter_xz,
            archive_read_support_filter_zstd,
        ] {
            _ = support(archive)
        }
        let code = UTF8Locale.run { archive_read_open_filename(archive, path, 65_536) }
        guard code == ARCHIVE_OK else { throw .notAnArchive }
    }

    deinit { archive_read_free(archive) }

    /// The next entry, nil after the last one. Throws when the archive is damaged or a limit is reached.
    public func next() throws(ArchiveError) -> Entry? {
        try finishEntry()
        var entry: OpaquePointer?
        let code = UTF8Locale.run { archive_read_next_header(archive, &entry) }
        if code == ARCHIVE_EOF { return nil }
        // A warning is about a name or a time; what it names is looked at here anyway.
        guard code == ARCHIVE_OK || code == ARCHIVE_WARN, let entry else {
            throw entries == 0 ? .notAnArchive : .damaged
        }
        entries += 1
        guard entries <= limits.entries else { throw .tooManyEntries(limit: limits.entries) }
        isAtEndOfEntry = false
        let name = UTF8Locale.run {
            archive_entry_pathname(entry).map { UnsafeBufferPointer(start: $0, count: strlen($0)) }
        }
        return Entry(name: name?.map { UInt8(bitPattern: $0) } ?? [], kind: Self.kind(of: entry), reader: self)
    }

    private static func kind(of entry: OpaquePointer) -> Kind {
        guard archive_entry_hardlink(entry) == nil, archive_entry_symlink(entry) == nil else { return .link }
        return switch archive_entry_filetype(entry) {
        case Glibc.S_IFREG: .file
        case Glibc.S_IFDIR: .folder
        case Glibc.S_IFLNK: .link
        // A zip without a mode says nothing else.
        case 0: .file
        default: .special
        }
    }

    private func content(limit: Int) throws(ArchiveError) -> Content {
        var bytes: [UInt8] = []
        while let count = try piece() {
            guard count > 0 else { return .bytes(bytes) }
            guard bytes.count + count <= limit else { return .tooLong }
            bytes += buffer[..<count]
        }
        return .locked
    }

    private func finishEntry() throws(ArchiveError) {
        while !isAtEndOfEntry, let count = try piece(), count > 0 {}
        isAtEndOfEntry = true
    }

    /// Unpacks some more of the entry into the buffer: how many bytes, 0 at its end, nil when it is encrypted.
    private func piece() throws(ArchiveError) -> Int? {
        let count = UTF8Locale.run { archive_read_data(archive, &buffer, buffer.count) }
        guard count >= 0 else {
            isAtEndOfEntry = true
            // The library can go on after this entry (it is encrypted, or packed in a way it does not know).
            guard count == Int(ARCHIVE_FAILED) || count == Int(ARCHIVE_WARN) else { throw .damaged }
            return nil
        }
        if count == 0 { isAtEndOfEntry = true }
        unpacked += count
        guard unpacked <= limits.bytes else { throw .tooManyBytes(limit: limits.bytes) }
        guard unpacked <= limits.bytesOfAnyDensity || unpacked / max(size, 1) <= limits.density else {
            throw .tooDense(limit: limits.density)
        }
        return count
    }
}
