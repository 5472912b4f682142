import FoundationEssentials
import MariaDB
import RunProtocol
import RunSettings
import RunnerClient

/// Looks at everything the site depends on and says what is wrong and how to put it right.
struct SelfCheck {
    let configuration: Configuration
    let database: Database
    let settings: RunSettings

    func findings() -> [Finding] {
        [checkDatabase(), checkSecrets()] + checkRunner() + [
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

    private func checkSecrets() -> Finding {
        let isReadable = (try? settings.areSecretsReadable()) ?? false
        let fault = """
            Those of projects can't be read. Is the database up to date, and etc/secret the file they were stored \
            with? Put that back; nothing is lost until then.
            """
        return Finding(subject: "secrets", fault: isReadable ? nil : fault, detail: "can be opened with etc/secret")
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
                    "Docker \(engine.version), cgroup v\(engine.cgroupVersion), containers run by \(engine.runtime)"
                let fault =
                    !engine.runtimes.contains(engine.runtime)
                    ? "It has no runtime \(engine.runtime), only \(engine.runtimes.joined(separator: ", ")). "
                        + "Add it to the Engine's daemon.json, or start Carrel without CARREL_RUNTIME."
                    : engine.remapsUsers
                        ? nil
                        : "userns-remap is off: root in a container is root on this host. "
                            + "Set \"userns-remap\": \"default\" in the Engine's daemon.json, or let scripts/start run its own."
                findings.append(Finding(subject: "engine", fault: fault, detail: words))
            } else {
                findings.append(
                    Finding(subject: "engine", fault: "It does not answer. See log/dockerd.log.", detail: "")
                )
            }
            return findings + [checkHomes(status)] + checkImages(status)
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

    /// Homes that end with their containers cost nobody a file of a project, so it is no fault.
    private func checkHomes(_ status: RunnerStatus) -> Finding {
        let size = status.workspaceLimits.home.bytes >> 20
        let kept = "each on a disk of its own of \(size) MiB, kept until nobody used it for a month"
        let lost = "end with their containers: this host has no loop devices (/dev/loop-control)"
        return Finding(subject: "homes", fault: nil, detail: status.keepsHomes ? kept : lost)
    }

    /// A language without its image can't be run, which is no fault as long as others can: see `CARREL_IMAGES`.
    private func checkImages(_ status: RunnerStatus) -> [Finding] {
        guard status.languages.contains(where: { $0.image != nil }) else {
            return [Finding(subject: "images", fault: "None is built. Run scripts/images --all.", detail: "")]
        }
        return status.languages.map { language in
            let size = "\(language.size.bytes / 1_048_576) MB"
            return Finding(
                subject: "image \(language.id)",
                fault: nil,
                detail: language.image == nil
                    ? "not built; scripts/images \(language.id) builds it"
                    : "\(language.version ?? "version unknown"), \(size)"
            )
        }
    }

    private func checkSocket(_ subject: String, _ path: String, fix: String) -> Finding {
        let exists = FileManager.default.fileExists(atPath: path)
        return Finding(subject: subject, fault: exists ? nil : "\(path) is missing. \(fix)", detail: path)
    }
}
