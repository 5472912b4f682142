import Foundation
import Languages
import RunProtocol
import Testing

/// The live containers against section 5 ("Container Runtime") of the CIS Docker Benchmark 1.6, number by number.
@Suite("A live container's posture", .serialized)
struct PostureTests {
    /// What `docker inspect` says of a container.
    struct Container {
        let fields: [String: Any]
        var host: [String: Any] { fields["HostConfig"] as? [String: Any] ?? [:] }

        func number(_ name: String) -> Int { host[name] as? Int ?? 0 }
        func text(_ name: String) -> String { host[name] as? String ?? "" }
        func list(_ name: String) -> [Any] { host[name] as? [Any] ?? [] }
        func words(_ name: String) -> Set<String> { Set(host[name] as? [String] ?? []) }
        var mounts: [[String: Any]] { fields["Mounts"] as? [[String: Any]] ?? [] }
        var config: [String: Any] { fields["Config"] as? [String: Any] ?? [:] }
        var ports: [String: Any] {
            (fields["NetworkSettings"] as? [String: Any])?["Ports"] as? [String: Any] ?? [:]
        }
        var networks: Set<String> {
            Set(((fields["NetworkSettings"] as? [String: Any])?["Networks"] as? [String: Any] ?? [:]).keys)
        }
    }

    enum Answer {
        /// Must hold.
        case holds(@Sendable (Container) -> Bool)
        /// Is not done, because of this.
        case reason(String)
    }

    struct Check {
        let number: Int
        let title: String
        let answer: Answer

        init(_ number: Int, _ title: String, holds: @escaping @Sendable (Container) -> Bool) {
            (self.number, self.title, answer) = (number, title, .holds(holds))
        }

        init(_ number: Int, _ title: String, reason: String) {
            (self.number, self.title, answer) = (number, title, .reason(reason))
        }
    }

    private static let checks: [Check] = [
        Check(
            1,
            "AppArmor is on",
            reason: "The Engine's own profile applies where the kernel has AppArmor; nothing here depends on it."
        ),
        Check(2, "SELinux is on", reason: "Debian has no SELinux policy for containers."),
        Check(3, "capabilities are few") {
            // The agent's; programs have none (Tests/Hostile/become-root.py).
            let given = Set($0.words("CapAdd").map { $0.replacing("CAP_", with: "") })
            return $0.words("CapDrop") == ["ALL"] && given == ["KILL", "SETGID", "SETUID"]
        },
        Check(4, "nothing is privileged") { $0.host["Privileged"] as? Bool == false },
        Check(5, "no folder of the host is mounted") { $0.list("Binds").isEmpty && $0.mounts.isEmpty },
        Check(6, "no sshd runs") { $0.fields["Path"] as? String == "/sbin/carrel-agent" && $0.ports.isEmpty },
        Check(7, "no privileged port is mapped") { $0.ports.isEmpty },
        Check(8, "no port is open that need not be") { $0.ports.isEmpty },
        Check(9, "the host's network is not shared") { $0.text("NetworkMode") == "none" },
        Check(10, "memory is limited, swap with it") {
            $0.number("Memory") > 0 && $0.number("Memory") == $0.number("MemorySwap")
        },
        Check(11, "the processor is limited") { $0.number("NanoCpus") > 0 },
        Check(12, "the root is read-only") { $0.host["ReadonlyRootfs"] as? Bool == true },
        Check(13, "incoming traffic goes to one interface") { $0.ports.isEmpty },
        Check(14, "no restart without end") {
            let name = ($0.host["RestartPolicy"] as? [String: Any])?["Name"] as? String ?? ""
            return ["", "no"].contains(name)
        },
        Check(15, "the host's processes are not shared") { $0.text("PidMode").isEmpty },
        Check(16, "the host's shared memory is not shared") { $0.text("IpcMode") == "private" },
        Check(17, "no device of the host is given") {
            $0.list("Devices").isEmpty && $0.list("DeviceRequests").isEmpty && $0.list("DeviceCgroupRules").isEmpty
        },
        Check(18, "limits of processes are set") {
            let names = $0.list("Ulimits").compactMap { ($0 as? [String: Any])?["Name"] as? String }
            return Set(names) == ["core", "fsize", "memlock", "nofile"]
        },
        Check(19, "no mount is shared") { !$0.mounts.contains { $0["Propagation"] as? String == "shared" } },
        Check(20, "the host's name is not shared") { $0.text("UTSMode").isEmpty },
        Check(21, "the Engine's seccomp filter is on") {
            $0.words("SecurityOpt") == ["no-new-privileges"]
        },
        Check(22, "no privileged exec", reason: "The helper has no call for exec at all (AllowListTests)."),
        Check(23, "no exec as root", reason: "The helper has no call for exec at all (AllowListTests)."),
        Check(24, "the cgroup is the Engine's") { $0.text("CgroupParent").isEmpty },
        Check(25, "no new privileges") { $0.words("SecurityOpt").contains("no-new-privileges") },
        Check(
            26,
            "health is checked",
            reason: "The helper pings the agent every five seconds; an agent that hears nothing ends."
        ),
        Check(27, "the image is the newest") {
            // By its id, never by a name that may mean another image tomorrow.
            ($0.config["Image"] as? String)?.hasPrefix("sha256:") == true
        },
        Check(28, "processes are limited") { (1...1024).contains($0.number("PidsLimit")) },
        Check(29, "docker0 is not used") { $0.networks.isSubset(of: ["none"]) },
        Check(30, "the host's users are not shared") { $0.text("UsernsMode").isEmpty },
        Check(31, "the Engine's socket is not inside") { $0.mounts.isEmpty && $0.list("Binds").isEmpty },
    ]

