import Argon2
import MariaDB
import Site
import SiteTesting
import Testing

@Suite("Passwords and the work that their hashes cost")
struct PasswordStrengthTests {
    @Test("When hashes get to cost more, a password's is made anew as its owner signs in, and by nobody else")
    func raised() throws {
        try TestSite.with { site in
            _ = try site.member(.ada)
            _ = try site.member(.grace)
            let graces = try site.passwordHash(of: .grace)
            let later = try site.startedAgain { $0.password = Argon2Parameters(memory: 256, passes: 2, lanes: 1) }
            #expect(try later.signIn(as: "ada", "a guess") == 422)
            #expect(try site.passwordHash(of: .ada).contains("$m=64,t=1,p=1$"))
            #expect(try later.signIn(as: "ada", Cast.ada.password) == 303)
            let renewed = try site.passwordHash(of: .ada)
            #expect(renewed.contains("$m=256,t=2,p=1$"))
            #expect(try later.signIn(as: "ada", Cast.ada.password) == 303)
            #expect(try site.passwordHash(of: .ada) == renewed)
            #expect(try site.passwordHash(of: .grace) == graces)
        }
    }

    @Test("When hashes get to cost less, the dear ones stay as they are and still open")
    func lowered() throws {
        try TestSite.with(world: { $0.password = Argon2Parameters(memory: 256, passes: 2, lanes: 1) }) { site in
            _ = try site.member(.ada)
            let later = try site.startedAgain()
            #expect(try later.signIn(as: "ada", Cast.ada.password) == 303)
            #expect(try site.passwordHash(of: .ada).contains("$m=256,t=2,p=1$"))
        }
    }
}

extension TestSite {
    fileprivate func signIn(as login: String, _ password: String) throws -> Int {
        try visitor().submit("/sign-in", ["login": login, "password": password]).status
    }

    fileprivate func passwordHash(of person: Cast) throws -> String {
        let hash: String? = try site.database.read { db in
            try db.first("SELECT password_hash FROM users WHERE username = \(person.username)") { try $0[0] }
        }
        return try #require(hash)
    }
}
