import Accounts
import Archive
import Editing
import Projects
import Quotas
import RunProtocol
import SiteKit
import Web

/// Brings archives and uploads into projects.
struct Transfers: Sendable {
    let copy: WorkingCopy
    let limits: TransferLimits

    /// What of an upload goes where; the names of files are paths.
    func source(of files: [UploadedFile]) -> ArrivalSource {
        { body in
            for file in files {
                let read: (Int) throws -> ArchiveReader.Content = { limit in
                    file.size > limit ? .tooLong : .bytes(try file.bytes())
                }
                try body(Arrival(name: Array(file.name.utf8), kind: .file, content: read))
            }
        }
    }

    /// What is in an archive. Throws `Problem` when it can't be read to its end.
    func source(ofArchive file: UploadedFile) -> ArrivalSource {
        { body in
            do {
                let reader = try ArchiveReader(path: file.path, limits: limits.archive)
                while let entry = try reader.next() {
                    try body(Arrival(name: entry.name, kind: entry.kind) { try entry.content(limit: $0) })
                }
            } catch let error as ArchiveError {
                throw try error.problem()
            }
        }
    }

    /// Takes it all in or nothing; into a folder, or with nil where it lies in what comes in.
    func take(
        _ source: ArrivalSource,
        into project: Project.ID,
        below folder: ProjectPath?,
        replacing: Bool,
        _ reader: Reader
    ) throws -> ArrivalReport {
        try copy.takeIn(to: project, for: reader) { try fill(&$0, from: source, below: folder, replacing: replacing) }
    }

    /// Makes a project of it.
    func makeProject(
        name: String,
        language: String,
        from source: ArrivalSource,
        _ reader: Reader
    ) throws -> (project: Project.ID, report: ArrivalReport) {
        let made = try copy.makeProject(name: name, language: language, for: reader) { intake in
            let report = try fill(&intake, from: source, below: nil, replacing: false)
            guard report.added > 0 else {
                throw Problem.invalid("archive", "There is no file in this archive that a project can take.")
            }
            return report
        }
        return (made.project, made.value)
    }

    private func fill(
        _ intake: inout Intake,
        from source: ArrivalSource,
        below folder: ProjectPath?,
        replacing: Bool
    ) throws -> ArrivalReport {
        var arrivals = Arrivals(into: folder)
        try source { arrival in
            guard let path = arrivals.place(arrival) else { return }
            switch try arrival.content(limits.fileBytes) {
            case .bytes(let bytes) where bytes.count > limits.project.blobSize && !copy.canBeText(bytes):
                arrivals.leaveOut(
                    path,
                    "it has more than \(limits.project.blobSize >> 20) MB and is no text of at most "
                        + "\(limits.project.textLength >> 20) MB"
                )
            case .bytes(let bytes):
                arrivals.note(try intake.take(bytes, at: path, replacing: replacing), of: path)
            case .tooLong: arrivals.leaveOut(path, "it has more than \(limits.fileBytes / 1_048_576) MB")
            case .locked: arrivals.leaveOut(path, "it is encrypted or packed in a way that is not known here")
            }
        }
        return arrivals.report
    }
}

extension ArchiveError {
    /// In the words of whoever sent the archive. Throws this error itself when it is our fault.
    func problem() throws -> Problem {
        let words: String
        switch self {
        case .notAnArchive: words = "This is no zip, tar, tar.gz, tar.bz2, tar.xz or tar.zst archive."
        case .damaged: words = "This archive is cut off or damaged. Nothing was taken from it."
        case .tooManyEntries(let limit):
            words = "This archive has more than \(limit) entries. Nothing was taken from it."
        case .tooManyBytes(let limit):
            words = "Unpacked, this archive has more than \(limit / 1_048_576) MB. Nothing was taken from it."
        case .tooDense(let limit):
            words = "This archive unpacks to more than \(limit) times its size. Nothing was taken from it."
        case .unreadable, .library: throw self
        }
        return Problem.invalid("archive", words)
    }
}
