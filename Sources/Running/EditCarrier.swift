import Accounts
import Editing
import Logging
import Projects
import RunProtocol
import RunnerClient
import SiteKit

/// Lays the project's files into its workspace while programs run there.
struct EditCarrier: Sendable {
    let texts: ProjectTexts
    let client: RunnerClient
    let log: Logger

    /// Brings what has changed; nothing happens where the project has no workspace.
    func carry(_ project: Project, for reader: Reader) {
        do {
            let listing = try texts.listing(of: project.id, for: .edit(reader))
            let request = RunRequest(
                run: .unstored(),
                workspace: WorkspaceID(of: project, for: reader.account.id),
                language: project.language,
                program: .nothing,
                input: .text([]),
                files: listing.manifest
            )
            let session = try client.start(request) { path in try listing.bytes(of: path) }
            defer { session.close() }
            while try session.nextEvent() != nil {}
        } catch {
            // The next start brings the files in any case.
            log.warning("edits did not reach a workspace", metadata: ["error": .string("\(error)")])
        }
    }
}
