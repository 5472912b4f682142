import Accounts
public import Projects
import RunProtocol
public import SiteKit
public import Web

/// The addresses of a project's workspace: how long it is kept, and its end.
public struct WorkspaceRoutes: Sendable {
    private let workspaces: Workspaces
    private let projects: Projects
    private let pages: Pages

    /// Asks nobody yet.
    public init(workspaces: Workspaces, projects: Projects, pages: Pages) {
        self.workspaces = workspaces
        self.projects = projects
        self.pages = pages
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/projects/{project}/workspace", show)
        routes.members(.post, "/projects/{project}/workspace/deletion", stop)
    }

    private func show(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let project = try projects.project(id, for: reader)
        let notice = try workspaces.notice(of: project, for: reader, languageName: projects.languageName(of: project))
        return try .json(WorkspaceJSON(notice))
    }

    private func stop(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let project = try projects.project(id, for: reader, to: .run)
        do {
            try workspaces.stop(project, for: reader)
        } catch let fault as RunnerFault {
            throw Problem(.serviceUnavailable, fault.words)
        }
        if request.prefersJSON { return .noContent }
        return try pages.seeOther("/projects/\(id)", Flash(.ok, "The workspace has stopped."), for: request)
    }
}
