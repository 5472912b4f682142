internal import NIOCore

/// Who reads what, and where everybody stands. Lives on the hub's event loop, and is never touched elsewhere.
final class LiveBoard {
    var counts = LiveHub.Counts()

    private let configuration: LiveHub.Configuration
    private let signer: LiveTicketSigner
    private var channels: [String: LiveChannel] = [:]
    private var connections: [ObjectIdentifier: LiveConnection] = [:]
    private var sessions: [String: Int] = [:]
    private var spent = SpentTickets()
    private var unflushed: [LiveConnection] = []
    /// Distinguishes this hub's lives of channels from those of any other hub and of earlier processes.
    private let birth = String(UInt64.random(in: 0..<(1 << 50)), radix: 36)
    private var lives: UInt64 = 0

    init(configuration: LiveHub.Configuration, signer: LiveTicketSigner) {
        self.configuration = configuration
        self.signer = signer
    }

    // MARK: - Messages

    /// Gives a message its number and sends it to the readers who keep up; nil stands for messages that got lost.
    func publish(_ name: String, _ data: [UInt8]?) {
        // Nobody has a position in a channel that isn't here, so nobody can miss the message.
        guard let channel = channels[name] else { return }
        counts.published += 1
        counts.replayBytes -= channel.replay.bytes
        if let data { channel.replay.append(data) } else { channel.replay.lose() }
        counts.replayBytes += channel.replay.bytes
        for subscription in channel.readers.values { deliver(subscription) }
    }

    /// Writes what a reader is behind with, as long as the reader takes it. The only place that sends messages: a new
    /// reader's refill, a message just published and the catching up of a slow reader are the same thing.
    private func deliver(_ subscription: LiveSubscription) {
        let connection = subscription.connection
        while connection.isWritable {
            switch subscription.channel.replay.next(after: subscription.sent) {
            case .nothing:
                return
            case .message(let buffer):
                subscription.sent += 1
                counts.delivered += 1
                write(buffer, to: connection)
            case .gap(let buffer):
                subscription.sent = subscription.channel.replay.latest
                counts.gaps += 1
                write(buffer, to: connection)
            }
        }
    }

    private func write(_ buffer: ByteBuffer, to connection: LiveConnection) {
        connection.write(buffer)
        if !connection.isUnflushed {
            connection.isUnflushed = true
            unflushed.append(connection)
        }
    }

    /// Hands everything written to the system; once per turn of the loop rather than once per message.
    func flush() {
        while let connection = unflushed.popLast() {
            connection.isUnflushed = false
            connection.flush()
        }
    }

    // MARK: - Connections

    func opened(_ connection: LiveConnection) {
        connections[ObjectIdentifier(connection)] = connection
        if connections.count > configuration.maximumStreams { connection.refuse(.full) }
    }

    func closed(_ connection: LiveConnection) {
        connections[ObjectIdentifier(connection)] = nil
        guard !connection.session.isEmpty else { return }
        counts.streams -= 1
        sessions[connection.session] = sessions[connection.session].flatMap { $0 > 1 ? $0 - 1 : nil }
        for subscription in connection.subscriptions {
            let channel = subscription.channel
            channel.readers[ObjectIdentifier(connection)] = nil
            if channel.readers.isEmpty { channel.idleSince = .now() }
        }
        connection.subscriptions = []
        connection.session = ""
    }

