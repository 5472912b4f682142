// Live: messages from the application to open pages, over server-sent events.
//
// Theory of operation
//
//   handler ── checks the reader, signs a LiveTicket, answers X-Accel-Redirect ──► nginx
//   nginx   ── GET /?ticket=… on the hub's Unix socket ──► LiveConnection ──► LiveBoard.admit
//   any thread ── publish(channel, data) ──► inbox (a lock) ──► the hub's event loop ──► LiveBoard.publish
//        LiveReplay numbers and encodes it once ──► every LiveSubscription of the channel ──► sockets
//
// One event loop on one thread holds everything but the inbox: channels, streams, numbers. The application's threads
// never wait for a reader, and a reader never waits for a thread.
//
// A stream carries several channels. For each, a subscription remembers the number of the last message written. One
// function, `LiveBoard.deliver`, moves that number forward while the socket takes more: it is the refill of a reader
// who came back, the delivery of what was just published, and the catching up of a reader who was slow. What it needs
// is no longer in the replay? Then it sends a gap, and the client asks the application, which has the truth.
//
// Invariants
//  1. Within one life (epoch) of a channel, messages are numbered without holes in the order in which the loop took
//     them, which is the order of the publish calls of one thread. All readers see one order.
//  2. A reader is sent message n + 1 right after n, or a gap; never something else, never nothing for good.
//  3. An epoch names one life of one channel of one hub: positions of another life are gaps, never wrong data. A
//     channel that nobody has read for a minute ends its life; until then its numbering goes on.
//  4. A channel without a life isn't kept: nobody can hold a position in it. Memory goes with readers, not with
//     messages.
//  5. What waits for a slow reader is at most the watermark and one message; the bytes are shared with the replay and
//     the other readers. What waits for the loop is at most the backlog; beyond it channels have gaps.
//  6. A connection is believed in nothing but its sealed ticket, redeemed once. It makes one request of at most 16 KiB
//     within seconds, and whatever it sends after that closes it.
//  7. No stream has a timer: one tick for all sends heartbeats and ends streams.

internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Delivers messages to the streams of open pages. Thread-safe.
public final class LiveHub: Sendable {
    private struct State {
        var running: Running?
        var inbox: [(channel: String, data: [UInt8])] = []
        var inboxBytes = 0
        /// Channels of which messages were dropped since the loop last looked.
        var lost: Set<String> = []
        var isWoken = false
    }

    private struct Running {
        let group: MultiThreadedEventLoopGroup
        let loop: any EventLoop
        let board: NIOLoopBound<LiveBoard>
        let listener: any Channel
        let socket: LiveSocket
    }

    private let configuration: Configuration
    private let signer: LiveTicketSigner
    private let state = Mutex(State())

    /// A hub that doesn't listen yet.
    public init(configuration: Configuration, signer: LiveTicketSigner) {
        self.configuration = configuration
        self.signer = signer
    }

    /// Listens. Throws `LiveHubError` when it can't; call from a thread that may block.
    public func start() throws {
        guard state.withLock({ $0.running == nil }) else { throw LiveHubError.running }
        let socket = try LiveSocket(path: configuration.socketPath, mode: configuration.mode)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        do {
            let board = try loop.submit { [configuration, signer] in
                NIOLoopBound(LiveBoard(configuration: configuration, signer: signer), eventLoop: loop)
            }.wait()
            let listener = try bootstrap(group, board).withBoundSocket(socket.descriptor).wait()
            try socket.restoreBacklog()
            let tick = TimeAmount(configuration.tick)
            loop.scheduleRepeatedTask(initialDelay: tick, delay: tick) { _ in board.value.tick() }
            let running = Running(group: group, loop: loop, board: board, listener: listener, socket: socket)
            state.withLock { $0.running = running }
        } catch {
            socket.remove()
            try? group.syncShutdownGracefully()
            throw error
        }
    }

    /// Ends all streams and stops listening; browsers come back by themselves. Call from a thread that may block.
    public func stop() {
        let running = state.withLock { state in
            defer { state = State() }
            return state.running
        }
        guard let running else { return }
        running.socket.remove()
        try? running.listener.close().wait()
        try? running.loop.submit { running.board.value.closeAll() }.wait()
        try? running.group.syncShutdownGracefully()
    }

    /// Sends a message, one JSON value as UTF-8, to all who follow a channel. Never waits; may be called on any thread.
    ///
    /// Costs next to nothing when nobody follows the channel. Messages of one thread arrive in their order. One that is
    /// larger than `Configuration.replayBytes` is a gap for everybody, so that they ask the application.
    public func publish(_ channel: String, _ data: [UInt8]) {
        post { state in
            guard !state.lost.contains(channel) else { return }
            guard state.inboxBytes + data.count <= configuration.maximumBacklog else {
                state.lost.insert(channel)
                return
            }
            state.inboxBytes += data.count + channel.utf8.count
            state.inbox.append((channel, data))
        }
    }

    /// Ends all streams of a session, as at sign-out.
    public func close(session: String) {
        state.withLock { state in
            guard let running = state.running else { return }
            running.loop.execute { running.board.value.close(session: session) }
        }
    }

    /// What the hub is doing now; all zero while it doesn't run. Waits for the hub's thread.
    public var counts: Counts {
        guard let running = state.withLock({ $0.running }) else { return Counts() }
        return (try? running.loop.submit { running.board.value.snapshot() }.wait()) ?? Counts()
    }

    /// Changes the inbox and wakes the loop. The loop is woken inside the lock, which costs one system call: outside
    /// it, `stop` could end the loop in between.
    private func post(_ change: (inout State) -> Void) {
        state.withLock { state in
            guard let running = state.running else { return }
            change(&state)
            if state.isWoken { return }
            state.isWoken = true
            running.loop.execute { self.drain(running.board.value) }
        }
    }

    private func drain(_ board: LiveBoard) {
        let (inbox, lost) = state.withLock { state in
            defer {
                state.inbox = []
                state.inboxBytes = 0
                state.lost = []
                state.isWoken = false
            }
            return (state.inbox, state.lost)
        }
        for (channel, data) in inbox { board.publish(channel, data) }
        for channel in lost { board.publish(channel, nil) }
        board.flush()
    }

    private func bootstrap(_ group: MultiThreadedEventLoopGroup, _ board: NIOLoopBound<LiveBoard>) -> ServerBootstrap {
        let requestTime = TimeAmount(configuration.requestTime)
        let watermark = ChannelOptions.Types.WriteBufferWaterMark(
            low: configuration.watermark / 4,
            high: configuration.watermark
        )
        return ServerBootstrap(group: group)
            .serverChannelInitializer { channel in
                // Out of file descriptors: wait a second instead of spinning.
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptBackoffHandler())
                }
            }
            .serverChannelOption(.maxMessagesPerRead, value: 64)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let connection = LiveConnection(board: board.value, requestBy: .now() + requestTime)
                    try channel.pipeline.syncOperations.addHandler(connection)
                }
            }
            .childChannelOption(.writeBufferWaterMark, value: watermark)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 2048))
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.socketOption(.so_sndbuf), value: .init(configuration.watermark))
    }
}
