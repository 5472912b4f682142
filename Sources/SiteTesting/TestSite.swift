import Accounts
import Argon2
import DatabaseTesting
public import FoundationEssentials
import Logging
import MariaDB
public import Site
import SiteKit
import Synchronization
import Web

/// A site on a database of its own, entered through the front door: requests in, responses out, no socket between.
///
/// Everything is real but the clock and, unless a test says otherwise, the runner: its socket leads nowhere.
public final class TestSite: Sendable {
    /// The site itself, for what has no address.
    public let site: Site
    /// The only time this site knows.
    public let clock: TestClock
    private let configuration: Configuration

    var basePath: String { configuration.basePath }

    /// Makes a site and drops its database afterwards, pass or fail.
    ///
    /// Needs a MariaDB: `CARREL_TEST_MARIADB_SOCKET` names its socket.
    public static func with<Value>(
        basePath: String = "",
        runnerSocket: String = "/nonexistent/runner.sock",
        imageBuilds: String? = nil,
        world change: (inout Site.World) -> Void = { _ in },
        _ body: (TestSite) throws -> Value
    ) throws -> Value {
        try TestDatabase.with(Site.migrations) { database in
            let configuration = try configuration(
                basePath: basePath,
                runnerSocket: runnerSocket,
                imageBuilds: imageBuilds,
                database: database.configuration
            )
            return try body(TestSite(configuration, clock: TestClock(), world: change))
        }
    }

    private init(
        _ configuration: Configuration,
        clock: TestClock,
        world change: (inout Site.World) -> Void
    ) throws {
        var world = Site.World()
        world.now = { clock.now }
        // Hashing as little as possible: these tests are not about its strength.
        world.password = Argon2Parameters(memory: 64, passes: 1, lanes: 1)
        change(&world)
        site = try Site(
            configuration: configuration,
            world: world,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        self.clock = clock
        self.configuration = configuration
    }

    /// The site as it starts again on the same database, perhaps in another world or with another secret.
    public func startedAgain(
        secret: [UInt8]? = nil,
        world change: (inout Site.World) -> Void = { _ in }
    ) throws -> TestSite {
        var configuration = configuration
        if let secret { configuration.secret = secret }
        return try TestSite(configuration, clock: clock, world: change)
    }

    /// A browser that has never been here.
    public func visitor() -> TestClient { TestClient(self) }

    /// The same as an administrator.
    public func administrator(_ person: Cast) throws -> TestClient {
        _ = try site.accounts.add(
            username: person.username,
            email: person.email,
            password: person.password,
            isAdministrator: true
        )
        let client = visitor()
        _ = try client.submit("/sign-in", ["login": person.username, "password": person.password])
        return client
    }

    /// A signed-in person of the cast, with an account made for them.
    public func member(_ person: Cast) throws -> TestClient {
        let client = visitor()
        _ = try client.submit(
            "/sign-up",
            ["username": person.username, "email": person.email, "password": person.password]
        )
        return client
    }

    private static func configuration(
        basePath: String,
        runnerSocket: String,
        imageBuilds: String?,
        database: DatabaseConfiguration
    ) throws -> Configuration {
        let root = repository
        let secret = FileManager.default.temporaryDirectory.appending(path: "carrel-test-secret-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: secret) }
        try Data(String(repeating: "5a", count: 32).utf8).write(to: secret, options: .atomic)
        return try Configuration(environment: [
            "CARREL_BASE_PATH": basePath,
            "CARREL_FASTCGI_SOCKET": "/nonexistent/site.sock",
            "CARREL_HUB_SOCKET": "/nonexistent/hub.sock",
            "CARREL_RUNNER_SOCKET": runnerSocket,
            "CARREL_DATABASE_SOCKET": database.socketPath,
            "CARREL_DATABASE": database.database ?? "",
            "CARREL_TEMPLATES": root + "/Templates",
            "CARREL_LANGUAGES": root + "/Sources/Languages/Catalogue",
            "CARREL_IMAGE_BUILDS": imageBuilds ?? "",
            "CARREL_ASSET_VERSION": "test",
            "CARREL_SECRET_FILE": secret.path,
            "CARREL_THREADS": "4",
        ])
    }

    /// The checkout that these tests were built from.
    static var repository: String {
        #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    }
}

/// The people of all tests.
public enum Cast: String, Sendable {
    /// Owns the projects.
    case ada
    /// Works along where she is invited.
    case grace
    /// Runs what she is let run.
    case barbara
    /// Reads along.
    case edsger
    /// Has an account and no right to anything of theirs.
    case mallory

    /// Their username everywhere.
    public var username: String { rawValue }
    /// At a domain that is nobody's.
    public var email: String { "\(rawValue)@example.org" }
    /// Long enough for the rules.
    public var password: String { "\(rawValue) keeps nine owls" }
}

/// A clock that stands still until it is told.
public final class TestClock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_764_000_000))

    /// Stands at a moment in November 2025.
    public init() {}

    /// The moment it stands at.
    public var now: Date { time.withLock { $0 } }

    /// Leaps ahead by seconds.
    public func advance(by seconds: TimeInterval) {
        time.withLock { $0 = $0.addingTimeInterval(seconds) }
    }
}
