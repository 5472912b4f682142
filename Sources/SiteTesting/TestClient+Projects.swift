import FoundationEssentials
import Web

/// A file as `files.json` tells it.
public struct TestFile: Decodable, Sendable {
    /// The file's number.
    public let id: Int
    /// Where it lies in the project.
    public let path: String
    /// The number of its document; 0 for a file that is no text.
    public let document: Int

    private enum CodingKeys: CodingKey { case id, path, document }

    /// Reads one of the list.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(Int.self, forKey: .id)
        path = try values.decode(String.self, forKey: .path)
        document = try values.decodeIfPresent(Int.self, forKey: .document) ?? 0
    }
}

extension TestClient {
    /// Makes a project and says its number.
    public func makeProject(_ name: String = "Anagrams", language: String = "python") throws -> Int {
        let answer = try submit("/projects", ["name": name, "language": language])
        guard let number = answer.location?.split(separator: "/").last.flatMap({ Int($0) }) else {
            throw Unexpected(answer: answer.text)
        }
        return number
    }

    /// A project's files by path.
    public func files(of project: Int) throws -> [TestFile] {
        struct List: Decodable { let files: [TestFile] }
        return try get("/projects/\(project)/files.json", headers: ["Accept": "application/json"]).json(List.self).files
    }

    /// A document's text and version.
    public func document(_ id: Int) throws -> (version: Int, text: String) {
        struct Document: Decodable {
            let version: Int
            let text: String
        }
        let answer = get("/documents/\(id)", headers: ["Accept": "application/json"])
        guard answer.status == 200 else { throw Unexpected(answer: answer.text) }
        let document = try answer.json(Document.self)
        return (document.version, document.text)
    }

    /// Sends an edit as the editor does.
    public func push(
        _ changes: String,
        to document: Int,
        at version: Int,
        client: String = "tab-00000001",
        sequence: Int = 1
    ) throws -> TestAnswer {
        try post(
            json: #"{"version":\#(version),"client":"\#(client)","sequence":\#(sequence),"changes":\#(changes)}"#,
            to: "/documents/\(document)/updates"
        )
    }

    /// The site answered something that a test's preparation can't go on with.
    public struct Unexpected: Error {
        /// The body of the answer.
        public let answer: String

        /// What came instead.
        public init(answer: String) {
            self.answer = answer
        }
    }
}
