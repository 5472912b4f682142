import FoundationEssentials
import RunProtocol
import UnixSocket

/// Why the Engine did not do what it was asked.
enum EngineFault: Error, Equatable, CustomStringConvertible {
    /// It can't be reached, or what answered was not an Engine.
    case unavailable(String)
    /// It answered with this status and these words.
    case answered(Int, String)

    var description: String {
        switch self {
        case .unavailable(let words): return words
        case .answered(let status, let words): return "\(status): \(words)"
        }
    }
}

/// The Docker Engine, by its HTTP API on a Unix socket (Docker Engine API v1.41 and later; paths without a version mean
/// the Engine's own).
///
/// The methods below are all the runner ever says to it. There is no method for exec, archive, build, volumes, networks
/// or images by name other than ours, and no way to reach one: `exchange` is private.
struct Engine: Sendable {
    struct Version: Decodable, Sendable {
        var Version: String
    }

    struct Info: Decodable, Sendable {
        struct Runtime: Decodable, Sendable {}
        var SecurityOptions: [String]?
        var Runtimes: [String: Runtime]?
        var DefaultRuntime: String?
        var CgroupVersion: String?
    }

    struct Image: Decodable, Sendable {
        struct Config: Decodable, Sendable {
            var Labels: [String: String]?
        }
        var Id: String
        var Size: UInt64
        var Config: Config?
    }

    struct Container: Decodable, Sendable {
        var Id: String
        var Names: [String]?
        var Labels: [String: String]?
    }

    private struct Statistics: Decodable {
        struct Memory: Decodable {
            struct Details: Decodable {
                var active_file: UInt64?
                var inactive_file: UInt64?
                // Version 1 of cgroups has these besides, and in them what is below the container's own.
                var total_active_file: UInt64?
                var total_inactive_file: UInt64?
            }

            var usage: UInt64?
            var stats: Details?
        }

        var memory_stats: Memory?
    }

    private struct Details: Decodable {
        struct State: Decodable {
            var Pid: Int32
        }
        var State: State
    }

    private struct Created: Decodable {
        var Id: String
    }

    private struct Complaint: Decodable {
        var message: String
    }

    /// What the Engine's process that watches over a container has for itself, which is not in the container's cgroup;
    /// 2.8 MB were measured (containerd-shim 1.6, Pss).
    static let beside = ByteCount.mebibytes(3)

    private static let patience = Duration.seconds(15)
    private let socket: String

    init(socket: String) {
        self.socket = socket
    }

    /// What it is.
    func version() throws(EngineFault) -> Version {
        try decode(Version.self, try exchange("GET", "/version"))
    }

    /// How it is set up.
    func info() throws(EngineFault) -> Info {
        try decode(Info.self, try exchange("GET", "/info"))
    }

    /// The image of a language, or nil when there is none.
    func image(language: String) throws(EngineFault) -> Image? {
        do {
            return try decode(Image.self, try exchange("GET", "/images/carrel/\(language):current/json"))
        } catch .answered(404, _) {
            return nil
        }
    }

    /// Makes a container and gives its id.
    func create(_ spec: ContainerSpec) throws(EngineFault) -> String {
        guard let body = try? spec.encoded() else { throw .unavailable("the container can't be described") }
        return try decode(Created.self, try exchange("POST", "/containers/create", body: body)).Id
    }

    /// Connects with a container's standard streams. The HTTP connection becomes a plain stream in both directions
    /// (the Engine calls that hijacking); what came behind its head already is given too.
    func attach(_ container: String) throws(EngineFault) -> (stream: UnixStream, first: [UInt8]) {
        let path = "/containers/\(container)/attach?stream=1&stdin=1&stdout=1&stderr=1"
        let deadline = ContinuousClock.now + Self.patience
        let stream = try connect()
        var reader = HTTPResponseReader()
        let head = "POST \(path) HTTP/1.1\r\nHost: engine\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
        let response = try converse(stream, Array(head.utf8), &reader, until: deadline)
        guard response.status == 101 else { throw complaint(response) }
        return (stream, reader.rest)
    }

    /// Starts a container that was made.
    func start(_ container: String) throws(EngineFault) {
        _ = try exchange("POST", "/containers/\(container)/start")
    }

    /// Gives a container a name, which no other one may have.
    func name(_ container: String, _ name: String) throws(EngineFault) {
        _ = try exchange("POST", "/containers/\(container)/rename?name=\(name)")
    }

    /// The number of a running container's first process, as the Engine's host counts.
    func process(of container: String) throws(EngineFault) -> Int32 {
        try decode(Details.self, try exchange("GET", "/containers/\(container)/json")).State.Pid
    }

