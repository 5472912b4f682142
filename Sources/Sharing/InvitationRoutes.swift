import Accounts
public import SiteKit
import Templating
public import Web

/// Where invitation links lead.
public struct InvitationRoutes: Sendable {
    private let sharing: Sharing
    private let pages: Pages
    private let page: Page<InvitationPage>

    /// Throws `TemplateError` when the page's template does not fit.
    public init(sharing: Sharing, pages: Pages) throws {
        self.sharing = sharing
        self.pages = pages
        page = try pages.library.page("sharing/invitation", for: InvitationPage.self)
    }

    /// Writes these addresses into the table. Signed-out people are led through sign-in and back.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/invitations/{token}", show)
        routes.members(.post, "/invitations/{token}/acceptance", accept)
    }

    static func path(_ token: String) -> String { "/invitations/\(token)" }

    /// Says what it is about and changes nothing: programs that preview links use nothing up.
    private func show(_ request: Request, _ reader: Reader, token: String) throws -> Response {
        try pages.show(page, InvitationPage(token: token, welcome: try sharing.welcome(token)), to: request)
    }

    private func accept(_ request: Request, _ reader: Reader, token: String) throws -> Response {
        let welcome = try sharing.accept(token, for: reader)
        let flash = Flash(.ok, "You \(welcome.invitation.role.words).")
        return try pages.seeOther("/projects/\(welcome.project)", flash, for: request)
    }
}
