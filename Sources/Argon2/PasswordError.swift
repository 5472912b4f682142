/// Why a password was neither accepted nor refused.
public enum PasswordError: Error, Sendable, Equatable {
    /// Too many passwords are being hashed; answer "try again in a moment".
    case busy

    /// The password is longer than `PasswordHasher.maximumLength`.
    case tooLong

    /// The stored hash isn't an Argon2id hash in PHC string format, or needs an absurd amount of memory.
    case malformedHash

    /// The library failed, most likely because memory ran out. The code is from argon2.h.
    case library(code: Int)
}
