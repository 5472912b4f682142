public import FoundationEssentials
public import SiteKit

/// A person who may sign in.
public struct Account: Sendable {
    public typealias ID = Identifier<Account>

    public let id: ID
    public let username: String
    public let email: String
    public let isAdministrator: Bool
}

/// Somebody's open sign-in in one browser.
public struct Session: Sendable {
    public typealias ID = Identifier<Session>

    public let id: ID
    /// What the browser called itself.
    public let userAgent: String
    public let address: String
    public let created: Date
    public let lastSeen: Date

    /// How long sessions last, in seconds.
    public struct Lifetime: Sendable {
        /// Without any request.
        public var idle: TimeInterval = 14 * 86_400
        /// Whatever happens.
        public var absolute: TimeInterval = 60 * 86_400
        /// How stale `lastSeen` may get before it is written again: one write a minute, not one a request.
        public var touch: TimeInterval = 60

        public init() {}
    }
}

/// The signed-in person who sent a request.
public struct Reader: Sendable {
    public let account: Account
    public let session: Session.ID

    /// The name of this session for the live hub, which closes a session's streams when it ends.
    public var streamOwner: String { "session-\(session)" }
}
