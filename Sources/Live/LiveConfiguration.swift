public import FoundationEssentials

extension LiveHub {
    /// Where the hub listens and what it allows.
    public struct Configuration: Sendable {
        /// The path of the hub's Unix socket. The directory must exist; a dead socket there is replaced.
        public var socketPath: String
        /// Who may connect: the permission bits of the socket.
        public var mode: UInt32 = 0o660
        /// How often an idle stream gets a comment line, so that proxies keep it and a dead one is noticed.
        public var heartbeat: Duration = .seconds(15)
        /// How many of a channel's last messages are kept for readers who missed them.
        public var replayMessages = 256
        /// How many bytes of messages a channel keeps; a message that is larger is a gap for everybody.
        public var replayBytes = 256 * 1024
        /// How long a channel without readers remembers its messages. After that its old positions are gaps.
        public var channelIdle: Duration = .seconds(60)
        /// The most connections at once; more are answered 503.
        public var maximumStreams = 20_000
        /// The most streams of one session at once; more are answered 429.
        public var maximumStreamsPerSession = 32
        /// A stream ends after this time, and its browser comes back with a new ticket: that is how a lost right is
        /// noticed at the latest.
        public var maximumAge: Duration = .seconds(15 * 60)
        /// Up to this part of `maximumAge` is taken off, at random, so that streams don't end all together.
        public var jitter = 0.2
        /// How long a connection may take to send its request.
        public var requestTime: Duration = .seconds(10)
        /// A stream whose reader takes nothing for this long is closed.
        public var stalledTime: Duration = .seconds(60)
        /// How much may wait for a slow reader, in bytes. What comes later is fetched from the replay, or is a gap.
        public var watermark = 64 * 1024
        /// How much published data may wait for the hub's own thread, in bytes; beyond it, channels have gaps.
        public var maximumBacklog = 16 * 1024 * 1024
        /// The clock that tickets are checked against.
        public var clock: @Sendable () -> Date = { Date() }
        /// How often heartbeats and ages are looked at.
        var tick: Duration = .seconds(1)

        /// The defaults, on a socket at `socketPath`.
        public init(socketPath: String) {
            self.socketPath = socketPath
        }
    }

    /// What the hub is doing and has done since it started.
    public struct Counts: Sendable, Equatable {
        /// Connections that are open, with or without a good request yet.
        public var connections = 0
        /// Streams that are open.
        public var streams = 0
        /// Channels that somebody reads or has read lately.
        public var channels = 0
        /// Messages published on channels that somebody follows.
        public var published = 0
        /// Messages written to readers, refills included.
        public var delivered = 0
        /// Times that a reader was told of a gap.
        public var gaps = 0
        /// Connections turned away.
        public var refused = 0
        /// Bytes of messages kept for refills.
        public var replayBytes = 0
        /// Bytes written for readers who are slow to take them.
        public var waitingBytes = 0
    }
}

/// Why the hub can't start.
public enum LiveHubError: Error, Sendable, Equatable {
    /// It runs already.
    case running
    /// Something that isn't a socket is at the socket's path.
    case notASocket(path: String)
    /// Another process listens on the socket.
    case taken(path: String)
    /// The path is longer than a socket's address can be (107 bytes).
    case pathTooLong(path: String)
    /// A system call failed.
    case system(call: String, errno: Int32)
}
