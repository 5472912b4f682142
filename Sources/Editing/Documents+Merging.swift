import Accounts
import MariaDB
import Projects
import RunProtocol
import Web

/// Saving what somebody edited in a form, who can be asked about it.
extension Documents {
    /// What became of a text that a form brought.
    enum Saving: Sendable {
        /// It is kept; and whether what others changed meanwhile is in it, too.
        case saved(isMerged: Bool)
        /// Nothing is kept: somebody else changed the same lines.
        case conflict(EditConflict)
    }

    /// Lines that were changed by two at once.
    struct EditConflict: Sendable {
        /// The file.
        let path: ProjectPath
        /// The project it is in.
        let project: Project.ID
        /// The version of the document that `merge` is made for.
        let version: Int
        /// Both texts together, with the reader's own lines where they don't agree.
        let merge: TextMerge
        /// Who changed it meanwhile; nil when that were several.
        let author: String?
    }

    /// Saves a whole text that was edited from version `base` on, merging it by lines with what others did meanwhile.
    ///
    /// Throws `Problem` for those who may not edit it, for a version that is not there, and for a text that is too long.
    func saveForm(_ typed: String, of id: DocumentHead.ID, basedOn base: Int, for reader: Reader) throws -> Saving {
        let (saved, saving) = try database.write { db -> (Saved?, Saving) in
            let state = try lock(id, for: reader, in: db)
            let head = state.head.version
            guard base < head else {
                return (
                    try save(typed, of: id, basedOn: base, as: "form", for: reader, in: db), .saved(isMerged: false)
                )
            }
            guard base >= 0 else { throw Problem.badRequest("There is no version below 0.") }
            let before = try Self.content(of: id, at: base, in: db)
            let theirs = try Self.content(of: id, at: head, in: db)
            let merge = TextMerge(of: before.text, ours: LineBreaks.unified(typed), theirs: theirs.text)
            guard merge.conflicts.isEmpty else {
                let conflict = EditConflict(
                    path: state.path,
                    project: state.project,
                    version: head,
                    merge: merge,
                    author: try DocumentsStore.onlyAuthor(of: id, after: base, in: db)
                )
                return (nil, .conflict(conflict))
            }
            let changes = try Self.difference(from: theirs.text, to: merge.text)
            let isMerged = merge.text != LineBreaks.unified(typed)
            guard !changes.isEmpty else { return (nil, .saved(isMerged: isMerged)) }
            return (try keep(changes, in: state, as: "form", for: reader, db), .saved(isMerged: isMerged))
        }
        if let saved { publish(saved) }
        return saving
    }
}
