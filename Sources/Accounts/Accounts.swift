public import Argon2
import Crypto
import FoundationEssentials
public import MariaDB
public import SiteKit
public import Web

/// Who may come in: accounts, sign-in and sessions, with the database and the password hasher they need.
public struct Accounts: Sendable {
    let database: Database
    private let hasher: PasswordHasher
    private let lifetime: Session.Lifetime
    private let now: Now
    /// Called with the names of live streams that must close because their session ended.
    private let closeStreams: @Sendable (String) -> Void
    let cookie: CookieName

    /// - Parameter closeStreams: called with the owner's name of live streams that must end (`Reader.streamOwner`).
    public init(
        database: Database,
        hasher: PasswordHasher,
        cookie: CookieName,
        lifetime: Session.Lifetime = Session.Lifetime(),
        now: @escaping Now,
        closeStreams: @escaping @Sendable (String) -> Void
    ) {
        self.database = database
        self.hasher = hasher
        self.cookie = cookie
        self.lifetime = lifetime
        self.now = now
        self.closeStreams = closeStreams
    }

    // MARK: Accounts

    /// Makes an account from the command line. Throws `Problem` with the fault of each field.
    public func add(username: String, email: String, password: String, isAdministrator: Bool) throws -> Account {
        try register(
            Registration(username: username, email: email, password: password),
            isAdministrator: isAdministrator
        )
    }

    func register(_ registration: Registration, from address: String) throws -> Account {
        try check(registration)
        try counting { db in try AttemptLimiter.count(.registrations(address), at: now(), in: db) }
        return try register(registration, isAdministrator: false)
    }

    /// Makes the first administrator's account with the token that the start printed.
    func setUp(_ registration: Registration, token: String) throws -> Account {
        try check(registration)
        let hash = try passwordHash(of: registration.password)
        return try unique { db in
            guard try AccountsStore.takeSetupToken(hash: Self.hash(token), in: db),
                try AccountsStore.lacksAdministrator(in: db)
            else { throw Problem.notFound }
            return try AccountsStore.insert(registration, passwordHash: hash, isAdministrator: true, at: now(), in: db)
        }
    }

    /// A fresh one-time token for making the first administrator; nil when there is an administrator already.
    public func renewSetupToken() throws -> String? {
        let token = SecureRandom.token()
        return try database.write { db in
            guard try AccountsStore.lacksAdministrator(in: db) else { return nil }
            try AccountsStore.setSetupToken(hash: Self.hash(token), in: db)
            return token
        }
    }

    func isSetupToken(_ token: String) throws -> Bool {
        try database.read { db in
            try AccountsStore.isSetupToken(hash: Self.hash(token), in: db) && AccountsStore.lacksAdministrator(in: db)
        }
    }

    private func check(_ registration: Registration) throws {
        let faults = registration.faults
        guard faults.isEmpty else {
            throw Problem(.unprocessable, "The account could not be made yet.", fields: faults)
        }
    }

    private func register(_ registration: Registration, isAdministrator: Bool) throws -> Account {
        try check(registration)
        let hash = try passwordHash(of: registration.password)
        return try unique { db in
            try AccountsStore.insert(
                registration,
                passwordHash: hash,
                isAdministrator: isAdministrator,
                at: now(),
                in: db
            )
        }
    }

    private func unique(_ body: (Connection) throws -> Account) throws -> Account {
        do {
            return try database.write(body)
        } catch DatabaseError.duplicateKey(let key) {
            throw key.hasSuffix("users_email")
                ? Problem.invalid("email", "There is an account with this email address already.")
                : Problem.invalid("username", "This username is taken. Choose another.")
        }
    }

    // MARK: Sign-in

    /// Checks a password. Unknown account and wrong password say the same and cost the same.
    func signIn(login: String, password: String, from address: String) throws -> Account {
        guard login.utf8.count <= 254, password.utf8.count <= 1_024 else { throw Self.wrong }
        try counting { db in
            try AttemptLimiter.count(.login(login), at: now(), in: db)
            try AttemptLimiter.count(.address(address), at: now(), in: db)
        }
        let found = try database.read { db in
            try AccountsStore.account(login: login, in: db).map { Known(account: $0.account, hash: $0.passwordHash) }
        }
        let isRight = try hashing {
            guard let found else {
                try hasher.verifyNothing(password)
                return false
            }
            return try hasher.verify(password, against: found.hash)
        }
        guard let found, isRight else { throw Self.wrong }
        let renewed = hasher.needsRehash(found.hash) ? try passwordHash(of: password) : nil
        try database.write { db in
            try AttemptLimiter.forgive(.login(login), in: db)
            try AttemptLimiter.forgive(.address(address), in: db)
            if let renewed { try AccountsStore.setPasswordHash(renewed, of: found.account.id, in: db) }
        }
        return found.account
    }

