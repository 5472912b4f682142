import Accounts
public import Projects
public import SiteKit
import Templating
public import Web

/// The page where a project's owner says who may do what with it, and the one where a member sees their own part.
public struct SharingRoutes: Sendable {
    private let sharing: Sharing
    private let projects: Projects
    private let pages: Pages
    private let page: Page<SharingPage>
    private let membership: Page<MembershipPage>

    /// Throws `TemplateError` when a page's template does not fit.
    public init(sharing: Sharing, projects: Projects, pages: Pages) throws {
        self.sharing = sharing
        self.projects = projects
        self.pages = pages
        page = try pages.library.page("sharing/members", for: SharingPage.self)
        membership = try pages.library.page("sharing/membership", for: MembershipPage.self)
    }

    /// Writes these addresses into the table.
    public func add(to routes: inout Routes) {
        routes.members(.get, "/projects/{project}/members", show)
        routes.members(.post, "/projects/{project}/members", add)
        routes.members(.post, "/projects/{project}/members/{member}/role", setRole)
        routes.members(.post, "/projects/{project}/members/{member}/removal", remove)
        routes.members(.post, "/projects/{project}/invitations", invite)
        routes.members(.post, "/invitations/{invitation}/revocation", revoke)
        routes.members(.post, "/projects/{project}/visibility", setVisibility)
        routes.members(.post, "/projects/{project}/archive", archive)
        routes.members(.post, "/projects/{project}/archive/deletion", unarchive)
        routes.members(.post, "/projects/{project}/transfer", offer)
        routes.members(.post, "/projects/{project}/transfer/acceptance", accept)
        routes.members(.post, "/projects/{project}/transfer/deletion", endOffer)
        routes.members(.get, "/projects/{project}/membership", showMembership)
        routes.members(.post, "/projects/{project}/membership/deletion", leave)
    }

    private static func path(_ project: Project.ID) -> String { "/projects/\(project)/members" }

    private func show(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        try pages.show(page, try model(of: id, for: reader, request), to: request)
    }

    // MARK: Members

    private func add(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let form = try request.form()
        let (username, role) = (form.trimmed("username"), form.trimmed("role"))
        return try shown(id, request, reader) {
            let name = try sharing.add(username, as: role, to: id, for: reader)
            return try pages.seeOther(Self.path(id), Flash(.ok, "\(name) is a member now."), for: request)
        } refused: { page, problem in
            page.username = username
            page.role = role
            page.faults = problem.fields
        }
    }

    private func setRole(
        _ request: Request,
        _ reader: Reader,
        id: Project.ID,
        member: Account.ID
    ) throws -> Response {
        let role = try request.form().trimmed("role")
        return try shown(id, request, reader) {
            let member = try sharing.setRole(role, of: member, in: id, for: reader)
            let words = ProjectRole(rawValue: role)?.words ?? ""
            return try pages.seeOther(Self.path(id), Flash(.ok, "\(member.username) \(words)."), for: request)
        } refused: { page, problem in
            page.memberError = problem.message
        }
    }

    private func remove(_ request: Request, _ reader: Reader, id: Project.ID, member: Account.ID) throws -> Response {
        try shown(id, request, reader) {
            let name = try sharing.remove(member, from: id, for: reader)
            return try pages.seeOther(Self.path(id), Flash(.ok, "\(name) is no member any more."), for: request)
        } refused: { page, problem in
            page.memberError = problem.message
        }
    }

    // MARK: Invitations

    /// The answer shows the new link, so it is no redirect: the token must not lie in a cookie or an address.
    private func invite(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let form = Invitation.Form(try request.form())
        return try shown(id, request, reader) {
            let token = try sharing.invite(form, to: id, for: reader)
            var page = try model(of: id, for: reader, request)
            page.link = origin(of: request) + pages.url(InvitationRoutes.path(token))
            return try pages.show(self.page, page, to: request, status: .created)
        } refused: { page, problem in
            page.invitation = form
            page.invitationFaults = problem.fields
        }
    }

    private func revoke(_ request: Request, _ reader: Reader, id: Invitation.ID) throws -> Response {
        let project = try sharing.revoke(id, for: reader)
        return try pages.seeOther(Self.path(project), Flash(.ok, "This link lets nobody in any more."), for: request)
    }

    // MARK: The project as a whole

