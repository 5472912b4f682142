public import FoundationEssentials
public import SiteKit

/// A person who may sign in.
public struct Account: Sendable {
    /// Its number.
    public typealias ID = Identifier<Account>

    /// Its number.
    public let id: ID
    /// 2 to 32 letters, digits, `-` and `_`; unique whatever the case.
    public let username: String
    /// Unique whatever the case.
    public let email: String
    /// Whether they may administer the site.
    public let isAdministrator: Bool
    /// How they like the site, as the feature `Preferences` writes it down; empty when they never said. It comes with the
    /// account, so that a page that is drawn as its reader likes it costs no question of its own.
    public let preferences: String
}

/// Somebody's open sign-in in one browser.
public struct Session: Sendable {
    /// Its number.
    public typealias ID = Identifier<Session>

    /// Its number.
    public let id: ID
    /// What the browser called itself.
    public let userAgent: String
    /// The client's address when it was last seen.
    public let address: String
    /// When they signed in.
    public let created: Date
    /// When it last sent a request, to the minute.
    public let lastSeen: Date

    /// How long sessions last, in seconds.
    public struct Lifetime: Sendable {
        /// Without any request.
        public var idle: TimeInterval = 14 * 86_400
        /// Whatever happens.
        public var absolute: TimeInterval = 60 * 86_400
        /// How stale `lastSeen` may get before it is written again: one write a minute, not one a request.
        public var touch: TimeInterval = 60

        /// The stated defaults.
        public init() {}
    }
}

/// The signed-in person who sent a request.
public struct Reader: Sendable {
    /// Who they are.
    public let account: Account
    /// The session their browser showed.
    public let session: Session.ID

    /// The name of this session for the live hub, which closes a session's streams when it ends.
    public var streamOwner: String { Self.streamOwner(session) }

    static func streamOwner(_ session: Session.ID) -> String { "session-\(session)" }
}
