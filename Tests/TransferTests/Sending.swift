import SiteTesting

extension TestClient {
    /// The same, and what became of it.
    func report(_ files: [Sent], _ fields: [String: String] = [:], to path: String) throws -> TestReport {
        let answer = try send(files, fields, to: path, accept: "application/json")
        guard answer.status == 200 else { throw Unexpected(answer: answer.text) }
        return try answer.json(TestReport.self)
    }

    /// The text of a project's file.
    func text(of path: String, in project: Int) throws -> String? {
        try files(of: project).first { $0.path == path }.map { try document($0.document).text }
    }
}

/// What became of an upload, as scripts are told.
struct TestReport: Decodable {
    struct LeftOut: Decodable {
        let name: String
        let reason: String
        let exists: Bool
    }

    let added: Int
    let replaced: Int
    let unchanged: Int
    let leftOut: [LeftOut]
    let leftOutCount: Int
}
