import Web

/// What can be wrong with the forms of sharing, in the words of the product.
enum SharingFault {
    static let role = Problem.invalid("role", "Choose one of the roles.")
    static let unknown = Problem.invalid("username", "There is no account of this name.")
    static let owner = Problem.invalid("username", "You own this project already.")
    static let visibility = Problem.invalid("visibility", "Choose who sees it.")

    static func isMember(_ username: String) -> Problem {
        .invalid("username", "\(username) is a member already. The role can be changed in the list.")
    }

    static let noMember = Problem.invalid("member", "They are no member of this project any more.")

    static func full(_ limit: Int) -> Problem {
        .invalid("username", "This project has \(limit) members, which is the most.")
    }

    static func manyInvitations(_ limit: Int) -> Problem {
        .invalid("invitation", "This project has \(limit) invitation links, which is the most. Revoke one first.")
    }

    static func number(_ field: String, _ most: Int) -> Problem {
        .invalid(field, "Give a number from 1 to \(most).")
    }

    /// One sentence for all reasons: a link says nothing about a project to those whom it does not let in.
    static let spent = Problem(
        .notFound,
        "This invitation lets nobody in any more: it was used up, has expired, or was taken back. Ask for a new one."
    )

    static let removed = Problem(
        .forbidden,
        "You were removed from this project after this link was made. Ask its owner for a new one."
    )
}
