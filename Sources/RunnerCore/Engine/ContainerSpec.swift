import FoundationEssentials
import RunProtocol

/// Everything about a workspace's container, in the Engine's own words (Docker Engine API, `ContainerCreate`).
///
/// The whole posture of a container is this one value; a test compares its JSON with a file, so that a change of it is
/// seen in review. Nothing in it comes from a request but two numbers and a language's id, in labels.
struct ContainerSpec: Encodable {
    struct Ulimit: Encodable {
        var Name: String
        var Soft: Int
        var Hard: Int
    }

    struct NoLog: Encodable {
        var `Type` = "none"
    }

    struct Host: Encodable {
        var AutoRemove = true
        // What the agent needs to become another user and to end that user's processes; programs get none of them.
        var CapAdd = ["KILL", "SETGID", "SETUID"]
        var CapDrop = ["ALL"]
        var Init = false
        var IpcMode = "private"
        var LogConfig = NoLog()
        var Memory: UInt64
        // As much as Memory: no swap on top.
        var MemorySwap: UInt64
        var NanoCpus: UInt64
        var NetworkMode = "none"
        var OomKillDisable = false
        var PidsLimit: Int
        var Privileged = false
        var ReadonlyRootfs = true
        var Runtime: String?
        // Masked and read-only paths, seccomp profile: the Engine's defaults, which apply because they are not named.
        var SecurityOpt = ["no-new-privileges"]
        var ShmSize = 16 * 1024 * 1024
        var Tmpfs: [String: String]
        var Ulimits = [
            Ulimit(Name: "core", Soft: 0, Hard: 0),
            Ulimit(Name: "fsize", Soft: 1 << 30, Hard: 1 << 30),
            Ulimit(Name: "memlock", Soft: 65536, Hard: 65536),
            Ulimit(Name: "nofile", Soft: 1024, Hard: 1024),
        ]
    }

    var AttachStderr = true
    var AttachStdin = true
    var AttachStdout = true
    var Cmd: [String] = []
    var Entrypoint = ["/sbin/carrel-agent"]
    var Env = ["PATH=/usr/local/bin:/usr/bin:/bin"]
    var HostConfig: Host
    var Hostname = "carrel"
    var Image: String
    var Labels: [String: String]
    var NetworkDisabled = true
    var OpenStdin = true
    // Its only input ends when the runner's connection does: then the agent ends, or waits a while for another runner.
    var StdinOnce = true
    var StopSignal = "SIGKILL"
    var Tty = false
    var User = "0:0"
    var WorkingDir = "/"

    /// The label that names the installation a container belongs to.
    static let instanceLabel = "carrel.instance"
    /// The label that names the life of the runner it was made in.
    static let lifeLabel = "carrel.life"

    /// The container of a workspace. `image` is an image's id, never a name.
    init(image: String, labels: [String: String], limits: WorkspaceLimits, runtime: String?) {
        Image = image
        Labels = labels
        HostConfig = Host(
            Memory: limits.memory.bytes,
            MemorySwap: limits.memory.bytes,
            NanoCpus: UInt64(limits.processor) * 1_000_000,
            PidsLimit: limits.processes,
            Runtime: runtime,
            Tmpfs: [
                Launch.home: "rw,nosuid,nodev,exec,mode=0700,uid=\(Launch.user),gid=\(Launch.user),nr_inodes=65536,"
                    + "size=\(limits.home.bytes)",
                "/tmp": "rw,nosuid,nodev,exec,mode=1777,nr_inodes=65536,size=\(limits.temporary.bytes)",
            ]
        )
    }

    /// The JSON, keys in order.
    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }
}
