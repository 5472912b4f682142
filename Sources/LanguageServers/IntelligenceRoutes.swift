import Accounts
import Projects
import SiteKit
public import Web

/// The address where pages ask about texts.
public struct IntelligenceRoutes: Sendable {
    private let intelligence: Intelligence

    /// Asks this.
    public init(intelligence: Intelligence) {
        self.intelligence = intelligence
    }

    /// Writes the address into the table.
    public func add(to routes: inout Routes) {
        routes.members(.post, "/projects/{project}/intelligence", ask)
    }

    private func ask(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        // Whose project it isn't must not learn what would be wrong with the question.
        _ = try intelligence.projects.project(id, for: reader, to: .run)
        let question = try request.json(Question.self, limit: 8_192)
        return try .json(intelligence.answer(question, in: id, for: reader))
    }
}
