import FoundationEssentials
import SiteTesting
import Web

/// Searching as scripts do, and looking at what comes back.
extension TestClient {
    /// Writes a text file into a project and says its document's number.
    @discardableResult
    func write(_ path: String, _ text: String, to project: Int) throws -> Int {
        _ = try submit("/projects/\(project)/files", ["path": path])
        guard let file = try files(of: project).first(where: { $0.path == path }) else {
            throw NotAsExpected(answer: "\(path) was not made")
        }
        let version = try document(file.document).version
        _ = try submit("/documents/\(file.document)/text", ["text": text, "version": "\(version)"])
        return file.document
    }

    /// One slice of a search.
    func slice(_ fields: [String: String], in project: Int) throws -> FoundSlice {
        let query = fields.map { "\($0.key)=\(Percent.encode($0.value))" }.joined(separator: "&")
        let answer = get("/projects/\(project)/search?\(query)", headers: ["Accept": "application/json"])
        guard answer.status == 200 else { throw NotAsExpected(answer: answer.text) }
        return try answer.json(FoundSlice.self)
    }

    /// What a search finds, as `path:line:match`.
    func search(_ text: String, _ options: [String: String] = [:], in project: Int) throws -> [String] {
        let slice = try slice(options.merging(["q": text]) { old, _ in old }, in: project)
        return slice.files.flatMap { file in file.matches.map { "\(file.path):\($0.line):\($0.match)" } }
    }

    /// Orders a replacement of matches.
    func replace(_ fields: [String: String], _ matches: [String], in project: Int) throws -> TestAnswer {
        struct Order: Encodable {
            let fields: [String: String]
            let matches: [String]
        }
        let order = try JSONEncoder().encode(Order(fields: fields, matches: matches))
        return try post(json: String(decoding: order, as: UTF8.self), to: "/projects/\(project)/replacements")
    }
}

/// The site answered something that a test can't go on with.
struct NotAsExpected: Error {
    let answer: String
}

/// A slice as scripts get it.
struct FoundSlice: Decodable {
    struct File: Decodable {
        let path: String
        let matches: [Match]
    }

    struct Match: Decodable {
        let name: String
        let line: Int
        let column: Int
        let length: Int
        let before: String
        let match: String
        let after: String
        let replacement: String?
    }

    struct Next: Decodable {
        let from: String
        let skip: Int
    }

    let files: [File]
    let names: [String]
    let notes: [String]
    let searched: Int
    let total: Int
    let next: Next?

    var matches: [Match] { files.flatMap(\.matches) }
}

/// What a replacement did.
struct ReplacementReport: Decodable {
    let places: Int
    let files: Int
    let left: Int
    let reversal: String?
}