    /// Lets a connection be a stream if its ticket is good.
    func admit(_ connection: LiveConnection, _ sealed: String) {
        let now = configuration.clock()
        let ticket: LiveTicket
        do throws(LiveTicketError) {
            ticket = try signer.verify(sealed, now: now)
        } catch {
            connection.refuse(error == .expired ? .spentTicket : .badTicket)
            return
        }
        guard sessions[ticket.session, default: 0] < configuration.maximumStreamsPerSession else {
            connection.refuse(.tooManyStreams)
            return
        }
        guard spent.take(sealed, expires: ticket.expires, now: now) else {
            connection.refuse(.spentTicket)
            return
        }
        sessions[ticket.session, default: 0] += 1
        counts.streams += 1
        connection.session = ticket.session
        connection.endsAt = .now() + age()
        connection.heartbeatAt = .now() + .nanoseconds(.random(in: 1...nanoseconds(configuration.heartbeat)))
        connection.open()
        write(LiveConnection.responseHead, to: connection)
        for wish in ticket.channels { subscribe(connection, to: wish) }
        flush()
    }

    private func subscribe(_ connection: LiveConnection, to wish: LiveTicket.Channel) {
        let channel = channel(wish.name)
        let key = ObjectIdentifier(connection)
        guard channel.readers[key] == nil else { return }
        channel.idleSince = nil
        let (number, told) = channel.replay.start(from: wish.position)
        let subscription = LiveSubscription(connection: connection, channel: channel, sent: number)
        channel.readers[key] = subscription
        connection.subscriptions.append(subscription)
        if let told {
            if wish.position != nil { counts.gaps += 1 }
            write(told, to: connection)
        }
        deliver(subscription)
    }

    private func channel(_ name: String) -> LiveChannel {
        if let channel = channels[name] { return channel }
        lives += 1
        let replay = LiveReplay(
            channel: name,
            epoch: birth + String(lives, radix: 36),
            maximumMessages: configuration.replayMessages,
            maximumBytes: configuration.replayBytes
        )
        let channel = LiveChannel(name: name, replay: replay)
        channels[name] = channel
        return channel
    }

    /// Goes on with a reader who takes more again.
    func catchUp(_ connection: LiveConnection) {
        connection.stalledSince = nil
        for subscription in connection.subscriptions { deliver(subscription) }
        flush()
    }

    func close(session: String) {
        for connection in connections.values where connection.session == session { connection.close() }
    }

    func closeAll() {
        for connection in connections.values { connection.close() }
    }

    // MARK: - Time

    /// Sends heartbeats, ends what is over and forgets what nobody needs. Called every `tick`: one timer for all.
    func tick() {
        let now = NIODeadline.now()
        for connection in connections.values {
            if now >= connection.endsAt {
                if connection.isStream { connection.close() } else { connection.refuse(.slow) }
            } else if connection.isStream {
                tend(connection, now)
            }
        }
        let idle = channels.values.filter { channel in
            channel.idleSince.map { now - $0 >= .nanoseconds(nanoseconds(configuration.channelIdle)) } ?? false
        }
        for channel in idle {
            counts.replayBytes -= channel.replay.bytes
            channels[channel.name] = nil
        }
        spent.forget(now: configuration.clock())
        flush()
    }

    private func tend(_ connection: LiveConnection, _ now: NIODeadline) {
        guard connection.isWritable else {
            let since = connection.stalledSince ?? now
            connection.stalledSince = since
            if now - since >= .nanoseconds(nanoseconds(configuration.stalledTime)) { connection.close() }
            return
        }
        guard now >= connection.heartbeatAt else { return }
        connection.heartbeatAt = now + .nanoseconds(nanoseconds(configuration.heartbeat))
        write(LiveConnection.heartbeat, to: connection)
    }

    /// What is open and kept now.
    func snapshot() -> LiveHub.Counts {
        var counts = counts
        counts.connections = connections.count
        counts.channels = channels.count
        counts.waitingBytes = connections.values.reduce(0) { $0 + $1.waitingBytes }
        return counts
    }

    private func age() -> TimeAmount {
        let most = Double(nanoseconds(configuration.maximumAge))
        return .nanoseconds(Int64(most * (1 - .random(in: 0...max(0, min(1, configuration.jitter))))))
    }

    private func nanoseconds(_ duration: Duration) -> Int64 {
        TimeAmount(duration).nanoseconds
    }
}
