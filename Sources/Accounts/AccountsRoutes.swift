public import SiteKit
import Templating
public import Web

/// The pages of accounts: sign up, sign in, sign out, sessions, and the set-up of the first administrator.
public struct AccountsRoutes: Sendable {
    private let accounts: Accounts
    private let pages: Pages
    private let landing: Page<LandingPage>
    private let signUp: Page<SignUpPage>
    private let signIn: Page<SignInPage>
    private let setup: Page<SetupPage>
    private let sessions: Page<SessionsPage>

    /// Throws `TemplateError` when a page's template does not fit.
    public init(accounts: Accounts, pages: Pages) throws {
        self.accounts = accounts
        self.pages = pages
        landing = try pages.library.page("accounts/landing", for: LandingPage.self)
        signUp = try pages.library.page("accounts/sign-up", for: SignUpPage.self)
        signIn = try pages.library.page("accounts/sign-in", for: SignInPage.self)
        setup = try pages.library.page("accounts/setup", for: SetupPage.self)
        sessions = try pages.library.page("accounts/sessions", for: SessionsPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.get("/", showLanding)
        routes.get("/sign-up", showSignUp)
        routes.post("/sign-up", createAccount)
        routes.get("/sign-in", showSignIn)
        routes.post("/sign-in", createSession)
        routes.post("/sign-out", endSession)
        routes.get("/setup/{token}", showSetup)
        routes.post("/setup/{token}", createAdministrator)
        routes.members(.get, "/account/sessions", showSessions)
        routes.members(.post, "/account/sessions/revocations", revokeOthers)
        routes.members(.post, "/account/sessions/{session}/revocation", revoke)
    }

    private func showLanding(_ request: Request) throws -> Response {
        if request.reader != nil { return .seeOther("/projects") }
        return try pages.show(landing, LandingPage(), to: request)
    }

    private func showSignUp(_ request: Request) throws -> Response {
        let path = Self.returnPath(request.query["return"])
        if request.reader != nil { return .seeOther(path.isEmpty ? "/projects" : path) }
        return try pages.show(signUp, SignUpPage(returnPath: path), to: request)
    }

    private func createAccount(_ request: Request) throws -> Response {
        let form = try request.form()
        let registration = Registration(form)
        let path = Self.returnPath(form["return"])
        do {
            let account = try accounts.register(registration, from: request.remoteAddress)
            let next = path.isEmpty ? " Make your first project." : ""
            return try welcome(account, "Welcome, \(account.username).\(next)", at: path, to: request)
        } catch let problem as Problem where Self.belongsToForm(problem) {
            let page = SignUpPage(registration, problem, returnPath: path)
            return try pages.show(signUp, page, to: request, problem: problem)
        }
    }

    private func showSignIn(_ request: Request) throws -> Response {
        let path = Self.returnPath(request.query["return"])
        if request.reader != nil { return .seeOther(path.isEmpty ? "/projects" : path) }
        return try pages.show(signIn, SignInPage(returnPath: path), to: request)
    }

    private func createSession(_ request: Request) throws -> Response {
        let form = try request.form()
        let login = form.trimmed("login")
        let path = Self.returnPath(form["return"])
        do {
            let account = try accounts.signIn(
                login: login,
                password: form["password"] ?? "",
                from: request.remoteAddress
            )
            var response = Response.seeOther(path.isEmpty ? "/projects" : path)
            try accounts.open(account, for: request, on: &response)
            return response
        } catch let problem as Problem where Self.belongsToForm(problem) {
            let page = SignInPage(login: login, returnPath: path, message: problem.message)
            return try pages.show(signIn, page, to: request, problem: problem)
        }
    }

    private func endSession(_ request: Request) throws -> Response {
        if let reader = request.reader { try accounts.end(reader.session, of: reader) }
        var response = try pages.seeOther("/sign-in", Flash(.ok, "You are signed out."), for: request)
        response.removeCookie(accounts.cookie, on: request)
        return response
    }

    private func showSetup(_ request: Request, token: String) throws -> Response {
        guard try accounts.isSetupToken(token) else { throw Problem.notFound }
        return try pages.show(setup, SetupPage(token: token, form: SignUpPage()), to: request)
    }

    private func createAdministrator(_ request: Request, token: String) throws -> Response {
        guard try accounts.isSetupToken(token) else { throw Problem.notFound }
        let registration = Registration(try request.form())
        do {
            let account = try accounts.setUp(registration, token: token)
            return try welcome(account, "Welcome, \(account.username). You administer this site.", to: request)
        } catch let problem as Problem where Self.belongsToForm(problem) {
            let page = SetupPage(token: token, form: SignUpPage(registration, problem))
            return try pages.show(setup, page, to: request, problem: problem)
        }
    }

    private func showSessions(_ request: Request, _ reader: Reader) throws -> Response {
        let rows = try accounts.sessions(of: reader).map { SessionRow(session: $0, isCurrent: $0.id == reader.session) }
        return try pages.show(sessions, SessionsPage(sessions: rows), to: request)
    }

    private func revoke(_ request: Request, _ reader: Reader, session: Session.ID) throws -> Response {
        try accounts.end(session, of: reader)
        if session == reader.session {
            var response = try pages.seeOther("/sign-in", Flash(.ok, "You are signed out."), for: request)
            response.removeCookie(accounts.cookie, on: request)
            return response
        }
        return try pages.seeOther("/account/sessions", Flash(.ok, "That session is signed out."), for: request)
    }

    private func revokeOthers(_ request: Request, _ reader: Reader) throws -> Response {
        let count = try accounts.endOthers(of: reader)
        let text =
            switch count {
            case 0: "You are signed in nowhere else."
            case 1: "One other session is signed out."
            default: "\(count) other sessions are signed out."
            }
        return try pages.seeOther("/account/sessions", Flash(.ok, text), for: request)
    }

    /// - Parameter path: where they wanted to go; empty for nowhere special.
    private func welcome(
        _ account: Account,
        _ text: String,
        at path: String = "",
        to request: Request
    ) throws -> Response {
        var response = try pages.seeOther(path.isEmpty ? "/projects" : path, Flash(.ok, text), for: request)
        try accounts.open(account, for: request, on: &response)
        return response
    }

    /// Where to go after sign-in: a path of this site, else nowhere special.
    private static func returnPath(_ text: String?) -> String {
        guard let text, LocalPath.isSafe(text), text.utf8.count <= 2_000 else { return "" }
        return text
    }

    /// Problems that are told at the form, with what was typed still in it.
    private static func belongsToForm(_ problem: Problem) -> Bool {
        [Status.unprocessable, .tooManyRequests, .serviceUnavailable].contains(problem.status)
    }
}
