import Logging
import SiteKit
import Templating
import Web

struct ProblemPage: ViewModel {
    var problem: Problem
    var requestID: String
    var actionHref: String
    var actionLabel: String
    /// The text of a program that could not be saved; nil when the request had none.
    var typed: String?

    static let fields = Fields<Self>(
        .int("status") { $0.problem.status.code },
        .text("title") { $0.title },
        .text("message") { $0.problem.message },
        .text("requestID") { $0.requestID },
        .text("actionHref") { $0.actionHref },
        .text("actionLabel") { $0.actionLabel },
        .optionalText("typed") { $0.typed }
    )

    private var title: String {
        switch problem.status.code {
        case 401: "Signed out"
        case 403: "Not carried out"
        case 404: "Nothing here"
        case 405: "Not that way"
        case 413: "Too large"
        case 429: "Too often"
        case 503: "Not at the moment"
        case 500...599: "Our fault"
        default: "That did not work"
        }
    }
}

/// The one place where problems are drawn: as a page, or as JSON for those who ask for that.
struct ProblemPages: Sendable {
    private let pages: Pages
    private let page: Page<ProblemPage>

    init(pages: Pages) throws {
        self.pages = pages
        page = try pages.library.page("shared/problem", for: ProblemPage.self)
    }

    private struct Report: Encodable {
        let status: Int
        let message: String
        let fields: [String: String]
        let request: String
    }

    /// A text that came with a form is nowhere else any more: pages are not kept by the browser to go back to. What
    /// another site's form sent is not shown, or it could say anything in our name.
    private func typed(in request: Request) -> String? {
        guard request.method == .post, ["same-origin", "none", nil].contains(request.headers["sec-fetch-site"]) else {
            return nil
        }
        return (try? request.form())?["text"]
    }

    func draw(_ problem: Problem, for request: Request) -> Response {
        do {
            if request.isForPrograms { return try .json(["message": problem.message], status: problem.status) }
            if request.prefersJSON {
                let report = Report(
                    status: problem.status.code,
                    message: problem.message,
                    fields: problem.fields,
                    request: request.id
                )
                return try .json(report, status: problem.status)
            }
            let isSignedIn = request[FrameUserKey.self] != nil
            let model = ProblemPage(
                problem: problem,
                requestID: request.id,
                actionHref: pages.url(isSignedIn ? "/projects" : "/"),
                actionLabel: isSignedIn ? "Your projects" : "To the front page",
                typed: typed(in: request)
            )
            return try pages.show(page, model, to: request, status: problem.status)
        } catch {
            request.log.error("error page failed", metadata: ["error": .string("\(error)")])
            return .text("\(problem.message)\nRequest \(request.id)\n", status: problem.status)
        }
    }
}
