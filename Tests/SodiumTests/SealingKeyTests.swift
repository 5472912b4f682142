import Testing

@testable import Sodium

@Suite("Sealing")
struct SealingKeyTests {
    private let key = SealingKey(derivedFrom: [UInt8](repeating: 7, count: 32), for: "letters ")

    private func bytes(_ digits: String) -> [UInt8] {
        let digits = digits.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    @Test("What was sealed is opened with the same key for the same owner, whatever its length", arguments: 0...70)
    func roundTrip(length: Int) throws {
        let letter = (0..<length).map { UInt8($0) }
        let sealed = try key.seal(letter, to: Array("ada".utf8))
        #expect(sealed.count == length + SealingKey.overhead)
        #expect(try key.open(sealed, of: Array("ada".utf8)) == letter)
    }

    @Test("The same letter is sealed in another way each time, and never readable")
    func fresh() throws {
        let letter = Array("meet me at the library".utf8)
        let sealed = try (0..<50).map { _ in try key.seal(letter, to: []) }
        #expect(Set(sealed).count == 50)
        for one in sealed { #expect(one.firstRange(of: letter.prefix(4)) == nil) }
    }

    @Test("Another key, another purpose and another owner open nothing")
    func others() throws {
        let sealed = try key.seal([1, 2, 3], to: Array("ada".utf8))
        let otherSecret = SealingKey(derivedFrom: [UInt8](repeating: 8, count: 32), for: "letters ")
        let otherPurpose = SealingKey(derivedFrom: [UInt8](repeating: 7, count: 32), for: "parcels ")
        for other in [otherSecret, otherPurpose] {
            #expect(throws: SealingError.notAuthentic) { try other.open(sealed, of: Array("ada".utf8)) }
        }
        for owner in ["grace", "ad", "adaa", ""] {
            #expect(throws: SealingError.notAuthentic) { try key.open(sealed, of: Array(owner.utf8)) }
        }
    }

    @Test("A bit that was changed anywhere, a piece that is missing or added, is noticed")
    func changed() throws {
        let sealed = try key.seal([1, 2, 3], to: [])
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: SealingError.notAuthentic) { try key.open(changed, of: []) }
            #expect(throws: SealingError.notAuthentic) { try key.open(Array(sealed[..<index]), of: []) }
        }
        #expect(throws: SealingError.notAuthentic) { try key.open(sealed + [0], of: []) }
    }

    @Test("It is XChaCha20-Poly1305: the example of its specification is opened (draft-irtf-cfrg-xchacha, A.3.1)")
    func knownAnswer() throws {
        let sealed = bytes(
            """
            404142434445464748494a4b4c4d4e4f5051525354555657
            bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb
            731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452
            2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9
            21f9664c97637da9768812f615c68b13b52e
            c0875924c1c7987947deafd8780acf49
            """
        )
        let example = SealingKey(key: bytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"))
        let letter = try example.open(sealed, of: bytes("50515253c0c1c2c3c4c5c6c7"))
        #expect(
            String(decoding: letter, as: UTF8.self)
                == "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
                + "sunscreen would be it."
        )
    }
}
