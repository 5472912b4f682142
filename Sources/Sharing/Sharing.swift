public import Accounts
import Crypto
public import Editing
import ExecuteAPI
import FoundationEssentials
public import MariaDB
public import Projects
import RunProtocol
public import SiteKit
import Web

/// Lets other people into projects: members by name or by link, visitors by address, and copies of their own.
///
/// **Theory of operation.** A membership is a row with a role, and every question about a project looks at it anew
/// (`ProjectAccess`). So whoever loses a right is refused from the next request on. What goes on without requests is
/// ended by `rightsLost` after the commit: what they run in the project, and their live streams, whose pages come back
/// at once and are then refused the channels of that project.
public struct Sharing: Sendable {
    private let database: Database
    private let projects: Projects
    let texts: ProjectTexts
    let limits: SharingLimits
    private let now: Now
    /// Called when somebody, or with nil everybody, may do less in a project than before.
    private let rightsLost: @Sendable (Project.ID, Account.ID?) throws -> Void
    /// Called when a page of theirs offers somebody, or with nil everybody, what is not what they may do.
    private let rightsChanged: @Sendable (Project.ID, Account.ID?) -> Void

    /// - Parameter rightsLost: called, after the commit, when somebody may do less in a project than before; with nil
    ///   when nobody may run anything in it any more. Before it, `rightsChanged` is called, which is also called when
    ///   somebody may do more.
    public init(
        database: Database,
        projects: Projects,
        texts: ProjectTexts,
        limits: SharingLimits = SharingLimits(),
        now: @escaping Now,
        rightsLost: @escaping @Sendable (Project.ID, Account.ID?) throws -> Void,
        rightsChanged: @escaping @Sendable (Project.ID, Account.ID?) -> Void
    ) {
        self.database = database
        self.projects = projects
        self.texts = texts
        self.limits = limits
        self.now = now
        self.rightsLost = rightsLost
        self.rightsChanged = rightsChanged
    }

    // MARK: Members

    /// Everybody who is in a project, and the links to it, for its owner. Throws `Problem`.
    func overview(of id: Project.ID, for reader: Reader) throws -> Overview {
        let project = try projects.project(id, for: reader, to: .own)
        return try database.read { db in
            Overview(
                project: project,
                members: try MembersStore.members(of: id, for: .own(reader), in: db),
                invitations: try InvitationsStore.invitations(to: id, for: .own(reader), at: now(), in: db)
            )
        }
    }

    struct Overview: Sendable {
        let project: Project
        let members: [Member]
        let invitations: [Invitation]
    }

    /// Makes somebody a member and says how they write their name. Throws `Problem` with the fault of a field.
    func add(_ typed: String, as role: String, to id: Project.ID, for reader: Reader) throws -> String {
        try projects.deciding(id, for: reader) { db in
            let role = try ProjectRole.checked(role)
            guard let account = try MembersStore.account(named: typed, in: db) else { throw SharingFault.unknown }
            guard account.id != reader.account.id else { throw SharingFault.owner }
            guard try MembersStore.member(account.id, of: id, in: db) == nil else {
                throw SharingFault.isMember(account.username)
            }
            try refuseMore(in: id, db)
            try MembersStore.put(account.id, as: role, in: id, at: now(), db)
            return account.username
        }
    }

    /// Gives a member another role and says who it is. Throws `Problem`.
    func setRole(_ typed: String, of member: Account.ID, in id: Project.ID, for reader: Reader) throws -> Member {
        let before = try projects.deciding(id, for: reader) { db in
            let role = try ProjectRole.checked(typed)
            guard let member = try MembersStore.member(member, of: id, in: db) else { throw SharingFault.noMember }
            try MembersStore.put(member.account, as: role, in: id, at: now(), db)
            return Change(member: member, role: role)
        }
        rightsChanged(id, member)
        if !before.member.role.isCovered(by: before.role) { try rightsLost(id, member) }
        return before.member
    }

    private struct Change: Sendable {
        let member: Member
        let role: ProjectRole
    }

    /// Ends somebody's membership and says who it was. Links that were made until now don't let them in again. Throws
    /// `Problem`.
    func remove(_ account: Account.ID, from id: Project.ID, for reader: Reader) throws -> String {
        let username = try projects.deciding(id, for: reader) { db in
            guard let member = try MembersStore.member(account, of: id, in: db),
                try MembersStore.remove(account, from: id, in: db)
            else { throw SharingFault.noMember }
            try MembersStore.note(removalOf: account, from: id, at: now(), in: db)
            return member.username
        }
        rightsChanged(id, account)
        try rightsLost(id, account)
        return username
    }

    /// Ends the reader's own membership and says of what. Throws `Problem`.
    func leave(_ id: Project.ID, for reader: Reader) throws -> String {
        let project = try projects.project(id, for: reader)
        let left = try database.write { db in try MembersStore.remove(reader.account.id, from: id, in: db) }
        guard left else { throw Problem(.conflict, "You own this project. Give it to a member first, then leave it.") }
        try rightsLost(id, reader.account.id)
        return project.name
    }

    private func refuseMore(in id: Project.ID, _ db: Connection) throws {
        guard try MembersStore.count(of: id, in: db) < limits.members else { throw SharingFault.full(limits.members) }
    }

