import FoundationEssentials
import MariaDB
import RunProtocol
import RunnerClient

/// Looks at everything the site depends on and says what is wrong and how to put it right.
struct SelfCheck {
    /// One thing looked at.
    struct Finding {
        let subject: String
        /// Nil when all is well.
        let fault: String?
        let detail: String
    }

    let configuration: Configuration
    let database: Database

    func findings() -> [Finding] {
        [checkDatabase()] + checkRunner() + [
            checkSocket("site socket", configuration.fastCGISocket, fix: "Is the site running? scripts/start"),
            checkSocket("live socket", configuration.hubSocket, fix: "Is the site running? scripts/start"),
        ]
    }

    private func checkDatabase() -> Finding {
        do {
            let pending = try Migrator(Site.migrations).pending(database)
            guard pending.isEmpty else {
                return Finding(
                    subject: "database",
                    fault: "\(pending.count) migrations are not applied. Run scripts/carrel migrate.",
                    detail: ""
                )
            }
            return Finding(subject: "database", fault: nil, detail: "answers, schema up to date")
        } catch {
            return Finding(
                subject: "database",
                fault: "\(error). Is MariaDB running? See log/mariadb.log in the state directory.",
                detail: ""
            )
        }
    }

    private func checkRunner() -> [Finding] {
        do {
            let status = try RunnerClient(socketPath: configuration.runnerSocket).status()
            var findings = [
                Finding(
                    subject: "helper",
                    fault: nil,
                    detail: "\(status.running) of \(status.slots) places in use, \(status.workspaces.count) workspaces"
                )
            ]
            if let engine = status.engine {
                let words =
                    "Docker \(engine.version), cgroup v\(engine.cgroupVersion), \(engine.runtimes.joined(separator: " "))"
                let fault =
                    engine.remapsUsers
                    ? nil
                    : "userns-remap is off: root in a container is root on this host. "
                        + "Set \"userns-remap\": \"default\" in the Engine's daemon.json, or let scripts/start run its own."
                findings.append(Finding(subject: "engine", fault: fault, detail: words))
            } else {
                findings.append(
                    Finding(subject: "engine", fault: "It does not answer. See log/dockerd.log.", detail: "")
                )
            }
            findings += status.languages.map { language in
                Finding(
                    subject: "image \(language.id)",
                    fault: language.image == nil ? "It is not built. Run scripts/images \(language.id)." : nil,
                    detail: "\(language.version ?? "version unknown"), \(language.size.bytes / 1_048_576) MB"
                )
            }
            return findings
        } catch {
            return [
                Finding(
                    subject: "helper",
                    fault: "\(error). Is carrel-runner running? See log/runner.log in the state directory.",
                    detail: ""
                )
            ]
        }
    }

    private func checkSocket(_ subject: String, _ path: String, fix: String) -> Finding {
        let exists = FileManager.default.fileExists(atPath: path)
        return Finding(subject: subject, fault: exists ? nil : "\(path) is missing. \(fix)", detail: path)
    }
}
