import CSodium

/// Seals bytes so that only who has the key can read them, and nobody can change or move them unseen
/// (XChaCha20-Poly1305).
///
/// What is sealed is a random nonce of 24 bytes, the encrypted bytes, and a tag of 16. Random nonces of that length do
/// not meet, however much one key seals. How long the bytes were can be seen.
public struct SealingKey: Sendable {
    /// By how many bytes what is sealed is longer than what was to be sealed.
    public static let overhead = nonceLength + tagLength

    private static let nonceLength = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    private static let tagLength = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)
    private static let keyLength = Int(crypto_aead_xchacha20poly1305_ietf_KEYBYTES)

    /// Chooses the library's fastest code for this processor, once.
    private static let isReady = sodium_init() >= 0

    private let key: [UInt8]

    /// A key for one purpose, made of a secret that has others (`crypto_kdf`, BLAKE2b).
    ///
    /// - Parameters:
    ///   - secret: 32 random bytes
    ///   - purpose: 8 bytes of ASCII; another purpose gives a key that has nothing to do with this one
    public init(derivedFrom secret: [UInt8], for purpose: StaticString) {
        precondition(secret.count == Int(crypto_kdf_KEYBYTES), "a secret has 32 bytes")
        precondition(purpose.utf8CodeUnitCount == Int(crypto_kdf_CONTEXTBYTES), "a purpose has 8 bytes")
        var key = [UInt8](repeating: 0, count: Self.keyLength)
        let context = purpose.withUTF8Buffer { $0.map(CChar.init(bitPattern:)) }
        // Fails for keys of another length only.
        crypto_kdf_derive_from_key(&key, key.count, 1, context, secret)
        self.key = key
    }

    init(key: [UInt8]) {
        precondition(key.count == Self.keyLength, "a key has 32 bytes")
        self.key = key
    }

    /// Seals bytes together with what they belong to, which is not part of the result but is needed to open it.
    ///
    /// Throws `library`, which the library does when it can't be used at all.
    public func seal(_ bytes: [UInt8], to owner: [UInt8]) throws(SealingError) -> [UInt8] {
        guard Self.isReady else { throw .library }
        var nonce = [UInt8](repeating: 0, count: Self.nonceLength)
        randombytes_buf(&nonce, nonce.count)
        var sealed = [UInt8](repeating: 0, count: bytes.count + Self.tagLength)
        let code = crypto_aead_xchacha20poly1305_ietf_encrypt(
            &sealed,
            nil,
            bytes,
            UInt64(bytes.count),
            owner,
            UInt64(owner.count),
            nil,
            nonce,
            key
        )
        guard code == 0 else { throw .library }
        return nonce + sealed
    }

    /// The bytes that were sealed to this owner. Throws `notAuthentic` when they were sealed with another key or to
    /// another owner, or are not as they were.
    public func open(_ sealed: [UInt8], of owner: [UInt8]) throws(SealingError) -> [UInt8] {
        guard Self.isReady else { throw .library }
        guard sealed.count >= Self.overhead else { throw .notAuthentic }
        var bytes = [UInt8](repeating: 0, count: sealed.count - Self.overhead)
        let box = Array(sealed[Self.nonceLength...])
        let code = crypto_aead_xchacha20poly1305_ietf_decrypt(
            &bytes,
            nil,
            nil,
            box,
            UInt64(box.count),
            owner,
            UInt64(owner.count),
            Array(sealed[..<Self.nonceLength]),
            key
        )
        guard code == 0 else { throw .notAuthentic }
        return bytes
    }
}
