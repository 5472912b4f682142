import Foundation
import Testing

@testable import Live

@Suite("Tickets")
struct LiveTicketTests {
    private let signer = LiveTicketSigner(secret: Array("one secret of the site".utf8))
    private let now = Date(timeIntervalSince1970: 1_795_395_600)

    private func ticket(_ channels: LiveTicket.Channel...) -> LiveTicket {
        LiveTicket(session: "s-1", channels: channels, expires: now + 30)
    }

    @Test("come back as they were signed")
    func roundTrip() throws {
        let ticket = ticket(
            .init(name: "document/12", position: LivePosition("ab12.17")),
            .init(name: "run/7"),
            .init(name: "project/3", position: .unknown)
        )
        let sealed = try signer.sign(ticket)
        #expect(try signer.verify(sealed, now: now) == ticket)
        #expect(sealed.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
    }

    @Test("are never the same twice")
    func nonce() throws {
        #expect(try signer.sign(ticket()) != signer.sign(ticket()))
    }

    @Test("expire")
    func expiry() throws {
        let sealed = try signer.sign(ticket())
        #expect(throws: Never.self) { try signer.verify(sealed, now: now + 29.9) }
        #expect(throws: LiveTicketError.expired) { try signer.verify(sealed, now: now + 30) }
    }

    @Test("of another secret are forged")
    func forgery() throws {
        let other = LiveTicketSigner(secret: Array("another secret".utf8))
        #expect(throws: LiveTicketError.forged) { try signer.verify(other.sign(ticket()), now: now) }
    }

    @Test("with any one letter changed, added or gone are refused")
    func tampering() throws {
        let sealed = Array(try signer.sign(ticket(.init(name: "document/1"))).utf8)
        for index in sealed.indices {
            for letter in Array("Aa0-_.".utf8) where letter != sealed[index] {
                var changed = sealed
                changed[index] = letter
                #expect(throws: LiveTicketError.self) {
                    try signer.verify(String(decoding: changed, as: UTF8.self), now: now)
                }
            }
            var shorter = sealed
            shorter.remove(at: index)
            #expect(throws: LiveTicketError.self) {
                try signer.verify(String(decoding: shorter, as: UTF8.self), now: now)
            }
        }
    }

    @Test("of any other shape are malformed", arguments: ["", ".", "a.b", "a", "a.b.c", "===.===", "é.é", "AAAA.AAAA"])
    func shape(sealed: String) {
        #expect(throws: LiveTicketError.malformed) { try signer.verify(sealed, now: now) }
    }

    @Test("longer than a request line can be aren't looked at")
    func length() {
        let long = String(repeating: "A", count: LiveTicketSigner.maximumLength + 1)
        #expect(throws: LiveTicketError.malformed) { try signer.verify(long, now: now) }
    }

    @Test("aren't signed for what can't be a session or a channel")
    func unspeakable() {
        for session in ["", "a b", "a\nb", "é", String(repeating: "s", count: 129)] {
            let ticket = LiveTicket(session: session, channels: [], expires: now)
            #expect(throws: LiveTicketError.unspeakable) { try signer.sign(ticket) }
        }
        for name in ["", "Document/1", "a b", "a\nb", "a\"b", "é", String(repeating: "c", count: 65)] {
            #expect(throws: LiveTicketError.unspeakable) { try signer.sign(ticket(.init(name: name))) }
            #expect(LiveTicket.Channel(query: name) == nil)
        }
        let many = LiveTicket(session: "s", channels: (0..<65).map { .init(name: "c/\($0)") }, expires: now)
        #expect(throws: LiveTicketError.unspeakable) { try signer.sign(many) }
    }

    @Test("with the most and longest channels still fit")
    func largest() throws {
        let channels = (10..<74).map { number in
            LiveTicket.Channel(
                name: String(repeating: "c", count: 62) + "\(number)",
                position: LivePosition(epoch: String(repeating: "e", count: 32), sequence: .max)
            )
        }
        let ticket = LiveTicket(session: String(repeating: "s", count: 128), channels: channels, expires: now + 1)
        #expect(try signer.verify(signer.sign(ticket), now: now) == ticket)
    }

    @Test(
        "read a client's wish",
        arguments: [
            ("document/12", "document/12", nil), ("document/12:ab12.17", "document/12", "ab12.17"),
            ("run/7:", "run/7", "0.0"), ("run/7:ab12", "run/7", "0.0"), ("run/7:AB.1", "run/7", "0.0"),
            ("run/7:ab.-1", "run/7", "0.0"), ("run/7:ab.+1", "run/7", "0.0"), ("run/7:ab.1.2", "run/7", "0.0"),
            ("run/7:ab.18446744073709551616", "run/7", "0.0"), ("run/7:a b.1", "run/7", "0.0"),
        ] as [(String, String, String?)]
    )
    func wish(query: String, name: String, position: String?) throws {
        let channel = try #require(LiveTicket.Channel(query: query))
        #expect(channel.name == name)
        #expect(channel.position?.description == position)
    }

    @Test("have one spelling only")
    func base64() {
        for count in 0..<40 {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max) }
            #expect(Base64URL.decode(Base64URL.encode(bytes).utf8) == bytes)
        }
        #expect(Base64URL.encode(Array("foob".utf8)) == "Zm9vYg")
        #expect(Base64URL.decode("Zm9vYh".utf8) == nil)
        #expect(Base64URL.decode("Zm9vY".utf8) == nil)
        #expect(Base64URL.decode("Zm9vYg==".utf8) == nil)
    }

    @Test("let one stream in each, until they expire")
    func spent() {
        var spent = SpentTickets()
        var answers = [
            spent.take("a", expires: now + 1, now: now), spent.take("a", expires: now + 1, now: now),
            spent.take("b", expires: now + 9, now: now),
        ]
        spent.forget(now: now + 2)
        answers.append(spent.take("a", expires: now + 9, now: now + 2))
        answers.append(spent.take("b", expires: now + 9, now: now + 2))
        #expect(answers == [true, false, true, true, false])
    }
}
