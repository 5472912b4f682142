internal import NIOCore

/// One connection to the hub: first a request, then, if the ticket is good, a stream. Lives on the hub's event loop.
///
/// It is the only handler of its pipeline: a stream that idles for minutes keeps no HTTP decoder, no encoder and no
/// timer of its own.
final class LiveConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Phase {
        case request(LiveRequestHead)
        case stream
        case closing
    }

    static let responseHead = ByteBuffer(
        string: "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
            + "X-Accel-Buffering: no\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n: open\n\n"
    )
    static let heartbeat = ByteBuffer(string: ":\n\n")

    private let board: LiveBoard
    private var context: ChannelHandlerContext?
    private var phase = Phase.request(LiveRequestHead())

    /// Where this stream stands in each of its channels.
    var subscriptions: [LiveSubscription] = []
    /// The session whose stream it is; empty before that is known.
    var session = ""
    /// When the request must have come; for a stream, when it ends.
    var endsAt: NIODeadline
    /// When a stream is due for a heartbeat.
    var heartbeatAt = NIODeadline.distantFuture
    /// When the reader began to take nothing.
    var stalledSince: NIODeadline?
    /// Whether something is written but not flushed.
    var isUnflushed = false

    init(board: LiveBoard, requestBy deadline: NIODeadline) {
        self.board = board
        endsAt = deadline
    }

    var isStream: Bool {
        if case .stream = phase { true } else { false }
    }

    /// Whether the reader takes more; once false, NIO keeps what is written below the watermark plus one message.
    var isWritable: Bool { isStream && context?.channel.isWritable == true }

    /// What is written but not yet taken, in bytes.
    var waitingBytes: Int {
        (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    func write(_ buffer: ByteBuffer) {
        context?.write(wrapOutboundOut(buffer), promise: nil)
    }

    func flush() {
        context?.flush()
    }

    /// From here on it is a stream.
    func open() {
        phase = .stream
    }

    func refuse(_ refusal: LiveRefusal) {
        guard case .request = phase else { return }
        phase = .closing
        board.counts.refused += 1
        guard let context else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: refusal.response)), promise: nil)
        context.close(promise: nil)
    }

    func close() {
        phase = .closing
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        board.opened(self)
    }

    func channelInactive(context: ChannelHandlerContext) {
        phase = .closing
        board.closed(self)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch phase {
        case .request(var head):
            // Leave no second reference to its bytes while they grow.
            phase = .closing
            let verdict = head.receive(unwrapInboundIn(data).readableBytesView)
            phase = .request(head)
            switch verdict {
            case .more: break
            case .refused(let refusal): refuse(refusal)
            case .ticket(let sealed): board.admit(self, sealed)
            }
        case .stream:
            // A reader of events has nothing to say.
            close()
        case .closing:
            break
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if isWritable { board.catchUp(self) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close()
    }
}

/// A stream's place in a channel.
final class LiveSubscription {
    unowned let connection: LiveConnection
    let channel: LiveChannel
    /// The number of the last message that was written for the reader.
    var sent: UInt64

    init(connection: LiveConnection, channel: LiveChannel, sent: UInt64) {
        self.connection = connection
        self.channel = channel
        self.sent = sent
    }
}

/// A channel that somebody reads or has read lately.
final class LiveChannel {
    let name: String
    var replay: LiveReplay
    var readers: [ObjectIdentifier: LiveSubscription] = [:]
    /// When the last reader left; nil while there are readers.
    var idleSince: NIODeadline?

    init(name: String, replay: LiveReplay) {
        self.name = name
        self.replay = replay
    }
}
