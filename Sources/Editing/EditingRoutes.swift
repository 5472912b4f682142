import Accounts
import Projects
public import SiteKit
public import Web

/// The addresses where editors read and write documents.
public struct EditingRoutes: Sendable {
    private let documents: Documents
    private let saving: FormSaving
    private let pages: Pages

    /// Routes over the documents of the projects a reader may see.
    public init(documents: Documents, saving: FormSaving, pages: Pages) {
        self.documents = documents
        self.saving = saving
        self.pages = pages
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/documents/{document}", show)
        routes.members(.post, "/documents/{document}/text", save)
        routes.members(.get, "/documents/{document}/updates", catchUp)
        routes.members(.get, "/documents/{document}/updates/latest", showLatestChange)
        routes.members(.post, "/documents/{document}/updates", push)
    }

    private struct Text: Encodable {
        var id: Int?
        let version: Int
        let text: String
    }

    private func show(_ request: Request, _ reader: Reader, id: DocumentHead.ID) throws -> Response {
        let content = try documents.content(of: id, for: reader)
        var response = try Response.json(Text(id: id.rawValue, version: content.version, text: content.text))
        response.headers["ETag"] = "\"\(id)-\(content.version)\""
        response.headers["Cache-Control"] = "private, no-cache"
        return response
    }

    private func catchUp(_ request: Request, _ reader: Reader, id: DocumentHead.ID) throws -> Response {
        guard let since = request.query.number("since") else {
            throw Problem.badRequest("Say since which version.")
        }
        switch try documents.catchUp(id, from: since, for: reader) {
        case .updates(let version, let updates):
            return .json(encoded: PushAnswer.json(version: version, updates: updates))
        case .text(let content):
            return try .json(Text(version: content.version, text: content.text))
        }
    }

    private func showLatestChange(_ request: Request, _ reader: Reader, id: DocumentHead.ID) throws -> Response {
        struct Change: Encodable {
            let version: Int
            /// Nil when nobody has edited it since it was made.
            let author: String?
            let at: Int
        }
        let change = try documents.latestChange(of: id, for: reader)
        return try .json(Change(version: change.version, author: change.author, at: change.at.unixMilliseconds))
    }

    private func push(_ request: Request, _ reader: Reader, id: DocumentHead.ID) throws -> Response {
        guard request.headers["content-type"]?.hasPrefix("application/json") == true else {
            throw Problem(.unsupportedMediaType, "This address takes application/json.")
        }
        let body = try request.body.bytes(limit: Push.maximumBytes)
        let push: Push
        do {
            push = try Push(json: body)
        } catch {
            throw Problem.badRequest("This is not an edit: \(error.words).")
        }
        let answer = try documents.push(push, to: id, for: reader)
        return .json(encoded: answer.json, status: answer.isAccepted ? .ok : .conflict)
    }

    /// Save without scripts: the whole text comes back and is merged with what others did meanwhile.
    private func save(_ request: Request, _ reader: Reader, id: DocumentHead.ID) throws -> Response {
        let isMerged: Bool
        switch try saving.save(request.form(), to: id, by: reader, of: request) {
        case .asked(let answer): return answer
        case .saved(let merged): isMerged = merged
        }
        let (project, path) = try documents.place(of: id, for: reader)
        let words =
            isMerged
            ? "Saved. Somebody else changed this file meanwhile, and now both changes are in it: look it over."
            : "Saved."
        return try pages.seeOther(FilesRoutes.path(project, path), Flash(.ok, words), for: request)
    }
}

extension ChangeSetError {
    /// What is wrong, for whoever writes a client.
    fileprivate var words: String {
        switch self {
        case .tooManyBytes: "it has more than \(ChangeSet.maximumBytes) bytes"
        case .malformed(let offset, let fault): "\(fault.words) at byte \(offset)"
        case .tooLong: "the text would be too long"
        case .invalidRange: "a range ends before it begins"
        case .lengthMismatch(let expected, let actual): "it is for a text of \(actual) units, not \(expected)"
        }
    }
}

extension ChangeSetError.Fault {
    fileprivate var words: String {
        switch self {
        case .cutOff: "it is cut off"
        case .unexpectedByte: "something else is expected"
        case .number: "a number is not a plain whole one or too large"
        case .notUTF8: "a string is not UTF-8"
        case .escape: "an escape is unknown or missing"
        case .loneSurrogate: "a character is cut in half"
        case .lineBreak: "there is a line break inside a line"
        case .member: "a member is unknown, missing or there twice"
        }
    }
}
