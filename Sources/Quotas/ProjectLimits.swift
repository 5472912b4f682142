import RunProtocol
public import Web

/// What one person and one project may have: the one place of these figures, filled from the site's configuration.
public struct ProjectLimits: Sendable, Equatable {
    /// Projects of one person, deleted ones that can still come back not counted.
    public var projects: Int
    /// Files in one project.
    public var files: Int
    /// Bytes of one file that is no text.
    public var blobSize: Int
    /// Bytes of all files of a project that are no texts.
    public var blobsSize: Int
    /// Bytes of all files of a project; of a text its UTF-16 code units are counted.
    public var size: Int
    /// Length of one text in UTF-16 code units.
    public var textLength: Int

    /// The stated defaults are those of a site that says nothing else. A text of 5 million units is about 5 MB of
    /// program text.
    public init(
        projects: Int = 500,
        files: Int = 5_000,
        blobSize: Int = 8 * 1_048_576,
        blobsSize: Int = 128 * 1_048_576,
        size: Int = 256 * 1_048_576,
        textLength: Int = 5_242_880
    ) {
        self.projects = projects
        self.files = files
        self.blobSize = blobSize
        self.blobsSize = blobsSize
        self.size = size
        self.textLength = textLength
    }
}

extension ProjectLimits {
    /// There are as many files as there may be.
    public var noMoreFiles: Problem { .invalid("path", "This project has \(files) files, which is the most.") }

    /// The files are too large together.
    public var noMoreSpace: Problem {
        .invalid("path", "The files of a project have at most \(size / 1_048_576) MB together. Nothing was added.")
    }

    /// So many more files would be too many.
    public func noRoom(for count: Int) -> Problem {
        .invalid("path", "A project has at most \(files) files. There is no room for \(count) more. Nothing was done.")
    }

    /// A file that is no text is too large.
    public var blobTooLarge: Problem {
        .invalid("path", "A file that is no text has at most \(blobSize / 1_048_576) MB.")
    }

    /// The files that are no texts are too large together.
    public var noMoreBlobs: Problem {
        .invalid(
            "path",
            "The files of this project that are no texts have at most \(blobsSize / 1_048_576) MB in all."
        )
    }
}

/// What a path may be is the same everywhere, for it is what the workspaces can hold (`ProjectPath`).
extension ProjectLimits {
    /// The limits of a path, for people.
    public static let pathWords =
        "at most \(ProjectPath.maximumNameLength) bytes a name, \(ProjectPath.maximumLength) in all, and "
        + "\(ProjectPath.maximumDepth - 1) folders deep"

    /// Something was typed that is no path, told at a form's field.
    public static func noPath(field: String) -> Problem {
        .invalid(
            field,
            "A path has names joined by /, without . and .. and characters that control others: \(pathWords)."
        )
    }
}
