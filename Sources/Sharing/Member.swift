import Accounts
import FoundationEssentials
import Projects

/// Somebody who may do something with a project that is not theirs.
struct Member: Sendable {
    let account: Account.ID
    let username: String
    let role: ProjectRole
    let since: Date
}

/// What may be shared, and how far. Stated defaults.
public struct SharingLimits: Sendable {
    /// Members of one project, its owner not counted.
    public var members = 100
    /// Invitations of one project that still let somebody in.
    public var invitations = 20
    /// People who can come in by one invitation.
    public var uses = 100
    /// Days that an invitation lets people in.
    public var days = 30

    /// The stated defaults.
    public init() {}
}

extension ProjectRole {
    /// The role that a form names, or what is wrong with it.
    static func checked(_ typed: String?) throws -> ProjectRole {
        guard let role = typed.flatMap(ProjectRole.init(rawValue:)), given.contains(role) else {
            throw SharingFault.role
        }
        return role
    }

    /// Whether the other role may do all that this one may.
    func isCovered(by other: ProjectRole) -> Bool {
        ProjectRight.allCases.allSatisfy { !may($0) || other.may($0) }
    }

    /// What it lets one do, behind “You”.
    var words: String {
        switch self {
        case .owner: "own it"
        case .editor: "may edit and run it"
        case .runner: "may run it, not edit"
        case .reader: "may read it"
        }
    }
}
