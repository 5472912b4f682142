import CArchive
import Glibc

/// Writes a zip archive from front to back, handing out its bytes as they are made: never more of it is in memory than
/// one entry.
public final class ZipWriter {
    /// Takes the next bytes of the archive. What it throws is thrown by whoever made the bytes.
    public typealias Sink = (UnsafeRawBufferPointer) throws -> Void

    /// What the library's callback is handed.
    private final class Output {
        let sink: Sink
        var failure: (any Error)?
        init(_ sink: @escaping Sink) { self.sink = sink }
    }

    private let archive: OpaquePointer
    private let output: Output

    /// Throws `ArchiveError.library` when the library can't be used.
    public init(_ sink: @escaping Sink) throws {
        guard let archive = archive_write_new() else { throw ArchiveError.library }
        self.archive = archive
        output = Output(sink)
        archive_write_set_format_zip(archive)
        // The library looks at the locale here, and never again.
        UTF8Locale.run { _ = archive_write_set_options(archive, "hdrcharset=UTF-8") }
        archive_write_set_bytes_per_block(archive, 65_536)
        archive_write_set_bytes_in_last_block(archive, 1)
        // Not retained: `output` lives as long as the archive, which is freed in `deinit`.
        let context = Unmanaged.passUnretained(output).toOpaque()
        let code = archive_write_open(
            archive,
            context,
            nil,
            { _, context, bytes, count in
                guard let context, let bytes else { return -1 }
                let output = Unmanaged<Output>.fromOpaque(context).takeUnretainedValue()
                // Freeing an archive that was given up writes its end; nobody is to get that.
                guard output.failure == nil else { return -1 }
                do {
                    try output.sink(UnsafeRawBufferPointer(start: bytes, count: count))
                    return count
                } catch {
                    output.failure = error
                    return -1
                }
            },
            nil
        )
        guard code == ARCHIVE_OK else { throw ArchiveError.library }
    }

    deinit {
        // Without an end it is no archive, and shall not look like one.
        output.failure = output.failure ?? ArchiveError.library
        archive_write_free(archive)
    }

    /// Adds a file.
    ///
    /// - Parameters:
    ///   - path: names joined by `/`; stored as UTF-8
    ///   - modified: seconds since 1970
    public func add(_ bytes: [UInt8], at path: String, modified: Int) throws {
        guard let entry = archive_entry_new() else { throw ArchiveError.library }
        defer { archive_entry_free(entry) }
        archive_entry_set_filetype(entry, Glibc.S_IFREG)
        archive_entry_set_perm(entry, 0o644)
        archive_entry_set_size(entry, Int64(bytes.count))
        archive_entry_set_mtime(entry, modified, 0)
        try UTF8Locale.run {
            archive_entry_copy_pathname(entry, path)
            return archive_write_header(archive, entry)
        }.checked(output.failure)
        guard !bytes.isEmpty else { return }
        let count = UTF8Locale.run { archive_write_data(archive, bytes, bytes.count) }
        guard count == bytes.count else { throw output.failure ?? ArchiveError.library }
    }

    /// Writes the archive's end. Nothing can be added after it.
    public func finish() throws {
        try UTF8Locale.run { archive_write_close(archive) }.checked(output.failure)
    }
}

extension Int32 {
    /// Throws unless this is the library's code for success, or for a warning, which is about a name that old programs
    /// will not show well.
    fileprivate func checked(_ failure: (any Error)?) throws {
        guard self == ARCHIVE_OK || self == ARCHIVE_WARN else { throw failure ?? ArchiveError.library }
    }
}