    /// The memory that a running container costs, by its cgroup of either version; nil when nobody can tell. Takes up
    /// to a second with Engines that look once a second.
    ///
    /// Without the pages of files: all containers of an image share those, whichever read them first is charged with
    /// them, and the kernel takes them back when it needs the room.
    func memory(of container: String) throws(EngineFault) -> ByteCount? {
        // One-shot: else the Engine compares two readings of the processor, which takes a second more.
        let path = "/containers/\(container)/stats?stream=false&one-shot=true"
        let memory = try decode(Statistics.self, try exchange("GET", path)).memory_stats
        let details = memory?.stats
        let active = details?.total_active_file ?? details?.active_file ?? 0
        let inactive = details?.total_inactive_file ?? details?.inactive_file ?? 0
        guard let usage = memory?.usage, usage > active + inactive else { return nil }
        return ByteCount(bytes: usage - active - inactive + Self.beside.bytes)
    }

    /// Whether the kernel ended anything in a container for want of memory, which may be gone by now. Takes up to a fifth of
    /// a second, for what the Engine is yet to hear.
    func ranOutOfMemory(_ container: String) throws(EngineFault) -> Bool {
        // {"container":["…"],"event":["oom"]}; of the latest few hundred events, with those until then.
        let filter = "%7B%22container%22%3A%5B%22\(container)%22%5D%2C%22event%22%3A%5B%22oom%22%5D%7D"
        let tenths = Int(Date.now.timeIntervalSince1970 * 10) + 2
        let time = "since=0&until=\(tenths / 10).\(tenths % 10)"
        return try !exchange("GET", "/events?\(time)&filters=\(filter)").body.isEmpty
    }

    /// Lowers or raises the memory that a container may use, without swap on top.
    func setMemory(_ memory: UInt64, of container: String) throws(EngineFault) {
        let body = #"{"Memory":\#(memory),"MemorySwap":\#(memory)}"#
        _ = try exchange("POST", "/containers/\(container)/update", body: Array(body.utf8))
    }

    /// Kills a container and removes it. One that is gone, or going, is no error.
    func remove(_ container: String) throws(EngineFault) {
        do {
            _ = try exchange("DELETE", "/containers/\(container)?force=1&v=1")
        } catch .answered(404, _) {
        } catch .answered(409, let words) where words.contains("already in progress") {
        }
    }

    /// Waits until a container is removed that is ending by itself. Throws when that takes longer than it may.
    func waitForRemoval(of container: String, patience: Duration) throws(EngineFault) {
        do {
            _ = try exchange("POST", "/containers/\(container)/wait?condition=removed", patience: patience)
        } catch .answered(404, _) {
        }
    }

    /// All containers of an installation, running or not.
    func containers(instance: String) throws(EngineFault) -> [Container] {
        // {"label":["carrel.instance=…"]}; an instance has no character that would need escaping in JSON.
        let filter = "%7B%22label%22%3A%5B%22\(ContainerSpec.instanceLabel)%3D\(instance)%22%5D%7D"
        return try decode([Container].self, try exchange("GET", "/containers/json?all=1&filters=\(filter)"))
    }

    private func connect() throws(EngineFault) -> UnixStream {
        do {
            return try UnixStream.connect(to: socket)
        } catch {
            throw .unavailable(error.description)
        }
    }

    private func exchange(
        _ method: String,
        _ path: String,
        body: [UInt8] = [],
        patience: Duration = Engine.patience
    ) throws(EngineFault) -> HTTPResponse {
        let stream = try connect()
        var head = "\(method) \(path) HTTP/1.1\r\nHost: engine\r\nConnection: close\r\n"
        if method == "POST" { head += "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n" }
        var reader = HTTPResponseReader()
        let response = try converse(
            stream,
            Array((head + "\r\n").utf8) + body,
            &reader,
            until: ContinuousClock.now + patience
        )
        guard (200..<300).contains(response.status) || response.status == 304 else { throw complaint(response) }
        return response
    }

    private func converse(
        _ stream: UnixStream,
        _ request: [UInt8],
        _ reader: inout HTTPResponseReader,
        until deadline: ContinuousClock.Instant
    ) throws(EngineFault) -> HTTPResponse {
        do {
            try stream.write(request, until: deadline)
            while true {
                let bytes = try stream.read(atMost: 64 * 1024, until: deadline)
                if bytes.isEmpty { return try reader.finish() }
                if let response = try reader.append(bytes) { return response }
            }
        } catch let error as SocketError {
            throw .unavailable(error.description)
        } catch {
            throw .unavailable("its answer can't be read (\(error))")
        }
    }

    private func decode<Value: Decodable>(_ type: Value.Type, _ response: HTTPResponse) throws(EngineFault) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(response.body))
        } catch {
            throw .unavailable("its answer has another shape than expected")
        }
    }

    private func complaint(_ response: HTTPResponse) -> EngineFault {
        let words = (try? JSONDecoder().decode(Complaint.self, from: Data(response.body)))?.message ?? ""
        return .answered(response.status, String(words.prefix(500)))
    }
}