    // MARK: Invitations

    /// Makes a link and gives its token, which nobody can ask for again. Throws `Problem` with the fault of a field.
    func invite(_ form: Invitation.Form, to id: Project.ID, for reader: Reader) throws -> String {
        let token = SecureRandom.token()
        try projects.deciding(id, for: reader) { db in
            let terms = try Invitation.Terms(form, limits)
            let open = try InvitationsStore.invitations(to: id, for: .own(reader), at: now(), in: db)
            guard open.count < limits.invitations else { throw SharingFault.manyInvitations(limits.invitations) }
            try InvitationsStore.insert(
                terms,
                hash: Self.hash(token),
                to: id,
                by: reader.account.id,
                at: now(),
                in: db
            )
        }
        return token
    }

    /// Takes a link back, or finds it taken back, and says to which project it was. Throws `Problem.notFound`.
    func revoke(_ invitation: Invitation.ID, for reader: Reader) throws -> Project.ID {
        let project = try database.write { db in
            try InvitationsStore.revoke(invitation, for: .own(reader), at: now(), in: db)
        }
        guard let project else { throw Problem.notFound }
        return project
    }

    /// What a token invites to. Throws `Problem` when it lets nobody in.
    func welcome(_ token: String) throws -> Welcome {
        let welcome = try database.read { db in
            try InvitationsStore.welcome(hash: Self.hash(token), at: now(), in: db)
        }
        guard let welcome else { throw SharingFault.spent }
        return welcome
    }

    /// Makes the reader a member and gives the project. Who may do as much already uses nothing up. Throws `Problem`.
    func accept(_ token: String, for reader: Reader) throws -> Welcome {
        let person = reader.account.id
        return try database.write { db in
            guard let welcome = try InvitationsStore.welcome(hash: Self.hash(token), at: now(), in: db) else {
                throw SharingFault.spent
            }
            let (id, invitation) = (welcome.project, welcome.invitation)
            // Nobody is removed, and nobody else counted, between the questions.
            guard try ProjectsStore.lock(id, in: db) else { throw SharingFault.spent }
            let role = try ProjectsStore.role(of: person, in: id, db)
            if let role, invitation.role.isCovered(by: role) { return welcome }
            guard try !MembersStore.wasRemoved(person, from: id, since: invitation.created, in: db) else {
                throw SharingFault.removed
            }
            if role == nil { try refuseMore(in: id, db) }
            guard try InvitationsStore.use(invitation.id, at: now(), in: db) else { throw SharingFault.spent }
            try MembersStore.put(person, as: invitation.role, in: id, at: now(), db)
            return welcome
        }
    }

    private static func hash(_ token: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(token.utf8)))
    }

    // MARK: The project as a whole

    /// Makes the reader the owner of a project that was offered to them. Links that the former owner made end. Throws
    /// `Problem`.
    func acceptTransfer(of id: Project.ID, for reader: Reader) throws {
        try projects.accept(id, for: reader) { db in try InvitationsStore.revokeAll(to: id, at: now(), in: db) }
        rightsChanged(id, nil)
    }

    /// Lays a project to rest, and ends what runs in it. Throws `Problem`.
    func archive(_ id: Project.ID, for reader: Reader) throws {
        try projects.setArchived(true, id, for: reader)
        rightsChanged(id, nil)
        try rightsLost(id, nil)
    }

    /// Brings a project back into use. Throws `Problem`.
    func unarchive(_ id: Project.ID, for reader: Reader) throws {
        try projects.setArchived(false, id, for: reader)
        rightsChanged(id, nil)
    }

    /// The contents of a project's files as they are now, one of them first, to be tried out. Throws `Problem`.
    func contents(
        of project: Project,
        through access: ProjectAccess,
        first: String
    ) throws -> [(path: ProjectPath, bytes: [UInt8])] {
        let listing = try texts.listing(of: project.id, for: access)
        try TryOuts.refuseTooMuch(listing.manifest)
        return try listing.manifest.map(\.path).sorted { left, right in
            (left.text == first ? 0 : 1, left.text) < (right.text == first ? 0 : 1, right.text)
        }.map { ($0, try listing.bytes(of: $0)) }
    }

    /// A copy of the files of a project as they are now, for the reader. Throws `Problem`.
    func fork(
        _ project: Project,
        named name: String? = nil,
        through access: ProjectAccess,
        for reader: Reader
    ) throws -> Project.ID {
        let listing = try texts.listing(of: project.id, for: access)
        // A file that came between the two questions is not in the copy.
        let paths = Set(listing.manifest.map(\.path))
        let files = try projects.files(of: project.id, for: access).filter { paths.contains($0.path) }.map { file in
            let content: Projects.NewFile.Content =
                switch file.content {
                case .text: .text(String(decoding: try listing.bytes(of: file.path), as: UTF8.self))
                case .blob(let blob): .blob(blob.digest)
                }
            return Projects.NewFile(path: file.path, content: content)
        }
        return try projects.fork(project, named: name, files: files, for: reader)
    }

    /// A project that begins as a template is now. Throws `Problem`.
    public func makeProject(from template: Project.ID, named name: String, for reader: Reader) throws -> Project.ID {
        try fork(try projects.templateProject(template, for: reader), named: name, through: .template, for: reader)
    }
}