    private struct Known: Sendable {
        let account: Account
        let hash: String
    }

    /// Opens a session and gives the browser its cookie. A session the browser had before ends.
    func open(_ account: Account, for request: Request, on response: inout Response) throws {
        let token = SecureRandom.token()
        let old = request.cookie(cookie.text(on: request))
        try database.write { db in
            if let old { try SessionsStore.end(tokenHash: Self.hash(old), in: db) }
            try SessionsStore.insert(
                tokenHash: Self.hash(token),
                account: account.id,
                userAgent: String((request.headers["user-agent"] ?? "").prefix(255)),
                address: request.remoteAddress,
                at: now(),
                in: db
            )
        }
        response.setCookie(cookie, token, on: request, maxAge: Int(lifetime.absolute))
    }

    // MARK: Sessions

    /// The reader of a request, nil for a visitor. Writes down at most once a minute that the session is alive.
    func reader(of request: Request) throws -> Reader? {
        guard let token = request.cookie(cookie.text(on: request)), token.utf8.count < 100 else { return nil }
        let now = now()
        let found = try database.read { db in
            try SessionsStore.reader(
                tokenHash: Self.hash(token),
                seenAfter: now.addingTimeInterval(-lifetime.idle),
                createdAfter: now.addingTimeInterval(-lifetime.absolute),
                in: db
            ).map { Seen(reader: $0.reader, lastSeen: $0.lastSeen) }
        }
        guard let found else { return nil }
        if now.timeIntervalSince(found.lastSeen) > lifetime.touch {
            try database.write { db in
                try SessionsStore.touch(found.reader.session, at: now, address: request.remoteAddress, in: db)
            }
        }
        return found.reader
    }

    private struct Seen: Sendable {
        let reader: Reader
        let lastSeen: Date
    }

    func sessions(of reader: Reader) throws -> [Session] {
        let now = now()
        return try database.read { db in
            try SessionsStore.sessions(
                of: reader.account.id,
                seenAfter: now.addingTimeInterval(-lifetime.idle),
                createdAfter: now.addingTimeInterval(-lifetime.absolute),
                in: db
            )
        }
    }

    /// Ends one of the reader's sessions; it may be the one they are in. Throws `Problem.notFound`.
    func end(_ session: Session.ID, of reader: Reader) throws {
        let ended = try database.write { db in try SessionsStore.end(session, of: reader.account.id, in: db) }
        guard ended else { throw Problem.notFound }
        closeStreams(Reader.streamOwner(session))
    }

    /// Ends all of the reader's sessions but this one and says how many that were.
    func endOthers(of reader: Reader) throws -> Int {
        let ended = try database.write { db in
            try SessionsStore.endOthers(than: reader.session, of: reader.account.id, in: db)
        }
        for session in ended { closeStreams(Reader.streamOwner(session)) }
        return ended.count
    }

    /// Closes a person's live streams. Their pages open new ones at once, and are asked again then what they may hear.
    public func closeStreams(of account: Account.ID) throws {
        let sessions = try database.read { db in try SessionsStore.numbers(of: account, in: db) }
        for session in sessions { closeStreams(Reader.streamOwner(session)) }
    }

    /// Forgets what is out of date. Called now and then by the site.
    public func tidy() throws {
        let now = now()
        try database.write { db in
            try SessionsStore.removeExpired(
                seenBefore: now.addingTimeInterval(-lifetime.idle),
                createdBefore: now.addingTimeInterval(-lifetime.absolute),
                in: db
            )
            try AttemptLimiter.removeExpired(at: now, in: db)
        }
    }

    // MARK: Preferences

