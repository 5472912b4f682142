import Accounts
import FoundationEssentials
import Projects
import SiteKit
import Web

/// A link by which people become members. Its token is shown once and stored as a hash only.
struct Invitation: Sendable {
    typealias ID = Identifier<Invitation>

    let id: ID
    let role: ProjectRole
    /// How many came in by it.
    let uses: Int
    let mostUses: Int
    let created: Date
    let expires: Date

    /// What a link is to be, as it was typed.
    struct Form: Sendable {
        var role: String
        var days: String
        var uses: String

        init(role: String = ProjectRole.editor.rawValue, days: String = "7", uses: String = "1") {
            self.role = role
            self.days = days
            self.uses = uses
        }

        init(_ form: Web.Form) {
            self.init(role: form.trimmed("role"), days: form.trimmed("days"), uses: form.trimmed("uses"))
        }
    }

    /// What stands in a form that is in order.
    struct Terms: Sendable {
        let role: ProjectRole
        let days: Int
        let uses: Int

        /// Throws `Problem` with what is wrong at which field.
        init(_ form: Form, _ limits: SharingLimits) throws {
            role = try ProjectRole.checked(form.role)
            guard let days = Int(pathComponent: form.days), (1...limits.days).contains(days) else {
                throw SharingFault.number("days", limits.days)
            }
            guard let uses = Int(pathComponent: form.uses), (1...limits.uses).contains(uses) else {
                throw SharingFault.number("uses", limits.uses)
            }
            self.days = days
            self.uses = uses
        }
    }
}

/// What an invitation tells whoever follows it.
struct Welcome: Sendable {
    let invitation: Invitation
    let project: Project.ID
    let projectName: String
    let inviter: String
}
