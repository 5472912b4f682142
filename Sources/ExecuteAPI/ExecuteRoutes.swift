public import Accounts
public import Languages
import Logging
public import MariaDB
import RunProtocol
public import RunnerClient
public import Running
public import SiteKit
public import Web

/// The execute API: runs a program given in the request and answers with what it printed. It speaks Piston's API v2, so
/// that Piston's clients need nothing but the address and a token.
public struct ExecuteRoutes: Sendable {
    private let accounts: Accounts
    private let runtimes: Runtimes
    private let packages: Packages
    private let desk: JobDesk
    private let limits: ExecuteLimits

    /// The most bytes of a request.
    private static let maximumBody = 16 << 20

    /// Asks nobody yet.
    public init(
        accounts: Accounts,
        catalogue: LanguageCatalogue,
        states: LanguageStates,
        switches: LanguageSwitches,
        client: RunnerClient,
        database: Database,
        limits: ExecuteLimits,
        now: @escaping Now
    ) {
        self.accounts = accounts
        self.limits = limits
        runtimes = Runtimes(catalogue: catalogue, states: states)
        packages = Packages(catalogue: catalogue, states: states, switches: switches, now: now)
        desk = JobDesk(client: client, database: database, limits: limits, now: now)
    }

    /// The same jobs, for pages.
    public var tryOuts: TryOuts { TryOuts(desk: desk, runtimes: runtimes, limits: limits) }

    /// Writes these addresses into the table: below `/api/v2`, and once more where Piston's public clients look.
    public func add(to routes: inout Routes) {
        for root in ["/api/v2", "/api/v2/piston"] {
            // Told once in the reference.
            let isFirst = root == "/api/v2"
            routes.programs(
                .get,
                "\(root)/runtimes",
                of: accounts,
                isOpen: limits.isOpen,
                operation: isFirst ? Self.listing : nil,
                list
            )
            routes.programs(
                .post,
                "\(root)/execute",
                of: accounts,
                isOpen: limits.isOpen,
                operation: isFirst ? Self.execution : nil,
                execute
            )
            routes.programs(
                .get,
                "\(root)/packages",
                of: accounts,
                operation: isFirst ? Self.packageListing : nil,
                listPackages
            )
            routes.programs(
                .post,
                "\(root)/packages",
                of: accounts,
                operation: isFirst ? Self.installation : nil,
                install
            )
            routes.programs(
                .delete,
                "\(root)/packages",
                of: accounts,
                operation: isFirst ? Self.uninstallation : nil,
                uninstall
            )
            routes.get(root, greet)
            for method in Method.allCases where method != .head {
                routes.programs(method, "\(root)/{rest...}", of: accounts, isOpen: true, miss)
            }
        }
    }

    private func greet(_ request: Request) throws -> Response {
        // What clients look for to know what they speak with.
        try .json(["message": "Piston v3.1.1"])
    }

    private func miss(_ request: Request, _ account: Account?, rest: String) throws -> Response {
        if rest.isEmpty, request.method.isSafe { return try greet(request) }
        throw Problem(.notFound, "Not Found")
    }

    private struct Listed: Encodable {
        let language: String
        let version: String
        let aliases: [String]
    }

    private func list(_ request: Request, _ account: Account?) throws -> Response {
        try .json(
            try runtimes.all().map { runtime in
                Listed(
                    language: runtime.language.id,
                    version: runtime.version.description,
                    aliases: runtime.language.aliases
                )
            }
        )
    }

    private func listPackages(_ request: Request, _ account: Account?) throws -> Response {
        _ = try administrator(account)
        return try .json(try packages.all())
    }

    private func install(_ request: Request, _ account: Account?) throws -> Response {
        try set(isInstalled: true, request, account)
    }

    private func uninstall(_ request: Request, _ account: Account?) throws -> Response {
        try set(isInstalled: false, request, account)
    }

    private func set(isInstalled: Bool, _ request: Request, _ account: Account?) throws -> Response {
        let account = try administrator(account)
        let json = try body(of: request, limit: 4_096)
        return try .json(try packages.set(json, isInstalled: isInstalled, by: account))
    }

    /// Throws `Problem` (403) for everybody else: what there is of these addresses the reference tells in any case.
    private func administrator(_ account: Account?) throws -> Account {
        guard let account, account.isAdministrator else {
            throw Problem(.forbidden, "Packages are for tokens of administrators.")
        }
        return account
    }

    private func body(of request: Request, limit: Int) throws -> JSONValue {
        guard request.headers["content-type"]?.lowercased().hasPrefix("application/json") == true else {
            throw Problem(.unsupportedMediaType, "requests must be of type application/json")
        }
        return try request.json(JSONValue.self, limit: limit)
    }

    private func execute(_ request: Request, _ account: Account?) throws -> Response {
        let json = try body(of: request, limit: Self.maximumBody)
        let job = try JobRequest(json, runtimes: runtimes, limits: limits)
        let payer = account.map { JobDesk.Payer.account($0.id) } ?? .address(request.remoteAddress)
        do {
            return try .json(try desk.run(job, for: payer, isAbandoned: request.isAbandoned))
        } catch let fault as RunnerFault {
            request.log.warning("job failed", metadata: ["fault": .string("\(fault)")])
            throw Runtimes.away
        }
    }
}
