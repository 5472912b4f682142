import Accounts
import FastCGI
import FoundationEssentials
import Glibc
import LanguageServers
import Languages
import Live
import Logging
import MariaDB
import RunProtocol
import RunnerClient
import Running
import SiteKit
import Threads
import UnixSocket
import Web

/// What the command line does, with the environment read once.
public struct OperatorCommands {
    /// A sentence for the operator; the command ends with it.
    public struct Refusal: Error, CustomStringConvertible {
        /// The sentence.
        public let description: String
    }

    private let configuration: Configuration
    private let site: Site
    private let log: Logger

    /// Throws what keeps the site from being put together: a setting, a template, a language, a clash of routes.
    public init() throws {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        configuration = try Configuration(environment: ProcessInfo.processInfo.environment)
        log = Logger(label: "carrel")
        site = try Site(configuration: configuration, log: log)
    }

    /// Answers requests until SIGTERM or SIGINT, then finishes what was begun.
    public func serve() throws {
        SignalWaiter.prepare()
        OpenFiles.raiseLimit()
        let pending = try Migrator(Site.migrations).pending(site.database)
        guard pending.isEmpty else {
            throw Refusal(
                description: "The database lacks \(pending.count) migrations. Run scripts/carrel migrate first."
            )
        }
        let server = try FastCGIServer(
            socketPath: configuration.fastCGISocket,
            mode: 0o660,
            threads: configuration.threads,
            maximumBodyBytes: 64 << 20,
            basePath: configuration.basePath
        )
        try site.hub.start()
        site.desk.startTicker()
        site.servers.startTicker()
        site.desk.carryEdits(of: site.changed)
        startHousekeeping()
        log.info("serving", metadata: ["socket": .string(configuration.fastCGISocket)])
        OwnThread.start {
            _ = SignalWaiter.wait()
            server.stop()
        }
        let application = site.application
        try server.run { request in application.respond(to: request) }
        site.hub.stop()
        site.database.closeIdleConnections()
        log.info("stopped")
    }

    /// Once an hour forgets sessions and counts whose time is over.
    private func startHousekeeping() {
        OwnThread.start { [accounts = site.accounts, log] in
            while true {
                do {
                    try accounts.tidy()
                } catch {
                    log.warning("housekeeping failed", metadata: ["error": .string("\(error)")])
                }
                Pause.seconds(3_600)
            }
        }
    }

    /// Applies what is missing, in order.
    public func migrate() throws {
        let applied = try Migrator(Site.migrations).migrate(site.database)
        print(applied.isEmpty ? "The database is up to date." : "Applied \(applied.joined(separator: ", ")).")
    }

    /// Prints the table of routes by address.
    public func printRoutes() {
        let entries = site.routes.entries.sorted { ($0.pattern, $0.method.rawValue) < ($1.pattern, $1.method.rawValue) }
        let width = entries.map(\.pattern.count).max() ?? 0
        for entry in entries {
            let method = entry.method.rawValue.padded(to: 8)
            print("\(method)\(entry.pattern.padded(to: width + 2))\(entry.audience)")
        }
    }

    /// Prints the path, below the base path, where the first administrator is made.
    public func printSetupAddress() throws {
        guard let token = try site.accounts.renewSetupToken() else { return }
        print("/setup/\(token)")
    }

    /// Makes an account by the same rules as the sign-up page. Throws `Refusal` with what is wrong.
    public func addUser(username: String, email: String, password: String, isAdministrator: Bool) throws {
        do {
            let account = try site.accounts.add(
                username: username,
                email: email,
                password: password,
                isAdministrator: isAdministrator
            )
            print("Made the account \(account.username).")
        } catch let problem as Problem {
            let faults =
                problem.fields.isEmpty ? [problem.message] : problem.fields.sorted { $0.key < $1.key }.map(\.value)
            throw Refusal(description: faults.joined(separator: " "))
        }
    }

    /// Makes an access token for an account and prints it. Throws `Refusal` with what is wrong.
    public func addToken(username: String, name: String) throws {
        do {
            print(try site.accounts.addToken(name: name, forUsername: username))
        } catch let problem as Problem {
            throw Refusal(description: problem.message)
        }
    }

    /// Prints what was found; false when anything is wrong.
    public func check() throws -> Bool {
        Self.report(
            SelfCheck(configuration: configuration, database: site.database, settings: site.settings).findings(),
            width: 18
        )
    }

    /// Runs the sample programs of these languages, or of all, and prints a line for each; false when one did something
    /// else than it should. Throws `Refusal` for a language that there isn't.
    public func checkLanguages(_ ids: [String]) throws -> Bool {
        let catalogue = try LanguageCatalogue(directory: configuration.languages)
        let check = LanguageCheck(
            directory: configuration.languages,
            runner: RunnerClient(socketPath: configuration.runnerSocket)
        )
        var isGood = true
        for id in ids.isEmpty ? catalogue.languages.map(\.id) : ids {
            guard let language = catalogue[id] else { throw Refusal(description: "There is no language \(id).") }
            let findings: [Finding]
            do {
                findings = try check.findings(language)
            } catch let fault as RunnerFault {
                findings = [Finding(subject: id, fault: "\(fault)", detail: "")]
            }
            isGood = Self.report(findings, width: 24) && isGood
        }
        return isGood
    }

    /// Prints a line a finding, its subject in so many columns; false when anything is wrong.
    private static func report(_ findings: [Finding], width: Int) -> Bool {
        for finding in findings {
            let mark = finding.fault == nil ? "ok  " : "FAIL"
            print("\(mark) \(finding.subject.padded(to: width)) \(finding.fault ?? finding.detail)")
        }
        return findings.allSatisfy { $0.fault == nil }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
