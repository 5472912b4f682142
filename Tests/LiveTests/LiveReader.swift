import Foundation
import Glibc
import Testing

@testable import Live

/// A message as a client sees it.
struct LiveEvent: Decodable, Equatable {
    var channel: String
    var epoch: String
    var seq: Int
    var open: Bool?
    var gap: Bool?
    var data: [String: Int]?

    var position: String { "\(epoch).\(seq)" }
}

struct LiveReaderProblem: Error, CustomStringConvertible {
    var description: String
}

/// A client on a plain socket, so that the tests see what nginx sees. Waits at most ten seconds for anything.
final class LiveReader {
    private var descriptor: CInt
    private var received: [UInt8] = []

    /// Unless `patient`, it doesn't wait for room in the hub's queue; nginx doesn't either.
    init(_ path: String, patient: Bool = true) throws {
        let type = patient ? SOCK_STREAM.rawValue : SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue
        descriptor = socket(AF_UNIX, CInt(type), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else { throw LiveReaderProblem(description: "connect: \(errno)") }
    }

    deinit {
        hangUp()
    }

    func hangUp() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Says that nothing more comes, and goes on listening.
    func endSending() {
        shutdown(descriptor, CInt(SHUT_WR))
    }

    /// Sends as much as the other side takes.
    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let flags = CInt(MSG_NOSIGNAL)
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, flags) }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    func send(_ text: String) {
        send(Array(text.utf8))
    }

    /// The text up to and with `mark`.
    func read(through mark: String) throws -> String {
        let mark = Array(mark.utf8)
        var searched = 0
        while true {
            while let end = nextIndex(of: mark[mark.count - 1], from: searched) {
                searched = end + 1
                guard received[..<searched].suffix(mark.count).elementsEqual(mark) else { continue }
                defer { received.removeFirst(searched) }
                return String(decoding: received[..<searched], as: UTF8.self)
            }
            searched = received.count
            guard try receive() else { throw LiveReaderProblem(description: "closed: \(restText)") }
        }
    }

    /// By the C library: these tests look through many megabytes.
    private func nextIndex(of byte: UInt8, from start: Int) -> Int? {
        received.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, start < bytes.count else { return nil }
            return memchr(base + start, CInt(byte), bytes.count - start).map { UnsafeRawPointer($0) - base }
        }
    }

    /// Everything until the other side closes.
    func readToEnd() throws -> String {
        while try receive() {}
        return restText
    }

    /// The next message, stepping over comments.
    func event() throws -> LiveEvent {
        while true {
            let block = try read(through: "\n\n")
            if block.hasPrefix(":") { continue }
            guard block.hasPrefix("data: "), block.utf8.dropLast(2).allSatisfy({ $0 != 0x0A && $0 != 0x0D }) else {
                throw LiveReaderProblem(description: "not an event: \(block)")
            }
            return try JSONDecoder().decode(LiveEvent.self, from: Data(block.dropFirst(6).utf8))
        }
    }

    func events(_ count: Int) throws -> [LiveEvent] {
        try (0..<count).map { _ in try event() }
    }

    private var restText: String { String(decoding: received, as: UTF8.self) }

    private func receive() throws -> Bool {
        let chunk = try [UInt8](unsafeUninitializedCapacity: 65_536) { bytes, filled in
            let count = recv(descriptor, bytes.baseAddress, bytes.count, 0)
            if count < 0 && errno != ECONNRESET {
                throw LiveReaderProblem(description: "recv: \(errno) after \(restText.suffix(200))")
            }
            filled = max(0, count)
        }
        received += chunk
        return !chunk.isEmpty
    }
}

/// A hub of its own on a socket of its own, ended whatever happens.
struct LiveFixture {
    let hub: LiveHub
    let path: String
    let signer: LiveTicketSigner

    static func with(_ body: (LiveFixture) throws -> Void) throws {
        try with(\.tick, .milliseconds(10), body)
    }

    /// With one thing configured differently.
    static func with<Value>(
        _ setting: WritableKeyPath<LiveHub.Configuration, Value>,
        _ value: Value,
        _ body: (LiveFixture) throws -> Void
    ) throws {
        let path = FileManager.default.temporaryDirectory.path + "/live-\(UInt32.random(in: .min ... .max)).sock"
        var configuration = LiveHub.Configuration(socketPath: path)
        configuration.tick = .milliseconds(10)
        configuration[keyPath: setting] = value
        let signer = LiveTicketSigner(secret: Array("a secret for these tests only".utf8))
        let hub = LiveHub(configuration: configuration, signer: signer)
        try hub.start()
        defer { hub.stop() }
        try body(LiveFixture(hub: hub, path: path, signer: signer))
    }

    /// A sealed ticket for channels written as a client does, "document/12" or "document/12:ab12.17".
    func ticket(_ channels: [String], session: String = "ada", life: TimeInterval = 30) throws -> String {
        let wishes = try channels.map { try #require(LiveTicket.Channel(query: $0)) }
        return try signer.sign(LiveTicket(session: session, channels: wishes, expires: Date() + life))
    }

    /// A reader whose stream is open.
    func reader(_ channels: String..., session: String = "ada") throws -> LiveReader {
        let reader = try LiveReader(path)
        reader.send("GET /?ticket=\(try ticket(channels, session: session)) HTTP/1.1\r\nHost: hub\r\n\r\n")
        let head = try reader.read(through: "\r\n\r\n")
        guard head.hasPrefix("HTTP/1.1 200 OK\r\n") else { throw LiveReaderProblem(description: head) }
        return reader
    }

    func publish(_ channel: String, _ number: Int, padding: Int = 0) {
        let pad = padding > 0 ? ",\"\(String(repeating: "p", count: padding))\":0" : ""
        hub.publish(channel, Array("{\"n\":\(number)\(pad)}".utf8))
    }

    /// The response to raw bytes.
    func answer(to request: String) throws -> String {
        let reader = try LiveReader(path)
        reader.send(request)
        return try reader.readToEnd()
    }

    /// The status that raw bytes are answered with; nil when the connection ends without an answer.
    func status(of request: String) throws -> Int? {
        let answer = try answer(to: request)
        return answer.hasPrefix("HTTP/1.1 ") ? Int(answer.dropFirst(9).prefix(3)) : nil
    }

    /// Looks at the hub's counts until they are as wished; every look waits for the hub's thread.
    func wait(until wish: (LiveHub.Counts) -> Bool) throws {
        let end = ContinuousClock.now + .seconds(10)
        while !wish(hub.counts) {
            guard ContinuousClock.now < end else {
                throw LiveReaderProblem(description: "waited in vain: \(hub.counts)")
            }
        }
    }
}