    private func setVisibility(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let typed = try request.form().trimmed("visibility")
        return try shown(id, request, reader) {
            guard let visibility = ProjectVisibility(rawValue: typed) else { throw SharingFault.visibility }
            try projects.show(id, to: visibility, for: reader)
            return try pages.seeOther(Self.path(id), Flash(.ok, visibility.words), for: request)
        } refused: { page, problem in
            page.visibilityError = problem.message
        }
    }

    private func archive(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        try sharing.archive(id, for: reader)
        let flash = Flash(
            .ok,
            "The project is archived.",
            actionLabel: "Undo",
            actionPath: "/projects/\(id)/archive/deletion"
        )
        return try pages.seeOther("/projects/\(id)/settings", flash, for: request)
    }

    private func unarchive(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        try sharing.unarchive(id, for: reader)
        return try pages.seeOther(
            "/projects/\(id)/settings",
            Flash(.ok, "The project can be changed again."),
            for: request
        )
    }

    private func offer(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let typed = try request.form()["member"].flatMap(Account.ID.init(pathComponent:))
        return try shown(id, request, reader) {
            guard let typed else { throw Problem.invalid("member", "Choose one of the members.") }
            try projects.offer(id, to: typed, for: reader)
            let flash = Flash(.ok, "The project is offered. It is yours until they accept.")
            return try pages.seeOther(Self.path(id), flash, for: request)
        } refused: { page, problem in
            page.transferError = problem.message
        }
    }

    private func accept(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        // What was offered may be theirs by another window, or not be offered any more.
        let project = try projects.project(id, for: reader)
        if project.may(.own) { return .seeOther(Self.path(id)) }
        do {
            try sharing.acceptTransfer(of: id, for: reader)
        } catch let problem as Problem where problem.status == .notFound {
            let flash = Flash(.bad, "This project is not offered to you any more.")
            return try pages.seeOther("/projects/\(id)/membership", flash, for: request)
        }
        return try pages.seeOther(Self.path(id), Flash(.ok, "The project is yours now."), for: request)
    }

    private func endOffer(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        try projects.endOffer(of: id, for: reader)
        let isOwner = try projects.project(id, for: reader).may(.own)
        let path = isOwner ? Self.path(id) : "/projects/\(id)/membership"
        let words = isOwner ? "The offer is withdrawn." : "You declined it. The project stays with its owner."
        return try pages.seeOther(path, Flash(.ok, words), for: request)
    }

    // MARK: One's own part

    private func showMembership(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let project = try projects.project(id, for: reader)
        if project.may(.own) { return .seeOther(Self.path(id)) }
        let model = MembershipPage(
            project: ProjectHead(project, languageName: projects.languageName(of: project)),
            owner: project.owner,
            words: project.role?.words ?? "",
            isOffered: try projects.isOffered(id, to: reader)
        )
        return try pages.show(membership, model, to: request)
    }

    private func leave(_ request: Request, _ reader: Reader, id: Project.ID) throws -> Response {
        let name = try sharing.leave(id, for: reader)
        return try pages.seeOther("/projects", Flash(.ok, "You have left “\(name)”."), for: request)
    }

    // MARK: The page

    private func model(of id: Project.ID, for reader: Reader, _ request: Request) throws -> SharingPage {
        let overview = try sharing.overview(of: id, for: reader)
        let project = overview.project
        let address =
            switch project.visibility {
            case .unlisted: try projects.key(of: id, for: reader).map(VisitorRoutes.path(key:))
            case .private, .public: project.address
            }
        return SharingPage(
            project: ProjectHead(project, languageName: projects.languageName(of: project)),
            visibility: project.visibility,
            address: origin(of: request) + pages.url(address ?? project.address),
            members: overview.members,
            invitations: overview.invitations,
            recipient: try projects.recipient(of: id, for: reader),
            limits: sharing.limits
        )
    }

    /// Acts, or shows the page again with what is wrong at its field.
    private func shown(
        _ id: Project.ID,
        _ request: Request,
        _ reader: Reader,
        _ act: () throws -> Response,
        refused: (inout SharingPage, Problem) -> Void
    ) throws -> Response {
        do {
            return try act()
        } catch let problem as Problem where problem.status == .unprocessable {
            var page = try model(of: id, for: reader, request)
            refused(&page, problem)
            return try pages.show(self.page, page, to: request, problem: problem)
        }
    }

    /// What a link to this site begins with, as this browser knows it.
    private func origin(of request: Request) -> String {
        "\(request.isSecure ? "https" : "http")://\(request.headers["host"] ?? "localhost")"
    }
}
