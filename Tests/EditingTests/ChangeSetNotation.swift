import Editing
import Testing

// A tiny language for change sets, the one of CodeMirror's own tests: "5 0:2 3:0" keeps 5 units, inserts 2, deletes 3.

/// The change set that a notation says; what it inserts is "abcd…" from the start of the alphabet.
func changes(_ notation: String) throws -> ChangeSet {
    let parts = notation.split(separator: " ").map { part in
        let numbers = part.split(separator: ":")
        guard numbers.count == 2, let inserted = Int(numbers[1]) else { return String(part) }
        let letters = String((0..<inserted).map { Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8($0 % 26))) })
        return inserted == 0 ? "[\(numbers[0])]" : "[\(numbers[0]),\"\(letters)\"]"
    }
    return try ChangeSet(json: Array("[\(parts.joined(separator: ","))]".utf8))
}

func changes(json: String) throws -> ChangeSet {
    try ChangeSet(json: Array(json.utf8))
}

extension ChangeSet {
    var jsonText: String { String(decoding: json, as: UTF8.self) }

    func applied(to text: String) throws -> String {
        try applied(to: DocumentText(text)).string
    }
}

/// A small seeded generator (SplitMix64), so that a failing case can be had again from its seed.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func upTo(_ count: Int) -> Int {
        Int.random(in: 0...count, using: &self)
    }

    /// A text of up to `count` characters, some of them two units long.
    mutating func text(_ count: Int) -> String {
        let alphabet: [Character] = ["a", "b", "c", "é", "漢", "😀", "👩", "\n", "\t", "\"", "\\", "<"]
        return String((0..<upTo(count)).map { _ in alphabet[upTo(alphabet.count - 1)] })
    }

    /// An edit of a document of `length` units, of one to `pieces` composed pieces.
    mutating func edit(of length: Int, pieces: Int = 4) throws -> ChangeSet {
        var changes = ChangeSet(keeping: length)
        for _ in 0...upTo(pieces - 1) {
            let from = upTo(changes.newLength)
            let to = min(changes.newLength, from + (upTo(2) == 0 ? 0 : upTo(6)))
            let insert = upTo(2) == 0 ? "" : text(4)
            changes = try changes.compose(ChangeSet(replacing: from..<to, with: insert, in: changes.newLength))
        }
        return changes
    }
}
