public import Accounts
public import SiteKit
import Templating
public import Web

/// The page where people say how they like the site, and what makes every page so.
public struct PreferencesRoutes: Sendable {
    private let accounts: Accounts
    private let pages: Pages
    private let page: Page<PreferencesPage>

    /// Throws `TemplateError` when the page's template does not fit.
    public init(accounts: Accounts, pages: Pages) throws {
        self.accounts = accounts
        self.pages = pages
        page = try pages.library.page("preferences/preferences", for: PreferencesPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/account/preferences", show)
        routes.members(.post, "/account/preferences", save)
    }

    /// Middleware: draws the pages of a signed-in reader as they like them. To stand after `Accounts.recognise`, whose
    /// question to the database brought what they like along.
    public static func dress(_ request: Request, _ next: Handler) throws -> Response {
        if let text = request.reader?.account.preferences, !text.isEmpty {
            request[FrameLookKey.self] = Preferences(stored: text).look
        }
        return try next(request)
    }

    private func show(_ request: Request, _ reader: Reader) throws -> Response {
        try pages.show(page, PreferencesPage(Preferences(stored: reader.account.preferences)), to: request)
    }

    /// Saves a form, or what a script sends in JSON while somebody changes one.
    private func save(_ request: Request, _ reader: Reader) throws -> Response {
        let form =
            request.prefersJSON
            ? try request.json(PreferencesForm.self, limit: 4_096) : PreferencesForm(try request.form())
        do {
            try accounts.setPreferences(try form.checked().stored, of: reader)
        } catch let problem as Problem where problem.status == .unprocessable {
            let page = PreferencesPage(form.understood, faults: problem.fields)
            return try pages.show(self.page, page, to: request, problem: problem)
        }
        if request.prefersJSON { return .noContent }
        return try pages.seeOther("/account/preferences", Flash(.ok, "Your preferences are saved."), for: request)
    }
}
