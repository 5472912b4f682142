import Accounts
public import Editing
import FoundationEssentials
public import Projects
import SiteKit
public import Web

/// Where editors ask for what a whole project's texts have to suggest.
public struct SymbolRoutes: Sendable {
    private let symbols: ProjectSymbols
    private let projects: Projects

    /// Begins with nothing read.
    public init(documents: Documents, projects: Projects) {
        symbols = ProjectSymbols(documents: documents)
        self.projects = projects
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/projects/{project}/symbols.json", show)
    }

    private func show(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        _ = try projects.project(id, for: reader)
        let heads = try symbols.heads(of: id, for: reader)
        let tag = symbols.tag(heads)
        // Asked before the answer is made: that is what costs.
        if request.headers["if-none-match"] == tag {
            return Response(status: .notModified, headers: ["ETag": tag, "Cache-Control": "private, no-cache"])
        }
        let answer = try symbols.answer(heads)
        var response = try Response.json(answer)
        response.headers["ETag"] = symbols.tag(heads)
        response.headers["Cache-Control"] = "private, no-cache"
        return response
    }
}