    /// The titles of what does not hold.
    private static func failures(_ container: Container) -> [String] {
        checks.compactMap { check in
            guard case .holds(let holds) = check.answer, !holds(container) else { return nil }
            return "5.\(check.number) \(check.title)"
        }
    }

    private static func inspect(_ container: String) throws -> Container {
        let told = try shell("docker", "-H", "unix://\(RunnerFixture.engine ?? "")", "inspect", container).output
        let list = try JSONSerialization.jsonObject(with: Data(told.utf8)) as? [[String: Any]]
        return Container(fields: try #require(list?.first))
    }

    @Test(
        "passes every check of the benchmark or says why not",
        arguments: ["python", "javascript", "c", "cpp", "bash"]
    )
    func posture(id: String) throws {
        let fixture = try RunnerFixture()
        let catalogue = RunnerFixture.repository.appending(path: "Sources/Languages/Catalogue")
        let language = try #require(try LanguageCatalogue(directory: catalogue.path)[id])
        _ = try fixture.run(id, [language.main: language.starters[0].files[0].text])
        let container = try Self.inspect(try #require(try fixture.containers().first))
        #expect(Self.failures(container) == [])
        #expect(container.fields["AppArmorProfile"] as? String != "unconfined")
    }

    @Test("is checked in all thirty-one points, and each check that can fail does so for a weak container")
    func complete() throws {
        #expect(Self.checks.map(\.number) == Array(1...31))
        #expect(Self.checks.allSatisfy { if case .reason(let words) = $0.answer { words.count > 20 } else { true } })
        let name = "carrel-weak-\(UInt32.random(in: 0 ... .max))"
        let engine = "unix://\(RunnerFixture.engine ?? "")"
        defer { _ = try? shell("docker", "-H", engine, "rm", "--force", name) }
        // Made and never started, so it may be as weak as can be.
        try shell(
            "docker",
            "-H",
            engine,
            "create",
            "--name",
            name,
            "--privileged",
            "--userns",
            "host",
            "--pid",
            "host",
            "--ipc",
            "host",
            "--uts",
            "host",
            "--network",
            "host",
            "--restart",
            "always",
            "--device",
            "/dev/null",
            "--volume",
            "/var/run:/var/run:shared",
            "--publish",
            "22:22",
            "--cgroup-parent",
            "/weak",
            "--security-opt",
            "seccomp=unconfined",
            "carrel/bash:current",
            "true"
        )
        let failed = Set(
            Self.failures(try Self.inspect(name)).compactMap { Int($0.split(separator: " ")[0].dropFirst(2)) }
        )
        let canFail = Set(Self.checks.compactMap { if case .holds = $0.answer { $0.number } else { nil } })
        // A container that never ran has no ports, so those three say nothing of it.
        #expect(canFail.subtracting(failed).isSubset(of: [7, 8, 13]), "\(canFail.subtracting(failed).sorted())")
    }
}
