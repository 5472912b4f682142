/// Takes apart what the Engine sends over an attached connection without a terminal: pieces of standard output and
/// standard error, each behind eight bytes (stream, three zeros, length with the most significant byte first).
struct StreamDemultiplexer {
    /// The Engine lied about the framing of its stream.
    struct Fault: Error {}

    private var header: [UInt8] = []
    private var left = 0

    /// Gives the pieces of standard output and of standard error in these bytes.
    mutating func take(_ bytes: [UInt8]) throws(Fault) -> (output: [UInt8], error: [UInt8]) {
        var output: [UInt8] = []
        var error: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            if left == 0 {
                let wanted = rest.prefix(8 - header.count)
                header.append(contentsOf: wanted)
                rest = rest.dropFirst(wanted.count)
                guard header.count == 8 else { break }
                guard header[0] <= 2, header[1...3].allSatisfy({ $0 == 0 }) else { throw Fault() }
                left = header[4...].reduce(0) { $0 << 8 | Int($1) }
                if left == 0 { header = [] }
                continue
            }
            let piece = rest.prefix(left)
            if header[0] == 2 { error.append(contentsOf: piece) } else { output.append(contentsOf: piece) }
            rest = rest.dropFirst(piece.count)
            left -= piece.count
            if left == 0 { header = [] }
        }
        return (output, error)
    }
}
