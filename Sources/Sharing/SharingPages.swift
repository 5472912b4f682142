import Accounts
import FoundationEssentials
import Projects
import SiteKit
import Templating

struct SharingPage: ViewModel {
    var project: ProjectHead
    var visibility: ProjectVisibility
    /// Where others than members find it, once they may.
    var address: String
    var members: [Member]
    var invitations: [Invitation]
    /// To whom it is offered.
    var recipient: Account.ID?
    var limits: SharingLimits
    var visibilityError: String?
    var memberError: String?
    var transferError: String?
    var username = ""
    var role = ProjectRole.editor.rawValue
    var faults: [String: String] = [:]
    var invitation = Invitation.Form()
    var invitationFaults: [String: String] = [:]
    /// A link that was made just now.
    var link: String?

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.project },
        .list("visibilities", of: VisibilityChoice.self) { page in
            ProjectVisibility.allCases.map { VisibilityChoice(visibility: $0, isChosen: $0 == page.visibility) }
        },
        .optionalText("visibilityError") { $0.visibilityError },
        .optionalText("address") { $0.visibility == .private ? nil : $0.address },
        .list("members", of: MemberRow.self) { page in
            page.members.map { MemberRow(member: $0, isRecipient: $0.account == page.recipient) }
        },
        .int("memberCount") { $0.members.count },
        .int("mostMembers") { $0.limits.members },
        .optionalText("memberError") { $0.memberError },
        .text("username") { $0.username },
        .optionalText("usernameError") { $0.faults["username"] },
        .list("roles", of: RoleChoice.self) { RoleChoice.all(chosen: $0.role) },
        .optionalText("roleError") { $0.faults["role"] },
        .list("invitations", of: InvitationRow.self) { $0.invitations.map(InvitationRow.init) },
        .list("invitationRoles", of: RoleChoice.self) { RoleChoice.all(chosen: $0.invitation.role) },
        .text("days") { $0.invitation.days },
        .text("uses") { $0.invitation.uses },
        .text("daysHint") { "At most \($0.limits.days)." },
        .text("usesHint") { "Who can come in by it; at most \($0.limits.uses)." },
        .optionalText("daysError") { $0.invitationFaults["days"] },
        .optionalText("usesError") { $0.invitationFaults["uses"] },
        .optionalText("invitationError") { $0.invitationFaults["invitation"] ?? $0.invitationFaults["role"] },
        .optionalText("link") { $0.link },
        .optionalText("recipient") { page in page.members.first { $0.account == page.recipient }?.username },
        .optionalText("transferError") { $0.transferError }
    )
}

struct VisibilityChoice: ViewModel {
    var visibility: ProjectVisibility
    var isChosen: Bool

    static let fields = Fields<Self>(
        .text("value") { $0.visibility.rawValue },
        .text("name") { $0.visibility.name },
        .text("words") { $0.visibility.words },
        .bool("isChosen") { $0.isChosen }
    )
}

extension ProjectVisibility {
    var name: String {
        switch self {
        case .private: "Private"
        case .unlisted: "Unlisted"
        case .public: "Public"
        }
    }

    /// Who sees it.
    var words: String {
        switch self {
        case .private: "Only you and its members see it."
        case .unlisted: "Whoever has its address can read and copy it, signed in or not."
        case .public: "Everybody can read and copy it, signed in or not."
        }
    }
}

struct RoleChoice: ViewModel {
    var role: ProjectRole
    var isChosen: Bool

    static let fields = Fields<Self>(
        .text("value") { $0.role.rawValue },
        .text("name") { $0.role.name },
        .bool("isChosen") { $0.isChosen }
    )

    static func all(chosen: String) -> [RoleChoice] {
        ProjectRole.given.map { RoleChoice(role: $0, isChosen: $0.rawValue == chosen) }
    }
}

extension ProjectRole {
    /// The role with what it lets one do.
    var name: String {
        switch self {
        case .owner: "Owner"
        case .editor: "Editor (edits and runs)"
        case .runner: "Runner (runs, does not edit)"
        case .reader: "Reader (only reads)"
        }
    }
}

struct MemberRow: ViewModel {
    var member: Member
    var isRecipient: Bool

    static let fields = Fields<Self>(
        .int("id") { $0.member.account.rawValue },
        .text("username") { $0.member.username },
        .date("since") { $0.member.since },
        .list("roles", of: RoleChoice.self) { RoleChoice.all(chosen: $0.member.role.rawValue) },
        .bool("isRecipient") { $0.isRecipient }
    )
}

struct InvitationRow: ViewModel {
    var invitation: Invitation

    static let fields = Fields<Self>(
        .int("id") { $0.invitation.id.rawValue },
        .text("role") { $0.invitation.role.name },
        .int("uses") { $0.invitation.uses },
        .int("mostUses") { $0.invitation.mostUses },
        .date("created") { $0.invitation.created },
        .date("expires") { $0.invitation.expires }
    )
}

struct MembershipPage: ViewModel {
    var project: ProjectHead
    var owner: String
    /// What the reader may do, behind “You”.
    var words: String
    /// Whether the owner offers it to the reader.
    var isOffered: Bool

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.project },
        .text("owner") { $0.owner },
        .text("words") { $0.words },
        .bool("isOffered") { $0.isOffered }
    )
}

struct InvitationPage: ViewModel {
    var token: String
    var welcome: Welcome

    static let fields = Fields<Self>(
        .text("token") { $0.token },
        .text("inviter") { $0.welcome.inviter },
        .text("projectName") { $0.welcome.projectName },
        .text("words") { $0.welcome.invitation.role.words },
        .date("expires") { $0.welcome.invitation.expires }
    )
}
