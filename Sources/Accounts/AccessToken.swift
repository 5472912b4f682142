public import FoundationEssentials
public import SiteKit

/// What a person's own programs show instead of a password. Its text is shown once and stored as a hash only.
public struct AccessToken: Sendable {
    /// Its number.
    public typealias ID = Identifier<AccessToken>

    /// Its number.
    public let id: ID
    /// What its owner calls it, 1 to 80 characters.
    public let name: String
    /// When it was made.
    public let created: Date
    /// When it was last shown, to the minute; nil when it never was.
    public let lastUsed: Date?

    /// The most that one person may have.
    static let limit = 50

    /// What every token begins with, so that people and scanners for leaked secrets know one when they see it.
    static let prefix = "carrel_"
}
