import CArgon2

/// Hashes passwords with Argon2id and checks them, a few at a time.
///
/// Calls block for tens of milliseconds of one core, and longer when others are ahead. Passwords are hashed as the
/// UTF-8 they are given in: a caller who wants "é" typed on one keyboard to match another normalises first.
public final class PasswordHasher: Sendable {
    /// The work of new hashes.
    public let parameters: Argon2Parameters

    /// The longest password taken, in bytes of UTF-8.
    public static let maximumLength = 1024

    private let gate: HashingGate
    private static let saltLength = 16
    private static let hashLength = 32

    /// A stored hash that asks for more memory than this, in KiB, is taken for damage.
    private static let maximumMemory = 1 << 20

    /// - Parameters:
    ///   - parameters: the work of new hashes
    ///   - concurrency: hashes made at once, each with `parameters.memory` and a core
    ///   - waiting: callers that may wait their turn; one more gets `PasswordError.busy`
    public convenience init(parameters: Argon2Parameters = .standard, concurrency: Int = 1, waiting: Int = 32) {
        self.init(parameters: parameters, gate: HashingGate(concurrency: concurrency, waiting: waiting))
    }

    init(parameters: Argon2Parameters, gate: HashingGate) {
        self.parameters = parameters
        self.gate = gate
    }

    /// A new hash of a password, with a random salt, as text in PHC string format (97 characters with the standard
    /// parameters). Throws `busy`, `tooLong`, `library`.
    public func hash(_ password: String) throws(PasswordError) -> String {
        try hash(password, salt: randomSalt())
    }

    /// Whether a password is the one that was hashed. Throws `busy`, `malformedHash`, `library`.
    public func verify(_ password: String, against hash: String) throws(PasswordError) -> Bool {
        guard let made = PHCString(hash), made.parameters.memory <= Self.maximumMemory else { throw .malformedHash }
        guard password.utf8.count <= Self.maximumLength else {
            try verifyNothing("")
            return false
        }
        let code = try gate.enter {
            var password = password
            return password.withUTF8 { argon2id_verify(hash, $0.baseAddress, $0.count) }
        }
        switch code {
        case ARGON2_OK.rawValue: return true
        case ARGON2_VERIFY_MISMATCH.rawValue: return false
        case ARGON2_DECODING_FAIL.rawValue, ARGON2_DECODING_LENGTH_FAIL.rawValue: throw .malformedHash
        default: throw .library(code: Int(code))
        }
    }

    /// Does the work of `verify` for an account that doesn't exist, so that the time to the answer doesn't tell.
    /// Throws `busy` and `library` like it.
    public func verifyNothing(_ password: String) throws(PasswordError) {
        let isTooLong = password.utf8.count > Self.maximumLength
        _ = try hash(isTooLong ? "" : password, salt: [UInt8](repeating: 0, count: Self.saltLength))
    }

    /// Whether a stored hash is weaker than new ones, or of another kind. Then hash the password anew as soon as it is
    /// known, at the next sign-in.
    public func needsRehash(_ hash: String) -> Bool {
        guard let made = PHCString(hash) else { return true }
        return parameters.isMore(than: made.parameters)
    }

    private func hash(_ password: String, salt: [UInt8]) throws(PasswordError) -> String {
        guard password.utf8.count <= Self.maximumLength else { throw .tooLong }
        let memory = UInt32(clamping: parameters.memory)
        let passes = UInt32(clamping: parameters.passes)
        let lanes = UInt32(clamping: parameters.lanes)
        let length = argon2_encodedlen(
            passes,
            memory,
            lanes,
            UInt32(salt.count),
            UInt32(Self.hashLength),
            Argon2_id
        )
        let (code, encoded) = try gate.enter {
            var password = password
            var encoded = [CChar](repeating: 0, count: length)
            let code = password.withUTF8 { bytes in
                argon2id_hash_encoded(
                    passes,
                    memory,
                    lanes,
                    bytes.baseAddress,
                    bytes.count,
                    salt,
                    salt.count,
                    Self.hashLength,
                    &encoded,
                    encoded.count
                )
            }
            return (code, encoded)
        }
        guard code == ARGON2_OK.rawValue else { throw .library(code: Int(code)) }
        return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private func randomSalt() throws(PasswordError) -> [UInt8] {
        var salt = [UInt8](repeating: 0, count: Self.saltLength)
        // Up to 256 bytes come whole once the kernel's generator is seeded (getrandom(2)).
        guard getrandom(&salt, salt.count, 0) == salt.count else {
            throw .library(code: Int(ARGON2_INCORRECT_PARAMETER.rawValue))
        }
        return salt
    }
}
