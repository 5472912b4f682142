public import SiteKit
import Templating
public import Web

/// The page where people make and revoke their access tokens.
public struct AccessTokensRoutes: Sendable {
    private let accounts: Accounts
    private let pages: Pages
    private let page: Page<AccessTokensPage>

    /// Throws `TemplateError` when the page's template does not fit.
    public init(accounts: Accounts, pages: Pages) throws {
        self.accounts = accounts
        self.pages = pages
        page = try pages.library.page("accounts/tokens", for: AccessTokensPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/account/tokens", show)
        routes.members(.post, "/account/tokens", create)
        routes.members(.post, "/account/tokens/{token}/revocation", revoke)
    }

    private func show(_ request: Request, _ reader: Reader) throws -> Response {
        try pages.show(page, try model(for: reader), to: request)
    }

    /// The answer shows the new token, so it is no redirect: the text must not lie in a cookie or an address.
    private func create(_ request: Request, _ reader: Reader) throws -> Response {
        let name = try request.form().trimmed("name")
        do {
            let token = try accounts.addToken(name: name, for: reader.account.id)
            var model = try model(for: reader)
            model.token = token
            return try pages.show(page, model, to: request, status: .created)
        } catch let problem as Problem where problem.status == .unprocessable {
            var model = try model(for: reader)
            model.name = name
            model.nameError = problem.fields["name"]
            return try pages.show(page, model, to: request, problem: problem)
        }
    }

    private func revoke(_ request: Request, _ reader: Reader, token: AccessToken.ID) throws -> Response {
        try accounts.revokeToken(token, of: reader.account.id)
        return try pages.seeOther("/account/tokens", Flash(.ok, "The token is revoked."), for: request)
    }

    private func model(for reader: Reader) throws -> AccessTokensPage {
        AccessTokensPage(tokens: try accounts.tokens(of: reader.account.id))
    }
}

struct AccessTokensPage: ViewModel {
    var tokens: [AccessToken]
    /// A token that was made just now.
    var token: String?
    var name = ""
    var nameError: String?

    static let fields = Fields<Self>(
        .list("tokens", of: AccessTokenRow.self) { $0.tokens.map(AccessTokenRow.init) },
        .optionalText("token") { $0.token },
        .text("typed") { $0.name },
        .optionalText("nameError") { $0.nameError }
    )
}

struct AccessTokenRow: ViewModel {
    var token: AccessToken

    static let fields = Fields<Self>(
        .text("id") { $0.token.id.description },
        .text("name") { $0.token.name },
        .date("created") { $0.token.created },
        .optionalDate("lastUsed") { $0.token.lastUsed }
    )
}
