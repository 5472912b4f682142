public import Web

/// What one person and one project may have. Stated defaults; the quotas of a later day fill these per person.
public struct ProjectLimits: Sendable {
    /// Projects of one person, deleted ones that can still come back not counted.
    public var projects = 500
    /// Files in one project.
    public var files = 5_000
    /// Bytes of one file that is no text.
    public var blobSize = 8 * 1_048_576
    /// Bytes of all files of a project that are no texts.
    public var blobsSize = 128 * 1_048_576
    /// Length of one text in UTF-16 code units (about 5 MB of program text).
    public var textLength = 5_242_880

    /// The stated defaults.
    public init() {}
}

extension ProjectLimits {
    /// There are as many files as there may be.
    var noMoreFiles: Problem { .invalid("path", "This project has \(files) files, which is the most.") }

    /// So many more files would be too many.
    func noRoom(for count: Int) -> Problem {
        .invalid("path", "A project has at most \(files) files. There is no room for \(count) more. Nothing was done.")
    }

    /// A file that is no text is too large.
    public var blobTooLarge: Problem {
        .invalid("path", "A file that is no text has at most \(blobSize / 1_048_576) MB.")
    }

    /// The files that are no texts are too large together.
    var noMoreBlobs: Problem {
        .invalid(
            "path",
            "The files of this project that are no texts have at most \(blobsSize / 1_048_576) MB in all."
        )
    }
}
