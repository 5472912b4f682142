import Accounts
public import SiteKit
import Templating
public import Web

/// The pages for administrators. To everybody else they are not there.
public struct AdministrationRoutes: Sendable {
    private let languages: LanguagesAdministration
    private let pages: Pages
    private let page: Page<LanguagesPage>

    /// Throws `TemplateError` when a page's template does not fit.
    public init(languages: LanguagesAdministration, pages: Pages) throws {
        self.languages = languages
        self.pages = pages
        page = try pages.library.page("administration/languages", for: LanguagesPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.administrators(.get, "/admin/languages", show)
        routes.administrators(.post, "/admin/languages/{language}/availability", set)
    }

    private func show(_ request: Request, _ reader: Reader) throws -> Response {
        try pages.show(page, LanguagesPage(languages: try languages.list()), to: request)
    }

    private func set(_ request: Request, _ reader: Reader, language: String) throws -> Response {
        let wish = try request.form()["enabled"]
        guard let wish, ["yes", "no"].contains(wish) else {
            throw Problem.badRequest("Say whether the language is to be enabled: yes or no.")
        }
        let name = try languages.set(language, isEnabled: wish == "yes", by: reader)
        let words =
            wish == "yes"
            ? "\(name) is switched on." : "\(name) is switched off: nobody can run it or begin a project in it."
        return try pages.seeOther("/admin/languages", Flash(.ok, words), for: request)
    }
}