    /// Keeps how a person likes the site: a text of at most 1,000 characters that only its writer understands.
    public func setPreferences(_ text: String, of reader: Reader) throws {
        try database.write { db in try AccountsStore.setPreferences(text, of: reader.account.id, in: db) }
    }

    // MARK: Access tokens

    /// Makes a token for a person's own programs and gives its text, which nobody can ask for again. Throws `Problem`.
    func addToken(name: String, for account: Account.ID) throws -> String {
        guard (1...80).contains(name.count), !name.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw Problem.invalid("name", "Give it a name of 1 to 80 characters, so that you know it again.")
        }
        let token = AccessToken.prefix + SecureRandom.token()
        try database.write { db in
            guard try AccessTokensStore.count(of: account, in: db) < AccessToken.limit else {
                throw Problem.invalid(
                    "name",
                    "You have \(AccessToken.limit) tokens, which is the most. Revoke one first."
                )
            }
            try AccessTokensStore.insert(hash: Self.hash(token), name: name, of: account, at: now(), in: db)
        }
        return token
    }

    /// Makes a token for whom the operator names. Throws `Problem`.
    public func addToken(name: String, forUsername username: String) throws -> String {
        let found = try database.read { db in try AccountsStore.account(login: username, in: db)?.account }
        guard let found else { throw Problem.invalid("username", "There is no account \(username).") }
        return try addToken(name: name, for: found.id)
    }

    func tokens(of account: Account.ID) throws -> [AccessToken] {
        try database.read { db in try AccessTokensStore.tokens(of: account, in: db) }
    }

    /// Throws `Problem.notFound` when it is not this person's.
    func revokeToken(_ token: AccessToken.ID, of account: Account.ID) throws {
        guard try database.write({ db in try AccessTokensStore.remove(token, of: account, in: db) }) else {
            throw Problem.notFound
        }
    }

    /// Who showed a token with this request (`Authorization: Bearer`, or the token alone as Piston's clients send it); nil
    /// when none was shown. Throws `Problem` (401) when the one that was shown is nobody's. Writes down at most once a
    /// minute that it was used.
    func bearer(of request: Request) throws -> Account? {
        guard let header = request.headers["authorization"] else { return nil }
        var words = header.split(separator: " ")
        if words.count == 2, words[0].lowercased() == "bearer" { words.removeFirst() }
        guard words.count == 1, words[0].utf8.count < 100 else { throw Self.badToken }
        let hash = Self.hash(String(words[0]))
        let found = try database.read { db in
            try AccessTokensStore.owner(hash: hash, in: db).map { Shown(account: $0.account, token: $0.token) }
        }
        guard let found else { throw Self.badToken }
        let now = now()
        if found.token.lastUsed.map({ now.timeIntervalSince($0) > lifetime.touch }) ?? true {
            try database.write { db in try AccessTokensStore.touch(found.token.id, at: now, in: db) }
        }
        return found.account
    }

    private struct Shown: Sendable {
        let account: Account
        let token: AccessToken
    }

    static let noToken = Problem(
        .unauthorized,
        "Show an access token (Authorization: Bearer …). Make one under “Access tokens” in your account's menu.",
        headers: ["WWW-Authenticate": "Bearer"]
    )

    static let badToken = Problem(
        .unauthorized,
        "This access token is not valid. Make one under “Access tokens” in your account's menu.",
        headers: ["WWW-Authenticate": "Bearer error=\"invalid_token\""]
    )

    // MARK: Small parts

    /// Runs `count` in a transaction that stays even when the count is too high.
    private func counting(_ count: (Connection) throws -> Void) throws {
        let refused = try database.write { db -> Int? in
            do {
                try count(db)
                return nil
            } catch let error as TooManyAttempts {
                return error.seconds
            }
        }
        if let refused { throw TooManyAttempts(seconds: refused).problem }
    }

    private func passwordHash(of password: String) throws -> String {
        try hashing { try hasher.hash(password) }
    }

    private func hashing<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch PasswordError.busy {
            throw Problem(
                .serviceUnavailable,
                "Many people are signing in at this moment. Try again in a few seconds.",
                headers: ["Retry-After": "3"]
            )
        }
    }

    private static let wrong = Problem(.unprocessable, "This username, email address or password is not right.")

    private static func hash(_ token: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(token.utf8)))
    }
}
