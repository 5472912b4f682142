import Accounts
public import Editing
import FoundationEssentials
import Projects
import RunProtocol
public import SiteKit
public import Web

/// The addresses where texts are formatted.
public struct FormattingRoutes: Sendable {
    private let formatting: Formatting
    private let saving: FormSaving
    private let pages: Pages

    /// Routes over the documents that a reader may edit.
    public init(formatting: Formatting, saving: FormSaving, pages: Pages) {
        self.formatting = formatting
        self.saving = saving
        self.pages = pages
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.post, "/documents/{document}/formats", format)
        routes.members(.post, "/documents/{document}/formats/{name}/reversal", takeBack)
    }

    private struct Report: Encodable {
        /// How many places of the text are otherwise now.
        var places = 0
        /// How many stay as they are because somebody changed them meanwhile.
        var left = 0
        /// Where it is taken back, below the base path.
        var reversal: String?
        /// Why it is not formatted.
        var refusal: Refusal?
    }

    private struct Refusal: Encodable {
        let message: String
        let line: Int?
        let column: Int?
    }

    /// Scripts have sent what was typed before; a form brings it along, as it does to run something.
    private func format(_ request: Request, _ reader: Reader, id: DocumentHead.ID) throws -> Response {
        let place = try formatting.place(of: id, for: reader)
        if request.prefersJSON { return try .json(report(try formatting.format(id, at: place, for: reader), id)) }
        let form = try request.form()
        if let question = try saving.question(of: form, for: id, by: reader, request, undone: "nothing was formatted") {
            return question
        }
        let back = FilesRoutes.path(place.project.id, place.path)
        do {
            switch try formatting.format(id, at: place, for: reader) {
            case .formatted(let done):
                let action = done.name.map { (label: "Undo", path: Self.reversal(of: $0, id)) }
                let flash = Flash(.ok, Self.words(for: done), actionLabel: action?.label, actionPath: action?.path)
                return try pages.seeOther(back, flash, for: request)
            case .refused(let words, let line, _):
                let address = line.map { "\(back)?line=\($0)" } ?? back
                return try pages.seeOther(address, Flash(.bad, "Not formatted. \(words)"), for: request)
            }
        } catch let problem as Problem where problem.status != .notFound && problem.status != .forbidden {
            return try pages.seeOther(back, Flash(.bad, "Not formatted. \(problem.message)"), for: request)
        }
    }

    private func report(_ ending: Formatting.Ending, _ id: DocumentHead.ID) -> Report {
        switch ending {
        case .formatted(let done):
            let reversal = done.name.map { Self.reversal(of: $0, id) }
            return Report(places: done.places, left: done.left, reversal: reversal)
        case .refused(let words, let line, let column):
            return Report(refusal: Refusal(message: words, line: line, column: column))
        }
    }

    private static func reversal(of name: String, _ id: DocumentHead.ID) -> String {
        "/documents/\(id)/formats/\(name)/reversal"
    }

    private static func words(for done: Documents.Replaced) -> String {
        guard done.left == 0 else { return "Formatted, but for what was edited meanwhile." }
        return done.places == 0 ? "It was formatted already." : "Formatted."
    }

    private func takeBack(_ request: Request, _ reader: Reader, id: DocumentHead.ID, name: String) throws -> Response {
        let (project, path) = try formatting.place(of: id, for: reader)
        try formatting.takeBack(name, in: project.id, for: reader)
        if request.prefersJSON { return .noContent }
        let flash = Flash(.ok, "The text is as it was before.")
        return try pages.seeOther(FilesRoutes.path(project.id, path), flash, for: request)
    }
}
