import Foundation

/// Twig in a PHP process that stays: it draws on demand and answers with its own timing, so that neither PHP's start
/// nor the pipe is counted.
final class TwigPeer: Contestant {
    private let process = Process()
    private let questions = Pipe()
    private let answers = Pipe()

    /// `cache` is where Twig keeps the template compiled to PHP.
    init(script: String, cache: String) throws {
        process.executableURL = URL(filePath: "/usr/bin/php")
        process.arguments = ["-d", "opcache.enable_cli=1", script, cache]
        process.standardInput = questions
        process.standardOutput = answers
        try process.run()
        let rows = try JSONSerialization.data(withJSONObject: Row.hundred.map(\.dictionary))
        try send(rows)
    }

    deinit {
        process.terminate()
    }

    func draw() throws -> [UInt8] {
        try send(Data("draw".utf8))
        return [UInt8](try receive())
    }

    func time(_ count: Int) throws -> Double {
        try send(Data("\(count)".utf8))
        guard let answer = Double(String(decoding: try receive(), as: UTF8.self)) else { throw PeerFailure.noNumber }
        return answer
    }

    // A message is its length as a line of digits, then its bytes.

    private func send(_ message: Data) throws {
        try questions.fileHandleForWriting.write(contentsOf: Data("\(message.count)\n".utf8) + message)
    }

    private func receive() throws -> Data {
        let line = try read { $0.last == UInt8(ascii: "\n") }
        guard let length = Int(String(decoding: line.dropLast(), as: UTF8.self)) else { throw PeerFailure.noNumber }
        return try read { $0.count == length }
    }

    private func read(until isComplete: (Data) -> Bool) throws -> Data {
        var received = Data()
        while !isComplete(received) {
            guard let more = try answers.fileHandleForReading.read(upToCount: 1), !more.isEmpty else {
                throw PeerFailure.ended
            }
            received += more
        }
        return received
    }
}

enum PeerFailure: Error {
    case noNumber, ended
}
