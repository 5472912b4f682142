public import FoundationEssentials

/// What one reader may hear: made by a handler that has checked the reader, taken by the hub.
///
/// It goes from the handler to the hub inside this machine (nginx carries it in an internal redirect); a browser never
/// sees it.
public struct LiveTicket: Sendable, Equatable {
    /// The longest session text, in bytes.
    public static let maximumSession = 128
    /// The most channels that one stream carries.
    public static let maximumChannels = 64

    /// Names whose stream this is, so that `LiveHub.close(session:)` ends it at sign-out. Visible ASCII, no spaces.
    public var session: String
    /// The channels, in the order in which their first messages come; of several with one name the first counts.
    public var channels: [Channel]
    /// The hub refuses the ticket from this moment on. Half a minute is plenty: nginx redeems it at once.
    public var expires: Date

    /// A ticket for a session's reader, good until `expires`.
    public init(session: String, channels: [Channel], expires: Date) {
        self.session = session
        self.channels = channels
        self.expires = expires
    }

    /// A channel to hear, from where on.
    public struct Channel: Sendable, Equatable {
        /// The longest name, in bytes.
        public static let maximumName = 64

        /// The channel's name, such as "document/12": lower-case letters, digits, "/", "-" and "_".
        public var name: String
        /// The last message that the reader has; nil when it has none and starts now.
        public var position: LivePosition?

        /// A channel and the last message that the reader has of it.
        public init(name: String, position: LivePosition? = nil) {
            self.name = name
            self.position = position
        }

        /// Reads a client's wish, "document/12" or "document/12:ab12.17"; nil when the name can't be a channel's.
        ///
        /// A position that can't be read is `LivePosition.unknown`, so that the client is told of a gap.
        public init?(query: String) {
            let parts = query.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first, Self.isName(name) else { return nil }
            self.name = String(name)
            position = parts.count == 1 ? nil : LivePosition(String(parts[1])) ?? .unknown
        }

        static func isName(_ name: some StringProtocol) -> Bool {
            (1...maximumName).contains(name.utf8.count)
                && name.utf8.allSatisfy { byte in
                    LivePosition.isEpochByte(byte) || "/-_".utf8.contains(byte)
                }
        }
    }
}

/// A place in a channel's messages: the epoch says which life of the channel, the number counts from 1 within it.
public struct LivePosition: Sendable, Equatable, CustomStringConvertible {
    /// A position that no channel ever has: its reader is told of a gap.
    public static let unknown = LivePosition(epoch: "0", sequence: 0)

    /// Lower-case letters and digits, at most 32.
    public let epoch: String
    /// The number of the message.
    public let sequence: UInt64

    init(epoch: String, sequence: UInt64) {
        self.epoch = epoch
        self.sequence = sequence
    }

    /// Reads "ab12.17"; nil when it isn't a position.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...32).contains(parts[0].utf8.count),
            parts[0].utf8.allSatisfy(Self.isEpochByte), parts[1].first != "+", let sequence = UInt64(parts[1])
        else { return nil }
        self.init(epoch: String(parts[0]), sequence: sequence)
    }

    static func isEpochByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// The position as "ab12.17".
    public var description: String { "\(epoch).\(sequence)" }
}

/// Why a ticket is refused.
public enum LiveTicketError: Error, Sendable, Equatable {
    /// It doesn't have a ticket's shape.
    case malformed
    /// Its seal isn't ours.
    case forged
    /// Its time is over.
    case expired
    /// Asked to sign: a session or channel text that can't be one, or too many channels.
    case unspeakable
}
