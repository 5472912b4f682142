import Archive
import Projects
import Quotas
import Web

/// How much comes in at one time. Shown beside the forms.
struct TransferLimits: Sendable {
    /// Bytes of a request's files: an archive, or the files of one upload.
    let requestBytes = FormLimits.standard.fileBytes
    /// Files of one upload; the form has some fields besides.
    let files = FormLimits.standard.fieldCount - 10
    /// What an archive may unpack to.
    let archive = ArchiveLimits()
    /// What the project takes.
    let project: ProjectLimits

    /// Bytes of one file that are looked at: the longest text has at most three a unit.
    var fileBytes: Int { max(project.blobSize, 3 * project.textLength) }
}
