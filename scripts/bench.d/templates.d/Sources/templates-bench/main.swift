import Foundation

// Draws one table with our engine, by hand and with three peers; first checks that all write the same bytes, then
// measures ours and each peer in turn.

let folder = CommandLine.arguments[1]
let cache = CommandLine.arguments[2]
let ours = try Ours(templates: folder + "/tables")
let expected = handWritten(Row.hundred)

/// A peer, how many drawings make a round of about 30 ms, and the most that our time may be as a share of its time.
let peers: [(name: String, contestant: any Contestant, count: Int, goal: Double)] = [
    ("hand-written", HandWritten(), 1000, 2.5),
    ("swift-mustache", try MustachePeer(templates: folder + "/tables"), 40, 0.15),
    ("stencil", try StencilPeer(templates: folder + "/tables"), 10, 0.03),
    ("twig", try TwigPeer(script: folder + "/twig.php", cache: cache), 300, 0.9),
]

func mustMatch(_ name: String, _ bytes: [UInt8]) {
    guard bytes != expected else { return }
    let place = zip(bytes, expected).prefix { $0 == $1 }.count
    let found = String(decoding: bytes.dropFirst(max(place - 40, 0)).prefix(100), as: UTF8.self)
    FileHandle.standardError.write(Data("\(name) writes another table; it differs at byte \(place): …\(found)\n".utf8))
    exit(2)
}

mustMatch("Our engine", try ours.draw())
for peer in peers { mustMatch(peer.name, try peer.contestant.draw()) }

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func shown(_ microseconds: Double) -> String { "\((microseconds * 10).rounded() / 10) µs" }

var hasFailed = false
for peer in peers {
    _ = try (ours.time(200), peer.contestant.time(max(peer.count / 10, 1)))
    var times: (ours: [Double], peer: [Double]) = ([], [])
    for round in 0..<5 {
        // Whoever goes first changes, so that a machine that warms up or slows down favours nobody.
        if round % 2 == 0 { times.ours.append(try ours.time(1000)) }
        times.peer.append(try peer.contestant.time(peer.count))
        if round % 2 == 1 { times.ours.append(try ours.time(1000)) }
    }
    let ratio = median(times.ours) / median(times.peer)
    let isGood = ratio <= peer.goal
    hasFailed = hasFailed || !isGood
    let figures = "\(shown(median(times.ours))) | \(shown(median(times.peer))) | \((ratio * 1000).rounded() / 1000)"
    print("templates/\(peer.name) | \(figures) | ≤ \(peer.goal) | \(isGood ? "pass" : "FAIL")")
}
exit(hasFailed ? 1 : 0)
