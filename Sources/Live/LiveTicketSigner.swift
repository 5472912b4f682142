internal import Crypto
public import FoundationEssentials

// A sealed ticket is base64url(payload) "." base64url(HMAC-SHA256(key, payload)), without padding. The payload's lines:
//   1                     the version of this form
//   1795395600000         when it expires, milliseconds since 1970
//   9f…                   a random number, so that no two tickets are the same (the hub takes each once)
//   session
//   document/12 ab12.17   a channel and a position, or only a channel; one line each
// Nothing of the payload is read before its seal is found good. The key is derived from the site's secret for this one
// use, so that nothing else the site signs with the same secret can pass for a ticket.

/// Seals tickets and checks seals.
public struct LiveTicketSigner: Sendable {
    /// The longest sealed ticket, in bytes: it has to fit in a request line and in one response header.
    public static let maximumLength = 12_288

    private let key: SymmetricKey

    /// A signer for the site's secret, at least 16 bytes; every process of a site has the same.
    public init(secret: [UInt8]) {
        let purpose = HMAC<SHA256>.authenticationCode(
            for: Array("carrel live ticket 1".utf8),
            using: SymmetricKey(data: secret)
        )
        key = SymmetricKey(data: purpose)
    }

    /// The sealed ticket, safe inside a URL's query.
    ///
    /// Throws `unspeakable` when the session or a channel's name can't be one, or the whole would be too long.
    public func sign(_ ticket: LiveTicket) throws(LiveTicketError) -> String {
        guard ticket.channels.count <= LiveTicket.maximumChannels, Self.isSession(ticket.session),
            ticket.channels.allSatisfy({ LiveTicket.Channel.isName($0.name) })
        else { throw .unspeakable }
        let milliseconds = Int64((ticket.expires.timeIntervalSince1970 * 1000).rounded())
        var lines = ["1", String(milliseconds), String(UInt64.random(in: .min ... .max), radix: 16), ticket.session]
        for channel in ticket.channels {
            lines.append(channel.position.map { "\(channel.name) \($0)" } ?? channel.name)
        }
        let payload = Array(lines.joined(separator: "\n").utf8)
        let sealed = "\(Base64URL.encode(payload)).\(Base64URL.encode(Array(mac(of: payload))))"
        guard sealed.utf8.count <= Self.maximumLength else { throw .unspeakable }
        return sealed
    }

    /// The ticket inside a sealed one. Throws `malformed`, `forged` or `expired`.
    public func verify(_ sealed: String, now: Date) throws(LiveTicketError) -> LiveTicket {
        guard sealed.utf8.count <= Self.maximumLength else { throw .malformed }
        let parts = sealed.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2, let payload = Base64URL.decode(parts[0]), let seal = Base64URL.decode(parts[1]),
            seal.count == SHA256.byteCount
        else { throw .malformed }
        guard HMAC<SHA256>.isValidAuthenticationCode(seal, authenticating: payload, using: key) else { throw .forged }
        let ticket = try Self.ticket(in: String(decoding: payload, as: UTF8.self))
        guard now < ticket.expires else { throw .expired }
        return ticket
    }

    private func mac(of payload: [UInt8]) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: payload, using: key)
    }

    private static func isSession(_ session: String) -> Bool {
        (1...LiveTicket.maximumSession).contains(session.utf8.count)
            && session.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func ticket(in payload: String) throws(LiveTicketError) -> LiveTicket {
        let lines = payload.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, lines[0] == "1", let milliseconds = Int64(lines[1]) else { throw .malformed }
        let channels = lines[4...].map { line in
            let words = line.split(separator: " ", maxSplits: 1)
            return LiveTicket.Channel(
                name: words.first.map(String.init) ?? "",
                position: words.count == 2 ? LivePosition(String(words[1])) ?? .unknown : nil
            )
        }
        return LiveTicket(
            session: String(lines[3]),
            channels: channels,
            expires: Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        )
    }
}

/// Base64 in the alphabet of RFC 4648 section 5, without padding.
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var pending: UInt32 = 0
        var bits = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(pending >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(pending << UInt32(6 - bits) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes; nil for any byte outside the alphabet and for a tail that `encode` wouldn't write.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var pending: UInt32 = 0
        var bits = 0
        for letter in text {
            let value: UInt8
            switch letter {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = letter - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = letter - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = letter - UInt8(ascii: "0") + 52
            case UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "_"): value = 63
            default: return nil
            }
            pending = (pending << 6 | UInt32(value)) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
            }
        }
        // The bits left over must be zero: one ticket has one spelling.
        return pending & ((1 << UInt32(bits)) - 1) == 0 ? bytes : nil
    }
}
